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
  /** Endpoints of the Region's pages before this one. */
  let before = 0;
  let page = newPage(0);

  const listsRead = () => (page.begun === 0 ? 0 : (page.begun - page.reading.size) / page.begun);
  const rowsDone = () => (page.endpoints === 0 ? 0 : page.answered / page.endpoints);
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
          // A page begins with this, and reads every list again.
          before += page.answered;
          page = newPage(progress.count);
          break;
        case 'reading':
          page.begun += 1;
          page.reading.add(progress.service);
          break;
        case 'read':
          page.reading.delete(progress.service);
          break;
        case 'answered':
          page.answered += 1;
      }
    },
    begin: (name, regionsDone, of) => {
      region = { name, done: regionsDone, of };
      before = 0;
      page = newPage(0);
    },
    describe: () => {
      const total = before + page.endpoints;
      const count = page.answered > 0 ? `${before + page.answered} of ${total}` : `${total}`;
      return [
        `Region ${region.name} (${region.done + 1} of ${region.of})`,
        ...timeLeft(),
        ...readingNow([...page.reading]),
        ...(total === 0 ? [] : [`${count} endpoints`]),
      ].join(', ');
    },
  };
}

function newPage(endpoints: number) {
  return { endpoints, answered: 0, begun: 0, reading: new Set<string>() };
}

function readingNow([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [others.length === 0 ? `reading ${first}` : `reading ${first} and ${others.length} more`];
}
