import { afterEach, describe, expect, test } from '@jest/globals';
import { connect } from '../../lambda/aws/clients.ts';
import { createRequestHandler } from '../../lambda/aws/connections.ts';
import { describeFailure } from '../../lambda/aws/failure.ts';
import { newUsage } from '../../lambda/aws/usage.ts';
import { newAccount } from '../../sandbox/build.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';
import { beginVirtualTime } from '../support/virtual-time.ts';

const rds = () => import('../../lambda/resolvers/sdk/rds.ts');
const cloudtrail = () => import('../../lambda/evidence/sdk/cloudtrail.ts');

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** @returns makes one check's view of the clients, and its account */
async function start(options: SandboxOptions = {}) {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const network = region.network();
  for (const name of ['a', 'b', 'c']) region.rdsProxy({ name, network });
  sandbox = await startSandbox(region.account, options);
  const turns: AbortSignal[] = [];
  const connected = connect({
    region: 'ap-northeast-1',
    requestHandler: createRequestHandler(),
    cloudTrailTurn: async (signal) => {
      turns.push(signal);
    },
    overrides: {
      endpoint: sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    },
  });
  const check = (signal = new AbortController().signal, timeLeftMs = 25_000) => {
    const usage = newUsage(signal, timeLeftMs);
    return { usage, aws: connected(usage) };
  };
  return { check, turns };
}

async function listProxies({ aws }: ReturnType<Awaited<ReturnType<typeof start>>['check']>) {
  const { client, DescribeDBProxiesCommand } = await aws(rds);
  const { DBProxies } = await client.send(new DescribeDBProxiesCommand({}));
  return DBProxies?.map(({ DBProxyName }) => DBProxyName);
}

test('every request of a check is counted, and those of another are not', async () => {
  const { check } = await start();
  const [one, other] = [check(), check()];
  expect(await listProxies(one)).toEqual(['a', 'b', 'c']);
  await listProxies(one);
  await listProxies(other);
  expect([one.usage.apiCalls, other.usage.apiCalls]).toEqual([2, 1]);
});

test('a request that is sent again after a throttle counts each time', async () => {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind: 'throttled', times: 1 } } });
  const one = check();
  expect(await listProxies(one)).toEqual(['a', 'b', 'c']);
  expect(one.usage).toMatchObject({ apiCalls: 2, throttled: 1 });
  expect(sandbox.calls).toHaveLength(2);
});

test('every page of a paginator counts', async () => {
  const { check } = await start({ maxPageItems: 1 });
  const { aws, usage } = check();
  const { client, paginateDescribeDBProxies } = await aws(rds);
  for await (const _ of paginateDescribeDBProxies({ client }, {}));
  expect(usage.apiCalls).toBe(3);
});

test('a refusal is sent once, and the error knows its action', async () => {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind: 'denied' } } });
  const one = check();
  const error: unknown = await listProxies(one).catch((thrown: unknown) => thrown);
  expect(describeFailure(error)).toEqual({
    kind: 'denied',
    action: 'rds:DescribeDBProxies',
    reason: 'rds:DescribeDBProxies is not allowed',
  });
  expect(one.usage.apiCalls).toBe(1);
});

test("a call under way ends with its check's signal, and another check's goes on", async () => {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind: 'hang' } } });
  const controller = new AbortController();
  const stopped = listProxies(check(controller.signal)).catch((error: unknown) => error);
  while (sandbox.calls.length === 0) await new Promise(setImmediate);
  delete sandbox.faults['rds:DescribeDBProxies'];
  const other = listProxies(check());
  controller.abort();
  expect(describeFailure(await stopped)).toMatchObject({
    kind: 'timed-out',
    action: 'rds:DescribeDBProxies',
  });
  expect(await other).toEqual(['a', 'b', 'c']);
});

test("a call that waits for its next attempt ends with its check's signal too", async () => {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind: 'throttled' } } });
  const time = beginVirtualTime(() => sandbox.calls.length);
  try {
    const controller = new AbortController();
    const stopped = listProxies(check(controller.signal)).catch((error: unknown) => error);
    while (sandbox.calls.length === 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    controller.abort();
    expect(describeFailure(await stopped)).toMatchObject({
      kind: 'timed-out',
      action: 'rds:DescribeDBProxies',
    });
    expect(sandbox.calls).toHaveLength(1);
  } finally {
    time.end();
  }
});

test('a check that is over sends nothing', async () => {
  const { check } = await start();
  await expect(listProxies(check(AbortSignal.abort()))).rejects.toThrow();
  expect(sandbox.calls).toEqual([]);
});

test('what a check waits for is known while it waits', async () => {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind: 'hang' } } });
  const controller = new AbortController();
  const one = check(controller.signal);
  const waitingFor = () => [...one.usage.waitingFor].flatMap((waiting) => waiting());
  const stopped = listProxies(one).catch(() => undefined);
  while (sandbox.calls.length === 0) await new Promise(setImmediate);
  expect(waitingFor()).toEqual(['rds:DescribeDBProxies']);
  controller.abort();
  await stopped;
  expect(waitingFor()).toEqual([]);
});

