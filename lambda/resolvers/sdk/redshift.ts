export {
  paginateDescribeClusters,
  paginateDescribeEndpointAccess,
  RedshiftClient as Client,
} from '@aws-sdk/client-redshift';

export const prefix = 'redshift';
