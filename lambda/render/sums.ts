/** What the rows of a sweep come to, for each form that people read. */
import type { Sweep } from '../answer/sweep.ts';

/** Checks that could have changed an answer and were not made, or not to the end: each reason once, with their names. */
export function openOf({ complete, checks }: Sweep): readonly (readonly [reason: string, names: string[]])[] {
  const names = new Map<string, string[]>();
  for (const { check, outcome, reason } of complete ? [] : checks) {
    const why = reason ?? outcome;
    if (outcome === 'failed' || why.includes('vpce-owner does not ask'))
      names.set(why, [...(names.get(why) ?? []), check]);
  }
  return [...names];
}

/** Interfaces alike, and how many of them there are. */
export function otherKinds(
  interfaces: Sweep['otherInterfaces'],
): readonly (readonly [kind: string, number: number])[] {
  const kinds = new Map<string, number>();
  for (const { interfaceType, description, requesterId } of interfaces) {
    const made = requesterId === null ? [] : [`made by ${requesterId}`];
    const kind = [interfaceType, description ?? 'no description', ...made].join(', ');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds];
}
