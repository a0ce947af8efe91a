import { afterEach, describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';
import { beginVirtualTime, type VirtualTime } from './support/virtual-time.ts';

let apis: Api[] = [];
let time: VirtualTime;
afterEach(async () => {
  time.end();
  for (const { close } of apis) await close();
  apis = [];
});

/** An account with as many orphans as are asked for, each alone in its VPC and known to CloudTrail, and RDS proxies. */
function account(orphans: number, proxies = 0) {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const make = <T>(count: number, one: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => one(i));
  const createdAt = region.daysAgo(30);
  return {
    account: region.account,
    orphans: make(orphans, (index) => region.orphan({ name: `orphan-${index}`, createdAt }).vpcEndpointId),
    proxies: make(proxies, (index) => region.rdsProxy({ name: `proxy-${index}`, createdAt }).vpcEndpointId),
  };
}

async function start(of: ReturnType<typeof account>['account'], options: ApiOptions = {}): Promise<Api> {
  const api = await startApi(of, options);
  if (apis.length === 0) {
    const { calls, queries } = api.sandbox;
    time = beginVirtualTime(() => calls.length + queries.length);
  }
  apis.push(api);
  return api;
}

const called = (name: string) => apis[0]?.sandbox.calls.filter(({ operation }) => operation === name).length;
const describing = () => called('DescribeVpcEndpoints');
const lookingUp = () => called('LookupEvents');
const until = <T>(work: readonly Promise<T>[]) => time.passUntil(Promise.all(work));

describe('equal lookups at the same time', () => {
  test('are one lookup, and each caller gets it in the form and under the request id of their own', async () => {
    const { account: of, proxies } = account(0, 1);
    const { request, sandbox } = await start(of);
    const path = `/vpc-endpoints/${proxies[0]}`;
    const alone = await until([request(path)]);
    const callsOfOne = sandbox.calls.length;
    const answers = await until([
      ...Array.from({ length: 50 }, () => request(path)),
      request(`/identify?q=${proxies[0]?.toUpperCase()}`),
      request(`${path}?format=text`),
    ]);
    expect(describing()).toBe(2);
    expect(sandbox.calls.length).toBeLessThanOrEqual(2 * callsOfOne);
    const owners = answers.slice(0, 51).map(({ body }) => JSON.parse(body).owner.resourceId);
    expect(new Set(owners)).toEqual(new Set([JSON.parse(alone[0]?.body ?? '').owner.resourceId]));
    expect(answers.at(-1)?.body.split('\n')[0]).toMatch(
      /^vpce-[0-9a-f]{17} {2}identified {2}rds-proxy {2}proxy-0/,
    );
    const missing = '/vpc-endpoints/vpce-0123456789abcdef0';
    const errors = await until([request(missing), request(missing)]);
    expect(errors.map(({ body }) => JSON.parse(body).requestId)).toEqual(['request-54', 'request-55']);
    expect(describing()).toBe(3);
  });

  test('are not one when they differ in the endpoint or the Region', async () => {
    const { account: of, orphans } = account(2);
    newRegion(of, 'us-east-1');
    const { request } = await start(of);
    const paths = [`/vpc-endpoints/${orphans[0]}`, `/vpc-endpoints/${orphans[1]}`];
    await until([...paths, `${paths[0]}?region=us-east-1`].map((path) => request(path)));
    expect(describing()).toBe(3);
  });

  test('share nothing once they are answered: the next one asks AWS again', async () => {
    const { account: of, proxies } = account(0, 1);
    const { identify } = await start(of);
    await until([identify(proxies[0] ?? '')]);
    const { dbProxies, dbProxyEndpoints } = of.regions['ap-northeast-1'] ?? {};
    dbProxies?.splice(0);
    dbProxyEndpoints?.splice(0);
    const [gone] = await until([after(2_000, () => identify(proxies[0] ?? ''))]);
    expect(gone).toMatchObject({ owner: null, verdict: 'service-identified', complete: true });
  });

  test('end each at their own deadline: one with less time begins another, and ends nobody else', async () => {
    const { account: of, orphans } = account(1);
    const { request } = await start(of, {
      faults: { 'redshift:DescribeClusters': { kind: 'slow', delayMs: 6_000 } },
    });
    const path = `/vpc-endpoints/${orphans[0]}`;
    const ends: number[] = [];
    const ask = async (timeLeftMs: number) => {
      const { body } = await request(path, {}, 'GET', timeLeftMs);
      ends.push(time.now());
      return JSON.parse(body) as Identification;
    };
    const [patient, hasty] = await until([ask(30_000), ask(4_000)]);
    expect(describing()).toBe(2);
    expect(hasty).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(patient).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
    expect(ends[0]).toBe(3_000);
  });

  test('that were cut short by the deadline of the first are done again for whoever has time left', async () => {
    const { account: of, orphans } = account(1);
    const { request } = await start(of, {
      faults: { 'redshift:DescribeClusters': { kind: 'slow', delayMs: 6_000 } },
    });
    const path = `/vpc-endpoints/${orphans[0]}`;
    const ask = async (timeLeftMs: number) => {
      const { body } = await request(path, {}, 'GET', timeLeftMs);
      return JSON.parse(body) as Identification;
    };
    const [hasty, patient, barelyPatient] = await until([ask(4_000), ask(30_000), ask(5_000)]);
    expect(hasty?.complete).toBe(false);
    expect(barelyPatient?.complete).toBe(false);
    expect(patient?.complete).toBe(true);
    expect(describing()).toBe(2);
  });
});

describe('CloudTrail', () => {
  test('is asked once for an endpoint whose creation it remembers, by each instance', async () => {
    const { account: of, orphans } = account(1);
    const { identify, sandbox } = await start(of);
    const other = await start(of, { sandbox });
    const [id = ''] = orphans;
    await until([identify(id)]);
    const [again] = await until([identify(id)]);
    expect(lookingUp()).toBe(1);
    expect(again?.checks[0]).toMatchObject({ check: 'cloudtrail', outcome: 'match', apiCalls: 0 });
    expect(again?.service?.id).toBe('rds-proxy');
    await until([other.identify(id)]);
    expect(lookingUp()).toBe(2);
  });

  test('is asked again where it had no event: one may have come', async () => {
    const { account: of, orphans } = account(1);
    const { events = [] } = of.regions['ap-northeast-1'] ?? {};
    const kept = events.splice(0);
    const { identify } = await start(of);
    const [id = ''] = orphans;
    expect((await until([identify(id)]))[0]?.verdict).toBe('unidentified');
    events.push(...kept);
    expect((await until([identify(id)]))[0]?.verdict).toBe('service-identified');
    expect(lookingUp()).toBe(2);
  });
});

/** As deployed: AWS lets an account look up twice a second, and the function knows it. */
const quota = { lookupEventsPerSecond: 2 };

describe('two hundred different lookups at once', () => {
  const isOpen = ({ checks }: Identification) => checks.some(({ outcome }) => outcome === 'failed');

  test('are all answered in time, and those without a turn at CloudTrail say so', async () => {
    const { account: of, orphans, proxies } = account(100, 100);
    const { identify } = await start(of, quota);
    const answers = await until([...orphans, ...proxies].map((id) => identify(id)));
    expect(time.now()).toBeLessThanOrEqual(25_000);

    const ofOrphans = answers.slice(0, 100);
    const told = ofOrphans.filter(({ service }) => service?.id === 'rds-proxy');
    expect(told.length).toBeGreaterThanOrEqual(25);
    expect(told.length).toBeLessThanOrEqual(31);
    for (const { complete, nextStep } of told)
      expect([complete, nextStep.action]).toEqual([true, 'contact-support']);
    for (const { verdict, complete, nextStep, checks } of ofOrphans.filter(isOpen)) {
      expect([verdict, complete, nextStep.action]).toEqual(['unidentified', false, 'retry']);
      expect(checks[0]).toMatchObject({
        check: 'cloudtrail',
        outcome: 'failed',
        reason:
          "ran out of time waiting for cloudtrail:LookupEvents and its turn among this instance's lookups",
        apiCalls: 0,
      });
      expect(checks.slice(1).every(({ outcome }) => outcome !== 'failed')).toBe(true);
    }
    expect(told.length + ofOrphans.filter(isOpen).length).toBe(100);

    for (const answer of answers.slice(100))
      expect([answer.verdict, answer.complete]).toEqual(['identified', true]);
    // Not one was refused: the sandbox counts as AWS does, and throttles the third in a second.
    expect(lookingUp()).toBeLessThanOrEqual(31);
  });

  test('on two instances exceed the quota of both, and get over that', async () => {
    const { account: of, orphans, proxies } = account(100, 100);
    const one = await start(of, quota);
    const other = await start(of, { ...quota, sandbox: one.sandbox });
    const answers = await until(
      [...orphans, ...proxies].map((id, index) => (index % 2 === 0 ? one : other).identify(id)),
    );
    expect(time.now()).toBeLessThanOrEqual(25_000);
    const ofOrphans = answers.slice(0, 100);
    expect(ofOrphans.filter(({ service }) => service?.id === 'rds-proxy').length).toBeGreaterThan(10);
    for (const { complete, nextStep } of ofOrphans)
      expect(nextStep.action).toBe(complete ? 'contact-support' : 'retry');
    for (const answer of answers.slice(100))
      expect([answer.verdict, answer.complete]).toEqual(['identified', true]);
  });
});

function newRegion({ regions }: ReturnType<typeof account>['account'], name: string): void {
  const [first] = Object.values(regions);
  if (first !== undefined) regions[name] = { ...first };
}

async function after<T>(ms: number, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return work();
}
