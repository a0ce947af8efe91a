import { afterEach, describe, expect, test } from '@jest/globals';
import { redshift } from '../../lambda/resolvers/redshift.ts';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from '../support/api.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { endpointWith, place, resourceWith } from '../support/cases.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
let api: Api;
afterEach(() => api?.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
const calls = (operation: string) => api.sandbox.calls.filter((call) => call.operation === operation);

async function ask(region: ReturnType<typeof tokyo>, id: string, options: ApiOptions = {}) {
  api = await startApi(region.account, { region: region.name, ...options });
  const answer = await api.identify(id);
  return { answer, check: answer.checks.find(({ check }) => check === 'redshift') };
}

test('a cluster owns the endpoint that it lists, and no name is looked up', async () => {
  const region = tokyo();
  const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
  const { answer } = await ask(region, sales.vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'redshift', name: 'Amazon Redshift' },
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::Redshift::Cluster',
    resourceId: 'sales',
    arn: 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:sales',
    parentArn: null,
    consoleUrl:
      'https://ap-northeast-1.console.aws.amazon.com/redshiftv2/home?region=ap-northeast-1#/cluster-details?cluster=sales',
  });
  expect(answer.evidence).toEqual([
    {
      source: 'api',
      service: 'redshift',
      strength: 'confirmed',
      statement: `AWS::Redshift::Cluster sales lists ${sales.vpcEndpointId}`,
    },
  ]);
  expect(answer.nextStep).toMatchObject({
    action: 'delete-owner',
    commands: [
      'aws redshift delete-cluster --cluster-identifier sales --final-cluster-snapshot-identifier sales-final --region ap-northeast-1',
    ],
    warnings: ['This deletes the data warehouse; the command keeps a final snapshot.'],
  });
  expect(api.sandbox.queries).toEqual([]);
});

test.each([
  [['vpce-0aaaaaaaaaaaaaaaa'], []],
  [['vpce-0aaaaaaaaaaaaaaaa', 'vpce-0bbbbbbbbbbbbbbbb'], ['One more endpoint goes with it.']],
  [
    ['vpce-0bbbbbbbbbbbbbbbb', 'vpce-0cccccccccccccccc', 'VPCE-0aaaaaaaaaaaaaaaa'],
    ['2 more endpoints go with it.'],
  ],
])('deleting a cluster that lists %j says how many more endpoints go', (endpointIds, said) => {
  const cluster = resourceWith({ type: 'AWS::Redshift::Cluster', id: 'sales', shows: { endpointIds } });
  const endpoint = endpointWith({ id: 'vpce-0aaaaaaaaaaaaaaaa' });
  expect(redshift.removal?.(cluster, place, endpoint).warnings).toEqual([
    'This deletes the data warehouse; the command keeps a final snapshot.',
    ...said,
  ]);
});

test("a cluster's ARN has the partition of its Region", async () => {
  const beijing = newAccount('111122223333').region('cn-north-1', now);
  const sales = beijing.redshiftCluster({ name: 'sales', createdAt: old });
  const { answer } = await ask(beijing, sales.vpcEndpointId);
  expect(answer.owner).toMatchObject({
    arn: 'arn:aws-cn:redshift:cn-north-1:111122223333:cluster:sales',
    consoleUrl:
      'https://console.amazonaws.cn/redshiftv2/home?region=cn-north-1#/cluster-details?cluster=sales',
  });
});

test.each([
  ['an alias', {}],
  ['a chain of aliases', { resolves: 'alias-chain' }],
  ['an alias in capitals with a final dot', { spelling: 'upper-case-final-dot' }],
] as const)('a cluster that lists nothing owns the endpoint by %s', async (_, hostname) => {
  const region = tokyo();
  const events = region.redshiftCluster({ name: 'events', listed: false, createdAt: old, ...hostname });
  const { answer } = await ask(region, events.vpcEndpointId);
  expect(answer).toMatchObject({
    confidence: 'confirmed',
    owner: { resourceId: 'events' },
    evidence: [{ source: 'dns' }],
  });
});

test('a cluster that lists an interface of the endpoint, and not its id, owns it', async () => {
  const region = tokyo();
  const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
  for (const listed of sales.cluster.Endpoint?.VpcEndpoints ?? []) delete listed.VpcEndpointId;
  const { answer } = await ask(region, sales.vpcEndpointId);
  expect(answer.owner?.resourceId).toBe('sales');
  expect(answer.evidence[0]?.statement).toMatch(
    /^AWS::Redshift::Cluster sales lists eni-0[0-9a-f]{16}, an interface of vpce-/,
  );
});

test.each(['addresses', 'ipv6-addresses'] as const)(
  '%s of the endpoint make a probable owner',
  async (resolves) => {
    const region = tokyo();
    const network = region.network({ ipv6: true });
    const events = region.redshiftCluster({
      name: 'events',
      network,
      listed: false,
      createdAt: old,
      resolves,
    });
    region.redshiftCluster({ name: 'elsewhere', listed: false, createdAt: old, resolves: 'addresses' });
    const { answer } = await ask(region, events.vpcEndpointId);
    expect(answer).toMatchObject({ confidence: 'probable', owner: { resourceId: 'events' }, candidates: [] });
  },
);

