/**
 * How an engineer finds the owner by hand, step by step: the endpoint's tags, its creation in CloudTrail, then one
 * service after the other: which firewall's details name the endpoint, which hostname of a database is an alias of it.
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { FirewallMetadata, VpcEndpointAssociationMetadata } from '@aws-sdk/client-network-firewall';
import type { DBCluster, DBProxy, DBProxyEndpoint } from '@aws-sdk/client-rds';
import type { Cluster, EndpointAccess } from '@aws-sdk/client-redshift';
import type {
  EndpointAccess as ServerlessEndpointAccess,
  Workgroup,
} from '@aws-sdk/client-redshift-serverless';

/** The calls as whoever follows the procedure makes them. A list is all pages of it. */
export interface Hands {
  readonly endpoint: (id: string) => Promise<VpcEndpoint>;
  readonly events: (endpointId: string) => Promise<readonly Event[]>;
  readonly firewalls: (vpcId: string) => Promise<readonly FirewallMetadata[]>;
  /** With its status, which names its endpoints. */
  readonly firewall: (arn: string) => Promise<object>;
  readonly associations: () => Promise<readonly VpcEndpointAssociationMetadata[]>;
  readonly association: (arn: string) => Promise<object>;
  readonly dbClusters: () => Promise<readonly DBCluster[]>;
  readonly dbProxies: () => Promise<readonly DBProxy[]>;
  readonly dbProxyEndpoints: () => Promise<readonly DBProxyEndpoint[]>;
  readonly clusters: () => Promise<readonly Cluster[]>;
  readonly clusterAccess: (vpcId: string) => Promise<readonly EndpointAccess[]>;
  readonly workgroups: () => Promise<readonly Workgroup[]>;
  readonly workgroupAccess: (vpcId: string) => Promise<readonly ServerlessEndpointAccess[]>;
  /** The names that a hostname is an alias of. */
  readonly aliases: (hostname: string) => Promise<readonly string[]>;
}

type Holders = AsyncGenerator<string>;

/** @returns the owners, each as it is found: their names, or an ARN with the id in it */
export async function* procedure(hands: Hands, id: string): Holders {
  const endpoint = await hands.endpoint(id);
  const { VpcId: vpcId = '', Tags = [], CreationTimestamp: createdAt } = endpoint;
  const tagged = Tags.find(({ Key }) => Key === 'Firewall')?.Value;
  if (tagged !== undefined && names(await hands.firewall(tagged), id)) yield tagged;

  const recent = Date.now() - Number(new Date(createdAt ?? 0)) < 90 * 86_400_000;
  const record = JSON.stringify(recent ? await hands.events(id) : []);
  const order = [
    { when: /AWSNetworkFirewallManaged/, step: () => firewalls(hands, id, vpcId) },
    { when: /RDSAuroraServer?less/, step: () => dbClusters(hands, id) },
    { when: /RDSSlrAssumptionSession/, step: () => dbProxies(hands, id, vpcId) },
  ];
  // Whom CloudTrail names first, then everyone else.
  order.sort((a, b) => Number(b.when.test(record)) - Number(a.when.test(record)));
  for (const { step } of order) yield* step();
  yield* redshift(hands, id, vpcId);
  yield* associations(hands, id);
}

async function* firewalls(hands: Hands, id: string, vpcId: string): Holders {
  for (const { FirewallArn = '' } of await hands.firewalls(vpcId)) {
    if (names(await hands.firewall(FirewallArn), id)) yield FirewallArn;
  }
}

/** A call for each of the whole Region, so they come last. */
async function* associations(hands: Hands, id: string): Holders {
  for (const { VpcEndpointAssociationArn: arn = '' } of await hands.associations()) {
    if (names(await hands.association(arn), id)) yield arn;
  }
}

async function* dbClusters(hands: Hands, id: string): Holders {
  for (const cluster of await hands.dbClusters()) {
    if (cluster.EngineMode !== 'serverless') continue;
    for (const hostname of [cluster.Endpoint, cluster.ReaderEndpoint]) {
      if (await leadsTo(hands, hostname, id)) yield cluster.DBClusterIdentifier ?? '';
    }
  }
}

async function* dbProxies(hands: Hands, id: string, vpcId: string): Holders {
  for (const proxy of await hands.dbProxies()) {
    if (proxy.VpcId === vpcId && (await leadsTo(hands, proxy.Endpoint, id))) yield proxy.DBProxyName ?? '';
  }
  for (const added of await hands.dbProxyEndpoints()) {
    if (added.IsDefault || added.VpcId !== vpcId) continue;
    if (await leadsTo(hands, added.Endpoint, id)) yield added.DBProxyEndpointName ?? '';
  }
}

async function* redshift(hands: Hands, id: string, vpcId: string): Holders {
  for (const cluster of await hands.clusters()) {
    const { Address, VpcEndpoints = [] } = cluster.Endpoint ?? {};
    if (names(VpcEndpoints, id)) yield cluster.ClusterIdentifier ?? '';
    if (VpcEndpoints.length > 0 || cluster.VpcId !== vpcId) continue;
    if (await leadsTo(hands, Address, id)) yield cluster.ClusterIdentifier ?? '';
  }
  for (const access of await hands.clusterAccess(vpcId)) {
    if (names(access.VpcEndpoint, id)) yield access.EndpointName ?? '';
  }
  for (const workgroup of await hands.workgroups()) {
    const { address, vpcEndpoints = [] } = workgroup.endpoint ?? {};
    if (names(vpcEndpoints, id)) yield workgroup.workgroupName ?? '';
    if (vpcEndpoints.length > 0) continue;
    if (await leadsTo(hands, address, id)) yield workgroup.workgroupName ?? '';
  }
  for (const access of await hands.workgroupAccess(vpcId)) {
    if (names(access.vpcEndpoint, id)) yield access.endpointName ?? '';
  }
}

/** Whether an answer has the endpoint's id in it, wherever. */
function names(answer: object | undefined, id: string): boolean {
  return answer !== undefined && JSON.stringify(answer).includes(id);
}

async function leadsTo(hands: Hands, hostname: string | undefined, id: string): Promise<boolean> {
  if (!hostname) return false;
  return (await hands.aliases(hostname)).some((name) => name.startsWith(`${id}-`));
}
