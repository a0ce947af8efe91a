/**
 * Who goes first. Every service is asked at once, but once CloudTrail says which one made the endpoint, the further pages
 * of the others most likely tell nothing: they wait until that service has been read in vain.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { signal, unlessAborted } from './time/limit.ts';

/** A service that hangs keeps the others back for no longer. */
const patienceMs = 2_000;

export interface Precedence {
  /** Once: lets these services go first, those of them that have not been read yet. */
  readonly give: (services: readonly string[]) => void;
  /** Has been read in vain, as far as the likely names go. */
  readonly spend: (service: string) => void;
  /** Waits before a further page is asked for. Errors: the signal's reason, as soon as it fires. */
  readonly waitFor: (service: string, abortSignal: AbortSignal) => Promise<void>;
}

/** @param services that are asked; what is not asked goes before nobody */
export function newPrecedence(services: Iterable<string>): Precedence {
  const unread = new Set(services);
  const first = new Set<string>();
  const over = signal();

  return {
    give: (named) => {
      for (const service of named) if (unread.has(service)) first.add(service);
      if (first.size > 0) void sleep(patienceMs, undefined, { ref: false }).then(over.fire);
    },
    spend: (service) => {
      unread.delete(service);
      if (first.delete(service) && first.size === 0) over.fire();
    },
    waitFor: async (service, abortSignal) => {
      if (first.size > 0 && !first.has(service)) await unlessAborted(over.fired, abortSignal);
    },
  };
}
