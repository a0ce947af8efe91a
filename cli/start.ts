/** `npm start`: the API on this machine, against the sandbox account in this process or, with --live, against AWS. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { devNull } from 'node:os';
import { readConfig } from '../lambda/config.ts';
import { createHandler } from '../lambda/http/handler.ts';
import type { Home } from '../lambda/render/home.ts';
import { createTelemetry } from '../lambda/telemetry/telemetry.ts';
import { demo, demoRegions, isFirstExample } from '../sandbox/demo.ts';
import { parseFault } from '../sandbox/faults.ts';
import { startSandbox } from '../sandbox/server.ts';
import { describeCaller } from './caller.ts';
import { firstScreen } from './examples.ts';
import { endOnSignals } from './lifetime.ts';
import { help, type Options, parseOptions } from './options.ts';
import { startServer } from './server.ts';

const sandboxNotice =
  'This is a sandbox: its AWS account is made up, and runs in this process. Nothing here is real.';

const options = parseOptions(process.argv.slice(2));
if (options.command === 'help') {
  process.stdout.write(help);
} else if (options.command === 'refuse') {
  fail(options.message);
} else {
  await serve(options).catch((error: unknown) => fail(explain(error)));
}

async function serve(options: Extract<Options, { command: 'serve' }>): Promise<void> {
  const { accountId, region, home, afterStart } = options.live
    ? await useAws()
    : await useSandbox(options.faults);
  // What operators read in CloudWatch would bury the lines below. Problems are still logged.
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'ERROR';
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
  const handler = createHandler(readConfig(process.env), {
    observe: createTelemetry(),
    ...(home === undefined ? {} : { home }),
  });
  const server = await startServer({ handler, port: options.port, accountId, region });
  endOnSignals(server.close);
  console.log(`listening on ${server.url}`);
  afterStart(server.url);
}

interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  /** The page says that it is a sandbox, and only a sandbox's does. */
  readonly home?: Home;
  readonly afterStart: (url: string) => void;
}

async function useSandbox(faults: readonly string[]): Promise<Surroundings> {
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
  return {
    accountId: account.accountId,
    region,
    home: { notice: sandboxNotice, examples },
    afterStart: (url) => {
      console.log(
        `sandbox account ${account.accountId}: AWS_ENDPOINT_URL=${sandbox.url} DNS_SERVERS=${sandbox.dnsServer}`,
      );
      console.log(firstScreen(url, examples.filter(isFirstExample)));
    },
  };
}

async function useAws(): Promise<Surroundings> {
  const { accountId, region } = await describeCaller();
  process.env['AWS_REGION'] = region;
  process.env['ALLOWED_REGIONS'] ??= '*';
  const servers = (process.env['DNS_SERVERS'] ?? '').split(',').filter((server) => server.trim() !== '');
  if (servers.length > 0) process.env['DNS_SERVERS'] = (await Promise.all(servers.map(toAddress))).join(',');
  const where = accountId === null ? 'an account that STS does not name' : `account ${accountId}`;
  return {
    accountId: accountId ?? 'unknown',
    region,
    afterStart: (url) => {
      console.log(`live: ${where}, Region ${region}`);
      console.log(`try: curl -s '${url}/vpc-endpoints/vpce-…?format=text'`);
    },
  };
}

/** The program takes addresses only; `localhost:5353` is what people write. */
async function toAddress(server: string): Promise<string> {
  const [, host = '', port] = /^([^:[\]]+)(?::(\d+))?$/.exec(server.trim()) ?? [];
  if (host === '' || isIP(host) > 0) return server.trim();
  const { address } = await lookup(host, { family: 4 });
  return port === undefined ? address : `${address}:${port}`;
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `${message}; choose another port with --port N, or any free one with --port 0`;
  return message;
}

function fail(message: string): never {
  console.error(`vpce-owner: ${message}`);
  process.exit(1);
}
