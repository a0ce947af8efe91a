export {
  DescribeClusterV2Command,
  DescribeVpcConnectionCommand,
  GetBootstrapBrokersCommand,
  KafkaClient as Client,
  paginateListClustersV2,
  paginateListVpcConnections,
} from '@aws-sdk/client-kafka';

export const prefix = 'kafka';
