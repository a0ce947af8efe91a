/** A test's own time: it passes when nothing else is left to do, and nothing of the platform is touched. */

export interface OwnTime {
  /** Milliseconds since it began. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal fires. `Infinity` never ends by itself. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Fires after so long. */
  readonly signalAfter: (ms: number) => AbortSignal;
  /** Lets time pass until the work is done. Errors: the work's, or that nothing is left that could end it. */
  readonly passUntil: <T>(work: Promise<T>) => Promise<T>;
}

export function newOwnTime(): OwnTime {
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  let time = 0;

  const begin = (ms: number, run: () => void): (() => void) => {
    const timer = { at: time + ms, run };
    timers.add(timer);
    return () => timers.delete(timer);
  };

  /** Everything that is due next, at once. */
  const pass = (): void => {
    const next = Math.min(...Array.from(timers, ({ at }) => at));
    if (next === Infinity)
      throw new Error(`nothing is left to happen after ${time} ms, and there is no answer`);
    time = next;
    for (const timer of [...timers]) if (timer.at <= time && timers.delete(timer)) timer.run();
  };

  return {
    now: () => time,
    sleep: async (ms, signal) => {
      if (ms === 0 || signal?.aborted) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          forget();
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const forget = begin(ms, end);
        signal?.addEventListener('abort', end, { once: true });
      });
    },
    signalAfter: (ms) => {
      const controller = new AbortController();
      begin(ms, () => controller.abort());
      return controller.signal;
    },
    passUntil: async (work) => {
      let done = false;
      const ended = () => {
        done = true;
      };
      work.then(ended, ended);
      for (;;) {
        // All that promises have to say has been said by then.
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (done) return work;
        pass();
      }
    },
  };
}
