import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ec2 from '@aws-sdk/client-ec2';
import * as networkFirewall from '@aws-sdk/client-network-firewall';
import * as rds from '@aws-sdk/client-rds';
import * as redshift from '@aws-sdk/client-redshift';
import * as serverless from '@aws-sdk/client-redshift-serverless';
import { expect, test } from '@jest/globals';
import { clientOptions, numbered, refused, run } from './running.ts';
import { accountWith } from './samples.ts';

async function readAll<P, T>(pages: AsyncIterable<P>, itemsOf: (page: P) => T[] | undefined): Promise<T[][]> {
  const all: T[][] = [];
  for await (const page of pages) all.push(itemsOf(page) ?? []);
  return all;
}

function lengths(pages: unknown[][]): number[] {
  return pages.map((page) => page.length);
}

test('EC2 answers pages of the size asked for, and all up to a thousand at once otherwise', async () => {
  const vpcEndpoints = numbered(1001, 'vpce-000').map((VpcEndpointId) => ({ VpcEndpointId }));
  const networkInterfaces = numbered(11, 'eni-000').map((NetworkInterfaceId) => ({ NetworkInterfaceId }));
  const sandbox = await run(accountWith({ vpcEndpoints, networkInterfaces }));
  const client = new ec2.EC2Client(clientOptions(sandbox));

  const endpoints = await readAll(
    ec2.paginateDescribeVpcEndpoints({ client }, {}),
    (page) => page.VpcEndpoints,
  );
  expect(lengths(endpoints)).toEqual([1000, 1]);
  expect(endpoints.flat()).toEqual(vpcEndpoints);
  const interfaces = await readAll(
    ec2.paginateDescribeNetworkInterfaces({ client, pageSize: 5 }, {}),
    (page) => page.NetworkInterfaces,
  );
  expect(lengths(interfaces)).toEqual([5, 5, 1]);
  expect(interfaces.flat()).toEqual(networkInterfaces);
});

test('CloudTrail answers fifty events at a time', async () => {
  const EventTime = new Date('2026-10-01T00:00:00Z');
  const events = numbered(101, 'event-').map((EventId) => ({ EventId, EventTime }));
  const sandbox = await run(accountWith({ events }), {
    now: () => EventTime,
    lookupEventsPerSecond: Number.POSITIVE_INFINITY,
  });
  const client = new cloudtrail.CloudTrailClient(clientOptions(sandbox));

  const pages = await readAll(cloudtrail.paginateLookupEvents({ client }, {}), (page) => page.Events);
  expect(lengths(pages)).toEqual([50, 50, 1]);
  expect(pages.flat()).toEqual(events);
});

test('RDS answers a hundred records at a time, or the number asked for', async () => {
  const dbClusters = numbered(101, 'cluster-').map((DBClusterIdentifier) => ({ DBClusterIdentifier }));
  const dbProxies = numbered(41, 'proxy-').map((DBProxyName) => ({ DBProxyName }));
  const dbProxyEndpoints = numbered(20, 'endpoint-').map((DBProxyEndpointName) => ({ DBProxyEndpointName }));
  const sandbox = await run(accountWith({ dbClusters, dbProxies, dbProxyEndpoints }));
  const client = new rds.RDSClient(clientOptions(sandbox));

  const clusters = await readAll(rds.paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters);
  expect(lengths(clusters)).toEqual([100, 1]);
  expect(clusters.flat()).toEqual(dbClusters);
  const proxies = await readAll(
    rds.paginateDescribeDBProxies({ client, pageSize: 20 }, {}),
    (page) => page.DBProxies,
  );
  expect(lengths(proxies)).toEqual([20, 20, 1]);
  expect(proxies.flat()).toEqual(dbProxies);
  const endpoints = await readAll(
    rds.paginateDescribeDBProxyEndpoints({ client, pageSize: 20 }, {}),
    (page) => page.DBProxyEndpoints,
  );
  expect(endpoints).toEqual([dbProxyEndpoints]);
});

