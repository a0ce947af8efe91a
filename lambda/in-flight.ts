/**
 * Equal lookups in flight are one lookup: what a burst of impatient callers, or a caller that tries again, costs AWS is
 * one set of calls. Only what is under way is shared; an answer that was given is not kept.
 *
 * Each caller has a deadline of its own. One joins only a lookup that ends before it must answer, and begins another
 * otherwise. A lookup that its own deadline cut short is done again for whoever has time left for that.
 */

import { limitTime } from './time/limit.ts';

/** With less left than this, half an answer is the best there is. */
const worthwhileMs = 5_000;

interface Running<T> {
  readonly endsAt: number;
  readonly deadline: AbortSignal;
  readonly result: Promise<T>;
}

/**
 * @param isWhole whether a result lacks nothing, though the deadline may have fired. @param now in milliseconds
 * @returns does the work under that key, or waits for what does it already; `work` must end when its signal fires
 */
export function shareInFlight<T>(isWhole: (result: T) => boolean, now: () => number) {
  const inFlight = new Map<string, Running<T>>();

  const begin = (key: string, endsAt: number, work: (deadline: AbortSignal) => Promise<T>): Promise<T> => {
    const { signal: deadline, lift } = limitTime(endsAt - now());
    const forget = () => {
      lift();
      if (inFlight.get(key) === running) inFlight.delete(key);
    };
    const result = work(deadline);
    const running: Running<T> = { endsAt, deadline, result };
    inFlight.set(key, running);
    result.then(forget, forget);
    return result;
  };

  return async (key: string, timeLeftMs: number, work: (deadline: AbortSignal) => Promise<T>): Promise<T> => {
    const endsAt = now() + timeLeftMs;
    for (;;) {
      const running = inFlight.get(key);
      if (running === undefined || running.endsAt > endsAt) return begin(key, endsAt, work);
      const cutShort = () => running.deadline.aborted && endsAt - now() >= worthwhileMs;
      try {
        const result = await running.result;
        if (isWhole(result) || !cutShort()) return result;
      } catch (error) {
        if (!cutShort()) throw error;
      }
    }
  };
}
