/** One lookup, from an id to the answer: describes the endpoint, surveys, and identifies. */
import type { Identification } from './answer/identification.ts';
import { identify } from './answer/identify.ts';
import { describeFailure, MalformedAnswer } from './aws/failure.ts';
import { newUsage } from './aws/usage.ts';
import { describeSubject } from './describe-subject.ts';
import type { Check, Endpoint, Subject } from './model/model.ts';
import type { World } from './model/world.ts';
import { Problem } from './problem.ts';
import { survey } from './survey/survey.ts';
import { unlessAborted } from './time/limit.ts';

export interface Lookup {
  readonly identification: Identification;
  /** The checks with what only the operators of the API need to know. */
  readonly checks: readonly Check[];
}

/** How soon it is worth to ask EC2 again. */
const retryAfterSeconds = 5;

/** Errors: a `Problem` when EC2 cannot or will not say what the subject is; any other failure is in the answer. */
export async function lookUp(subject: Subject, world: World): Promise<Lookup> {
  const { place, clock, services } = world;
  const aws = world.connect(newUsage(clock.deadline, clock.timeLeftMs()));
  const endpoint = await describe(unlessAborted(describeSubject(aws, subject, place), clock.deadline));
  const [found] = await survey([endpoint], world);
  const identification = identify(found, { place: found.place, services, now: clock.now() });
  return { identification, checks: found.checks };
}

async function describe(described: Promise<Endpoint>): Promise<Endpoint> {
  try {
    return await described;
  } catch (error) {
    throw error instanceof Problem ? error : toProblem(error);
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
