/** Many endpoints, from a scope to the answer: describes them, surveys them together, and identifies each. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { CheckReport, Identification, Owner } from './answer/identification.ts';
import { identify } from './answer/identify.ts';
import {
  newCheckSummary,
  type OtherInterface,
  rowOf,
  type Scope,
  type Sweep,
  type SweepRow,
  summaryOf,
} from './answer/sweep.ts';
import { describeEndpoints, type Listed } from './aws/endpoints.ts';
import { describeFailure } from './aws/failure.ts';
import { describeInterfacesIn } from './aws/interfaces.ts';
import { parseArn } from './aws/region.ts';
import { newUsage } from './aws/usage.ts';
import { orProblem } from './describe-failure.ts';
import { claimsOf } from './evidence/claims.ts';
import { mayBeManaged } from './evidence/managed.ts';
import type { Endpoint } from './model/model.ts';
import type { Aws } from './model/service.ts';
import type { World } from './model/world.ts';
import { plainJson } from './plain-text.ts';
import { surveyEach } from './survey/survey.ts';
import { unlessAborted } from './time/limit.ts';

export interface SweepQuestion {
  readonly scope: Scope;
  /** What to show, and never what to check; empty: everything. */
  readonly verdicts: readonly string[];
  readonly services: readonly string[];
  /** How many endpoints one answer is about. */
  readonly limit: number;
  /** How many bytes of rows one answer has room for, as JSON within the JSON that Lambda hands over. */
  readonly mostBytes: number;
  /** The last endpoint that has been answered. */
  readonly after: string | null;
}

export interface SweepResult {
  readonly sweep: Omit<Sweep, 'nextToken'>;
  /** The last endpoint that this answer is about, where others follow it. */
  readonly goesOnAfter: string | null;
  /** LookupEvents requests that AWS throttled. */
  readonly throttled: number;
}

/** What is kept of the time for thousands of answers once the survey has ended: a core makes four of them in a millisecond. */
export const answeringMs = 3_000;

/** Errors: a `Problem` when EC2 cannot or will not list the endpoints; any other failure is in the answer. */
export async function sweep(question: SweepQuestion, world: World): Promise<SweepResult> {
  const { place, clock } = world;
  const { scope, after, limit } = question;
  const aws = world.connect(newUsage(clock.deadline, clock.timeLeftMs()));
  const listed = describeEndpoints(aws, { ids: scope.vpcEndpointIds, vpcIds: scope.vpcIds });
  const known = await orProblem(unlessAborted(listed, clock.deadline));
  const inScope = known.endpoints.filter(
    (endpoint) => isIn(scope, endpoint) && isWanted(scope, endpoint, world),
  );
  const due = inScope.filter(({ id }) => after === null || id > after);
  const { rows, answered, accountId, checks, nameless, throttled } = await answer(
    question,
    due.slice(0, limit),
    world,
  );
  const others = inScope.length === 0 ? await othersIn(aws, scope) : { interfaces: [], checks: [] };
  const beside = [...namelessOf(known), ...others.checks];
  const isWhole = beside.every(({ outcome }) => outcome !== 'failed');
  const lastId = answered.at(-1)?.vpcEndpointId ?? null;
  return {
    sweep: {
      accountId,
      region: place.region,
      scope,
      count: rows.length,
      summary: summaryOf(rows),
      complete: answered.every(({ complete }) => complete) && isWhole && nameless === 0,
      completeVpcIds: isWhole ? completeVpcs(inScope, answered) : [],
      checks: [...checks, ...withoutArn(nameless), ...beside],
      vpcEndpoints: rows,
      notFound: scope.vpcEndpointIds.filter((id) => !known.endpoints.some((endpoint) => endpoint.id === id)),
      otherInterfaces: others.interfaces,
    },
    goesOnAfter: answered.length < due.length ? lastId : null,
    throttled,
  };
}

function isIn(
  { subnetIds, securityGroupIds, serviceNames }: Scope,
  { subnetIds: subnets, securityGroupIds: groups, serviceName }: Endpoint,
): boolean {
  const meets = (asked: readonly string[], own: readonly string[]) =>
    asked.length === 0 || asked.some((id) => own.includes(id));
  const name = serviceName?.toLowerCase() ?? '';
  const leads =
    serviceNames.length === 0 || serviceNames.some((one) => name === one || name.endsWith(`.${one}`));
  return meets(subnetIds, subnets) && meets(securityGroupIds, groups) && leads;
}

/** What a service made, as far as is known, and what the caller named. */
function isWanted({ vpcEndpointIds }: Scope, endpoint: Endpoint, { services }: World): boolean {
  return (
    mayBeManaged(endpoint) ||
    vpcEndpointIds.includes(endpoint.id) ||
    claimsOf(services, endpoint, null).length > 0
  );
}

/** What EC2 lists without an id may be in any scope. */
function namelessOf({ nameless }: Listed): readonly CheckReport[] {
  if (nameless === 0) return [];
  const reason = `ec2:DescribeVpcEndpoints: ${nameless} endpoints came without their id`;
  return [{ check: 'vpc-endpoints', outcome: 'failed', reason, apiCalls: 0, durationMs: 0 }];
}

interface Answered {
  readonly rows: SweepRow[];
  /** What is not shown too. */
  readonly answered: readonly SweepRow[];
  readonly accountId: string | null;
  readonly checks: readonly CheckReport[];
  /** Owners that may be what is asked about, and whose ARN is not known. */
  readonly nameless: number;
  readonly throttled: number;
}

