/** Where answers come from: the sandbox in this process, AWS with the caller's own credentials, or a deployed API. */
import type { Handler, HandlerOptions } from '../lambda/http/handler.ts';
import type { Example } from '../lambda/render/home.ts';
import type { Surroundings } from './event.ts';

export type Source =
  | {
      readonly kind: 'sandbox';
      /** `TARGET=KIND` each, as given. */
      readonly faults: readonly string[];
    }
  | { readonly kind: 'aws' }
  | { readonly kind: 'api'; readonly url: URL; readonly token: string | undefined };

/** For answers that are made in this process. */
export interface Local {
  /** No gateway waits. */
  readonly timeoutMs?: number | undefined;
  readonly progress?: HandlerOptions['progress'];
}

export interface OpenSource extends Surroundings {
  readonly handler: Handler;
  /** What is asked, as a sentence names it. */
  readonly name: string;
  /** What to ask first, for the sandbox knows. */
  readonly firstExamples?: readonly Example[];
  /** Every Region that there is to look into. Errors: says why they are not known */
  readonly regions: () => Promise<readonly string[]>;
  /** Lets go of what would keep the process. */
  close(): Promise<void>;
}