test('Redshift answers a hundred records at a time', async () => {
  const redshiftClusters = numbered(101, 'cluster-').map((ClusterIdentifier) => ({ ClusterIdentifier }));
  const redshiftEndpointAccess = numbered(101, 'endpoint-').map((EndpointName) => ({ EndpointName }));
  const sandbox = await run(accountWith({ redshiftClusters, redshiftEndpointAccess }));
  const client = new redshift.RedshiftClient(clientOptions(sandbox));

  const clusters = await readAll(redshift.paginateDescribeClusters({ client }, {}), (page) => page.Clusters);
  expect(lengths(clusters)).toEqual([100, 1]);
  expect(clusters.flat()).toEqual(redshiftClusters);
  const endpoints = await readAll(
    redshift.paginateDescribeEndpointAccess({ client }, {}),
    (page) => page.EndpointAccessList,
  );
  expect(lengths(endpoints)).toEqual([100, 1]);
  expect(endpoints.flat()).toEqual(redshiftEndpointAccess);
});

test('Redshift Serverless answers a hundred at a time, or the number asked for', async () => {
  const workgroups = numbered(101, 'workgroup-').map((workgroupName) => ({ workgroupName }));
  const serverlessEndpointAccess = numbered(3, 'endpoint-').map((endpointName) => ({ endpointName }));
  const sandbox = await run(accountWith({ workgroups, serverlessEndpointAccess }));
  const client = new serverless.RedshiftServerlessClient(clientOptions(sandbox));

  const groups = await readAll(serverless.paginateListWorkgroups({ client }, {}), (page) => page.workgroups);
  expect(lengths(groups)).toEqual([100, 1]);
  expect(groups.flat()).toEqual(workgroups);
  const endpoints = await readAll(
    serverless.paginateListEndpointAccess({ client, pageSize: 2 }, {}),
    (page) => page.endpoints,
  );
  expect(lengths(endpoints)).toEqual([2, 1]);
  expect(endpoints.flat()).toEqual(serverlessEndpointAccess);
});

test('Network Firewall answers a hundred at a time, or the number asked for', async () => {
  const firewalls = numbered(101, 'firewall-').map((FirewallName) => ({
    Firewall: {
      FirewallName,
      FirewallPolicyArn: 'arn',
      VpcId: 'vpc-1',
      SubnetMappings: [],
      FirewallId: 'id',
    },
    FirewallStatus: { Status: 'READY' as const, ConfigurationSyncStateSummary: 'IN_SYNC' as const },
  }));
  const vpcEndpointAssociations = numbered(3, 'arn:').map((VpcEndpointAssociationArn) => ({
    VpcEndpointAssociation: {
      VpcEndpointAssociationArn,
      FirewallArn: 'arn',
      VpcId: 'vpc-1',
      SubnetMapping: { SubnetId: 'subnet-1' },
    },
    VpcEndpointAssociationStatus: { Status: 'READY' as const },
  }));
  const sandbox = await run(accountWith({ firewalls, vpcEndpointAssociations }));
  const client = new networkFirewall.NetworkFirewallClient(clientOptions(sandbox));

  const names = await readAll(
    networkFirewall.paginateListFirewalls({ client }, {}),
    (page) => page.Firewalls,
  );
  expect(lengths(names)).toEqual([100, 1]);
  expect(names.flat()).toEqual(firewalls.map(({ Firewall }) => ({ FirewallName: Firewall.FirewallName })));
  const associations = await readAll(
    networkFirewall.paginateListVpcEndpointAssociations({ client, pageSize: 2 }, {}),
    (page) => page.VpcEndpointAssociations,
  );
  expect(lengths(associations)).toEqual([2, 1]);
});

