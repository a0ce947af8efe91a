/** What a test may choose of the rows that services list: they need not agree with each other, nor with EC2. */
import { Resolver } from 'node:dns/promises';
import { DescribeDBProxiesCommand, DescribeDBProxyEndpointsCommand, RDSClient } from '@aws-sdk/client-rds';
import { DescribeClustersCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { ListWorkgroupsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { incoherences } from './coherence.ts';
import { clientOptions, run } from './running.ts';
import { regionName } from './samples.ts';

const now = new Date('2026-10-05T06:00:00Z');

function tokyo() {
  return newAccount('111122223333').region(regionName, now);
}

describe('a list of endpoints', () => {
  const first = { vpcEndpointId: 'vpce-0aaaaaaaaaaaaaaaa', vpcId: 'vpc-1', first: true };
  const last = { vpcEndpointId: 'vpce-0bbbbbbbbbbbbbbbb', vpcId: 'vpc-2' };
  const others = { alsoLists: [last, first] };

  test('of a cluster can have others in front of its own and behind it, or in its place', async () => {
    const build = tokyo();
    const own = build.redshiftCluster(others);
    build.redshiftCluster({ ...others, listed: false });
    const client = new RedshiftClient(clientOptions(await run(build.account)));
    const { Clusters } = await client.send(new DescribeClustersCommand({}));
    const ids = Clusters?.map(({ Endpoint }) => Endpoint?.VpcEndpoints?.map((row) => row.VpcEndpointId));
    const both = [first.vpcEndpointId, last.vpcEndpointId];
    expect(ids).toEqual([[both[0], own.vpcEndpointId, both[1]], both]);
    expect(Clusters?.[1]?.Endpoint?.VpcEndpoints?.[1]?.VpcId).toBe('vpc-2');
  });

  test('of a workgroup can have others in front of its own and behind it, or in its place', async () => {
    const build = tokyo();
    const own = build.workgroup(others);
    build.workgroup({ ...others, listed: false });
    const client = new RedshiftServerlessClient(clientOptions(await run(build.account)));
    const { workgroups } = await client.send(new ListWorkgroupsCommand({}));
    const ids = workgroups?.map(({ endpoint }) => endpoint?.vpcEndpoints?.map((row) => row.vpcEndpointId));
    const both = [first.vpcEndpointId, last.vpcEndpointId];
    expect(ids).toEqual([[both[0], own.vpcEndpointId, both[1]], both]);
    expect(workgroups?.[1]?.endpoint?.vpcEndpoints?.[0]?.vpcId).toBe('vpc-1');
  });
});

test('a resource may be older or younger than its endpoint', () => {
  const build = tokyo();
  const resourceCreatedAt = new Date('2020-01-01T00:00:00Z');
  const times = { resourceCreatedAt, createdAt: build.daysAgo(3) };
  const proxy = build.rdsProxy(times);
  const cluster = build.redshiftCluster(times);
  const workgroup = build.workgroup(times);
  const rows = [
    proxy.proxy.CreatedDate,
    proxy.proxyEndpoint.CreatedDate,
    build.rdsProxyEndpoint({ proxy, ...times }).proxyEndpoint.CreatedDate,
    build.auroraServerless(times).cluster.ClusterCreateTime,
    cluster.cluster.ClusterCreateTime,
    build.redshiftEndpointAccess({ cluster, ...times }).endpointAccess.EndpointCreateTime,
    workgroup.workgroup.creationDate,
    build.serverlessEndpointAccess({ workgroup, ...times }).endpointAccess.endpointCreateTime,
  ];
  expect(rows).toEqual(rows.map(() => resourceCreatedAt));
  const created = build.resources.vpcEndpoints.map(({ CreationTimestamp }) => CreationTimestamp);
  expect(created).toEqual(created.map(() => build.daysAgo(3)));
  expect(incoherences(build.account, now)).toEqual([]);
});

test('the two lists of RDS may differ in the status of a proxy', async () => {
  const build = tokyo();
  build.rdsProxy({ status: 'available', endpointStatus: 'deleting' });
  const client = new RDSClient(clientOptions(await run(build.account)));
  expect(await client.send(new DescribeDBProxiesCommand({}))).toMatchObject({
    DBProxies: [{ Status: 'available' }],
  });
  expect(await client.send(new DescribeDBProxyEndpointsCommand({}))).toMatchObject({
    DBProxyEndpoints: [{ IsDefault: true, Status: 'deleting' }],
  });
});

describe('a hostname', () => {
  async function resolverOf({ account }: ReturnType<typeof tokyo>) {
    const resolver = new Resolver();
    resolver.setServers([(await run(account)).dnsServer]);
    return resolver;
  }

  test("can be an alias of somebody else's endpoint", async () => {
    const build = tokyo();
    const orders = build.rdsProxy({ name: 'orders' });
    const copy = build.redshiftCluster({ name: 'copy', listed: false, aliasOf: orders.vpcEndpointId });
    const resolver = await resolverOf(build);
    const alias = await resolver.resolveCname(orders.proxy.Endpoint ?? '');
    expect(alias[0]).toContain(orders.vpcEndpointId);
    expect(await resolver.resolveCname(copy.cluster.Endpoint?.Address ?? '')).toEqual(alias);
    expect(() => build.rdsProxy({ aliasOf: 'vpce-0ffffffffffffffff' })).toThrow(
      'vpce-0ffffffffffffffff has no DNS name',
    );
  });

  test('can lead to private addresses that no interface has', async () => {
    const build = tokyo();
    const { proxy } = build.rdsProxy({ resolves: 'sinkhole' });
    const addresses = await (await resolverOf(build)).resolve4(proxy.Endpoint ?? '');
    expect(addresses).toEqual(['100.64.0.9', '10.99.99.99']);
    const taken = build.resources.networkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress);
    expect(taken.filter((address) => addresses.includes(address ?? ''))).toEqual([]);
  });
});
