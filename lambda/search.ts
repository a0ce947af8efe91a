/** Asks one Region after the other, until one has the endpoint. */
import { inAccount } from './describe-subject.ts';
import type { Subject } from './model/model.ts';
import { Problem, type ProblemCode } from './problem.ts';

/** A Region that may have the endpoint. */
export interface Candidate {
  readonly region: string;
  /** Why it is asked, as it stands in brackets after its name. */
  readonly why: string;
}

export interface Search {
  readonly subject: Subject;
  /** The likeliest first. */
  readonly regions: readonly [Candidate, ...Candidate[]];
  /** Regions that the text names, and that this deployment may not look into. */
  readonly notAllowed: readonly string[];
}

interface Failed extends Candidate {
  readonly problem: Problem;
}

/**
 * An id is one endpoint's in all Regions, so the first that has it decides, whatever failed before.
 *
 * Errors: where none has it, what failed, or else that it was not found, with the Regions that were asked, and why those.
 */
export async function search<Found>(
  asked: Search,
  accountId: string | null,
  lookIn: (region: string) => Promise<Found>,
): Promise<Found> {
  const failed: Failed[] = [];
  for (const candidate of asked.regions) {
    try {
      return await lookIn(candidate.region);
    } catch (error) {
      if (!(error instanceof Problem) || !leavesOpen(error, asked.subject)) throw error;
      failed.push({ ...candidate, problem: error });
      if (error.code === 'deadline-exceeded') break;
    }
  }
  throw explain(asked, accountId, failed);
}

/** Whether another Region may still have the subject: it is not in this one, or this one did not say. */
function leavesOpen({ code }: Problem, subject: Subject): boolean {
  return code === absentCode(subject) || unanswered.includes(code);
}

const unanswered: readonly ProblemCode[] = [
  'aws-access-denied',
  'aws-error',
  'aws-throttled',
  'deadline-exceeded',
];

function absentCode({ kind }: Subject): ProblemCode {
  return kind === 'network-interfaces' ? 'network-interface-not-found' : 'vpc-endpoint-not-found';
}

/** What failed comes first: the endpoint may be there. */
function explain(
  { subject, regions, notAllowed }: Search,
  accountId: string | null,
  failed: readonly Failed[],
): Problem {
  const absent = failed.filter(({ problem }) => problem.code === absentCode(subject));
  const [failure, ...failures] = failed.filter((one) => !absent.includes(one));
  if (failure !== undefined && regions.length === 1) return failure.problem;
  const sentences = [
    ...[failure, ...failures].flatMap((one) =>
      one ? `In ${nameOfRegion(one)}: ${one.problem.message}` : [],
    ),
    absent.length === 0 ? '' : sayAbsent(subject, accountId, absent),
    notAllowed.length === 0
      ? ''
      : `The text also names ${notAllowed.join(', ')}, where this deployment may not look.`,
    regions.length === 1 && regions[0].why === ownRegion ? 'Another Region is asked with region=.' : '',
  ];
  const detail = sentences.filter(Boolean).join(' ');
  if (failure === undefined) return new Problem(absentCode(subject), detail);
  const { code, extra, cause } = failure.problem;
  return new Problem(code, detail, extra, cause);
}

function sayAbsent(subject: Subject, accountId: string | null, asked: readonly Candidate[]): string {
  const where = `in ${inAccount(accountId)}, Region ${asked.map(nameOfRegion).join(', ')}.`;
  switch (subject.kind) {
    case 'vpc-endpoint':
      return `There is no VPC endpoint ${subject.id} ${where}`;
    case 'network-interfaces':
      return `There is no network interface ${subject.ids.join(' or ')} ${where}`;
    case 'hostnames':
      return `${subject.names.join(' and ')}: no alias of a VPC endpoint's DNS name ${where} What is asked is the name's public DNS: inside the VPC it may lead elsewhere. GET /vpc-endpoints?region=${asked[0]?.region} has every endpoint with its owner.`;
  }
}

/** Of the Region that is asked where nothing names one. */
export const ownRegion = "this deployment's own";

export function nameOfRegion({ region, why }: Candidate): string {
  return `${region} (${why})`;
}
