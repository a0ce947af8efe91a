/** The answer about many endpoints, in the contract's words. Pure. */
import type { CheckReport, Identification, NextStep, Owner, VerdictName } from './identification.ts';

/** Which endpoints are asked about: AND between these, OR between the values of one; empty: any. In lower case. */
export interface Scope {
  vpcIds: string[];
  subnetIds: string[];
  securityGroupIds: string[];
  /** As EC2 names them, or the id of an endpoint service: `vpce-svc-…`. */
  serviceNames: string[];
  vpcEndpointIds: string[];
  /** Resources: what is shown is what these hold, they or a part of them. */
  resourceArns: string[];
  /** The same, by ids that only one kind of resource has: `s-…`, `aos-…`. */
  resourceIds: string[];
}

/** What the single answer for the endpoint says, in short. */
export interface SweepRow {
  vpcEndpointId: string;
  vpcId: string | null;
  verdict: VerdictName;
  confidence: Identification['confidence'];
  service: Identification['service'];
  owner: Owner | null;
  /** How many resources may be the owner, where none is named. */
  candidates: number;
  complete: boolean;
  state: string | null;
  createdAt: string | null;
  nextStep: { action: NextStep['action']; command: string | null };
}

/** What else stands in a place that has no such endpoint, and may keep it from being deleted. */
export interface OtherInterface {
  networkInterfaceId: string;
  interfaceType: string;
  description: string | null;
  requesterId: string | null;
}

export interface Sweep {
  accountId: string | null;
  region: string;
  scope: Scope;
  /** Rows of this answer. */
  count: number;
  /** Of the rows of this answer. */
  summary: { verdicts: Partial<Record<VerdictName, number>>; services: Record<string, number> };
  complete: boolean;
  /** VPCs whose every endpoint in scope is in this answer, and was checked to the end. */
  completeVpcIds: string[];
  checks: CheckReport[];
  vpcEndpoints: SweepRow[];
  /** Endpoints that were asked about by id, and that this Region does not have. */
  notFound: string[];
  /** Only where no endpoint is in scope, and the scope is a place. */
  otherInterfaces: OtherInterface[];
  nextToken: string | null;
}

export function rowOf(identification: Identification): SweepRow {
  const { vpcEndpointId, verdict, confidence, service, owner, candidates, complete } = identification;
  const { endpoint, nextStep } = identification;
  return {
    vpcEndpointId,
    vpcId: endpoint.vpcId,
    verdict,
    confidence,
    service,
    owner,
    candidates: candidates.length,
    complete,
    state: endpoint.state,
    createdAt: endpoint.createdAt,
    nextStep: { action: nextStep.action, command: nextStep.commands[0] ?? null },
  };
}

export function summaryOf(rows: readonly SweepRow[]): Sweep['summary'] {
  const summary: Sweep['summary'] = { verdicts: {}, services: {} };
  for (const { verdict, service } of rows) {
    summary.verdicts[verdict] = (summary.verdicts[verdict] ?? 0) + 1;
    if (service !== null) summary.services[service.id] = (summary.services[service.id] ?? 0) + 1;
  }
  return summary;
}

/** How many reasons of one check are told. */
const mostReasons = 3;

/** Whether a check failed, or was never made: it could have changed an answer that is not complete. */
export function isOpen({ outcome, reason }: CheckReport): boolean {
  return outcome === 'failed' || wasNeverMade(reason);
}

function wasNeverMade(reason: string | null): boolean {
  return reason?.includes('vpce-owner does not ask') ?? false;
}

/** Each check once: the outcome that weighs most, with its reasons, and for how many endpoints they leave something open. */
export function newCheckSummary() {
  const all = new Map<string, { report: CheckReport; weight: number; reasons: Map<string, number> }>();
  return {
    add: (checks: readonly CheckReport[], complete: boolean): void => {
      for (const report of checks) {
        const weight = weightOf(report, complete);
        const known = all.get(report.check) ?? { report, weight, reasons: new Map<string, number>() };
        all.set(report.check, known);
        const { apiCalls, durationMs, reason } = report;
        // The later report has the calls of the earlier ones.
        known.report = { ...known.report, apiCalls, durationMs };
        if (weight > known.weight) continue;
        if (weight < known.weight) known.reasons.clear();
        Object.assign(known, { report, weight });
        if (reason !== null) known.reasons.set(reason, (known.reasons.get(reason) ?? 0) + (complete ? 0 : 1));
      }
    },
    reports: (): CheckReport[] =>
      [...all.values()].map(({ report, reasons }) => ({ ...report, reason: listReasons(reasons) })),
  };
}

/** What weighs most comes first: what may still change an answer, then what was found. */
function weightOf({ outcome, reason }: CheckReport, complete: boolean): number {
  if (outcome !== 'failed' && wasNeverMade(reason) && !complete) return 1;
  return { failed: 0, match: 2, 'no-match': 3, skipped: 4 }[outcome];
}

function listReasons(reasons: ReadonlyMap<string, number>): string | null {
  const inOrder = [...reasons].sort(([, one], [, other]) => other - one);
  const told = inOrder
    .slice(0, mostReasons)
    .map(([reason, count]) => (count === 0 ? reason : `${reason} (${counted(count)})`));
  const rest = reasons.size - told.length;
  return [...told, ...(rest > 0 ? [`${rest} more`] : [])].join('; ') || null;
}

function counted(count: number): string {
  return `${count} endpoint${count === 1 ? '' : 's'}`;
}
