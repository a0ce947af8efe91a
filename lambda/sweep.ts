/** Many endpoints, from a scope to the answer: describes them, surveys them together, and identifies each. */
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
import { describeEndpoints } from './aws/endpoints.ts';
import { describeFailure } from './aws/failure.ts';
import { describeInterfacesIn } from './aws/interfaces.ts';
import { newUsage } from './aws/usage.ts';
import { orProblem } from './describe-failure.ts';
import { claimsOf } from './evidence/claims.ts';
import { mayBeManaged } from './evidence/managed.ts';
import type { Endpoint } from './model/model.ts';
import type { Aws } from './model/service.ts';
import type { World } from './model/world.ts';
import { plainJson } from './plain-text.ts';
import { survey } from './survey/survey.ts';
import { unlessAborted } from './time/limit.ts';

export interface SweepQuestion {
  readonly scope: Scope;
  /** What to show, and never what to check; empty: everything. */
  readonly verdicts: readonly string[];
  readonly services: readonly string[];
  /** How many endpoints one answer is about. */
  readonly limit: number;
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

/** Lambda answers with 6 MB at most. */
const mostBytes = 5_500_000;

/** Errors: a `Problem` when EC2 cannot or will not list the endpoints; any other failure is in the answer. */
export async function sweep(question: SweepQuestion, world: World): Promise<SweepResult> {
  const { place, clock } = world;
  const { scope, after, limit } = question;
  const aws = world.connect(newUsage(clock.deadline, clock.timeLeftMs()));
  const listed = describeEndpoints(aws, { ids: scope.vpcEndpointIds, vpcIds: scope.vpcIds });
  const known = await orProblem(unlessAborted(listed, clock.deadline));
  const inScope = known.filter((endpoint) => isIn(scope, endpoint) && isWanted(scope, endpoint, world));
  const due = inScope.filter(({ id }) => after === null || id > after);
  const { rows, answered, accountId, checks, throttled } = await answer(question, due.slice(0, limit), world);
  const others = inScope.length === 0 ? await otherInterfaces(aws, scope) : { interfaces: [], failed: null };
  const lastId = answered.at(-1)?.vpcEndpointId ?? null;
  return {
    sweep: {
      accountId,
      region: place.region,
      scope,
      count: rows.length,
      summary: summaryOf(rows),
      complete: answered.every(({ complete }) => complete) && others.failed === null,
      completeVpcIds: completeVpcs(inScope, answered),
      checks: [...checks, ...(others.failed === null ? [] : [others.failed])],
      vpcEndpoints: rows,
      notFound: scope.vpcEndpointIds.filter((id) => !known.some((endpoint) => endpoint.id === id)),
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

interface Answered {
  readonly rows: SweepRow[];
  /** What is not shown too. */
  readonly answered: readonly SweepRow[];
  readonly accountId: string | null;
  readonly checks: Sweep['checks'];
  readonly throttled: number;
}

/** As many as an answer has room for. */
async function answer(
  { verdicts, services: shown }: SweepQuestion,
  endpoints: readonly Endpoint[],
  world: World,
): Promise<Answered> {
  const cases = await survey(endpoints, world);
  const now = world.clock.now();
  const checks = newCheckSummary();
  const rows: SweepRow[] = [];
  const answered: SweepRow[] = [];
  let bytes = 0;
  for (const found of cases) {
    const identification = identify(found, { place: found.place, services: world.services, now });
    const row = rowOf(identification);
    const isShown =
      (verdicts.length === 0 || verdicts.includes(row.verdict)) &&
      (shown.length === 0 || (row.service !== null && shown.includes(row.service.id)));
    bytes += isShown ? Buffer.byteLength(plainJson(row, 0)) + 1 : 0;
    if (bytes > mostBytes) break;
    if (isShown) rows.push(row);
    answered.push(row);
    checks.add(identification.checks);
  }
  const [first] = cases;
  return {
    rows,
    answered,
    accountId: first?.place.accountId ?? world.place.accountId,
    checks: checks.reports(),
    throttled: first?.checks.find(({ name }) => name === 'cloudtrail')?.throttled ?? 0,
  };
}

function completeVpcs(inScope: readonly Endpoint[], answered: readonly SweepRow[]): string[] {
  const done = new Set(answered.filter(({ complete }) => complete).map(({ vpcEndpointId }) => vpcEndpointId));
  const open = new Set(inScope.filter(({ id }) => !done.has(id)).map(({ vpcId }) => vpcId));
  const all = new Set(inScope.map(({ vpcId }) => vpcId));
  return [...all].flatMap((vpcId) => (vpcId === null || open.has(vpcId) ? [] : vpcId)).sort();
}

/** What else stands in a place without such endpoints. That it could not be read is said. */
async function otherInterfaces(
  aws: Aws,
  { vpcIds, subnetIds, securityGroupIds }: Scope,
): Promise<{ readonly interfaces: OtherInterface[]; readonly failed: Sweep['checks'][number] | null }> {
  if (vpcIds.length + subnetIds.length + securityGroupIds.length === 0)
    return { interfaces: [], failed: null };
  try {
    const interfaces = await describeInterfacesIn(aws, { vpcIds, subnetIds, securityGroupIds });
    return { interfaces: interfaces.map(present), failed: null };
  } catch (error) {
    const { reason } = describeFailure(error);
    const failed = { check: 'network-interfaces', outcome: 'failed', apiCalls: 1, durationMs: 0 } as const;
    return { interfaces: [], failed: { ...failed, reason } };
  }
}

function present(eni: Awaited<ReturnType<typeof describeInterfacesIn>>[number]): OtherInterface {
  return {
    networkInterfaceId: eni.NetworkInterfaceId ?? '',
    interfaceType: eni.InterfaceType ?? 'unknown',
    description: eni.Description || null,
    requesterId: eni.RequesterId ?? null,
  };
}
