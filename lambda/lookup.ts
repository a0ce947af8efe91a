/** One lookup, from an id to the answer: describes the endpoint, surveys, and identifies. */
import type { Identification } from './answer/identification.ts';
import { identify } from './answer/identify.ts';
import { newUsage } from './aws/usage.ts';
import { orProblem } from './describe-failure.ts';
import { describeSubject } from './describe-subject.ts';
import type { Check, Subject } from './model/model.ts';
import type { World } from './model/world.ts';
import { survey } from './survey/survey.ts';
import { unlessAborted } from './time/limit.ts';

export interface Lookup {
  readonly identification: Identification;
  /** The checks with what only the operators of the API need to know. */
  readonly checks: readonly Check[];
}

/** Errors: a `Problem` when EC2 cannot or will not say what the subject is; any other failure is in the answer. */
export async function lookUp(subject: Subject, world: World): Promise<Lookup> {
  const { clock, services } = world;
  const aws = world.connect(newUsage(clock.deadline, clock.timeLeftMs()));
  const endpoint = await orProblem(unlessAborted(describeSubject(aws, subject, world), clock.deadline));
  const [found] = await survey([endpoint], world);
  const identification = identify(found, { place: found.place, services, now: clock.now() });
  return { identification, checks: found.checks };
}
