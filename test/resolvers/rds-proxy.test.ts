import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import type { Faults } from '../../sandbox/faults.ts';
import { type Api, startApi } from '../support/api.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
let api: Api;
afterEach(() => api?.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
const calls = (action: string) =>
  api.sandbox.calls.filter(({ service, operation }) => `${service}:${operation}` === action);
const consoleUrl = (name: string) =>
  `https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#proxy:id=${name}`;
const dnsNameOf = (region: ReturnType<typeof tokyo>, id: string) =>
  region.resources.vpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === id)?.DnsEntries?.[0]?.DnsName;

async function ask(region: ReturnType<typeof tokyo>, id: string, faults: Faults = {}) {
  api = await startApi(region.account, { faults });
  const answer = await api.identify(id);
  return { answer, check: answer.checks.find(({ check }) => check === 'rds-proxy') };
}

test('a proxy owns the endpoint that its hostname is an alias of', async () => {
  const region = tokyo();
  const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
  const { answer } = await ask(region, proxy.vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'rds-proxy', name: 'Amazon RDS Proxy' },
    candidates: [],
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: 'orders',
    arn: proxy.proxy.DBProxyArn,
    parentArn: null,
    consoleUrl: consoleUrl('orders'),
  });
  expect(answer.evidence).toEqual([
    {
      source: 'dns',
      service: 'rds-proxy',
      strength: 'confirmed',
      statement: `${proxy.proxy.Endpoint} is an alias of ${dnsNameOf(region, proxy.vpcEndpointId)}`,
    },
  ]);
  expect(answer.nextStep).toMatchObject({
    action: 'delete-owner',
    summary: 'Delete the RDS proxy orders; AWS then deletes the endpoint with it.',
    commands: ['aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1'],
    warnings: [
      'Applications that connect through this proxy lose their database connection.',
      'Endpoints that were added to the proxy go with it.',
    ],
  });
  expect(calls('ec2:DescribeNetworkInterfaces')).toEqual([]);
});

test("the creation by RDS's service-linked role is told beside the alias", async () => {
  const region = tokyo();
  const proxy = region.rdsProxy({ name: 'orders' });
  await ask(region, proxy.vpcEndpointId);
  api.sandbox.faults['rds:*'] = { kind: 'slow', delayMs: 200 };
  const { evidence } = await api.identify(proxy.vpcEndpointId);
  expect(evidence.map(({ source, strength }) => `${source} ${strength}`)).toEqual([
    'cloudtrail probable',
    'dns confirmed',
  ]);
  expect(evidence[0]?.statement).toMatch(
    /^RDSSlrAssumptionSession \(rds\.amazonaws\.com\) created the endpoint at /,
  );
});

test.each([
  ['a chain of aliases', { resolves: 'alias-chain' }],
  ['capitals', { spelling: 'upper-case' }],
  ['a final dot', { spelling: 'final-dot' }],
  ['both, and a chain', { spelling: 'upper-case-final-dot', resolves: 'alias-chain' }],
] as const)('a hostname with %s leads to the same owner', async (_, hostname) => {
  const region = tokyo();
  const proxy = region.rdsProxy({ name: 'orders', createdAt: old, ...hostname });
  const { answer } = await ask(region, proxy.vpcEndpointId);
  expect(answer).toMatchObject({ confidence: 'confirmed', owner: { resourceId: 'orders' } });
});

test('an endpoint added to a proxy owns its own VPC endpoint, and the proxy is its parent', async () => {
  const region = tokyo();
  const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
  const network = region.network({ range: '10.1' });
  const reports = region.rdsProxyEndpoint({ name: 'reports', proxy, network, createdAt: old });
  const { answer } = await ask(region, reports.vpcEndpointId);
  expect(answer.owner).toEqual({
    resourceType: 'AWS::RDS::DBProxyEndpoint',
    resourceId: 'reports',
    arn: reports.proxyEndpoint.DBProxyEndpointArn,
    parentArn: proxy.proxy.DBProxyArn,
    consoleUrl: consoleUrl('orders'),
  });
  expect(answer.nextStep.commands).toEqual([
    'aws rds delete-db-proxy-endpoint --db-proxy-endpoint-name reports --region ap-northeast-1',
  ]);
});

