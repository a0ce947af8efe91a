/** How far a sweep is: what is being read, and how long the rest may take. */
import type { Progress } from '../lambda/model/world.ts';

export interface SweepProgress {
  readonly take: (progress: Progress) => void;
  /** @param done Regions before this one, `of` all */
  readonly begin: (region: string, done: number, of: number) => void;
  /** `Region us-east-1 (2 of 17), ~40 s left, reading msk and 4 more, 500 endpoints` */
  readonly describe: () => string;
}

/** Before that nothing can be said of the rest. */
const leastMs = 2_000;
/** Of a Region's time, the lists; what remains is for the answers. */
const listsShare = 0.9;

/** @param now in milliseconds, on a clock that only goes forward */
export function newSweepProgress(now: () => number): SweepProgress {
  const since = now();
  let region = { name: '', done: 0, of: 1 };
  let reading = new Set<string>();
  let [begun, endpoints, answered, before] = [0, 0, 0, 0];

  const listsRead = () => (begun === 0 ? 0 : (begun - reading.size) / begun);
  const rowsDone = () => (endpoints === 0 ? 0 : answered / endpoints);
  const done = () => (region.done + listsShare * listsRead() + (1 - listsShare) * rowsDone()) / region.of;
  const timeLeft = (): string[] => {
    const [passed, share] = [now() - since, done()];
    if (passed < leastMs || share <= 0) return [];
    return [`~${Math.ceil((passed * (1 - share)) / share / 1000)} s left`];
  };

  return {
    take: (progress) => {
      switch (progress.is) {
        case 'endpoints':
          // The next page of the same Region begins with this, and reads every list again.
          [before, endpoints, answered, begun] = [before + answered, progress.count, 0, 0];
          reading = new Set();
          break;
        case 'reading':
          begun += 1;
          reading.add(progress.service);
          break;
        case 'read':
          reading.delete(progress.service);
          break;
        case 'answered':
          answered += 1;
      }
    },
    begin: (name, regionsDone, of) => {
      region = { name, done: regionsDone, of };
      reading = new Set();
      [begun, endpoints, answered, before] = [0, 0, 0, 0];
    },
    describe: () => {
      const total = before + endpoints;
      const count = answered > 0 ? `${before + answered} of ${total}` : `${total}`;
      return [
        `Region ${region.name} (${region.done + 1} of ${region.of})`,
        ...timeLeft(),
        ...readingNow([...reading]),
        ...(total === 0 ? [] : [`${count} endpoints`]),
      ].join(', ');
    },
  };
}

function readingNow([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [others.length === 0 ? `reading ${first}` : `reading ${first} and ${others.length} more`];
}
