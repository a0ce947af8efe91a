/**
 * One lookup of each kind of owner, in a small account and in a large one, against its critical path; and the AWS calls
 * of each. The accounts take turns, and every round asks for other endpoints.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Subject } from './account.ts';
import { median, type Row, ratio } from './measure.ts';
import { delays, type Place, restMs } from './program.ts';

/** Rounds that are measured, after one that loads and connects what the program is going to use. */
export const runs = 5;

/** The lookups of one kind of owner in one account. */
export interface Kind {
  readonly kind: string;
  readonly isMarked: boolean;
  /** How many times its critical path each lookup took. */
  readonly ratios: number[];
  /** AWS calls of one lookup, and those of them that came when its answer was out. */
  calls: number;
  late: number;
}

/** @returns the kinds of owner of each place */
export async function measureLookups(places: readonly Place[]): Promise<readonly (readonly Kind[])[]> {
  const byPlace = places.map(({ rounds: [subjects = []] }) =>
    subjects.map(({ kind, isMarked }): Kind => ({ kind, isMarked, ratios: [], calls: 0, late: 0 })),
  );
  for (let round = 0; round <= runs; round += 1) {
    for (const index of byPlace[0]?.keys() ?? []) {
      for (const [at, place] of places.entries()) {
        const [subject, kind] = [place.rounds[round]?.[index], byPlace[at]?.[index]];
        // The larger account has fewer kinds.
        if (kind === undefined) continue;
        if (subject === undefined) throw new Error(`there is no round ${round}`);
        if (round === 0) await countCalls(place, subject, kind);
        else kind.ratios.push((await place.timeAlone(subject)) / criticalPathMs(subject));
      }
    }
  }
  return byPlace;
}

/** A call that was sent before the answer has arrived by then. */
const onTheWayMs = 20;

async function countCalls(place: Place, subject: Subject, kind: Kind): Promise<void> {
  await place.asked();
  await place.timeAlone(subject);
  await sleep(onTheWayMs);
  kind.calls = (await place.asked()).length;
  await sleep(restMs);
  kind.late = (await place.asked()).length;
}

function criticalPathMs({ calls, dnsAnswers }: Subject): number {
  return calls * delays.aws + dnsAnswers * delays.dns;
}

export function ratioOf({ ratios }: Kind): number {
  return median(ratios);
}

/** What it costs to ask everybody. */
export async function measureOrphan(place: Place): Promise<Row> {
  await place.asked();
  const startedAt = performance.now();
  const checks = await place.checksOf(place.orphanId ?? '');
  const tookMs = performance.now() - startedAt;
  const calls = (await place.asked()).length;
  const most = [...checks].sort((a, b) => b.apiCalls - a.apiCalls).slice(0, 3);
  const asked = checks.filter(({ apiCalls }) => apiCalls > 0).length;
  const those = most.map(({ check, apiCalls }) => `${check} ${apiCalls}`).join(', ');
  return {
    what: "AWS calls of a lookup that asks every service: an old orphan's, 30 of each resource of every service",
    against: '–',
    toReach: '–',
    measured: `${calls} of ${asked} services in ${(tookMs / delays.aws).toFixed(0)} times the time of one (${those})`,
    met: null,
  };
}

export function rowsOfLookups(small: readonly Kind[], large: readonly Kind[]): Row[] {
  const [inSmall, inLarge] = [small.map(ratioOf), large.map(ratioOf)];
  const marked = small.filter(({ isMarked }) => isMarked).map(ratioOf);
  const [worstSmall, worstLarge] = [Math.max(...inSmall), Math.max(...inLarge)];
  const tagged = small.find(({ kind }) => kind === 'firewall that its tag names')?.calls;
  const late = [...small, ...large].filter((kind) => kind.late > 0);
  return [
    {
      what: `one lookup, 30 of each resource of every service, ${delays.aws} ms per AWS call, ${delays.dns} ms per DNS answer`,
      against: 'its critical path: the calls and DNS answers that need each other',
      toReach: 'median of the kinds ≤ 1.4, worst ≤ 2.0',
      measured: `median ${ratio(median(inSmall))}, worst ${ratio(worstSmall)}`,
      met: median(inSmall) <= 1.4 && worstSmall <= 2,
    },
    {
      what: 'likewise, a kind that a mark of its endpoint names',
      against: 'likewise',
      toReach: '≤ 1.2',
      measured: `${ratio(Math.min(...marked))} to ${ratio(Math.max(...marked))}`,
      met: Math.max(...marked) <= 1.2,
    },
    {
      what: 'the same with 1,500 of each resource of the services of the manual procedure alone',
      against: 'likewise, pages included',
      toReach: 'median of the kinds ≤ 1.35',
      measured: `median ${ratio(median(inLarge))}, worst ${ratio(worstLarge)}`,
      met: median(inLarge) <= 1.35,
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
      measured: late.length === 0 ? '0' : late.map(({ kind, late }) => `${kind}: ${late}`).join(', '),
      met: late.length === 0,
    },
  ];
}