test('of two proxies on the same subnets and security group only the one with the alias is named', async () => {
  const region = tokyo();
  const network = region.network();
  const left = region.rdsProxy({ name: 'left', network, createdAt: old });
  const right = region.rdsProxy({ name: 'right', network, createdAt: old });
  api = await startApi(region.account);
  for (const { vpcEndpointId, owner } of [left, right]) {
    const answer = await api.identify(vpcEndpointId);
    expect(answer).toMatchObject({ owner: { resourceId: owner.resourceId }, candidates: [] });
  }
});

describe('without an alias', () => {
  test.each(['addresses', 'ipv6-addresses'] as const)(
    '%s of the endpoint make a probable owner',
    async (resolves) => {
      const region = tokyo();
      const network = region.network({ ipv6: true });
      const proxy = region.rdsProxy({ name: 'ledger', network, createdAt: old, resolves });
      const { answer, check } = await ask(region, proxy.vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'probable',
        complete: true,
        owner: { resourceId: 'ledger', arn: proxy.proxy.DBProxyArn },
        evidence: [{ source: 'address', strength: 'probable' }],
        nextStep: { action: 'delete-owner' },
      });
      expect(check?.outcome).toBe('match');
    },
  );

  test('the same addresses in another VPC name its own proxy and never the other', async () => {
    const region = tokyo();
    const here = region.rdsProxy({ name: 'here', createdAt: old, resolves: 'addresses' });
    const there = region.rdsProxy({ name: 'there', createdAt: old, resolves: 'addresses' });
    expect(region.account.dns[there.proxy.Endpoint ?? '']).toEqual(
      region.account.dns[here.proxy.Endpoint ?? ''],
    );
    const { answer } = await ask(region, there.vpcEndpointId);
    expect(answer).toMatchObject({ owner: { resourceId: 'there' }, candidates: [] });
    expect(api.sandbox.queries.map(({ name }) => name)).not.toContain(here.proxy.Endpoint);
  });

  test.each(['public', 'nowhere'] as const)(
    'a hostname that leads to a %s address makes a hint, and no owner',
    async (resolves) => {
      const region = tokyo();
      const proxy = region.rdsProxy({ name: 'lost', resolves });
      const { answer } = await ask(region, proxy.vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'service-identified',
        owner: null,
        candidates: [{ resourceId: 'lost', strength: 'hint' }],
        nextStep: { action: 'choose', commands: [] },
      });
    },
  );
});

test('a proxy that is being deleted takes the endpoint along', async () => {
  const region = tokyo();
  const proxy = region.rdsProxy({ name: 'going', status: 'deleting', createdAt: old });
  const { answer } = await ask(region, proxy.vpcEndpointId);
  expect(answer).toMatchObject({
    owner: { resourceId: 'going' },
    nextStep: { action: 'wait', commands: [] },
  });
});

test('a proxy without a hostname may hold the endpoint, so nobody says that it has no owner', async () => {
  const region = tokyo();
  const network = region.network();
  const orphan = region.orphan({ network, createdAt: old });
  const young = region.rdsProxyInCreation({ name: 'young', network });
  delete young.Endpoint;
  const { answer, check } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({ complete: false, owner: null, nextStep: { action: 'retry' } });
  expect(check).toMatchObject({
    outcome: 'failed',
    reason: 'AWS::RDS::DBProxy young has no hostname yet (creating)',
  });
});

describe('pages', () => {
  test('are read to the last', async () => {
    const region = tokyo();
    const network = region.network();
    const proxies = ['a', 'b', 'c', 'd'].map((name) => region.rdsProxy({ name, network, createdAt: old }));
    api = await startApi(region.account, { maxPageItems: 1 });
    expect((await api.identify(proxies[3]?.vpcEndpointId ?? '')).owner?.resourceId).toBe('d');
    expect(calls('rds:DescribeDBProxies')).toHaveLength(4);
  });

  test('are not asked for once the alias is known', async () => {
    const region = tokyo();
    const network = region.network();
    const proxies = Array.from({ length: 12 }, () => region.rdsProxy({ network, createdAt: old }));
    api = await startApi(region.account, { maxPageItems: 1, latencyMs: 25 });
    expect((await api.identify(proxies[0]?.vpcEndpointId ?? '')).verdict).toBe('identified');
    expect(calls('rds:DescribeDBProxies').length).toBeLessThan(10);
    expect(calls('rds:DescribeDBProxyEndpoints').length).toBeLessThan(10);
  });
});

