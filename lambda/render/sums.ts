/** What the rows of a sweep come to, for each form that people read. */
import { isOpen, type Sweep, type SweepRow } from '../answer/sweep.ts';
import { listFew } from '../model/names.ts';
import { counted } from './lines.ts';

/**
 * Checks that could have changed an answer and were not made, or not to the end: each reason once, with their names. What
 * failed comes first: it may go well the next time.
 */
export function openOf({ complete, checks }: Sweep): readonly (readonly [reason: string, names: string[]])[] {
  const names = new Map<string, string[]>();
  const open = complete ? [] : checks.filter(isOpen);
  const failed = open.filter(({ outcome }) => outcome === 'failed');
  for (const { check, outcome, reason } of [...failed, ...open.filter((one) => !failed.includes(one))]) {
    const why = reason ?? outcome;
    names.set(why, [...(names.get(why) ?? []), check]);
  }
  return [...names];
}

/** The owner, or how many may be it. */
export function whoOf({ owner, candidates }: SweepRow): string | null {
  return owner?.resourceId ?? (candidates > 0 ? counted(candidates, 'candidate') : null);
}

const mostNamed = 4;

/** Where it was looked, and for what: `in subnet-… of account …`. */
export function placeOf({ scope, accountId, region }: Sweep): string {
  const within = `account ${accountId ?? 'unknown'}, ${region}`;
  const places = [...scope.vpcIds, ...scope.subnetIds, ...scope.securityGroupIds];
  const things = [...scope.serviceNames, ...scope.resourceArns, ...scope.resourceIds];
  return [
    ...(things.length === 0 ? [] : [`of ${listFew(things, mostNamed)}`]),
    places.length === 0 ? `in ${within}` : `in ${listFew(places, mostNamed)} of ${within}`,
  ].join(' ');
}

/** Of a place in which EC2 was asked for network interfaces, and shows none. */
export const nothingThere =
  'EC2 shows no network interface there. Where that cannot be, it is another Region or account that has to be asked.';

export function hasNothing({ checks }: Sweep): boolean {
  return checks.some(({ check, outcome }) => check === 'network-interfaces' && outcome === 'no-match');
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
