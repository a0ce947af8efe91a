import type {
  EndpointAccess,
  VpcEndpoint,
  Workgroup,
  WorkgroupStatus,
} from '@aws-sdk/client-redshift-serverless';
import { rowsOf } from '../../world/account.ts';
import { serviceLinkedRole } from '../../world/creator.ts';
import { type Placed, placeEndpoint } from '../../world/endpoint.ts';
import { publishHostname } from '../../world/hostname.ts';
import { network as newNetwork } from '../../world/network.ts';
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
  workgroups: [] as Workgroup[],
  serverlessEndpointAccess: [] as EndpointAccess[],
});

/** It has no role of its own: Redshift's makes its endpoints. */
export const creator = serviceLinkedRole('redshift', 'AWSServiceRoleForRedshift');

export interface WorkgroupMade extends Made {
  readonly workgroup: Workgroup;
}

export function workgroup(scope: Scope, options: ListedOptions = {}): WorkgroupMade {
  const { name = scope.nextName('workgroup'), network = newNetwork(scope), ...rest } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `workgroup/${name}`,
    network,
    creator: creator,
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
      vpcEndpoints: listOf<VpcEndpoint>(listedEndpoint(placed), rest, ({ vpcEndpointId, vpcId }) => ({
        vpcEndpointId,
        vpcId,
        networkInterfaces: [],
      })),
    },
    publiclyAccessible: rest.resolves === 'public',
    creationDate: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
  };
  rows(scope.resources).workgroups.push(group);
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
  readonly endpointAccess: EndpointAccess;
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
    creator: creator,
  });
  const hostname = serverlessHostname(
    scope,
    `${name}-endpoint-${scope.tokenOf(`serverless-access/${name}`, 20)}`,
  );
  const endpointAccess: EndpointAccess = {
    endpointName: name,
    endpointStatus: rest.status ?? 'ACTIVE',
    workgroupName: 'owner' in workgroup ? workgroup.owner.resourceId : workgroup.workgroupName,
    endpointCreateTime: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    port: 5439,
    address: publishHostname(scope, hostname, placed, rest),
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
    vpcSecurityGroups: network.securityGroupIds.map((vpcSecurityGroupId) => ({
      vpcSecurityGroupId,
      status: 'active',
    })),
    vpcEndpoint: listedEndpoint(placed),
    endpointArn: scope.arn(
      'redshift-serverless',
      `managedvpcendpoint/${scope.uuidOf(`serverless-access/${name}`)}`,
    ),
  };
  rows(scope.resources).serverlessEndpointAccess.push(endpointAccess);
  const owner: Owner = {
    service: 'redshift-serverless',
    resourceType: 'AWS::RedshiftServerless::EndpointAccess',
    resourceId: name,
    arn: endpointAccess.endpointArn ?? null,
    parentArn: 'owner' in workgroup ? workgroup.owner.arn : null,
  };
  return { ...made(owner, network, placed), endpointAccess };
}

function listedEndpoint({ vpcEndpointId, endpoint, interfaces }: Placed) {
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

function serverlessHostname(scope: Scope, prefix: string): string {
  return `${prefix}.${scope.accountId}.${scope.region}.redshift-serverless.${scope.dnsSuffix}`;
}
