import { setTimeout as sleep } from 'node:timers/promises';

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
    if (wait > 0) await sleep(wait, undefined, { signal });
    taken.push(now());
    if (taken.length > burst) taken.shift();
  };

  return (signal: AbortSignal): Promise<void> => {
    const turn = queue.then(() => takeTurn(signal));
    queue = turn.catch(() => undefined);
    return turn;
  };
}

/** Maps with bounded concurrency and yields each result as it comes, in whatever order. */
export async function* mapConcurrently<T, R>(
  items: Iterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.iterator]();
  const running = new Map<number, Promise<readonly [number, R]>>();
  let started = 0;
  const start = (): boolean => {
    const { done, value } = iterator.next();
    if (done) return false;
    const id = started++;
    running.set(
      id,
      map(value).then((result) => [id, result] as const),
    );
    return true;
  };
  try {
    while (running.size < concurrency && start());
    while (running.size > 0) {
      const [id, result] = await Promise.race(running.values());
      running.delete(id);
      yield result;
      start();
    }
  } finally {
    for (const promise of running.values()) promise.catch(() => undefined);
  }
}
