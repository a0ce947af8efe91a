/** What must never be said, in the situations that tempt to say it. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../sandbox/build.ts';
import type { Faults } from '../sandbox/faults.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
let api: Api;
afterEach(() => api.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);

async function ask(region: ReturnType<typeof tokyo>, id: string, options: ApiOptions = {}) {
  api = await startApi(region.account, { region: region.name, ...options });
  return api.identify(id);
}

describe('a resource that lists an endpoint which may be of a narrower one', () => {
  const denied = (operation: string): Faults => ({ [operation]: { kind: 'denied' } });

  test('is no owner where the narrower ones could not be read: a cluster', async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ name: 'sales', createdAt: old });
    const desk = region.redshiftEndpointAccess({ name: 'desk', cluster: sales, createdAt: old });
    sales.cluster.Endpoint?.VpcEndpoints?.push(desk.endpointAccess.VpcEndpoint ?? {});
    const answer = await ask(region, desk.vpcEndpointId, {
      faults: denied('redshift:DescribeEndpointAccess'),
    });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      confidence: 'probable',
      service: { id: 'redshift' },
      owner: null,
      candidates: [{ resourceId: 'sales', strength: 'probable' }],
      complete: false,
      nextStep: {
        action: 'grant-permission',
        summary: expect.stringContaining('redshift:DescribeEndpointAccess'),
        commands: [],
      },
    });
    expect(answer.checks).toContainEqual(
      expect.objectContaining({
        check: 'redshift',
        outcome: 'failed',
        reason: 'redshift:DescribeEndpointAccess is not allowed',
      }),
    );
  });

  test('is no owner where the narrower ones could not be read: a workgroup', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
    const answer = await ask(region, adhoc.vpcEndpointId, {
      faults: denied('redshift-serverless:ListEndpointAccess'),
    });
    expect(answer).toMatchObject({ owner: null, complete: false, candidates: [{ resourceId: 'adhoc' }] });
  });

  test('is the owner all the same where its own hostname leads to the endpoint', async () => {
    const region = tokyo();
    const events = region.redshiftCluster({ name: 'events', listed: false, createdAt: old });
    const answer = await ask(region, events.vpcEndpointId, {
      faults: denied('redshift:DescribeEndpointAccess'),
    });
    expect(answer).toMatchObject({
      verdict: 'identified',
      confidence: 'confirmed',
      owner: { resourceId: 'events' },
    });
  });
});

describe('where it is not known which account is searched', () => {
  const unknown = { accountId: 'unknown' };

  test("another account's endpoint is nobody's orphan, whatever the account has", async () => {
    const region = tokyo();
    region.redshiftCluster({ createdAt: old });
    const { vpcEndpointId } = region.orphan({ createdAt: old, ownerId: '444455556666' });
    expect(await ask(region, vpcEndpointId, unknown)).toMatchObject({
      accountId: '111122223333',
      nextStep: { action: 'ask-owner-account', summary: expect.stringContaining('444455556666') },
    });
  });

  test('an account that shows no ARN is not guessed, and no support case is opened', async () => {
    const region = tokyo();
    const { vpcEndpointId } = region.orphan({ createdAt: old, ownerId: '444455556666' });
    expect(await ask(region, vpcEndpointId, unknown)).toMatchObject({
      accountId: null,
      nextStep: { action: 'ask-owner-account' },
    });
  });
});

describe('a resource whose endpoint nobody knows', () => {
  test('is looked at before AWS Support is asked: a cluster of which one endpoint is known, in the same VPC', async () => {
    const region = tokyo();
    const carts = region.auroraServerless({ name: 'carts', readerEndpoint: false, createdAt: old });
    for (const endpoint of region.resources.vpcEndpoints)
      endpoint.Groups = [{ GroupId: 'sg-0000000000000000f' }];
    const answer = await ask(region, carts.otherVpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      candidates: [],
      nextStep: { action: 'choose', summary: expect.stringContaining('AWS::RDS::DBCluster carts') },
    });
  });

  test('keeps nobody from AWS Support where its other endpoint is in another VPC', async () => {
    const region = tokyo();
    region.auroraServerless({ name: 'carts', readerEndpoint: false });
    const { vpcEndpointId } = region.orphan();
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      verdict: 'service-identified',
      complete: true,
      nextStep: { action: 'contact-support' },
    });
  });

  test('is looked at: a cluster in the VPC whose name does not resolve', async () => {
    const region = tokyo();
    const network = region.network();
    const events = region.redshiftCluster({
      name: 'events',
      network,
      listed: false,
      resolves: 'nowhere',
      createdAt: old,
    });
    events.cluster.VpcSecurityGroups = [];
    const answer = await ask(region, events.vpcEndpointId);
    expect(answer.owner).toBeNull();
    expect(answer.nextStep).toMatchObject({ action: 'choose', summary: expect.stringContaining('events') });
  });

  test('is looked at even where it was made after the endpoint: a restored cluster has a new creation time', async () => {
    const region = tokyo();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ createdAt: old, network });
    const late = region.redshiftCluster({
      name: 'late',
      network,
      listed: false,
      resolves: 'nowhere',
      createdAt: region.daysAgo(10),
    });
    late.cluster.VpcSecurityGroups = [];
    const { nextStep } = await ask(region, vpcEndpointId);
    expect(nextStep).toMatchObject({ action: 'choose', summary: expect.stringContaining('late') });
  });

  test('comes after what was there before the endpoint', async () => {
    const region = tokyo();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ createdAt: old, network });
    const unreachable = { network, listed: false, resolves: 'nowhere' } as const;
    for (const { cluster } of [
      region.redshiftCluster({ ...unreachable, name: 'early', createdAt: region.daysAgo(700) }),
      region.redshiftCluster({ ...unreachable, name: 'late', createdAt: region.daysAgo(10) }),
    ])
      cluster.VpcSecurityGroups = [];
    const { nextStep } = await ask(region, vpcEndpointId);
    expect(nextStep.summary).toMatch('AWS::Redshift::Cluster early, AWS::Redshift::Cluster late');
  });
});

describe('a tag', () => {
  test('of a service outweighs resources that merely share the network', async () => {
    const region = tokyo();
    const network = region.network();
    for (const name of ['blue', 'green'])
      region.auroraServerless({ name, network, readerEndpoint: false, createdAt: old });
    const { vpcEndpointId } = region.mskEndpoint({ network, createdAt: old });
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'msk' },
      candidates: [],
      nextStep: { action: 'choose' },
    });
  });

  test.each([
    ['another partition', 'arn:aws-cn:network-firewall:ap-northeast-1:111122223333:firewall/edge'],
    ['a rule group', 'arn:aws:network-firewall:ap-northeast-1:111122223333:stateful-rulegroup/edge'],
  ])('that names %s costs no call and leaves the answer complete', async (_, Firewall) => {
    const region = tokyo();
    const { vpcEndpointId } = region.orphan({ tags: { Firewall } });
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'rds-proxy' },
      complete: true,
      nextStep: { action: 'contact-support' },
    });
    expect(api.sandbox.calls.filter(({ operation }) => operation === 'DescribeFirewall')).toEqual([]);
  });

  const theirs = 'arn:aws:network-firewall:ap-northeast-1:444455556666:firewall/theirs';

  test("that names another account's resource does not hide that something could not be checked", async () => {
    const region = tokyo();
    const sales = region.redshiftCluster({ createdAt: old, tags: { Firewall: theirs } });
    const faults: Faults = { 'redshift:DescribeClusters': { kind: 'denied' } };
    expect(await ask(region, sales.vpcEndpointId, { faults })).toMatchObject({
      owner: null,
      complete: false,
      nextStep: { action: 'grant-permission' },
    });
  });

  test("that names another account's resource is passed on as what it is", async () => {
    const region = tokyo();
    const { vpcEndpointId } = region.orphan({
      createdAt: old,
      tags: { Firewall: theirs },
      vpcEndpointType: 'GatewayLoadBalancer',
    });
    expect((await ask(region, vpcEndpointId)).nextStep).toMatchObject({
      action: 'ask-owner-account',
      summary: expect.stringContaining(theirs),
      warnings: [expect.stringContaining('Nothing confirms it: The endpoint carries the tag')],
    });
  });
});

describe('one item that cannot be read', () => {
  test('does not hide the owner beside it', async () => {
    const region = tokyo();
    const network = region.network();
    region.rdsProxy({ name: 'nameless', network, createdAt: old });
    const orders = region.rdsProxy({ name: 'orders', network, createdAt: old });
    const [spoiled] = region.resources.dbProxies;
    delete spoiled?.DBProxyName;
    expect(await ask(region, orders.vpcEndpointId)).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: 'orders' },
      complete: true,
    });
  });

  test('keeps an endpoint without an owner from being an orphan', async () => {
    const region = tokyo();
    region.rdsProxy({ name: 'nameless', createdAt: old });
    for (const row of region.resources.dbProxies) delete row.DBProxyName;
    const { vpcEndpointId } = region.orphan({ createdAt: old });
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      complete: false,
      nextStep: { action: 'retry' },
    });
  });
});

test('service names have another form in China', async () => {
  const beijing = newAccount('111122223333').region('cn-north-1', now);
  const { vpcEndpointId } = beijing.orphan({
    createdAt: old,
    serviceName: 'cn.com.amazonaws.cn-north-1.transfer.server.c-0026',
  });
  expect(await ask(beijing, vpcEndpointId)).toMatchObject({
    verdict: 'service-identified',
    service: { id: 'transfer' },
  });
});
