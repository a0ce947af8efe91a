/** The parts that next steps are made of. Pure. */
import type { Gap } from '../model/model.ts';
import type { ByHand } from '../model/service.ts';
import type { NextStep } from './identification.ts';
import { shellCommand } from './shell.ts';

export const endpointDocs = 'https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html';
const requesterManagedDocs = 'https://repost.aws/knowledge-center/vpc-delete-requester-managed-endpoint';

export function step(
  action: NextStep['action'],
  summary: string,
  rest: {
    commands?: readonly (readonly string[])[];
    warnings?: readonly string[];
    documentation?: string;
  } = {},
): NextStep {
  const commands = (rest.commands ?? []).map(shellCommand);
  const warnings = [...(rest.warnings ?? [])];
  if (commands.includes(null))
    warnings.push(
      'A name holds characters that are not shown, so there is no command that is safe to paste.',
    );
  return {
    action,
    summary,
    commands: commands.flatMap((command) => command ?? []),
    warnings,
    documentation: rest.documentation ?? requesterManagedDocs,
  };
}

export function describeIn(id: string, region: string): readonly string[] {
  return ['aws', 'ec2', 'describe-vpc-endpoints', '--vpc-endpoint-ids', id, '--region', region];
}

/** Of a Gateway Load Balancer endpoint: route tables lead to it. */
export const routesFirst = 'Traffic of routes to it is dropped: the last command shows the routes.';

/** EC2 shows the endpoint that a route leads to as its gateway. */
export function showRoutes(id: string, region: string): readonly string[] {
  const filter = `Name=route.gateway-id,Values=${id}`;
  return ['aws', 'ec2', 'describe-route-tables', '--filters', filter, '--region', region];
}

/** The command that shows what has to be looked for by hand. */
export function readCommand({ command }: ByHand, region: string): readonly (readonly string[])[] {
  return command === undefined ? [] : [[...command, '--region', region]];
}

/** Equal failures once, with one example and how many there are. */
export function sayOnce(gaps: readonly Gap[]): readonly string[] {
  const kinds = new Map<string, Set<string>>();
  for (const { kind, action, reason } of gaps) {
    const key = [kind, action, action === null ? withoutNames(reason) : ''].join();
    kinds.set(key, (kinds.get(key) ?? new Set()).add(reason));
  }
  return [...kinds.values()].flatMap((reasons) => {
    const [example = ''] = reasons;
    return reasons.size === 1 ? example : `${example} (and ${reasons.size - 1} more like it)`;
  });
}

/** What differs between equal failures: the resource, the host or the address that each is about. */
function withoutNames(reason: string): string {
  return reason.replace(/AWS::\S+ \S+|arn:\S+|[\w-]+(\.[\w-]+)+/g, '');
}
