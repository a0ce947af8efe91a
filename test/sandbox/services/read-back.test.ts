import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ec2 from '@aws-sdk/client-ec2';
import * as networkFirewall from '@aws-sdk/client-network-firewall';
import * as rds from '@aws-sdk/client-rds';
import * as redshift from '@aws-sdk/client-redshift';
import * as serverless from '@aws-sdk/client-redshift-serverless';
import * as sts from '@aws-sdk/client-sts';
import * as transfer from '@aws-sdk/client-transfer';
import { expect, test } from '@jest/globals';
import type { StaticStructureSchema } from '@smithy/types';
import { clientOptions, run } from '../running.ts';
import { accountWith, sampleOf } from '../samples.ts';

/** One resource with everything in it, one with every list empty, and one about which nothing is known. */
function samplesOf<T>(schema: StaticStructureSchema): (T | Record<string, never>)[] {
  return [sampleOf<T>(schema, 2), sampleOf<T>(schema, 0, 'empty'), {}];
}

test('the SDK reads VPC endpoints and network interfaces back as they were put in', async () => {
  const vpcEndpoints = samplesOf<ec2.VpcEndpoint>(ec2.VpcEndpoint$);
  const networkInterfaces = samplesOf<ec2.NetworkInterface>(ec2.NetworkInterface$);
  const sandbox = await run(accountWith({ vpcEndpoints, networkInterfaces }));
  const client = new ec2.EC2Client(clientOptions(sandbox));

  expect((await client.send(new ec2.DescribeVpcEndpointsCommand({}))).VpcEndpoints).toEqual(vpcEndpoints);
  const input = { IncludeManagedResources: true };
  expect((await client.send(new ec2.DescribeNetworkInterfacesCommand(input))).NetworkInterfaces).toEqual(
    networkInterfaces,
  );
});

test('the SDK reads CloudTrail events back as they were put in, newest first', async () => {
  const older = sampleOf<cloudtrail.Event>(cloudtrail.Event$, 2);
  const newer = {
    ...sampleOf<cloudtrail.Event>(cloudtrail.Event$, 0),
    EventTime: new Date('2026-10-02T00:00:00.250Z'),
  };
  const now = () => new Date('2026-10-03T00:00:00Z');
  const sandbox = await run(accountWith({ events: [older, newer] }), { now });
  const client = new cloudtrail.CloudTrailClient(clientOptions(sandbox));

  expect((await client.send(new cloudtrail.LookupEventsCommand({}))).Events).toEqual([newer, older]);
});

test('the SDK reads RDS clusters, proxies and proxy endpoints back as they were put in', async () => {
  const dbClusters = samplesOf<rds.DBCluster>(rds.DBCluster$);
  const dbProxies = samplesOf<rds.DBProxy>(rds.DBProxy$);
  const dbProxyEndpoints = samplesOf<rds.DBProxyEndpoint>(rds.DBProxyEndpoint$);
  const sandbox = await run(accountWith({ dbClusters, dbProxies, dbProxyEndpoints }));
  const client = new rds.RDSClient(clientOptions(sandbox));

  expect((await client.send(new rds.DescribeDBClustersCommand({}))).DBClusters).toEqual(dbClusters);
  expect((await client.send(new rds.DescribeDBProxiesCommand({}))).DBProxies).toEqual(dbProxies);
  expect((await client.send(new rds.DescribeDBProxyEndpointsCommand({}))).DBProxyEndpoints).toEqual(
    dbProxyEndpoints,
  );
});

test('the SDK reads Redshift clusters and managed endpoints back as they were put in', async () => {
  const redshiftClusters = samplesOf<redshift.Cluster>(redshift.Cluster$);
  const redshiftEndpointAccess = samplesOf<redshift.EndpointAccess>(redshift.EndpointAccess$);
  const sandbox = await run(accountWith({ redshiftClusters, redshiftEndpointAccess }));
  const client = new redshift.RedshiftClient(clientOptions(sandbox));

  expect((await client.send(new redshift.DescribeClustersCommand({}))).Clusters).toEqual(redshiftClusters);
  expect((await client.send(new redshift.DescribeEndpointAccessCommand({}))).EndpointAccessList).toEqual(
    redshiftEndpointAccess,
  );
});

