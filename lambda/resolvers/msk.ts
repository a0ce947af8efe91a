import type { Cluster, VpcConnection } from '@aws-sdk/client-kafka';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { parseArn } from '../aws/region.ts';
import type { Items, Place, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, describeEach, hostOf, present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/msk.ts');
const notFound = absent('NotFoundException');

/**
 * MSK: serverless clusters, with an endpoint in each of their VPCs, and managed VPC connections, each to a cluster that may be
 * another account's. What is deleted here is the connection then, and never the cluster.
 *
 * Source: the tag `ClusterArn` (seen on an endpoint of a serverless cluster; of a connection AWS's policy says so, and it names
 * the target cluster), which anyone may write. A serverless cluster's bootstrap name is an alias of its endpoint (seen). Nothing
 * leads from a connection to its endpoint: one in the same VPC, subnets and groups is a candidate, and no owner.
 * Cost: a cluster that is named takes a call, its bootstrap name another one, and one page per 100 connections. To list: one page
 * per 100 serverless clusters and per 100 connections, and one call for each of them.
 * Missing: an empty page; NotFoundException for what a tag names. One that is listed and then not found is no absence.
 * Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters.html
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/vpc-connections.html
 */
export const msk: Service = {
  id: 'msk',
  name: 'Amazon MSK',
  marks: {
    principals: ['kafka'],
    roles: ['AWSServiceRoleForKafka'],
    tags: { ClusterArn: 'arn', AWSMSKManaged: 'any' },
    // AmazonMSKFullAccess lets it make none without.
    tagsAlways: true,
    never: neverAnAppliance,
  },
  actions: {
    // The target of a connection may be another account's.
    'kafka:DescribeClusterV2': [['kafka', 'cluster/*']],
    'kafka:DescribeVpcConnection': [['kafka', 'vpc-connection/*']],
    'kafka:GetBootstrapBrokers': 'anything',
    'kafka:ListClustersV2': 'anything',
    'kafka:ListVpcConnections': 'anything',
  },
  lists: [{ read: serverlessClusters }, { read: (aws) => connections(aws) }],
  unlisted: null,
  named: { arn: /^arn:[a-z-]+:kafka:[^:]*:\d{12}:cluster\/./, read: named },
  console: ({ type, arn }) =>
    type === 'AWS::MSK::VpcConnection'
      ? 'msk/home#/vpc-connections'
      : `msk/home#/cluster/${encodeURIComponent(arn ?? '')}/view`,
  removal: ({ type, id, arn }, { region }) =>
    type === 'AWS::MSK::VpcConnection'
      ? {
          summary: `Delete the managed VPC connection ${id}; AWS then deletes the endpoint. The cluster stays.`,
          commands: [['aws', 'kafka', 'delete-vpc-connection', '--arn', arn ?? id, '--region', region]],
          warnings: ['Clients in this VPC lose their way to the cluster.'],
          documentation: 'https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html',
        }
      : {
          summary: `Delete the MSK Serverless cluster ${id}; AWS then deletes its endpoints with it.`,
          commands: [['aws', 'kafka', 'delete-cluster', '--cluster-arn', arn ?? id, '--region', region]],
          warnings: ['This deletes the cluster with all topics, and every endpoint of it in other VPCs.'],
          documentation: 'https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html',
        },
};

async function* serverlessClusters(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListClustersV2 } = await aws(sdk);
  const listed = paginateListClustersV2({ client }, { ClusterTypeFilter: 'SERVERLESS', MaxResults: 100 });
  for await (const page of pages('kafka:ListClustersV2', listed, 'ClusterInfoList')) {
    const byArn = new Map(
      page.map((cluster) => [required(cluster.ClusterArn, 'kafka:ListClustersV2'), cluster]),
    );
    yield describeEach('kafka:GetBootstrapBrokers', [...byArn.keys()], (arn) =>
      withHostnames(aws, 'kafka:ListClustersV2', arn, byArn.get(arn) ?? {}),
    );
  }
}

/** @param target the ARN of the cluster that they lead to; absent: any */
async function* connections(aws: Aws, target?: string): AsyncGenerator<Items> {
  const { client, paginateListVpcConnections } = await aws(sdk);
  const listed = paginateListVpcConnections({ client }, { MaxResults: 100 });
  for await (const page of pages('kafka:ListVpcConnections', listed, 'VpcConnections')) {
    const wanted = page.filter(({ TargetClusterArn }) => target === undefined || TargetClusterArn === target);
    const arns = wanted.map(({ VpcConnectionArn }) => required(VpcConnectionArn, 'kafka:ListVpcConnections'));
    yield describeEach('kafka:DescribeVpcConnection', arns, (arn) => describeConnection(aws, arn));
  }
}

