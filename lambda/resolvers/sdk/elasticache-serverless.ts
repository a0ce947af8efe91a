export {
  ElastiCacheClient as Client,
  paginateDescribeServerlessCaches,
} from '@aws-sdk/client-elasticache';

export const prefix = 'elasticache';
