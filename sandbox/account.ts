/**
 * What an AWS account holds, in the words of the AWS APIs: each list is what the service's own operation returns.
 * The services (`sandbox/services/`) answer from it; `sandbox/build.ts` fills it.
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { NetworkInterface, VpcEndpoint } from '@aws-sdk/client-ec2';
import type {
  Firewall,
  FirewallStatus,
  VpcEndpointAssociation,
  VpcEndpointAssociationStatus,
} from '@aws-sdk/client-network-firewall';
import type { DBCluster, DBProxy, DBProxyEndpoint } from '@aws-sdk/client-rds';
import type { Cluster, EndpointAccess } from '@aws-sdk/client-redshift';
import type {
  EndpointAccess as ServerlessEndpointAccess,
  Workgroup,
} from '@aws-sdk/client-redshift-serverless';

export interface Account {
  readonly accountId: string;
  readonly regions: Record<string, Region>;
  /** Every name the sandbox's DNS server knows; a name not in it does not exist (NXDOMAIN). Lower case, no final dot. */
  readonly dns: Record<string, DnsName>;
}

/** Exactly one alias, or addresses; a name with neither exists and has no records (NODATA). */
export interface DnsName {
  readonly cname?: string;
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
}

/** The resources of one Region. */
export interface Region {
  vpcEndpoints: VpcEndpoint[];
  networkInterfaces: NetworkInterface[];
  /** CloudTrail's event history, in any order; LookupEvents answers newest first. */
  events: Event[];
  dbClusters: DBCluster[];
  dbProxies: DBProxy[];
  dbProxyEndpoints: DBProxyEndpoint[];
  redshiftClusters: Cluster[];
  redshiftEndpointAccess: EndpointAccess[];
  workgroups: Workgroup[];
  serverlessEndpointAccess: ServerlessEndpointAccess[];
  firewalls: ({ Firewall: Firewall; FirewallStatus: FirewallStatus } & Describable)[];
  vpcEndpointAssociations: ({
    VpcEndpointAssociation: VpcEndpointAssociation;
    VpcEndpointAssociationStatus: VpcEndpointAssociationStatus;
  } & Describable)[];
}

/** A resource that is deleted between the list and the question about it is listed, and not found. */
export interface Describable {
  readonly describable?: boolean;
}