/** @returns how a check's call ended, and when, in time that passes only while nothing else happens */
async function inVirtualTime(
  kind: 'throttled' | 'error' | 'cut-off' | 'html',
  times = Infinity,
  timeLeftMs = 25_000,
) {
  const { check } = await start({ faults: { 'rds:DescribeDBProxies': { kind, times } } });
  const time = beginVirtualTime(() => sandbox.calls.length);
  try {
    const one = check(undefined, timeLeftMs);
    const result = await time.passUntil(listProxies(one).catch(describeFailure));
    return { result, usage: one.usage, afterMs: time.now() };
  } finally {
    time.end();
  }
}

const proxies = ['a', 'b', 'c'];

describe('a call that is throttled', () => {
  test('is tried again until AWS answers, while there is time', async () => {
    const { result, usage } = await inVirtualTime('throttled', 4);
    expect(result).toEqual(proxies);
    expect(usage).toMatchObject({ apiCalls: 5, throttled: 4 });
  });

  test('for good is given up with half of the time left, and says why', async () => {
    const { result, usage, afterMs } = await inVirtualTime('throttled');
    expect(result).toEqual({
      kind: 'throttled',
      action: 'rds:DescribeDBProxies',
      reason: 'rds:DescribeDBProxies was throttled',
    });
    expect(usage.apiCalls).toBeGreaterThan(4);
    expect(usage.throttled).toBe(usage.apiCalls);
    expect(afterMs).toBeGreaterThan(8_000);
    expect(afterMs).toBeLessThanOrEqual(12_500);
  });

  test('is given up at once when there is no time for another attempt', async () => {
    const { result, usage, afterMs } = await inVirtualTime('throttled', Infinity, 1_500);
    expect(result).toMatchObject({ kind: 'throttled' });
    expect([usage.apiCalls, afterMs]).toEqual([1, 0]);
  });
});

test.each(['error', 'cut-off', 'html'] as const)(
  'what fails otherwise (%s) is tried three times',
  async (kind) => {
    const passing = await inVirtualTime(kind, 2);
    expect(passing.result).toEqual(proxies);
    await sandbox.close();
    const { result, usage, afterMs } = await inVirtualTime(kind);
    const reasons = {
      error: 'rds:DescribeDBProxies: AWS failed (HTTP 500)',
      html: 'rds:DescribeDBProxies: AWS failed (HTTP 503)',
      // Jest's errors are not those of Node's sockets, so the SDK loses the code of this one.
      'cut-off': expect.stringMatching(/^rds:DescribeDBProxies: /),
    };
    expect(result).toMatchObject({ reason: reasons[kind] });
    expect(usage).toMatchObject({ apiCalls: 3, throttled: 0 });
    expect(afterMs).toBeLessThan(1_000);
  },
);

test('CloudTrail gets a turn for every attempt, and no other service waits for one', async () => {
  const faults = { 'cloudtrail:LookupEvents': { kind: 'throttled', times: 1 } } as const;
  const { check, turns } = await start({ faults });
  const one = check();
  await listProxies(one);
  expect(turns).toEqual([]);
  const { client, paginateLookupEvents } = await one.aws(cloudtrail);
  for await (const _ of paginateLookupEvents({ client }, {}));
  expect(turns).toEqual([one.usage.signal, one.usage.signal]);
});

describe('an API that puts a label before its host', () => {
  const deadline = () => import('../../lambda/resolvers/sdk/deadline.ts');

  /** @returns the host that a request was for, which is not sent */
  async function hostOf(endpoint: { readonly endpoint?: string }): Promise<string | undefined> {
    sandbox = await startSandbox(newAccount('111122223333').account);
    const hosts: string[] = [];
    const handle = async ({ hostname }: { readonly hostname: string }) => {
      hosts.push(hostname);
      throw new Error('not sent');
    };
    const connected = connect({
      region: 'eu-west-1',
      requestHandler: Object.assign(createRequestHandler(), { handle }) as never,
      cloudTrailTurn: async () => undefined,
      overrides: { ...endpoint, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } },
    });
    const { client, GetLicenseEndpointCommand } = await connected(
      newUsage(new AbortController().signal, 25_000),
    )(deadline);
    await client.send(new GetLicenseEndpointCommand({ licenseEndpointId: 'le-1' })).catch(() => undefined);
    return hosts[0];
  }

  test('has it at AWS', async () => {
    expect(await hostOf({})).toBe('management.deadline.eu-west-1.amazonaws.com');
  });

  test('has none where the endpoint is one of our own', async () => {
    expect(await hostOf({ endpoint: 'http://127.0.0.1:9' })).toBe('127.0.0.1');
  });
});