/** The cluster that a tag names, where it is this account's, and this account's connections to it. */
async function* named(aws: Aws, arn: string, { accountId }: Place): AsyncGenerator<Items> {
  const owner = parseArn(arn)?.accountId;
  if (accountId === null || owner === accountId) {
    const cluster = await describeCluster(aws, arn);
    if (cluster !== undefined) yield [cluster];
    // Its own endpoints are those of no connection.
    if (cluster?.type === 'AWS::MSK::ServerlessCluster') return;
  }
  for await (const items of connections(aws, arn)) if (items.length > 0) yield items;
}

async function describeCluster(aws: Aws, ClusterArn: string): Promise<Resource | undefined> {
  const { client, DescribeClusterV2Command } = await aws(sdk);
  const answer = await client.send(new DescribeClusterV2Command({ ClusterArn })).catch(notFound);
  if (answer === undefined) return undefined;
  const { ClusterInfo: cluster } = answer;
  if (cluster === undefined)
    throw new MalformedAnswer('kafka:DescribeClusterV2: the answer has no ClusterInfo');
  return withHostnames(aws, 'kafka:DescribeClusterV2', ClusterArn, cluster);
}

/**
 * @param action that returned the cluster
 * @returns `undefined` where the cluster is not found any more
 */
async function withHostnames(
  aws: Aws,
  action: string,
  arn: string,
  cluster: Cluster,
): Promise<Resource | undefined> {
  const { ClusterName, ClusterType, Provisioned, Serverless, State, CreationTime } = cluster;
  const base = { id: required(ClusterName, action), arn, createdAt: CreationTime };
  // The brokers of a provisioned cluster have network interfaces, and no endpoint.
  if (Serverless === undefined && (ClusterType === 'PROVISIONED' || Provisioned !== undefined))
    return { ...base, type: 'AWS::MSK::Cluster', shows: {}, network: {}, mostEndpoints: 0 };
  const vpcs = Serverless?.VpcConfigs ?? [];
  const isMade = State !== 'CREATING';
  const hostnames = isMade ? await bootstrapNames(aws, arn) : [];
  if (hostnames === undefined) return undefined;
  return {
    ...base,
    type: 'AWS::MSK::ServerlessCluster',
    shows: { hostnames },
    network: {
      subnetIds: vpcs.flatMap(({ SubnetIds }) => SubnetIds ?? []),
      securityGroupIds: vpcs.flatMap(({ SecurityGroupIds }) => SecurityGroupIds ?? []),
    },
    state: stateOf(State),
  };
}

/** A name for each way to sign in, all of the same host. */
async function bootstrapNames(aws: Aws, ClusterArn: string): Promise<readonly string[] | undefined> {
  const { client, GetBootstrapBrokersCommand } = await aws(sdk);
  const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn })).catch(notFound);
  if (answer === undefined) return undefined;
  const texts = Object.entries(answer).flatMap(([key, value]) =>
    key.startsWith('BootstrapBrokerString') && typeof value === 'string' ? value.split(',') : [],
  );
  const names = new Set(present(...texts).map(hostOf));
  if (names.size === 0) throw new MalformedAnswer('kafka:GetBootstrapBrokers: the answer has no name');
  return [...names];
}

async function describeConnection(aws: Aws, Arn: string): Promise<Resource | undefined> {
  const { client, DescribeVpcConnectionCommand } = await aws(sdk);
  const connection = await client.send(new DescribeVpcConnectionCommand({ Arn })).catch(notFound);
  if (connection === undefined) return undefined;
  const { VpcConnectionArn = Arn, TargetClusterArn, VpcId, Subnets, SecurityGroups, State } = connection;
  if (Subnets === undefined)
    throw new MalformedAnswer('kafka:DescribeVpcConnection: the answer has no Subnets');
  return {
    type: 'AWS::MSK::VpcConnection',
    id: VpcConnectionArn.replace(/^.*?:vpc-connection\//, ''),
    arn: VpcConnectionArn,
    parentArn: TargetClusterArn ?? null,
    shows: {},
    network: { vpcId: VpcId, subnetIds: Subnets, securityGroupIds: SecurityGroups },
    createdAt: connection.CreationTime,
    state: connectionState(State),
  };
}

function connectionState(state: VpcConnection['State']): Resource['state'] {
  if (state === 'DELETING') return 'deleting';
  return state === 'CREATING' ? unsettled('may not have its endpoint yet', state) : undefined;
}

function stateOf(state: string | undefined): Resource['state'] {
  if (state === 'DELETING') return 'deleting';
  return state === 'CREATING' ? unsettled('has no bootstrap name yet', state) : undefined;
}
