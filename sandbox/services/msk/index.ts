import { AwsError } from '../../protocols/protocol.ts';
import { restJson } from '../../protocols/rest-json.ts';
import { pageSize, text } from '../input.ts';
import type { Service } from '../service.ts';
import {
  type ClusterRow,
  creator,
  kafkaConnection,
  mskEndpoint,
  provisionedKafka,
  rows,
  serverlessKafka,
} from './build.ts';
import { examples, kinds } from './examples.ts';

export type { ConnectionMade, KafkaMade } from './build.ts';

/** @see https://docs.aws.amazon.com/MSK/2.0/APIReference/resources.html */
export const msk = {
  id: 'msk',
  api: {
    id: 'kafka',
    protocol: restJson({
      routes: {
        ListClustersV2: 'GET /api/v2/clusters',
        DescribeClusterV2: 'GET /api/v2/clusters/{ClusterArn}',
        GetBootstrapBrokers: 'GET /v1/clusters/{ClusterArn}/bootstrap-brokers',
        ListVpcConnections: 'GET /v1/vpc-connections',
        DescribeVpcConnection: 'GET /v1/vpc-connection/{Arn}',
      },
      members: 'small-first-letter',
      timestamps: 'iso8601',
      errorNames: {
        denied: ['ForbiddenException', 403],
        throttled: ['TooManyRequestsException', 429],
        internal: ['InternalServerErrorException', 500],
      },
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('BadRequestException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { mskEndpoint, serverlessKafka, kafkaConnection, provisionedKafka },
  examples,
  kinds,
  operations: {
    ListClustersV2: (input, { region, page }) => {
      const type = text(input, 'clusterTypeFilter');
      const clusters = rows(region).kafkaClusters.map(({ cluster }) => cluster);
      const wanted = clusters.filter(({ ClusterType }) => type === undefined || ClusterType === type);
      return page('clusterInfoList', wanted, maxResults(input));
    },
    DescribeClusterV2: (input, { region }) => ({ ClusterInfo: clusterOf(input, region).cluster }),
    GetBootstrapBrokers: (input, { region }) => {
      const { bootstrap } = clusterOf(input, region);
      return bootstrap === undefined ? {} : { BootstrapBrokerStringSaslIam: `${bootstrap}:9098` };
    },
    ListVpcConnections: (input, { region, page }) => {
      const connections = rows(region).kafkaConnections.map(({ connection }) => {
        const { VpcConnectionArn, TargetClusterArn, CreationTime, Authentication, VpcId, State } = connection;
        return { VpcConnectionArn, TargetClusterArn, CreationTime, Authentication, VpcId, State };
      });
      return page('vpcConnections', connections, maxResults(input));
    },
    DescribeVpcConnection: (input, { region }) => {
      const arn = text(input, 'Arn');
      const found = rows(region).kafkaConnections.find(
        ({ connection }) => connection.VpcConnectionArn === arn,
      );
      if (found === undefined || found.findable === false) throw notFound('VPC connection');
      return found.connection;
    },
  },
} as const satisfies Service;

type Input = Parameters<typeof text>[0];

function maxResults(input: Input): number {
  const refuse = (value: string) =>
    new AwsError('BadRequestException', `maxResults must be between 1 and 100, not ${value}`);
  return pageSize(input, 'maxResults', { min: 1, max: 100 }, refuse) ?? 100;
}

function clusterOf(input: Input, region: Parameters<typeof rows>[0]): ClusterRow {
  const arn = text(input, 'ClusterArn');
  const found = rows(region).kafkaClusters.find(({ cluster }) => cluster.ClusterArn === arn);
  if (found === undefined || found.findable === false) throw notFound('cluster');
  return found;
}

function notFound(what: string): AwsError {
  return new AwsError('NotFoundException', `The requested ${what} does not exist.`, 404);
}
