/**
 * Who goes first. Every service is asked at once, but once CloudTrail says which one made the endpoint, the further pages
 * of the others most likely tell nothing: they wait until that service has been read in vain.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { unlessAborted } from './limit.ts';

/** A service that hangs keeps the others back for no longer. */
const patienceMs = 2_000;

export interface Precedence {
  /** Lets these services go first, those of them that have not been read yet. */
  readonly give: (services: readonly string[]) => void;
  /** Has been read in vain, as far as the likely names go. */
  readonly spend: (service: string) => void;
  /** Waits before a further page is asked for. Errors: the signal's reason, as soon as it fires. */
  readonly waitFor: (service: string, signal: AbortSignal) => Promise<void>;
}

/** @param services that are asked; what is not asked goes before nobody */
export function newPrecedence(services: Iterable<string>): Precedence {
  const unread = new Set(services);
  const first = new Set<string>();
  let open: () => void = () => undefined;
  let opened: Promise<void> = Promise.resolve();

  const close = () => {
    first.clear();
    open();
  };

  return {
    give: (named) => {
      for (const service of named) if (unread.has(service)) first.add(service);
      if (first.size === 0) return;
      opened = new Promise((resolve) => {
        open = resolve;
      });
      void sleep(patienceMs, undefined, { ref: false }).then(close);
    },
    spend: (service) => {
      unread.delete(service);
      first.delete(service);
      if (first.size === 0) open();
    },
    waitFor: async (service, signal) => {
      if (first.size > 0 && !first.has(service)) await unlessAborted(opened, signal);
    },
  };
}