test.each(['denied', 'missing-fields', 'missing-lists', 'garbage'] as const)(
  "an alias-less hostname is no absence while EC2 does not tell the endpoint's addresses (%s)",
  async (kind) => {
    const region = tokyo();
    const proxy = region.rdsProxy({ name: 'ledger', createdAt: old, resolves: 'addresses' });
    const { answer, check } = await ask(region, proxy.vpcEndpointId, {
      'ec2:DescribeNetworkInterfaces': { kind },
    });
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(answer.nextStep.action).toBe(kind === 'denied' ? 'grant-permission' : 'retry');
    expect(check?.outcome).toBe('failed');
    expect(check?.reason).toMatch(/^ec2:DescribeNetworkInterfaces/);
  },
);

describe('when RDS may not be asked', () => {
  const noProxies: Faults = { 'rds:DescribeDBProxies': { kind: 'denied' } };
  const noEndpoints: Faults = { 'rds:DescribeDBProxyEndpoints': { kind: 'denied' } };

  test('for proxies, a proxy is still found among the endpoints, without its ARN', async () => {
    const region = tokyo();
    const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
    const { answer, check } = await ask(region, proxy.vpcEndpointId, noProxies);
    expect(answer).toMatchObject({
      confidence: 'confirmed',
      complete: true,
      owner: { resourceType: 'AWS::RDS::DBProxy', resourceId: 'orders', arn: null },
      nextStep: { action: 'delete-owner' },
    });
    expect(check?.reason).toMatch(
      "not all of the owner's ARNs are known: rds:DescribeDBProxies is not allowed",
    );
  });

  test('for proxies, an added endpoint keeps its name, and the check says why its parent is not known', async () => {
    const region = tokyo();
    const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
    const reports = region.rdsProxyEndpoint({ name: 'reports', proxy, createdAt: old });
    const { answer, check } = await ask(region, reports.vpcEndpointId, noProxies);
    expect(answer).toMatchObject({
      complete: true,
      owner: { resourceId: 'reports', arn: reports.owner.arn, parentArn: null },
    });
    expect(check).toMatchObject({ outcome: 'match' });
    expect(check?.reason).toMatch(
      "not all of the owner's ARNs are known: rds:DescribeDBProxies is not allowed",
    );
  });

  test('for endpoints, a proxy is still found among the proxies', async () => {
    const region = tokyo();
    const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
    const { answer } = await ask(region, proxy.vpcEndpointId, noEndpoints);
    expect(answer).toMatchObject({
      complete: true,
      confidence: 'confirmed',
      owner: { arn: proxy.owner.arn },
    });
  });

  test('for endpoints, an endpoint without a match is no orphan: the permission is missing', async () => {
    const region = tokyo();
    const orphan = region.orphan({ createdAt: old });
    const { answer, check } = await ask(region, orphan.vpcEndpointId, noEndpoints);
    expect(answer).toMatchObject({ verdict: 'unidentified', complete: false });
    expect(check).toMatchObject({ outcome: 'failed', reason: 'rds:DescribeDBProxyEndpoints is not allowed' });
    expect(answer.nextStep.action).toBe('grant-permission');
    expect(answer.nextStep.summary).toMatch(/^Allow rds:DescribeDBProxyEndpoints to the role/);
  });
});

test.each(['proxy', 'endpoint'] as const)(
  'the ARN of the proxy comes from the list that is read anyway, however late that comes: %s',
  async (kind) => {
    const region = tokyo();
    const orders = region.rdsProxy({ name: 'orders', createdAt: old });
    const reports = region.rdsProxyEndpoint({ name: 'reports', proxy: orders, createdAt: old });
    const { vpcEndpointId } = kind === 'proxy' ? orders : reports;
    const slow = { 'rds:DescribeDBProxies': { kind: 'slow', delayMs: 60 } } as const;
    const { answer } = await ask(region, vpcEndpointId, slow);
    const { arn } = orders.owner;
    expect(answer.owner).toMatchObject(kind === 'proxy' ? { arn } : { parentArn: arn });
    const asked = api.sandbox.calls.filter(({ operation }) => operation === 'DescribeDBProxies');
    expect(asked).toHaveLength(1);
  },
);

behavesLikeAService('rds-proxy');
