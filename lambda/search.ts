/** Asks one Region after the other, until one has the endpoint. */
import { inAccount } from './describe-subject.ts';
import type { Lookup } from './lookup.ts';
import type { Subject } from './model.ts';
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

/** EC2 did not say whether it knows the subject; another Region may. */
const unanswered: readonly ProblemCode[] = ['aws-access-denied', 'aws-error', 'aws-throttled'];

/**
 * An id is one endpoint's in all Regions, so the first that has it decides, whatever failed before.
 *
 * Errors: where none has it, what failed, or else that it was not found, with the Regions that were asked, and why those.
 */
export async function search(
  { subject, regions, notAllowed }: Search,
  accountId: string | null,
  lookIn: (region: string) => Promise<Lookup>,
): Promise<Lookup> {
  const absent: ProblemCode =
    subject.kind === 'vpc-endpoint' ? 'vpc-endpoint-not-found' : 'network-interface-not-found';
  const failed: Failed[] = [];
  for (const candidate of regions) {
    try {
      return await lookIn(candidate.region);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'deadline-exceeded') {
        failed.unshift({ ...candidate, problem: error });
        break;
      }
      if (error.code !== absent && !unanswered.includes(error.code)) throw error;
      failed.push({ ...candidate, problem: error });
    }
  }
  const notFound = failed.filter(({ problem }) => problem.code === absent);
  const nowhere = notFound.length === 0 ? '' : `${sayAbsent(subject, accountId, notFound)} `;
  const others = notAllowed.length === 0 ? '' : sayNotAllowed(notAllowed);
  const [failure, ...failures] = failed.filter(({ problem }) => problem.code !== absent);
  const hint =
    regions.length === 1 && regions[0].why === ownRegion ? ' Another Region is asked with region=.' : '';
  if (failure === undefined) throw new Problem(absent, `${nowhere}${others}`.trim() + hint);
  if (regions.length === 1) throw failure.problem;
  const said = [failure, ...failures].map(({ problem, ...place }) => `In ${name(place)}: ${problem.message}`);
  const { code, extra, cause } = failure.problem;
  throw new Problem(code, `${said.join(' ')} ${nowhere}${others}`.trim(), extra, cause);
}

function sayAbsent(subject: Subject, accountId: string | null, asked: readonly Candidate[]): string {
  const what =
    subject.kind === 'vpc-endpoint'
      ? `VPC endpoint ${subject.id}`
      : `network interface ${subject.ids.join(' or ')}`;
  return `There is no ${what} in ${inAccount(accountId)}, Region ${asked.map(name).join(', ')}.`;
}

/** Of the Region that is asked where nothing names one. */
export const ownRegion = "this deployment's own";

function name({ region, why }: Candidate): string {
  return `${region} (${why})`;
}

function sayNotAllowed(regions: readonly string[]): string {
  return `The text also names ${regions.join(', ')}, where this deployment may not look.`;
}
