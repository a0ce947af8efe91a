import { afterEach, expect, test } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { connect, newUsage } from '../lambda/aws/clients.ts';
import { describeFailure } from '../lambda/aws/failure.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { beginVirtualTime } from './support/virtual-time.ts';

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
    requestHandler: new NodeHttpHandler(),
    cloudTrailTurn: async (signal) => {
      turns.push(signal);
    },
    overrides: {
      endpoint: sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    },
  });
  const check = (signal = new AbortController().signal) => {
    const usage = newUsage(signal);
    return { usage, aws: connected(usage) };
  };
  return { check, turns };
}

async function listProxies({ aws }: ReturnType<Awaited<ReturnType<typeof start>>['check']>) {
  const { client, DescribeDBProxiesCommand } = await aws('rds');
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
  const { client, paginateDescribeDBProxies } = await aws('rds');
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

test('CloudTrail gets a turn for every attempt, and no other service waits for one', async () => {
  const faults = { 'cloudtrail:LookupEvents': { kind: 'throttled', times: 1 } } as const;
  const { check, turns } = await start({ faults });
  const one = check();
  await listProxies(one);
  expect(turns).toEqual([]);
  const { client, paginateLookupEvents } = await one.aws('cloudtrail');
  for await (const _ of paginateLookupEvents({ client }, {}));
  expect(turns).toEqual([one.usage.signal, one.usage.signal]);
});
