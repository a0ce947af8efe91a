/**
 * What the function's memory, time-out and price are chosen by: `npm run measure`. Bundles the function and runs it
 * against the sandbox; AWS's own time is left out, for more memory does not change it.
 *
 * The CPU is this machine's and not Lambda's arm64: the figures compare sizes, they do not promise milliseconds.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundle } from '../lib/bundle.ts';
import { demo } from '../sandbox/demo.ts';
import { generate } from '../sandbox/generate.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';

interface Report {
  readonly loadCpuMs: number;
  readonly lookups: readonly {
    readonly cpuMs: number;
    readonly wallMs: number;
    readonly answerBytes: number;
  }[];
  readonly peakMb: number;
  readonly logBytes: number;
}

const region = 'ap-northeast-1';
const coldStarts = 7;
const laterLookups = 6;
const largeSize = 500;
const deadlineSeconds = 2;
/** Lambda gives one whole CPU at this size, and a share of it below. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const wholeCpuMb = 1769;
const sizesMb = [256, 512, 1024, wholeCpuMb];

const now = new Date();
const directory = mkdtempSync(join(tmpdir(), 'vpce-owner-measure-'));
try {
  await bundle(directory);
  print(await measure());
} finally {
  rmSync(directory, { recursive: true });
}

async function measure() {
  const { account, examples } = demo(now);
  const identified = examples.flatMap(({ path, expect: { verdict } }) =>
    verdict === 'identified' && /^\/vpc-endpoints\/vpce-[0-9a-f]{17}$/.test(path) ? [path] : [],
  );
  const large = generate({ seed: 1, size: largeSize, now });
  const proxies = [...large.truth].flatMap(([id, { owner }]) =>
    owner?.service === 'rds-proxy' ? [`/vpc-endpoints/${id}`] : [],
  );

  const sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
  const starts: Report[] = [];
  const withoutMaps: Report[] = [];
  for (let start = 0; start < coldStarts; start += 1) {
    const paths = identified.slice(start, start + 1);
    starts.push(await run(sandbox, paths));
    withoutMaps.push(await run(sandbox, paths, { NODE_OPTIONS: '' }));
  }
  const later = await run(sandbox, identified.slice(0, laterLookups + 1));
  await sandbox.close();

  const largeAccount = await startSandbox(large.account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
  const inLarge = await run(largeAccount, proxies.slice(0, laterLookups));
  largeAccount.faults['rds:*'] = { kind: 'hang' };
  const late = await run(largeAccount, proxies.slice(0, 1), { DEADLINE_SECONDS: String(deadlineSeconds) });
  await largeAccount.close();
  return { starts, withoutMaps, later, inLarge, late };
}

async function run(sandbox: Sandbox, paths: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Report> {
  const child = fork('scripts/measure-asset.mjs', [directory, ...paths], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'sandbox',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_ENDPOINT_URL: sandbox.url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      DNS_SERVERS: sandbox.dnsServer,
      NODE_OPTIONS: '--enable-source-maps',
      POWERTOOLS_SERVICE_NAME: 'vpce-owner',
      ...env,
    },
  });
  const written = Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))),
  );
  const reported = once(child, 'message') as Promise<[Omit<Report, 'logBytes'>]>;
  const ended = once(child, 'exit').then(async () => {
    throw new Error((await written).join('\n'));
  });
  const [report] = await Promise.race([reported, ended]);
  ended.catch(() => undefined);
  return { ...report, logBytes: (await written).join('').length };
}

function print({ starts, withoutMaps, later, inLarge, late }: Awaited<ReturnType<typeof measure>>): void {
  const load = median(starts.map(({ loadCpuMs }) => loadCpuMs));
  const first = median(starts.map(({ lookups }) => lookups[0]?.cpuMs ?? Number.NaN));
  const next = median(later.lookups.slice(1).map(({ cpuMs }) => cpuMs));
  const lookups = later.lookups.length;
  const rows: [string, number, string][] = [
    ['loading the function', load, 'ms of CPU'],
    ['loading it without source maps', median(withoutMaps.map(({ loadCpuMs }) => loadCpuMs)), 'ms of CPU'],
    ['the first lookup', first, 'ms of CPU'],
    ['a later lookup', next, 'ms of CPU'],
    [
      `a later lookup, ${largeSize} resources of each kind`,
      median(inLarge.lookups.slice(1).map(({ cpuMs }) => cpuMs)),
      'ms of CPU',
    ],
    ['the process at its largest', later.peakMb, 'MB'],
    [`the process at its largest, ${largeSize} resources of each kind`, inLarge.peakMb, 'MB'],
    [
      'an answer at its deadline comes after it by',
      (late.lookups[0]?.wallMs ?? Number.NaN) - deadlineSeconds * 1000,
      'ms',
    ],
    ['log and metrics of a lookup', later.logBytes / lookups, 'bytes'],
    ['an answer', later.lookups.reduce((sum, { answerBytes }) => sum + answerBytes, 0) / lookups, 'bytes'],
  ];
  console.log(`Node ${process.versions.node}, ${process.arch}, ${cpus()[0]?.model ?? 'unknown CPU'}\n`);
  console.log('| what | measured |\n|---|---|');
  for (const [what, value, unit] of rows) console.log(`| ${what} | ${Math.round(value)} ${unit} |`);
  console.log(
    '\n| memory | share of a CPU | cold start and first lookup | a later lookup |\n|---|---|---|---|',
  );
  for (const size of sizesMb) {
    const share = Math.min(1, size / wholeCpuMb);
    const [cold, warm] = [(load + first) / share, next / share].map(Math.round);
    console.log(`| ${size} MB | ${Math.round(share * 100)} % | ${cold} ms | ${warm} ms |`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
