/** When a call is sent again: the SDK's own strategy, with the time that is left in the place of a number of attempts. */
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryBackoffStrategy, StandardRetryToken } from '@smithy/types';
import type { Usage } from '../model/world.ts';

/** For what fails by itself, without a word from AWS that there were too many calls: each attempt may take seconds. */
export const attemptsPerCall = 3;
/**
 * AWS refills its quotas every second: to wait the SDK's 20 s is worth nothing to a caller who waits for 25. The last
 * attempt comes within this of a call's share of the time, so that a throttle of 10 s is outlasted whatever chance says.
 */
const longestDelayMs = 2_000;
/** What is left for the next attempt, and for what is to be asked after it. */
const reserveMs = 2_000;
/** Of the whole time, what one throttled call may take: others depend on it. */
const shareOfTime = 0.5;

interface Token extends StandardRetryToken {
  /** When the call was first sent. */
  readonly since: number;
  /** Its attempts that failed, those that were throttled aside. */
  readonly failed: number;
}

/** A throttled call is tried again while there is time; any other that may pass, three times. Counts throttles. */
export class RetryInTime extends StandardRetryStrategy {
  readonly #usage: Usage;

  constructor(usage: Usage) {
    super({ maxAttempts: Number.POSITIVE_INFINITY, backoff: backoff() });
    this.#usage = usage;
  }

  override async acquireInitialRetryToken(scope: string): Promise<Token> {
    const token = await super.acquireInitialRetryToken(scope);
    return Object.assign(token, { since: performance.now(), failed: 0 });
  }

  override async refreshRetryTokenForRetry(token: Token, info: RetryErrorInfo): Promise<Token> {
    const throttled = info.errorType === 'THROTTLING';
    const failed = token.failed + (throttled ? 0 : 1);
    if (throttled) this.#usage.throttled += 1;
    if (throttled ? !this.#hasTime(token) : failed >= attemptsPerCall) throw new Error('no more attempts');
    const next = await super.refreshRetryTokenForRetry(token, info);
    return Object.assign(next, { since: token.since, failed });
  }

  #hasTime(token: Token): boolean {
    const { startedAt, endsAt } = this.#usage;
    const longest = Math.min(1_000 * 2 ** token.getRetryCount(), longestDelayMs);
    const triedAgainAt = performance.now() + longest;
    const share = (endsAt - startedAt) * shareOfTime;
    return triedAgainAt <= token.since + share && triedAgainAt <= endsAt - reserveMs;
  }
}

/** The SDK's: a random part of a delay that doubles, but never a long one. */
function backoff(): StandardRetryBackoffStrategy {
  let base = 0;
  return {
    setDelayBase: (delay) => {
      base = delay;
    },
    computeNextBackoffDelay: (retries) =>
      Math.floor(Math.random() * Math.min(base * 2 ** retries, longestDelayMs)),
  };
}
