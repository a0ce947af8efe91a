/** What the function may ask AWS: the union of what its code declares, no narrower and no wider. */
import type { Resolver } from '../lambda/resolver.ts';
import { type IamAction, iamActions } from './iam-actions.ts';

export interface Permission {
  readonly action: string;
  readonly access: IamAction['access'];
  readonly resources: IamAction['resources'];
  /** `pipeline`, and the ids of the resolvers that declare the action. */
  readonly calledBy: readonly string[];
}

/** The calls that belong to no service's resolver: what describes the endpoint, its addresses and its creation. */
export const pipelineActions: readonly string[] = [
  'cloudtrail:LookupEvents',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcEndpoints',
];

/** What the function writes: its own log and its own traces. */
export const telemetryActions = {
  log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  traces: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
} as const;

/** Errors: an action that is not in the table of IAM's read actions, with what to do about it. */
export function permissionsOf(resolvers: readonly Pick<Resolver, 'id' | 'actions'>[]): readonly Permission[] {
  const callers = new Map<string, string[]>();
  for (const { id, actions } of [{ id: 'pipeline', actions: pipelineActions }, ...resolvers]) {
    for (const action of actions) callers.set(action, [...(callers.get(action) ?? []), id]);
  }
  return [...callers].sort(byAction).map(([action, calledBy]) => {
    const known = iamActions[action];
    if (known === undefined) {
      throw new Error(
        `${action} (${calledBy.join(', ')}): expected one of the read actions in lib/iam-actions.ts; ` +
          'add it there with the resource types that the Service Authorization Reference lists for it',
      );
    }
    return { action, ...known, calledBy };
  });
}

/** The ARN forms of a permission in one Region, `*` where IAM knows nothing narrower. */
export function arnsOf(
  { resources }: Pick<Permission, 'resources'>,
  place: { readonly partition: string; readonly region: string; readonly account: string },
): readonly string[] {
  if (resources === 'anything') return ['*'];
  const { partition, region, account } = place;
  return resources.map(
    ([service, resource]) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
  );
}

function byAction([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}
