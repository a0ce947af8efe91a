/**
 * One lookup of each kind of owner, in a small account and in a large one, against its critical path; and the AWS calls
 * of each. The accounts take turns: a lookup that is measured alone waits until the answers of the one before are no
 * longer shared.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Subject } from './account.ts';
import { median, type Row, ratio } from './measure.ts';
import { delays, type Place } from './program.ts';

const runs = 5;

/** The lookups of one kind of owner in one account. */
export interface Kind {
  readonly subject: Subject;
  readonly place: Place;
  readonly times: number[];
  /** AWS calls of one lookup, and those of them that came when its answer was out. */
  calls: number;
  late: number;
}

/** @returns the kinds of owner of each place */
export async function measureLookups(places: readonly Place[]): Promise<readonly (readonly Kind[])[]> {
  const byPlace = places.map((place) =>
    place.subjects.map((subject): Kind => ({ subject, place, times: [], calls: 0, late: 0 })),
  );
  const inTurn = (byPlace[0] ?? []).flatMap((_, index) => byPlace.flatMap((kinds) => kinds[index] ?? []));
  // Once, so that the program has loaded and connected what it is going to; with it, the calls are counted.
  for (const kind of inTurn) await countCalls(kind);
  for (let run = 0; run < runs; run += 1) {
    for (const { place, subject, times } of inTurn) times.push(await place.timeAlone(subject));
  }
  return byPlace;
}

/** A call that was sent before the answer has arrived by then. */
const onTheWayMs = 20;
/** A page that was under way at the match has come back by then, and the next one would have been asked for. */
const nextPageMs = 2 * delays.aws;

async function countCalls(kind: Kind): Promise<void> {
  const { place, subject } = kind;
  await place.asked();
  await place.timeAlone(subject);
  await sleep(onTheWayMs);
  kind.calls = (await place.asked()).length;
  await sleep(nextPageMs);
  kind.late = (await place.asked()).length;
}

/** How many times its critical path a lookup takes. */
export function ratioOf({ subject: { calls, dnsAnswers }, times }: Kind): number {
  return median(times) / (calls * delays.aws + dnsAnswers * delays.dns);
}

export function rowsOfLookups(small: readonly Kind[], large: readonly Kind[]): Row[] {
  const [inSmall, inLarge] = [small.map(ratioOf), large.map(ratioOf)];
  const [worstSmall, worstLarge] = [Math.max(...inSmall), Math.max(...inLarge)];
  const tagged = small.find(({ subject }) => subject.kind === 'firewall that its tag names')?.calls;
  const late = [...small, ...large].filter((kind) => kind.late > 0);
  return [
    {
      what: `one lookup, 30 of each resource, ${delays.aws} ms per AWS call, ${delays.dns} ms per DNS answer`,
      against: 'its critical path: the calls and DNS answers that need each other',
      toReach: 'median of the kinds ≤ 1.15, worst ≤ 1.3',
      measured: `median ${ratio(median(inSmall))}, worst ${ratio(worstSmall)}`,
      met: median(inSmall) <= 1.15 && worstSmall <= 1.3,
    },
    {
      what: 'the same with 1,500 of each',
      against: 'likewise, pages included',
      toReach: 'median of the kinds ≤ 1.25',
      measured: `median ${ratio(median(inLarge))}, worst ${ratio(worstLarge)}`,
      met: median(inLarge) <= 1.25,
    },
    {
      what: 'AWS calls of a lookup, a firewall that its tag names',
      against: 'the fewest that settle it: describe the endpoint, describe the firewall',
      toReach: '2',
      measured: String(tagged),
      met: tagged === 2,
    },
    {
      what: 'AWS calls once the owner is known, every kind, 30 and 1,500 of each resource',
      against: 'none',
      toReach: '0',
      measured: late.length === 0 ? '0' : late.map((kind) => `${kind.subject.kind}: ${kind.late}`).join(', '),
      met: late.length === 0,
    },
  ];
}