test('the SDK reads Redshift Serverless workgroups and endpoints back as they were put in', async () => {
  const workgroups = samplesOf<serverless.Workgroup>(serverless.Workgroup$);
  const serverlessEndpointAccess = samplesOf<serverless.EndpointAccess>(serverless.EndpointAccess$);
  const sandbox = await run(accountWith({ workgroups, serverlessEndpointAccess }));
  const client = new serverless.RedshiftServerlessClient(clientOptions(sandbox));
  const workgroupName = workgroups[0]?.workgroupName;
  const endpointName = serverlessEndpointAccess[0]?.endpointName;

  expect((await client.send(new serverless.ListWorkgroupsCommand({}))).workgroups).toEqual(workgroups);
  expect((await client.send(new serverless.ListEndpointAccessCommand({}))).endpoints).toEqual(
    serverlessEndpointAccess,
  );
  expect((await client.send(new serverless.GetWorkgroupCommand({ workgroupName }))).workgroup).toEqual(
    workgroups[0],
  );
  expect((await client.send(new serverless.GetEndpointAccessCommand({ endpointName }))).endpoint).toEqual(
    serverlessEndpointAccess[0],
  );
});

test('the SDK reads firewalls and their endpoint associations back as they were put in', async () => {
  const firewall = {
    Firewall: sampleOf<networkFirewall.Firewall>(networkFirewall.Firewall$, 2),
    FirewallStatus: sampleOf<networkFirewall.FirewallStatus>(networkFirewall.FirewallStatus$, 2),
  };
  const association = {
    VpcEndpointAssociation: sampleOf<networkFirewall.VpcEndpointAssociation>(
      networkFirewall.VpcEndpointAssociation$,
      2,
    ),
    VpcEndpointAssociationStatus: sampleOf<networkFirewall.VpcEndpointAssociationStatus>(
      networkFirewall.VpcEndpointAssociationStatus$,
      2,
    ),
  };
  const sandbox = await run(accountWith({ firewalls: [firewall], vpcEndpointAssociations: [association] }));
  const client = new networkFirewall.NetworkFirewallClient(clientOptions(sandbox));
  const { FirewallName, FirewallArn } = firewall.Firewall;
  const { VpcEndpointAssociationArn } = association.VpcEndpointAssociation;

  expect(await client.send(new networkFirewall.DescribeFirewallCommand({ FirewallArn }))).toMatchObject(
    firewall,
  );
  expect(await client.send(new networkFirewall.DescribeFirewallCommand({ FirewallName }))).toMatchObject(
    firewall,
  );
  expect(
    await client.send(
      new networkFirewall.DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn }),
    ),
  ).toMatchObject(association);
  expect((await client.send(new networkFirewall.ListFirewallsCommand({}))).Firewalls).toEqual([
    {
      FirewallName,
      FirewallArn,
      TransitGatewayAttachmentId: firewall.FirewallStatus.TransitGatewayAttachmentSyncState?.AttachmentId,
    },
  ]);
  expect(
    (await client.send(new networkFirewall.ListVpcEndpointAssociationsCommand({}))).VpcEndpointAssociations,
  ).toEqual([{ VpcEndpointAssociationArn }]);
});

test('the SDK reads Transfer Family servers and web apps back as they were put in', async () => {
  const Server = {
    ...sampleOf<transfer.DescribedServer>(transfer.DescribedServer$, 2),
    ServerId: 's-0123456789abcdef0',
  };
  const WebApp = {
    ...sampleOf<transfer.DescribedWebApp>(transfer.DescribedWebApp$, 2),
    WebAppId: 'webapp-0123456789abcdef0',
  };
  const transferServers = [{ Server }];
  const transferWebApps = [{ WebApp }];
  const sandbox = await run(accountWith({ transferServers, transferWebApps }));
  const client = new transfer.TransferClient(clientOptions(sandbox));
  const { ServerId } = Server;
  const { WebAppId } = WebApp;

  expect((await client.send(new transfer.DescribeServerCommand({ ServerId }))).Server).toEqual(Server);
  expect((await client.send(new transfer.DescribeWebAppCommand({ WebAppId }))).WebApp).toEqual(WebApp);
});

test('the caller is a role of the account', async () => {
  const sandbox = await run(accountWith({}));
  const identity = await new sts.STSClient(clientOptions(sandbox)).send(new sts.GetCallerIdentityCommand({}));

  expect(identity).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/vpce-owner/sandbox',
  });
  expect(sandbox.calls).toEqual([
    { service: 'sts', operation: 'GetCallerIdentity', region: 'ap-northeast-1', input: {} },
  ]);
});
