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