describe('a Redshift-managed VPC endpoint', () => {
  test('owns the endpoint that it lists, and its cluster is the parent', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ name: 'desk', cluster: sales, createdAt: old });
    const { answer } = await ask(region, desk.vpcEndpointId);
    expect(answer.owner).toEqual({
      resourceType: 'AWS::Redshift::EndpointAccess',
      resourceId: 'desk',
      arn: null,
      parentArn: 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:sales',
      consoleUrl:
        'https://ap-northeast-1.console.aws.amazon.com/redshiftv2/home?region=ap-northeast-1#/endpoints',
    });
    expect(answer.nextStep.commands).toEqual([
      'aws redshift delete-endpoint-access --endpoint-name desk --region ap-northeast-1',
    ]);
    expect(calls('DescribeEndpointAccess').map(({ input }) => input['VpcId'])).toEqual([desk.network.vpcId]);
  });

  test("to another account's cluster has its parent there, and is deleted here", async () => {
    const region = tokyo();
    const cluster = { clusterIdentifier: 'finance', resourceOwner: '777788889999' };
    const granted = region.redshiftEndpointAccess({ name: 'granted', cluster, createdAt: old });
    const { answer } = await ask(region, granted.vpcEndpointId);
    expect(answer).toMatchObject({
      owner: { parentArn: 'arn:aws:redshift:ap-northeast-1:777788889999:cluster:finance' },
      nextStep: { action: 'delete-owner' },
    });
  });

  test('is named even where its cluster lists the endpoint too', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ name: 'desk', cluster: sales, createdAt: old });
    const { VpcEndpoint } = desk.endpointAccess;
    if (VpcEndpoint !== undefined) sales.cluster.Endpoint?.VpcEndpoints?.push(VpcEndpoint);
    const slow = { 'redshift:DescribeEndpointAccess': { kind: 'slow', delayMs: 60 } } as const;
    const { answer } = await ask(region, desk.vpcEndpointId, { faults: slow });
    expect(answer.owner).toMatchObject({ resourceType: 'AWS::Redshift::EndpointAccess', resourceId: 'desk' });
  });

  test('that is being deleted takes the endpoint along', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ cluster: sales, status: 'deleting', createdAt: old });
    const { answer } = await ask(region, desk.vpcEndpointId);
    expect(answer.nextStep.action).toBe('wait');
  });
});

test('a cluster that is being deleted takes the endpoint along', async () => {
  const region = tokyo();
  const going = region.redshiftCluster({ name: 'going', status: 'deleting', createdAt: old });
  const { answer } = await ask(region, going.vpcEndpointId);
  expect(answer).toMatchObject({ owner: { resourceId: 'going' }, nextStep: { action: 'wait' } });
});

test('a cluster on the same network that lists another endpoint is no owner, and still to be looked at', async () => {
  const region = tokyo();
  const network = region.network();
  region.redshiftCluster({ name: 'sales', network, createdAt: old });
  const orphan = region.orphan({ network, createdAt: old });
  const { answer } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'unidentified',
    owner: null,
    candidates: [{ resourceId: 'sales', strength: 'hint' }],
    nextStep: { action: 'choose' },
  });
});

describe('pages', () => {
  async function askClusterNumber(index: number) {
    const region = tokyo();
    const network = region.network();
    const clusters = Array.from({ length: 5 }, () => region.redshiftCluster({ network, createdAt: old }));
    const { vpcEndpointId = '', owner } = clusters[index] ?? {};
    const { answer } = await ask(region, vpcEndpointId, { maxPageItems: 1 });
    expect(answer.owner?.resourceId).toBe(owner?.resourceId);
  }

  test('are read to the last', async () => {
    await askClusterNumber(4);
    expect(calls('DescribeClusters')).toHaveLength(5);
  });

  test('are not asked for after the match', async () => {
    await askClusterNumber(1);
    expect(calls('DescribeClusters')).toHaveLength(2);
  });
});

describe('when Redshift may not be asked', () => {
  test('for managed endpoints, a managed endpoint is no orphan: the permission is missing', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ cluster: sales, createdAt: old });
    const faults = { 'redshift:DescribeEndpointAccess': { kind: 'denied' } } as const;
    const { answer, check } = await ask(region, desk.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ verdict: 'unidentified', complete: false, owner: null });
    expect(check).toMatchObject({
      outcome: 'failed',
      reason: 'redshift:DescribeEndpointAccess is not allowed',
    });
    expect(answer.nextStep.action).toBe('grant-permission');
    expect(answer.nextStep.summary).toMatch(/^Allow redshift:DescribeEndpointAccess to the role/);
  });

  test('for clusters, a managed endpoint is still named', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ name: 'desk', cluster: sales, createdAt: old });
    const faults = { 'redshift:DescribeClusters': { kind: 'denied' } } as const;
    const { answer } = await ask(region, desk.vpcEndpointId, { faults });
    expect(answer).toMatchObject({
      complete: true,
      confidence: 'confirmed',
      owner: { resourceId: 'desk', parentArn: 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:sales' },
    });
  });

  test("for anything, the creation by Redshift's role names the service, and support is not called", async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales' });
    const faults = { 'redshift:*': { kind: 'denied' } } as const;
    const { answer } = await ask(region, sales.vpcEndpointId, { faults });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'redshift' },
      complete: false,
      nextStep: { action: 'grant-permission' },
    });
    expect(answer.nextStep.summary).toMatch('redshift:DescribeClusters, redshift:DescribeEndpointAccess');
  });
});

behavesLikeAService('redshift');
