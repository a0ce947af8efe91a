/**
 * Time that passes only when nothing else is left to do: the program and the SDK run with the time-outs, back-offs and
 * deadlines of production, and a lookup that AWS leaves hanging for 25 s costs a test milliseconds.
 *
 * It stands for the platform's timers (`setTimeout`, its promise, `AbortSignal.timeout`, `performance.now`) and for
 * nothing of the program. Sockets are real.
 */
import timersPromises from 'node:timers/promises';

export interface VirtualTime {
  /** Milliseconds since it began. */
  readonly now: () => number;
  /** Lets time pass until the work is done. Errors: the work's, or that nothing is left that could end it. */
  readonly passUntil: <T>(work: Promise<T>) => Promise<T>;
  /** Gives the platform its own time back. */
  readonly end: () => void;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A message crosses loopback within one or two turns of the event loop; a large body takes some more. */
const quietTurns = 25;

/** @param activity grows with everything that the other side of the sockets sees */
export function beginVirtualTime(activity: () => number): VirtualTime {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    sleep: timersPromises.setTimeout,
    timeout: AbortSignal.timeout,
    now: performance.now,
  };
  const timers = new Map<object, Timer>();
  let now = 0;
  let changes = 0;

  const begin = (run: () => void, ms = 0): object => {
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => true, refresh: () => handle };
    timers.set(handle, { at: now + Math.max(0, ms), run });
    changes += 1;
    return handle;
  };

  const sleep = async <T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const handle = begin(resolve, ms);
      const stop = () => {
        timers.delete(handle);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
    return value as T;
  };

  const abortAfter = (ms: number): AbortSignal => {
    const controller = new AbortController();
    begin(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms);
    return controller.signal;
  };

  Object.assign(globalThis, {
    setTimeout: (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
      begin(() => run(...given), ms),
    clearTimeout: (handle: object) => {
      if (!timers.delete(handle)) real.clearTimeout(handle as NodeJS.Timeout);
    },
  });
  Object.assign(timersPromises, { setTimeout: sleep });
  Object.assign(AbortSignal, { timeout: abortAfter });
  Object.assign(performance, { now: () => now });

  /** Everything that is due next, at once. */
  const pass = (): void => {
    if (timers.size === 0)
      throw new Error(`nothing is left to happen after ${now} ms, and there is no answer`);
    now = Math.min(...Array.from(timers.values(), ({ at }) => at));
    const due = [...timers].filter(([, { at }]) => at <= now);
    for (const [handle, { run }] of due) if (timers.delete(handle)) run();
  };

  return {
    now: () => now,
    async passUntil(work) {
      let done = false;
      const ended = () => {
        done = true;
      };
      work.then(ended, ended);
      for (let seen = -1, quiet = 0; !done; ) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        const sofar = activity() + changes;
        quiet = sofar === seen ? quiet + 1 : 0;
        seen = sofar;
        if (quiet < quietTurns || done) continue;
        quiet = 0;
        if (!isReading()) pass();
      }
      return work;
    },
    end() {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Object.assign(timersPromises, { setTimeout: real.sleep });
      Object.assign(AbortSignal, { timeout: real.timeout });
      Object.assign(performance, { now: real.now });
    },
  };
}

/** Files, such as the SDK's configuration, are read by another thread: turns of this one's loop do not tell. */
function isReading(): boolean {
  return process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq'));
}
