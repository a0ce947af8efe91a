export {
  DescribeDBProxiesCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBProxies,
  paginateDescribeDBProxyEndpoints,
  RDSClient as Client,
} from '@aws-sdk/client-rds';

export const prefix = 'rds';
