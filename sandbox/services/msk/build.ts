import type { Cluster, DescribeVpcConnectionResponse } from '@aws-sdk/client-kafka';
import { rowsOf } from '../../world/account.ts';
import { forwardAccessSession } from '../../world/creator.ts';
import { type Placed, placeEndpoint } from '../../world/endpoint.ts';
import { publishHostname } from '../../world/hostname.ts';
import { network as newNetwork } from '../../world/network.ts';
import { type OrdinaryOptions, orphan } from '../../world/orphan.ts';
import {
  type Made,
  made,
  type NamedResourceOptions,
  type Owner,
  type ResourceOptions,
} from '../../world/owner.ts';
import type { Scope } from '../../world/scope.ts';

export interface ClusterRow {
  readonly cluster: Cluster;
  readonly bootstrap?: string;
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

export interface ConnectionRow {
  readonly connection: DescribeVpcConnectionResponse;
  findable?: boolean;
}

export const rows = rowsOf({ kafkaClusters: [] as ClusterRow[], kafkaConnections: [] as ConnectionRow[] });

export const creator = forwardAccessSession('kafka');

function tagsOf(clusterArn: string) {
  return { AWSMSKManaged: 'true', ClusterArn: clusterArn };
}

function clusterArn(scope: Scope, name: string, accountId?: string): string {
  return scope.arn('kafka', `cluster/${name}/${scope.uuidOf(`msk/${name}`)}-s1`, accountId);
}

/** What MSK left behind: no cluster and no connection has it. `tagged: false` leaves CloudTrail alone to tell. */
export function mskEndpoint(
  scope: Scope,
  options: OrdinaryOptions & { readonly tagged?: boolean } = {},
): Placed {
  const { name = scope.nextName('msk'), ...rest } = options;
  return orphan(scope, { ...rest, name, creator, serviceTags: tagsOf(clusterArn(scope, name)) });
}

export interface KafkaMade extends Made {
  readonly row: ClusterRow;
}

/** A serverless cluster with one VPC. */
export function serverlessKafka(
  scope: Scope,
  options: NamedResourceOptions & { readonly tagged?: boolean } = {},
): KafkaMade {
  const { name = scope.nextName('kafka'), network = newNetwork(scope), status, ...rest } = options;
  const arn = clusterArn(scope, name);
  const placed = placeEndpoint(scope, {
    serviceTags: tagsOf(arn),
    ...rest,
    name: `kafka/${name}`,
    network,
    creator,
  });
  const host = `boot-${scope.tokenOf(`kafka/${name}`, 8)}.c3.kafka-serverless.${scope.region}.${scope.dnsSuffix}`;
  const row: ClusterRow = {
    bootstrap: publishHostname(scope, host, placed, rest),
    cluster: {
      ClusterArn: arn,
      ClusterName: name,
      ClusterType: 'SERVERLESS',
      State: (status ?? 'ACTIVE') as Cluster['State'],
      CreationTime: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
      Serverless: {
        VpcConfigs: [
          {
            SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
            SecurityGroupIds: [...network.securityGroupIds],
          },
        ],
      },
    },
  };
  rows(scope.resources).kafkaClusters.push(row);
  const owner = ownerOf('AWS::MSK::ServerlessCluster', name, arn, null);
  return { ...made(owner, network, placed), row };
}

/** A cluster that holds no VPC endpoint. */
export function provisionedKafka(scope: Scope, options: { readonly name?: string } = {}): ClusterRow {
  const { name = scope.nextName('brokers') } = options;
  const row: ClusterRow = {
    cluster: {
      ClusterArn: clusterArn(scope, name),
      ClusterName: name,
      ClusterType: 'PROVISIONED',
      State: 'ACTIVE',
      CreationTime: scope.daysAgo(400),
      Provisioned: { BrokerNodeGroupInfo: undefined, NumberOfBrokerNodes: 3 },
    },
  };
  rows(scope.resources).kafkaClusters.push(row);
  return row;
}

export interface ConnectionMade extends Made {
  readonly row: ConnectionRow;
}

/** A managed VPC connection, to a cluster of this account or of another one. */
export function kafkaConnection(
  scope: Scope,
  options: ResourceOptions & { readonly tagged?: boolean; readonly target?: string } = {},
): ConnectionMade {
  const { name = scope.nextName('connection'), network = newNetwork(scope), status, ...rest } = options;
  const { target = clusterArn(scope, 'shared', '777788889999'), ...traits } = rest;
  const placed = placeEndpoint(scope, {
    serviceTags: tagsOf(target),
    ...traits,
    name: `kafka-connection/${name}`,
    network,
    creator,
  });
  const id = `${scope.accountId}/${name}/${scope.uuidOf(`kafka-connection/${name}`)}`;
  const arn = scope.arn('kafka', `vpc-connection/${id}`);
  const row: ConnectionRow = {
    connection: {
      VpcConnectionArn: arn,
      TargetClusterArn: target,
      State: (status ?? 'AVAILABLE') as DescribeVpcConnectionResponse['State'],
      Authentication: 'SASL_IAM',
      VpcId: network.vpcId,
      Subnets: network.subnets.map(({ subnetId }) => subnetId),
      SecurityGroups: [...network.securityGroupIds],
      CreationTime: traits.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    },
  };
  rows(scope.resources).kafkaConnections.push(row);
  return { ...made(ownerOf('AWS::MSK::VpcConnection', id, arn, target), network, placed), row };
}

function ownerOf(resourceType: string, resourceId: string, arn: string, parentArn: string | null): Owner {
  return { service: 'msk', resourceType, resourceId, arn, parentArn };
}
