/** The procedure in code, one call after the other, with the SDK's clients as they come. */
import { Resolver } from 'node:dns/promises';
import { CloudTrailClient, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeFirewallCommand,
  DescribeVpcEndpointAssociationCommand,
  NetworkFirewallClient,
  paginateListFirewalls,
  paginateListVpcEndpointAssociations,
} from '@aws-sdk/client-network-firewall';
import {
  paginateDescribeDBClusters,
  paginateDescribeDBProxies,
  paginateDescribeDBProxyEndpoints,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  paginateDescribeClusters,
  paginateDescribeEndpointAccess,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import {
  paginateListEndpointAccess,
  paginateListWorkgroups,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { region } from './account.ts';
import type { Hands } from './procedure.ts';
import { credentials } from './program.ts';
import type { Ready } from './simulator.ts';

export function handsWithSdk({ url: endpoint, dnsServer }: Ready): Hands {
  const options = { region, endpoint, credentials };
  const ec2 = new EC2Client(options);
  const trail = { client: new CloudTrailClient(options) };
  const firewalls = { client: new NetworkFirewallClient(options) };
  const rds = { client: new RDSClient(options) };
  const redshift = { client: new RedshiftClient(options) };
  const serverless = { client: new RedshiftServerlessClient(options) };
  return {
    endpoint: async (id) => {
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
      return VpcEndpoints?.[0] ?? {};
    },
    events: (id) => {
      const LookupAttributes = [{ AttributeKey: 'ResourceName' as const, AttributeValue: id }];
      return all(paginateLookupEvents(trail, { LookupAttributes }), 'Events');
    },
    firewalls: (vpcId) => all(paginateListFirewalls(firewalls, { VpcIds: [vpcId] }), 'Firewalls'),
    firewall: (FirewallArn) => firewalls.client.send(new DescribeFirewallCommand({ FirewallArn })),
    associations: () => all(paginateListVpcEndpointAssociations(firewalls, {}), 'VpcEndpointAssociations'),
    association: (VpcEndpointAssociationArn) =>
      firewalls.client.send(new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn })),
    dbClusters: () => all(paginateDescribeDBClusters(rds, {}), 'DBClusters'),
    dbProxies: () => all(paginateDescribeDBProxies(rds, {}), 'DBProxies'),
    dbProxyEndpoints: () => all(paginateDescribeDBProxyEndpoints(rds, {}), 'DBProxyEndpoints'),
    clusters: () => all(paginateDescribeClusters(redshift, {}), 'Clusters'),
    clusterAccess: (VpcId) => all(paginateDescribeEndpointAccess(redshift, { VpcId }), 'EndpointAccessList'),
    workgroups: () => all(paginateListWorkgroups(serverless, {}), 'workgroups'),
    workgroupAccess: (vpcId) => all(paginateListEndpointAccess(serverless, { vpcId }), 'endpoints'),
    aliases: aliasesFrom(dnsServer),
  };
}

/** What `dig +short NAME CNAME` prints, without a program to be started. */
export function aliasesFrom(dnsServer: string): Hands['aliases'] {
  const resolver = new Resolver();
  resolver.setServers([dnsServer]);
  return (hostname) => resolver.resolveCname(hostname).catch(() => []);
}

async function all<Page extends object, Key extends keyof Page>(
  pages: AsyncIterable<Page>,
  key: Key,
): Promise<NonNullable<Page[Key]>[keyof NonNullable<Page[Key]> & number][]> {
  const items: NonNullable<Page[Key]>[keyof NonNullable<Page[Key]> & number][] = [];
  for await (const page of pages) items.push(...((page[key] ?? []) as typeof items));
  return items;
}
