import type { Cluster, EndpointAccess, VpcEndpoint } from '@aws-sdk/client-redshift';
import { rowsOf } from '../../world/account.ts';
import { serviceLinkedRole } from '../../world/creator.ts';
import { type Placed, placeEndpoint } from '../../world/endpoint.ts';
import { publishHostname } from '../../world/hostname.ts';
import { type Network, network as newNetwork } from '../../world/network.ts';
import {
  type ListedOptions,
  listOf,
  type Made,
  made,
  type NamedResourceOptions,
  type Owner,
} from '../../world/owner.ts';
import type { Scope } from '../../world/scope.ts';

export const rows = rowsOf({
  redshiftClusters: [] as Cluster[],
  redshiftEndpointAccess: [] as EndpointAccess[],
});

export const creator = serviceLinkedRole('redshift', 'AWSServiceRoleForRedshift');

export interface ClusterMade extends Made {
  readonly cluster: Cluster;
}

export function redshiftCluster(scope: Scope, options: ListedOptions = {}): ClusterMade {
  const { name = scope.nextName('redshift'), network = newNetwork(scope), ...rest } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `redshift/${name}`,
    network,
    creator: creator,
  });
  const hostname = redshiftHostname(scope, `${name}.${scope.tokenOf('redshift-clusters', 12)}`);
  const cluster: Cluster = {
    ClusterIdentifier: name,
    NodeType: 'ra3.xlplus',
    ClusterStatus: rest.status ?? 'available',
    Endpoint: {
      Address: publishHostname(scope, hostname, placed, rest),
      Port: 5439,
      VpcEndpoints: listOf<VpcEndpoint>(listedEndpoint(placed), rest, ({ vpcEndpointId, vpcId }) => ({
        VpcEndpointId: vpcEndpointId,
        VpcId: vpcId,
        NetworkInterfaces: [],
      })),
    },
    ClusterCreateTime: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    VpcSecurityGroups: membership(network),
    ClusterSubnetGroupName: `subnets-${network.vpcId}`,
    VpcId: network.vpcId,
    AvailabilityZone: network.subnets[0]?.availabilityZone,
    NumberOfNodes: 2,
    PubliclyAccessible: rest.resolves === 'public',
    ClusterNamespaceArn: scope.arn('redshift', `namespace:${scope.uuidOf(`namespace/${name}`)}`),
  };
  rows(scope.resources).redshiftClusters.push(cluster);
  const owner: Owner = {
    service: 'redshift',
    resourceType: 'AWS::Redshift::Cluster',
    resourceId: name,
    arn: scope.arn('redshift', `cluster:${name}`),
    parentArn: null,
  };
  return { ...made(owner, network, placed), cluster };
}

export interface EndpointAccessMade extends Made {
  readonly endpointAccess: EndpointAccess;
}

/** A Redshift-managed VPC endpoint. The cluster may be another account's: that account granted the access. */
export function redshiftEndpointAccess(
  scope: Scope,
  options: NamedResourceOptions & {
    readonly cluster: ClusterMade | { readonly clusterIdentifier: string; readonly resourceOwner: string };
  },
): EndpointAccessMade {
  const { name = scope.nextName('redshift-access'), network = newNetwork(scope), cluster, ...rest } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `redshift-access/${name}`,
    network,
    creator: creator,
  });
  const { clusterIdentifier, resourceOwner } =
    'owner' in cluster
      ? { clusterIdentifier: cluster.owner.resourceId, resourceOwner: scope.accountId }
      : cluster;
  const token = scope.tokenOf('redshift-clusters', 12);
  const hostname = redshiftHostname(
    scope,
    `${name}-endpoint-${scope.tokenOf(`access/${name}`, 20)}.${token}`,
  );
  const endpointAccess: EndpointAccess = {
    ClusterIdentifier: clusterIdentifier,
    ResourceOwner: resourceOwner,
    SubnetGroupName: `subnets-${network.vpcId}`,
    EndpointStatus: rest.status ?? 'active',
    EndpointName: name,
    EndpointCreateTime: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    Port: 5439,
    Address: publishHostname(scope, hostname, placed, rest),
    VpcSecurityGroups: membership(network),
    VpcEndpoint: listedEndpoint(placed),
  };
  rows(scope.resources).redshiftEndpointAccess.push(endpointAccess);
  const owner: Owner = {
    service: 'redshift',
    resourceType: 'AWS::Redshift::EndpointAccess',
    resourceId: name,
    arn: null,
    parentArn: scope.arn('redshift', `cluster:${clusterIdentifier}`, resourceOwner),
  };
  return { ...made(owner, network, placed), endpointAccess };
}

function listedEndpoint({ vpcEndpointId, endpoint, interfaces }: Placed): VpcEndpoint {
  return { VpcEndpointId: vpcEndpointId, VpcId: endpoint.VpcId, NetworkInterfaces: [...interfaces] };
}

function membership(network: Network) {
  return network.securityGroupIds.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' }));
}

function redshiftHostname(scope: Scope, prefix: string): string {
  return `${prefix}.${scope.region}.redshift.${scope.dnsSuffix}`;
}
