/** Where answers come from: the sandbox in this process, AWS with the caller's own credentials, or a deployed API. */
import type { Handler } from '../lambda/http/handler.ts';
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

export interface OpenSource extends Surroundings {
  readonly handler: Handler;
  /** What is asked, as a sentence names it. */
  readonly name: string;
  /** What to ask first, for the sandbox knows. */
  readonly firstExamples?: readonly Example[];
  /** Lets go of what would keep the process. */
  close(): Promise<void>;
}

/**
 * Each is loaded only when it is asked.
 *
 * @param fallbackRegion where the caller's configuration has no Region
 * @throws an `Error` that says what to do: no Region, no credentials, no such profile
 */
export async function openSource(source: Source, fallbackRegion?: string): Promise<OpenSource> {
  switch (source.kind) {
    case 'sandbox':
      return (await import('./use-sandbox.ts')).useSandbox(source.faults);
    case 'aws':
      return (await import('./use-aws.ts')).useAws(fallbackRegion);
    case 'api':
      return (await import('./use-api.ts')).useApi(source, fallbackRegion);
  }
}