/** As many as there is room and time for, and one at least. */
async function answer(
  question: SweepQuestion,
  endpoints: readonly Endpoint[],
  { clock, ...world }: World,
): Promise<Answered> {
  const endsAt = clock.now().getTime() + clock.timeLeftMs() + answeringMs;
  const checks = newCheckSummary();
  const rows: SweepRow[] = [];
  const answered: SweepRow[] = [];
  let nameless = 0;
  let { accountId } = world.place;
  let [bytes, throttled] = [0, 0];
  world.progress?.({ is: 'endpoints', count: endpoints.length });
  for await (const found of surveyEach(endpoints, { clock, ...world })) {
    const now = clock.now();
    const identification = identify(found, { place: found.place, services: world.services, now });
    const row = rowOf(identification);
    const shown = isShown(question, identification);
    bytes += shown ? Buffer.byteLength(JSON.stringify(plainJson(row, 0))) : 0;
    if (answered.length > 0 && (bytes > question.mostBytes || now.getTime() > endsAt)) break;
    if (shown) rows.push(row);
    else if (mayBeNamed(question.scope, identification, world.services)) nameless += 1;
    answered.push(row);
    world.progress?.({ is: 'answered' });
    checks.add(identification.checks, row.complete);
    accountId = found.place.accountId;
    throttled = found.checks.find(({ name }) => name === 'cloudtrail')?.throttled ?? throttled;
  }
  return { rows, answered, accountId, checks: checks.reports(), nameless, throttled };
}

function isShown({ verdicts, services, scope }: SweepQuestion, identification: Identification): boolean {
  const { verdict, service } = identification;
  return (
    (verdicts.length === 0 || verdicts.includes(verdict)) &&
    (services.length === 0 || (service !== null && services.includes(service.id))) &&
    isNamed(scope, identification)
  );
}

/** The owner, or a candidate, is what is asked about by name. Some services return no ARN, but the id that it ends in. */
function isNamed({ resourceArns, resourceIds }: Scope, { owner, candidates }: Identification): boolean {
  if (resourceArns.length + resourceIds.length === 0) return true;
  const known = owner === null ? candidates : [owner, ...candidates];
  const arns = known.flatMap(({ arn, parentArn }) =>
    [arn, parentArn].flatMap((one) => one?.toLowerCase() ?? []),
  );
  const idOf = ({ resourceId }: Owner) => resourceId.toLowerCase();
  const idsAlone = known.filter(({ arn }) => arn === null).map(idOf);
  const ids = [...known.map(idOf), ...arns.flatMap(partsOf)];
  const isArn = (arn: string) => arns.includes(arn) || idsAlone.includes(partsOf(arn).at(-1) ?? '');
  return (
    (resourceArns.length === 0 || resourceArns.some(isArn)) &&
    (resourceIds.length === 0 || resourceIds.some((id) => ids.includes(id)))
  );
}

function partsOf(arn: string): readonly string[] {
  return arn.split(/[:/]/);
}

/** The ARN that is asked about may be this owner's: nothing could be learned of its own. */
function mayBeNamed(
  { resourceArns }: Scope,
  { service, owner }: Identification,
  services: World['services'],
): boolean {
  if (owner === null || owner.arn !== null || owner.parentArn !== null) return false;
  const actions = Object.keys(services.find(({ id }) => id === service?.id)?.actions ?? {});
  return resourceArns.some((arn) =>
    actions.some((action) => action.startsWith(`${parseArn(arn)?.service}:`)),
  );
}

function withoutArn(count: number): readonly CheckReport[] {
  if (count === 0) return [];
  const reason = `of ${count} owners the ARN is not known: the resource may be one of them`;
  return [{ check: 'owners', outcome: 'failed', reason, apiCalls: 0, durationMs: 0 }];
}

function completeVpcs(inScope: readonly Endpoint[], answered: readonly SweepRow[]): string[] {
  const done = new Set(answered.filter(({ complete }) => complete).map(({ vpcEndpointId }) => vpcEndpointId));
  const open = new Set(inScope.filter(({ id }) => !done.has(id)).map(({ vpcId }) => vpcId));
  const all = new Set(inScope.map(({ vpcId }) => vpcId));
  return [...all].flatMap((vpcId) => (vpcId === null || open.has(vpcId) ? [] : vpcId)).sort();
}

/** What else stands in a place without such endpoints, and may keep it from being deleted. */
interface Others {
  readonly interfaces: OtherInterface[];
  /** Whether there are any, or why that is not known. */
  readonly checks: readonly CheckReport[];
}

/** Never rejects. Cost: a call or two, and none where the scope is no place. */
async function othersIn(aws: Aws, { vpcIds, subnetIds, securityGroupIds }: Scope): Promise<Others> {
  if (vpcIds.length + subnetIds.length + securityGroupIds.length === 0) return { interfaces: [], checks: [] };
  try {
    const { interfaces, more } = await describeInterfacesIn(aws, { vpcIds, subnetIds, securityGroupIds });
    const reason = more ? `there are more network interfaces than these ${interfaces.length}` : null;
    const outcome = more ? 'failed' : interfaces.length > 0 ? 'match' : 'no-match';
    return { interfaces: interfaces.map(present), checks: [interfacesCheck(outcome, reason)] };
  } catch (error) {
    return { interfaces: [], checks: [interfacesCheck('failed', describeFailure(error).reason)] };
  }
}

function interfacesCheck(outcome: CheckReport['outcome'], reason: string | null): CheckReport {
  return { check: 'network-interfaces', outcome, reason, apiCalls: 1, durationMs: 0 };
}

function present(eni: NetworkInterface): OtherInterface {
  return {
    networkInterfaceId: eni.NetworkInterfaceId ?? '',
    interfaceType: eni.InterfaceType ?? 'unknown',
    description: eni.Description || null,
    requesterId: eni.RequesterId ?? null,
  };
}
