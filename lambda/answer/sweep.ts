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

/** What weighs most comes first. */
const outcomes = ['failed', 'match', 'no-match', 'skipped'] as const;
/** How many reasons of one check are told. */
const mostReasons = 3;

/** Each check once: the outcome that weighs most, with its reasons and of how many endpoints they are. */
export function newCheckSummary() {
  const all = new Map<string, { report: CheckReport; reasons: Map<string, number> }>();
  return {
    add: (checks: readonly CheckReport[]): void => {
      for (const report of checks) {
        const known = all.get(report.check) ?? { report, reasons: new Map() };
        const rank = ({ outcome }: CheckReport) => outcomes.indexOf(outcome);
        if (rank(report) < rank(known.report)) known.reasons.clear();
        if (rank(report) <= rank(known.report)) {
          known.report = report;
          if (report.reason !== null)
            known.reasons.set(report.reason, (known.reasons.get(report.reason) ?? 0) + 1);
        }
        all.set(report.check, known);
      }
    },
    reports: (): CheckReport[] =>
      [...all.values()].map(({ report, reasons }) => ({ ...report, reason: listReasons(reasons) })),
  };
}

function listReasons(reasons: ReadonlyMap<string, number>): string | null {
  const told = [...reasons].slice(0, mostReasons).map(([reason, count]) => `${reason} (${counted(count)})`);
  const rest = reasons.size - told.length;
  return [...told, ...(rest > 0 ? [`${rest} more`] : [])].join('; ') || null;
}

function counted(count: number): string {
  return `${count} endpoint${count === 1 ? '' : 's'}`;
}
