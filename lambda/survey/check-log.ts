/** The account that a check keeps of itself: what it sent, how long it took, what it waited for at the end. */
import { setMaxListeners } from 'node:events';
import { newUsage } from '../aws/usage.ts';
import type { Gap } from '../model/model.ts';
import type { Clock, Usage } from '../model/world.ts';

export interface CheckLog {
  readonly name: string;
  readonly usage: Usage;
  /** Does a part of the check. It has ended when every part has, unless its signal fired first. */
  readonly during: <T>(part: () => Promise<T>) => Promise<T>;
  /** A further account, for calls that end with another signal. */
  readonly alsoUntil: (signal: AbortSignal) => Usage;
  /** The account for what is asked when the lists have been read, until the answer is due. */
  readonly atTheEnd: () => Usage;
  readonly hasBegun: () => boolean;
  readonly hasEnded: () => boolean;
  readonly numbers: () => {
    readonly apiCalls: number;
    readonly throttled: number;
    readonly durationMs: number;
  };
  /** What there is to say of a check that the deadline ended. */
  readonly outOfTime: () => Gap;
}

export function newCheckLog(name: string, signal: AbortSignal, clock: Clock): CheckLog {
  const now = () => clock.now().getTime();
  const accounts: Usage[] = [];
  let startedAt: number | null = null;
  let endedAt: number | null = null;
  let parts = 0;
  let waitedFor: readonly string[] = [];

  const alsoUntil = (until: AbortSignal): Usage => {
    // Every call under way listens to it, and a page of firewalls is as many calls.
    setMaxListeners(0, until);
    const usage = newUsage(until, clock.timeLeftMs());
    accounts.push(usage);
    return usage;
  };
  const usage = alsoUntil(signal);
  signal.addEventListener(
    'abort',
    () => {
      waitedFor = [...usage.waitingFor].flatMap((waiting) => waiting());
    },
    { once: true },
  );

  let last: Usage | undefined;
  return {
    name,
    usage,
    alsoUntil,
    atTheEnd: () => {
      last ??= alsoUntil(clock.deadline);
      return last;
    },
    during: async (part) => {
      startedAt ??= now();
      endedAt = null;
      parts += 1;
      try {
        return await part();
      } finally {
        parts -= 1;
        if (parts === 0 && !signal.aborted) endedAt = now();
      }
    },
    hasBegun: () => startedAt !== null,
    hasEnded: () => endedAt !== null,
    numbers: () => ({
      apiCalls: accounts.reduce((sum, { apiCalls }) => sum + apiCalls, 0),
      throttled: accounts.reduce((sum, { throttled }) => sum + throttled, 0),
      durationMs: startedAt === null ? 0 : Math.max(0, Math.round((endedAt ?? now()) - startedAt)),
    }),
    outOfTime: () => {
      const names = [...new Set(waitedFor)].sort();
      const [action = null] = names;
      const waiting = action === null ? '' : ` waiting for ${names.join(' and ')}`;
      const reason = startedAt === null ? 'not asked: the time ran out first' : `ran out of time${waiting}`;
      return { kind: 'timed-out', action, reason };
    },
  };
}
