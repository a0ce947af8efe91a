import { afterEach, describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import { newAccount, type RegionBuilder } from '../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';
import { beginVirtualTime, type VirtualTime } from './support/virtual-time.ts';

let api: Api | null = null;
let time: VirtualTime | null = null;
afterEach(async () => {
  time?.end();
  await api?.close();
  api = null;
  time = null;
});

const many = 12;

function newRegion(): RegionBuilder {
  return newAccount('111122223333').region('ap-northeast-1', new Date());
}

/** Every resource is a page of its own, and comes after a while: CloudTrail's answer comes first. */
async function ask(
  region: RegionBuilder,
  vpcEndpointId: string,
  faults: ApiOptions['faults'] = {},
  timeLeftMs = 30_000,
) {
  const slow = { kind: 'slow', delayMs: 100 } as const;
  const slowly = Object.fromEntries(
    ['rds:DescribeDBProxies', 'rds:DescribeDBProxyEndpoints', 'redshift:DescribeClusters'].map(
      (operation) => [operation, slow] as const,
    ),
  );
  const begun = await startApi(region.account, { maxPageItems: 1, faults: { ...slowly, ...faults } });
  api = begun;
  const { calls, queries } = begun.sandbox;
  const passing = beginVirtualTime(() => calls.length + queries.length);
  time = passing;
  const answerWithin = async (ms: number) => {
    const { body } = await begun.request(`/vpc-endpoints/${vpcEndpointId}`, {}, 'GET', ms);
    return JSON.parse(body) as Identification;
  };
  const answer = await passing.passUntil(answerWithin(timeLeftMs));
  const asked = calls.map(({ operation }) => operation);
  return {
    answer,
    pages: (operation: string) => asked.filter((name) => name === operation).length,
    tookMs: passing.now(),
    again: () => passing.passUntil(answerWithin(30_000)),
  };
}

function fill(region: RegionBuilder) {
  const createdAt = region.daysAgo(30);
  const proxies = Array.from({ length: many }, () => region.rdsProxy({ createdAt }));
  const clusters = Array.from({ length: many }, () =>
    region.redshiftCluster({ createdAt, listed: true, network: region.network() }),
  );
  return { proxies, clusters };
}

describe('once CloudTrail names the service that made the endpoint', () => {
  test('no further page of the others is asked for while its own are read', async () => {
    const region = newRegion();
    const last = fill(region).proxies.at(-1);
    const { answer, pages } = await ask(region, last?.vpcEndpointId ?? '');
    expect(answer.owner?.resourceId).toBe(last?.owner.resourceId);
    expect(pages('DescribeDBProxies')).toBe(many);
    expect(pages('DescribeClusters')).toBe(1);
  });

  test('the others are read to their end when it does not hold the endpoint', async () => {
    const region = newRegion();
    fill(region);
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(30) });
    const { answer, pages } = await ask(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, service: { id: 'rds-proxy' }, complete: true });
    expect(pages('DescribeDBProxies')).toBe(many);
    expect(pages('DescribeClusters')).toBe(many);
  });

  test('the others are read to their end when it may not be read', async () => {
    const region = newRegion();
    fill(region);
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(30) });
    const denied = { kind: 'denied' } as const;
    const { answer, pages } = await ask(region, vpcEndpointId, {
      'rds:DescribeDBProxies': denied,
      'rds:DescribeDBProxyEndpoints': denied,
    });
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(pages('DescribeClusters')).toBe(many);
  });

  test('it keeps the others back for two seconds at most', async () => {
    const region = newRegion();
    fill(region);
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(30) });
    const hang = { 'rds:DescribeDBProxies': { kind: 'hang' } } as const;
    const { answer, pages, again } = await ask(region, vpcEndpointId, hang, 2_900);
    expect(answer.checks).toMatchObject([{}, {}, {}, { outcome: 'failed' }, { outcome: 'failed' }, {}]);
    expect(pages('DescribeClusters')).toBe(1);
    const patient = await again();
    expect(patient.checks).toMatchObject([{}, {}, {}, { outcome: 'no-match' }, { outcome: 'failed' }, {}]);
  });
});

test('every list is read to its end at the same time where CloudTrail names nobody', async () => {
  const region = newRegion();
  fill(region);
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(400) });
  const { pages, tookMs } = await ask(region, vpcEndpointId);
  expect(pages('DescribeDBProxies')).toBe(many);
  expect(pages('DescribeClusters')).toBe(many);
  expect(tookMs).toBeLessThan(2 * many * 100);
});