test('pages can be made shorter than what is asked for, as AWS may do', async () => {
  const dbProxies = numbered(3, 'proxy-').map((DBProxyName) => ({ DBProxyName }));
  const sandbox = await run(accountWith({ dbProxies }), { maxPageItems: 1 });
  const client = new rds.RDSClient(clientOptions(sandbox));

  const pages = await readAll(rds.paginateDescribeDBProxies({ client }, {}), (page) => page.DBProxies);
  expect(pages).toEqual(dbProxies.map((proxy) => [proxy]));
});

test('a page token is good only for the request that it was given to', async () => {
  const sandbox = await run(
    accountWith({
      vpcEndpoints: numbered(2, 'vpce-000').map((VpcEndpointId) => ({ VpcEndpointId, VpcId: 'vpc-1' })),
      dbProxies: [{}, {}],
      redshiftClusters: [{}, {}],
      workgroups: [{}, {}],
      events: [{}, {}].map(() => ({ EventTime: new Date() })),
    }),
    { maxPageItems: 1 },
  );
  const options = clientOptions(sandbox);

  const ec2Client = new ec2.EC2Client(options);
  const { NextToken } = await ec2Client.send(new ec2.DescribeVpcEndpointsCommand({}));
  const Filters = [{ Name: 'vpc-id', Values: ['vpc-1'] }];
  await expect(
    ec2Client.send(new ec2.DescribeVpcEndpointsCommand({ NextToken, Filters })),
  ).rejects.toMatchObject(refused('InvalidParameterValue'));
  await expect(ec2Client.send(new ec2.DescribeNetworkInterfacesCommand({ NextToken }))).rejects.toMatchObject(
    refused('InvalidParameterValue'),
  );

  const trail = new cloudtrail.CloudTrailClient(options);
  const first = await trail.send(new cloudtrail.LookupEventsCommand({}));
  const other = { NextToken: first.NextToken, EndTime: new Date() };
  await expect(trail.send(new cloudtrail.LookupEventsCommand(other))).rejects.toMatchObject(
    refused('InvalidNextTokenException'),
  );

  const rdsClient = new rds.RDSClient(options);
  const { Marker } = await rdsClient.send(new rds.DescribeDBProxiesCommand({}));
  await expect(
    rdsClient.send(new rds.DescribeDBProxiesCommand({ Marker, MaxRecords: 20 })),
  ).rejects.toMatchObject(refused('InvalidParameterValue'));
  const elsewhere = new rds.RDSClient({ ...options, region: 'eu-west-1' });
  await expect(elsewhere.send(new rds.DescribeDBProxiesCommand({ Marker }))).rejects.toMatchObject(
    refused('InvalidParameterValue'),
  );

  const redshiftClient = new redshift.RedshiftClient(options);
  const clusters = await redshiftClient.send(new redshift.DescribeClustersCommand({}));
  await expect(
    redshiftClient.send(new redshift.DescribeEndpointAccessCommand({ Marker: clusters.Marker })),
  ).rejects.toMatchObject(refused('InvalidParameterValue'));

  const serverlessClient = new serverless.RedshiftServerlessClient(options);
  const { nextToken } = await serverlessClient.send(new serverless.ListWorkgroupsCommand({}));
  await expect(
    serverlessClient.send(new serverless.ListWorkgroupsCommand({ nextToken, maxResults: 5 })),
  ).rejects.toMatchObject(refused('ValidationException'));
});

test('a page token that was made up is refused', async () => {
  const sandbox = await run(accountWith({}));
  const options = clientOptions(sandbox);
  const firewalls = new networkFirewall.NetworkFirewallClient(options);
  const trail = new cloudtrail.CloudTrailClient(options);

  for (const NextToken of ['2', 'MiBhYmM=', 'next']) {
    await expect(
      firewalls.send(new networkFirewall.ListFirewallsCommand({ NextToken })),
    ).rejects.toMatchObject(refused('InvalidRequestException'));
  }
  await expect(trail.send(new cloudtrail.LookupEventsCommand({ NextToken: 'next' }))).rejects.toMatchObject(
    refused('InvalidNextTokenException'),
  );
});
