export {
  DescribeVpcEndpointsCommand,
  ListVpcEndpointsCommand,
  OpenSearchClient as Client,
} from '@aws-sdk/client-opensearch';

export const prefix = 'es';
