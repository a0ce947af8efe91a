/** The account that a check keeps of itself: what it sent, how long it took, what failed. */
import { setMaxListeners } from 'node:events';
import { newUsage } from './aws/clients.ts';
import type { Failure } from './aws/failure.ts';
import type { CheckFinding } from './findings.ts';
import type { Check } from './http/contract.ts';
import { notWaitedFor } from './time/limit.ts';

export interface Progress {
  readonly name: string;
  readonly usage: ReturnType<typeof newUsage>;
  readonly failures: Failure[];
  /** Set once the outcome is known without looking at matches and failures. */
  outcome: Check['outcome'] | null;
  reason: string | null;
  /** Does a part of the check; the check has ended when every part has, unless it was stopped. */
  readonly during: <T>(part: () => Promise<T>) => Promise<T>;
  /** Ends the check's calls. */
  readonly stop: () => void;
  /** @param matched whether a resource was found to hold the endpoint. @param settled whether by any check. */
  readonly report: (matched: boolean, settled: boolean) => CheckFinding;
}

export function newProgress(name: string, deadline: AbortSignal, now: () => number): Progress {
  const controller = new AbortController();
  const signal = AbortSignal.any([deadline, controller.signal]);
  // Every call under way listens to it, and a page of firewalls is as many calls.
  setMaxListeners(0, signal);
  const usage = newUsage(signal);
  // Before anybody else hears of the end, and what was waited for is given up.
  let waitedFor: readonly string[] = [];
  const end = () => {
    waitedFor = [...usage.waitingFor].flatMap((waiting) => waiting());
  };
  signal.addEventListener('abort', end, { once: true });
  let startedAt: number | null = null;
  let endedAt: number | null = null;
  let parts = 0;

  const progress: Progress = {
    name,
    usage,
    failures: [],
    outcome: null,
    reason: null,
    stop: () => controller.abort(notWaitedFor),

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

    report: (matched, settled) => {
      const { failures, outcome, reason } = progress;
      const done = (as: Check['outcome'], why: string | null): CheckFinding => ({
        report: {
          check: name,
          outcome: as,
          reason: why,
          apiCalls: usage.apiCalls,
          durationMs: startedAt === null ? 0 : Math.max(0, Math.round((endedAt ?? now()) - startedAt)),
        },
        failures,
        throttled: usage.throttled,
      });
      if (outcome !== null) return done(outcome, reason);
      const unfinished = endedAt === null && !settled;
      if (unfinished) failures.push(outOfTime(startedAt !== null, waitedFor));
      const failed = [...new Set(failures.map((failure) => failure.reason))];
      const why = failed.length > 3 ? [...failed.slice(0, 3), `${failed.length - 3} more`] : failed;
      if (matched && (settled || failed.length === 0))
        return done('match', [reason, ...why].flatMap((text) => text ?? []).join('; ') || null);
      if (failed.length > 0) return done('failed', why.join('; '));
      return endedAt === null ? done('skipped', 'the owner was found first') : done('no-match', reason);
    },
  };
  return progress;
}

function outOfTime(begun: boolean, waitedFor: readonly string[]): Failure {
  const names = [...new Set(waitedFor)].sort();
  const [action = null] = names;
  const reason = !begun
    ? 'not asked: the time ran out first'
    : `ran out of time${action === null ? '' : ` waiting for ${names.join(' and ')}`}`;
  return { kind: 'timed-out', action, reason };
}
