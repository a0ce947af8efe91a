/** Opens where answers come from. */
import type { OpenSource, Source } from './source.ts';

/**
 * Each is loaded only when it is asked.
 *
 * @param fallbackRegion where the caller's configuration has no Region; `timeoutMs`: where no gateway waits
 * @throws an `Error` that says what to do: no Region, no credentials, no such profile
 */
export async function openSource(
  source: Source,
  { fallbackRegion, timeoutMs }: { fallbackRegion?: string | undefined; timeoutMs?: number } = {},
): Promise<OpenSource> {
  switch (source.kind) {
    case 'sandbox':
      return (await import('./use-sandbox.ts')).useSandbox(source.faults, timeoutMs);
    case 'aws':
      return (await import('./use-aws.ts')).useAws(fallbackRegion, timeoutMs);
    case 'api':
      return (await import('./use-api.ts')).useApi(source, fallbackRegion);
  }
}
