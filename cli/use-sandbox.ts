/** Answers from the sandbox account, in this process: no AWS, no credentials. */
import { devNull } from 'node:os';
import { readConfig } from '../lambda/config.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { demo, demoRegions, isFirstExample } from '../sandbox/demo.ts';
import { parseFault } from '../sandbox/faults.ts';
import { startSandbox } from '../sandbox/server.ts';
import { logBugs } from './observe.ts';
import type { Local, OpenSource } from './source.ts';
import { withTime } from './time.ts';

const notice =
  'This is a sandbox: its AWS account is made up, and runs in this process. Nothing here is real.';

export async function useSandbox(
  faults: readonly string[],
  { timeoutMs, progress }: Local = {},
): Promise<OpenSource> {
  const { account, examples } = demo(new Date());
  const sandbox = await startSandbox(account, { faults: Object.assign({}, ...faults.map(parseFault)) });
  const [region] = demoRegions;
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) delete process.env[name];
  }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    // No file of the user's own: a profile in it could lead out of the sandbox.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: region,
    ALLOWED_REGIONS: demoRegions.join(','),
    DNS_SERVERS: sandbox.dnsServer,
  });
  const { accountId } = account;
  return {
    handler: createHandler(withTime(readConfig(process.env), timeoutMs), {
      observe: logBugs,
      progress,
      home: { notice, examples },
    }),
    accountId,
    region,
    name: `sandbox account ${accountId}: AWS_ENDPOINT_URL=${sandbox.url} DNS_SERVERS=${sandbox.dnsServer}`,
    firstExamples: examples.filter(isFirstExample),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    regions: async () => demoRegions,
    close: sandbox.close,
  };
}
