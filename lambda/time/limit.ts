import { setTimeout as sleep } from 'node:timers/promises';

/** Why work is stopped that nobody waits for: one for all of it, for a reason of its own costs a stack trace each time. */
export const notWaitedFor = Object.freeze(new DOMException('nobody waits for this any more', 'AbortError'));

/**
 * At most `concurrency` of the given tasks at once; the rest wait their turn in order.
 *
 * @returns runs a task when there is room; once the signal has fired, waiting tasks reject without being started
 */
export function limitConcurrency(concurrency: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async <T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * Gives out at most `limit` turns in any `windowMs`, first come first served; below one, a turn in several windows.
 *
 * @returns resolves when the turn has come; rejects, and takes no turn, when the signal fires first
 */
export function limitRate(limit: number, windowMs: number, now: () => number) {
  const burst = Math.max(1, Math.floor(limit));
  const burstWindowMs = (windowMs * burst) / limit;
  const taken: number[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const takeTurn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const [oldest] = taken;
    const wait = oldest === undefined || taken.length < burst ? 0 : oldest + burstWindowMs - now();
    if (wait > 0) await sleep(Math.ceil(wait), undefined, { signal });
    taken.push(now());
    if (taken.length > burst) taken.shift();
  };

  return (signal: AbortSignal): Promise<void> => {
    const turn = queue.then(() => takeTurn(signal));
    queue = turn.catch(() => undefined);
    return unlessAborted(turn, signal);
  };
}

/**
 * Maps with bounded concurrency and yields each result as it comes, in whatever order. Items are
 * taken while earlier ones are under way, and none before the reader has had the results so far.
 *
 * Errors: that of an item, or of taking one, once the results before it have been read; no item is begun after it.
 */
export async function* mapConcurrently<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const results: R[] = [];
  let failure: { readonly error: unknown } | null = null;
  let running = 0;
  let taking = false;
  let ended = false;
  let wake: () => void = () => undefined;

  const fail = (error: unknown) => {
    failure ??= { error };
    ended = true;
  };
  const begin = (item: T): void => {
    running += 1;
    map(item)
      .then((result) => results.push(result), fail)
      .finally(() => {
        running -= 1;
        wake();
      });
  };
  const take = async (): Promise<void> => {
    if (taking) return;
    taking = true;
    try {
      while (!ended && running < concurrency) {
        const { done, value } = await iterator.next();
        if (done) ended = true;
        else if (!ended) begin(value);
      }
    } catch (error) {
      fail(error);
    }
    taking = false;
    wake();
  };

  void take();
  try {
    for (;;) {
      while (results.length > 0) {
        yield results.shift() as R;
        void take();
      }
      if (failure !== null) throw (failure as { readonly error: unknown }).error;
      if (ended && !taking && running === 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    ended = true;
  }
}

/** Waits for work that others may wait for too. Errors: the signal's reason, as soon as it fires. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // What is not waited for may still fail.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A promise that is resolved from outside. */
export function signal(): { readonly fired: Promise<void>; readonly fire: () => void } {
  let fire: () => void = () => undefined;
  const fired = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return { fired, fire: () => fire() };
}

/** In the next turn of the event loop: to end calls takes longer than to write the answer that they are ended for. */
export const afterAnswer: (work: () => void) => void = setImmediate;

export interface TimeLimit {
  /** Fires when the time is over. */
  readonly signal: AbortSignal;
  /** Lets go of the timer, and with it of everything that listens to the signal. */
  readonly lift: () => void;
}

/** `AbortSignal.timeout` for work that may end before: that would keep what listens to it until the time is over. */
export function limitTime(ms: number): TimeLimit {
  const controller = new AbortController();
  const end = () => controller.abort(new DOMException('the time is over', 'TimeoutError'));
  const timer = setTimeout(end, Math.max(0, Math.floor(ms)));
  return { signal: controller.signal, lift: () => clearTimeout(timer) };
}
