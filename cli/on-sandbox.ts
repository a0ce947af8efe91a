/** What the function is configured with, so that it asks a sandbox in the place of AWS. */
import type { ClientOverrides } from '../lambda/aws/clients.ts';
import type { Config } from '../lambda/config.ts';
import type { Sandbox } from '../sandbox/server.ts';

/** @param changes the Region, and what is not as in production; CloudTrail's turns are not waited for */
export function onSandbox(
  { url, dnsServer }: Pick<Sandbox, 'url' | 'dnsServer'>,
  changes: Pick<Config, 'region'> & Partial<Config>,
): { readonly config: Config; readonly overrides: ClientOverrides } {
  const { region } = changes;
  return {
    config: {
      allowedRegions: [region],
      deadlineMs: 25_000,
      dnsServers: [dnsServer],
      lookupEventsPerSecond: 1000,
      ...changes,
    },
    overrides: {
      endpoint: url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    },
  };
}
