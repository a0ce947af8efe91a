/** Why EC2 did not describe what is asked about, as an error of the request: without that there is no answer. */
import { describeFailure, MalformedAnswer } from './aws/failure.ts';
import { LeadsToSeveral, Problem } from './problem.ts';

/** How soon it is worth to ask EC2 again. */
const retryAfterSeconds = 5;

/** Errors: a `Problem`, or a bug as it came. */
export async function orProblem<T>(described: Promise<T>): Promise<T> {
  try {
    return await described;
  } catch (error) {
    throw error instanceof Problem || error instanceof LeadsToSeveral ? error : toProblem(error);
  }
}

function toProblem(error: unknown): Problem {
  const { kind, action, reason } = describeFailure(error);
  const extra = action === null ? {} : { action };
  switch (kind) {
    case 'denied':
      return new Problem(
        'aws-access-denied',
        `EC2 would not describe it: ${reason} for this function's role.`,
        extra,
      );
    case 'throttled':
      return new Problem(
        'aws-throttled',
        `EC2 would not describe it now: ${reason}. Ask again in ${retryAfterSeconds} s.`,
        {
          ...extra,
          retryAfterSeconds,
        },
      );
    case 'timed-out':
      return tooLate();
    case 'credentials':
    case 'malformed':
    case 'unreachable':
    case 'not-in-region':
    case 'undecided':
    case 'error':
      if (action === null && !(error instanceof MalformedAnswer) && kind === 'error') throw error;
      return new Problem('aws-error', `EC2 could not be asked: ${reason}.`, extra);
  }
}

function tooLate(): Problem {
  return new Problem('deadline-exceeded', 'EC2 did not describe the endpoint in time. Ask again.', {
    retryAfterSeconds,
  });
}
