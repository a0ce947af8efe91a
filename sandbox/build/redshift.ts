import type { Cluster, EndpointAccess, VpcEndpoint } from '@aws-sdk/client-redshift';
import type {
  EndpointAccess as ServerlessEndpointAccess,
  Workgroup,
  WorkgroupStatus,
} from '@aws-sdk/client-redshift-serverless';
import { creators } from './creator.ts';
import { type Placed, placeEndpoint } from './endpoint.ts';
import { publishHostname } from './hostname.ts';
import { type Network, network as newNetwork } from './network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from './owner.ts';
import type { Scope } from './scope.ts';

/** Whether the service's own API lists the endpoint; where it does not, only the hostname leads there. */
export interface Listed {
  readonly listed?: boolean;
}

export interface ClusterMade extends Made {
  readonly cluster: Cluster;
}

export function redshiftCluster(scope: Scope, options: NamedResourceOptions & Listed = {}): ClusterMade {
  const { name = scope.nextName('redshift'), network = newNetwork(scope), listed = true, ...rest } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `redshift/${name}`,
    network,
    creator: creators.redshift,
  });
  const hostname = redshiftHostname(scope, `${name}.${scope.tokenOf('redshift-clusters', 12)}`);
  const cluster: Cluster = {
    ClusterIdentifier: name,
    NodeType: 'ra3.xlplus',
    ClusterStatus: rest.status ?? 'available',
    Endpoint: {
      Address: publishHostname(scope, hostname, placed, rest),
      Port: 5439,
      VpcEndpoints: listed ? [listedEndpoint(placed)] : [],
    },
    ClusterCreateTime: placed.endpoint.CreationTimestamp,
    VpcSecurityGroups: membership(network),
    ClusterSubnetGroupName: `subnets-${network.vpcId}`,
    VpcId: network.vpcId,
    AvailabilityZone: network.subnets[0]?.availabilityZone,
    NumberOfNodes: 2,
    PubliclyAccessible: rest.resolves === 'public',
    ClusterNamespaceArn: scope.arn('redshift', `namespace:${scope.uuidOf(`namespace/${name}`)}`),
  };
  scope.resources.redshiftClusters.push(cluster);
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
    creator: creators.redshift,
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
    EndpointCreateTime: placed.endpoint.CreationTimestamp,
    Port: 5439,
    Address: publishHostname(scope, hostname, placed, rest),
    VpcSecurityGroups: membership(network),
    VpcEndpoint: listedEndpoint(placed),
  };
  scope.resources.redshiftEndpointAccess.push(endpointAccess);
  const owner: Owner = {
    service: 'redshift',
    resourceType: 'AWS::Redshift::EndpointAccess',
    resourceId: name,
    arn: null,
    parentArn: scope.arn('redshift', `cluster:${clusterIdentifier}`, resourceOwner),
  };
  return { ...made(owner, network, placed), endpointAccess };
}

export interface WorkgroupMade extends Made {
  readonly workgroup: Workgroup;
}

export function workgroup(scope: Scope, options: NamedResourceOptions & Listed = {}): WorkgroupMade {
  const { name = scope.nextName('workgroup'), network = newNetwork(scope), listed = true, ...rest } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `workgroup/${name}`,
    network,
    creator: creators.redshift,
  });
  const workgroupId = scope.uuidOf(`workgroup/${name}`);
  const group: Workgroup = {
    workgroupId,
    workgroupArn: scope.arn('redshift-serverless', `workgroup/${workgroupId}`),
    workgroupName: name,
    namespaceName: name,
    securityGroupIds: [...network.securityGroupIds],
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
    status: (rest.status ?? 'AVAILABLE') as WorkgroupStatus,
    endpoint: {
      address: publishHostname(scope, serverlessHostname(scope, name), placed, rest),
      port: 5439,
      vpcEndpoints: listed ? [listedServerlessEndpoint(placed)] : [],
    },
    publiclyAccessible: rest.resolves === 'public',
    creationDate: placed.endpoint.CreationTimestamp,
  };
  scope.resources.workgroups.push(group);
  const owner: Owner = {
    service: 'redshift-serverless',
    resourceType: 'AWS::RedshiftServerless::Workgroup',
    resourceId: name,
    arn: group.workgroupArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), workgroup: group };
}

export interface ServerlessEndpointAccessMade extends Made {
  readonly endpointAccess: ServerlessEndpointAccess;
}

/** The workgroup may be another account's, and then only its name is known. */
export function serverlessEndpointAccess(
  scope: Scope,
  options: NamedResourceOptions & { readonly workgroup: WorkgroupMade | { readonly workgroupName: string } },
): ServerlessEndpointAccessMade {
  const {
    name = scope.nextName('serverless-access'),
    network = newNetwork(scope),
    workgroup,
    ...rest
  } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `serverless-access/${name}`,
    network,
    creator: creators.redshift,
  });
  const hostname = serverlessHostname(
    scope,
    `${name}-endpoint-${scope.tokenOf(`serverless-access/${name}`, 20)}`,
  );
  const endpointAccess: ServerlessEndpointAccess = {
    endpointName: name,
    endpointStatus: rest.status ?? 'ACTIVE',
    workgroupName: 'owner' in workgroup ? workgroup.owner.resourceId : workgroup.workgroupName,
    endpointCreateTime: placed.endpoint.CreationTimestamp,
    port: 5439,
    address: publishHostname(scope, hostname, placed, rest),
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
    vpcSecurityGroups: network.securityGroupIds.map((vpcSecurityGroupId) => ({
      vpcSecurityGroupId,
      status: 'active',
    })),
    vpcEndpoint: listedServerlessEndpoint(placed),
    endpointArn: scope.arn(
      'redshift-serverless',
      `managedvpcendpoint/${scope.uuidOf(`serverless-access/${name}`)}`,
    ),
  };
  scope.resources.serverlessEndpointAccess.push(endpointAccess);
  const owner: Owner = {
    service: 'redshift-serverless',
    resourceType: 'AWS::RedshiftServerless::EndpointAccess',
    resourceId: name,
    arn: endpointAccess.endpointArn ?? null,
    parentArn: 'owner' in workgroup ? workgroup.owner.arn : null,
  };
  return { ...made(owner, network, placed), endpointAccess };
}

function listedEndpoint({ vpcEndpointId, endpoint, interfaces }: Placed): VpcEndpoint {
  return { VpcEndpointId: vpcEndpointId, VpcId: endpoint.VpcId, NetworkInterfaces: [...interfaces] };
}

function listedServerlessEndpoint({ vpcEndpointId, endpoint, interfaces }: Placed) {
  return {
    vpcEndpointId,
    vpcId: endpoint.VpcId,
    networkInterfaces: interfaces.map((eni) => ({
      networkInterfaceId: eni.NetworkInterfaceId,
      subnetId: eni.SubnetId,
      privateIpAddress: eni.PrivateIpAddress,
      availabilityZone: eni.AvailabilityZone,
    })),
  };
}

function membership(network: Network) {
  return network.securityGroupIds.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: 'active' }));
}

function redshiftHostname(scope: Scope, prefix: string): string {
  return `${prefix}.${scope.region}.redshift.${scope.dnsSuffix}`;
}

function serverlessHostname(scope: Scope, prefix: string): string {
  return `${prefix}.${scope.accountId}.${scope.region}.redshift-serverless.${scope.dnsSuffix}`;
}
