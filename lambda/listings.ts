/**
 * The lists that services are being asked for, each read once for all lookups that want it at the same time: a burst of
 * lookups costs the calls of one. Nothing is kept: a lookup joins a reading only while that is fresh.
 */
import { setMaxListeners } from 'node:events';
import { type Aws, newUsage, type Usage } from './aws/clients.ts';
import type { AttachmentList, Page, Scope } from './resolver.ts';
import { notWaitedFor, unlessAborted } from './time/limit.ts';

/** How old a reading may be that a lookup joins: an answer may be older than its question by this much. */
const freshMs = 1_000;

/** @param reader is charged with the calls whose answers it reads, and ends its part of the reading with its signal */
export type Listings = (list: AttachmentList, scope: Scope, reader: Usage) => AsyncIterable<Page>;

interface Reading {
  /** Whether a lookup may still join it. */
  readonly isFresh: () => boolean;
  readonly follow: (reader: Usage) => AsyncGenerator<Page>;
}

/** @param connect makes the view of the clients that a reading uses @param now in milliseconds */
export function shareListings(connect: (usage: Usage) => Aws, now: () => number): Listings {
  const readings = new Map<AttachmentList, Map<string, Reading>>();
  return (list, scope, reader) => {
    const ofList = readings.get(list) ?? new Map<string, Reading>();
    readings.set(list, ofList);
    const key = JSON.stringify([scope.region, scope.accountId, list.byVpc ? scope.vpcId : null]);
    const known = ofList.get(key);
    if (known?.isFresh()) return known.follow(reader);
    const startedAt = now();
    const isFresh = () => now() - startedAt <= freshMs;
    const forget = () => {
      if (ofList.get(key) === begun) ofList.delete(key);
    };
    const begun: Reading = { isFresh, follow: read(list, scope, connect, isFresh, forget) };
    ofList.set(key, begun);
    return begun.follow(reader);
  };
}

/** Stands for a page that nobody needs any more: it must not look like an empty one. */
const letGo = Symbol();

/** @param ended is called when nobody reads any more. @returns what each reader goes through, from the first page on */
function read(
  list: AttachmentList,
  scope: Scope,
  connect: (usage: Usage) => Aws,
  isFresh: () => boolean,
  ended: () => void,
): Reading['follow'] {
  const controller = new AbortController();
  // Every call under way listens to it, and a list of firewalls is as many calls.
  setMaxListeners(0, controller.signal);
  const readers = new Set<Usage>();
  const usage = shareUsage(readers, newUsage(controller.signal));
  const source = list.read(connect(usage), scope)[Symbol.asyncIterator]();
  const ofReading = () => [...usage.waitingFor].flatMap((waiting) => waiting());
  const pages: (Page | typeof letGo)[] = [];
  let last = false;
  let failure: { readonly error: unknown } | null = null;
  let asking: Promise<void> | null = null;

  const ask = (): Promise<void> => {
    asking ??= source
      .next()
      .then(({ done, value }) => {
        if (done) last = true;
        else pages.push(value);
      })
      .catch((error: unknown) => {
        failure = { error };
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  return async function* follow(reader) {
    readers.add(reader);
    reader.waitingFor.add(ofReading);
    reader.apiCalls += usage.apiCalls;
    reader.throttled += usage.throttled;
    try {
      for (let read = 0; ; ) {
        const page = pages[read];
        if (page === letGo) throw new Error('a page that was let go is asked for again');
        if (page !== undefined) {
          // Nobody else needs it: in a large account pages are what fills the memory.
          if (readers.size === 1 && !isFresh()) pages[read] = letGo;
          read += 1;
          yield page;
        } else if (failure !== null) throw (failure as { readonly error: unknown }).error;
        else if (last) return;
        else await unlessAborted(ask(), reader.signal);
      }
    } finally {
      readers.delete(reader);
      reader.waitingFor.delete(ofReading);
      if (readers.size === 0) {
        ended();
        controller.abort(notWaitedFor);
      }
    }
  };
}

/** A reading's own account: whatever is added to it, each of its readers is charged with. */
function shareUsage(readers: ReadonlySet<Usage>, own: Usage): Usage {
  const total = { apiCalls: 0, throttled: 0 };
  const add = (key: keyof typeof total, value: number) => {
    for (const reader of readers) reader[key] += value - total[key];
    total[key] = value;
  };
  return {
    ...own,
    get apiCalls() {
      return total.apiCalls;
    },
    set apiCalls(value) {
      add('apiCalls', value);
    },
    get throttled() {
      return total.throttled;
    },
    set throttled(value) {
      add('throttled', value);
    },
  };
}
