import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from '../support/api.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';

const now = new Date();
const old = new Date(now.getTime() - 700 * 86_400_000);
let api: Api;
afterEach(() => api?.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
const describes = () => api.sandbox.calls.filter(({ operation }) => operation === 'DescribeDBClusters');

async function ask(region: ReturnType<typeof tokyo>, id: string, options: ApiOptions = {}) {
  api = await startApi(region.account, options);
  const answer = await api.identify(id);
  return { answer, check: answer.checks.find(({ check }) => check === 'aurora-serverless') };
}

test('a cluster owns the endpoint that its hostname is an alias of', async () => {
  const region = tokyo();
  const carts = region.auroraServerless({ name: 'carts', createdAt: old });
  const { answer } = await ask(region, carts.writerVpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'aurora-serverless', name: 'Amazon Aurora Serverless v1' },
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::RDS::DBCluster',
    resourceId: 'carts',
    arn: 'arn:aws:rds:ap-northeast-1:111122223333:cluster:carts',
    parentArn: null,
    consoleUrl:
      'https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#database:id=carts;is-cluster=true',
  });
  expect(answer.evidence).toHaveLength(1);
  expect(answer.evidence[0]).toMatchObject({ source: 'dns', strength: 'confirmed' });
  expect(answer.evidence[0]?.statement).toMatch(`${carts.cluster.Endpoint} is an alias of vpce-`);
  expect(answer.nextStep).toMatchObject({
    action: 'delete-owner',
    commands: [
      'aws rds delete-db-cluster --db-cluster-identifier carts --final-db-snapshot-identifier carts-final --region ap-northeast-1',
    ],
    warnings: ['This deletes the database; the command keeps a final snapshot.'],
  });
});

test('a cluster that is protected says what refuses its removal', async () => {
  const region = tokyo();
  const carts = region.auroraServerless({ deletionProtection: true, createdAt: old });
  const { answer } = await ask(region, carts.writerVpcEndpointId);
  expect(answer.nextStep.warnings).toContain(
    'The cluster has deletion protection, which refuses: take it off first.',
  );
});

test.each([
  ['a chain of aliases', { resolves: 'alias-chain' }],
  ['capitals and a final dot', { spelling: 'upper-case-final-dot' }],
] as const)("a cluster owns its reader's endpoint too, by a hostname with %s", async (_, hostname) => {
  const region = tokyo();
  const carts = region.auroraServerless({ name: 'carts', createdAt: old, ...hostname });
  const { answer } = await ask(region, carts.otherVpcEndpointId);
  expect(answer).toMatchObject({ confidence: 'confirmed', owner: { resourceId: 'carts' } });
});

test.each(['addresses', 'ipv6-addresses'] as const)(
  '%s of the endpoint make a probable owner',
  async (resolves) => {
    const region = tokyo();
    const network = region.network({ ipv6: true });
    const carts = region.auroraServerless({ name: 'carts', network, createdAt: old, resolves });
    const { answer } = await ask(region, carts.writerVpcEndpointId);
    expect(answer).toMatchObject({ confidence: 'probable', complete: true, owner: { resourceId: 'carts' } });
  },
);

test('the same addresses in another VPC name its own cluster and never the other', async () => {
  const region = tokyo();
  region.auroraServerless({ name: 'here', createdAt: old, resolves: 'addresses' });
  const there = region.auroraServerless({ name: 'there', createdAt: old, resolves: 'addresses' });
  const { answer } = await ask(region, there.writerVpcEndpointId);
  expect(answer).toMatchObject({ owner: { resourceId: 'there' }, candidates: [] });
});

test('a cluster whose second endpoint no hostname leads to is a candidate, and no owner', async () => {
  const region = tokyo();
  const stock = region.auroraServerless({ name: 'stock', createdAt: old, readerEndpoint: false });
  const { answer } = await ask(region, stock.otherVpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'unidentified',
    owner: null,
    candidates: [{ resourceId: 'stock', strength: 'hint' }],
    nextStep: { action: 'choose', commands: [] },
  });
});

test('of two such clusters on the same network neither is named', async () => {
  const region = tokyo();
  const shared = { network: region.network(), createdAt: old, readerEndpoint: false };
  const blue = region.auroraServerless({ name: 'blue', ...shared });
  region.auroraServerless({ name: 'green', ...shared });
  const { answer } = await ask(region, blue.otherVpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'ambiguous', owner: null, nextStep: { action: 'choose' } });
  expect(answer.candidates.map(({ resourceId }) => resourceId).sort()).toEqual(['blue', 'green']);
});

test('a cluster both of whose endpoints are known is no candidate for a third', async () => {
  const region = tokyo();
  const network = region.network();
  region.auroraServerless({ name: 'carts', network, createdAt: old });
  const orphan = region.orphan({ network, createdAt: old });
  const { answer, check } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'unidentified', candidates: [] });
  expect(check).toMatchObject({ outcome: 'no-match', reason: null });
});

