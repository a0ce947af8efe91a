/** Opens where answers come from. */
import type { Local, OpenSource, Source } from './source.ts';

/**
 * Each is loaded only when it is asked.
 *
 * @param fallbackRegion where the caller's configuration has no Region; the rest is for answers that are made in this process
 * @throws an `Error` that says what to do: no Region, no credentials, no such profile
 */
export async function openSource(
  source: Source,
  { fallbackRegion, ...local }: Local & { fallbackRegion?: string | undefined } = {},
): Promise<OpenSource> {
  switch (source.kind) {
    case 'sandbox':
      return (await import('./use-sandbox.ts')).useSandbox(source.faults, local);
    case 'aws':
      return (await import('./use-aws.ts')).useAws(fallbackRegion, local);
    case 'api':
      return (await import('./use-api.ts')).useApi(source, fallbackRegion);
  }
}
