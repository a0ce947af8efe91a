import type { Usage } from '../model/world.ts';

/** API Gateway's HTTP APIs give up at 30 s; this is what a lookup has of them. */
const usualTimeMs = 25_000;

/** @param timeLeftMs until the signal fires: a signal does not tell. */
export function newUsage(signal: AbortSignal, timeLeftMs = usualTimeMs): Usage {
  const startedAt = performance.now();
  return {
    apiCalls: 0,
    throttled: 0,
    waitingFor: new Set(),
    signal,
    startedAt,
    endsAt: startedAt + timeLeftMs,
  };
}