test('clusters of other engines and modes are no owners, even with the addresses of the endpoint', async () => {
  const region = tokyo();
  const network = region.network();
  const orphan = region.orphan({ network, createdAt: old });
  for (const engine of ['neptune', 'docdb', 'aurora-postgresql', 'aurora-mysql'] as const) {
    const { Endpoint = '' } = region.dbCluster({ name: `decoy-${engine}`, network, engine });
    region.account.dns[Endpoint] = { a: orphan.addresses.map(({ ipv4 }) => ipv4) };
  }
  const { answer } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, candidates: [] });
  expect(answer.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(api.sandbox.queries).toEqual([]);
});

test('a cluster that is being deleted takes the endpoint along', async () => {
  const region = tokyo();
  const going = region.auroraServerless({ name: 'going', status: 'deleting', createdAt: old });
  const { answer } = await ask(region, going.writerVpcEndpointId);
  expect(answer).toMatchObject({ owner: { resourceId: 'going' }, nextStep: { action: 'wait' } });
});

test.each(['RDSAuroraServeless', 'RDSAuroraServerless'])(
  'the session name %s names the service when no cluster is left',
  async (session) => {
    const region = tokyo();
    const creator = {
      kind: 'service-linked-role',
      service: 'rds',
      role: 'AWSServiceRoleForRDS',
      session,
    } as const;
    const orphan = region.orphan({ creator });
    const { answer } = await ask(region, orphan.vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'aurora-serverless' },
      owner: null,
      nextStep: { action: 'contact-support' },
    });
  },
);

describe('pages', () => {
  test('are read to the last', async () => {
    const region = tokyo();
    const network = region.network();
    for (const engine of ['neptune', 'docdb'] as const) region.dbCluster({ network, engine });
    const carts = region.auroraServerless({ name: 'carts', network, createdAt: old });
    const { answer } = await ask(region, carts.writerVpcEndpointId, { maxPageItems: 1 });
    expect(answer.owner?.resourceId).toBe('carts');
    expect(describes()).toHaveLength(3);
  });

  test('are not asked for once the alias is known', async () => {
    const region = tokyo();
    const network = region.network();
    const carts = region.auroraServerless({ name: 'carts', network, createdAt: old });
    for (let count = 0; count < 12; count += 1) region.dbCluster({ network });
    await ask(region, carts.writerVpcEndpointId, { maxPageItems: 1, latencyMs: 25 });
    expect(describes().length).toBeLessThan(10);
  });

  test('that fail leave the answer incomplete', async () => {
    const region = tokyo();
    const network = region.network();
    for (let count = 0; count < 3; count += 1) region.dbCluster({ network });
    const orphan = region.orphan({ createdAt: old });
    const faults = { 'rds:DescribeDBClusters': { kind: 'second-page', firstPageItems: 1 } } as const;
    const { answer, check } = await ask(region, orphan.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(check).toMatchObject({
      outcome: 'failed',
      reason: 'rds:DescribeDBClusters: AWS failed (HTTP 500)',
    });
  });
});

describe('when clusters may not be listed', () => {
  const faults = { 'rds:DescribeDBClusters': { kind: 'denied' } } as const;

  test('the endpoint is no orphan: the permission is missing', async () => {
    const region = tokyo();
    const carts = region.auroraServerless({ name: 'carts', createdAt: old });
    const { answer, check } = await ask(region, carts.writerVpcEndpointId, { faults });
    expect(answer).toMatchObject({ verdict: 'unidentified', complete: false, owner: null });
    expect(check).toMatchObject({ outcome: 'failed', reason: 'rds:DescribeDBClusters is not allowed' });
    expect(answer.nextStep.action).toBe('grant-permission');
    expect(answer.nextStep.summary).toMatch(/^Allow rds:DescribeDBClusters to the role/);
  });

  test('another owner is still named, and the answer is complete', async () => {
    const region = tokyo();
    const proxy = region.rdsProxy({ name: 'orders', createdAt: old });
    const { answer } = await ask(region, proxy.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ complete: true, owner: { resourceId: 'orders' } });
  });
});

test('names that share a security group with the endpoint are looked up first, and no other when one matches', async () => {
  const region = tokyo();
  for (const name of ['one', 'two', 'three']) region.auroraServerless({ name, createdAt: old });
  const { vpcEndpointId } = region.auroraServerless({ name: 'carts', createdAt: old });
  const { answer } = await ask(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'carts' } });
  const names = new Set(api.sandbox.queries.map(({ name }) => name.split('.')[0]));
  expect(names).toEqual(new Set(['carts']));
});

test('names of a cluster whose security groups differ from the endpoint are looked up all the same', async () => {
  const region = tokyo();
  const { vpcEndpointId } = region.auroraServerless({ name: 'carts', createdAt: old });
  for (const endpoint of region.resources.vpcEndpoints)
    endpoint.Groups = [{ GroupId: 'sg-0000000000000000f' }];
  const { answer } = await ask(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceId: 'carts' },
  });
});

behavesLikeAService('aurora-serverless');
