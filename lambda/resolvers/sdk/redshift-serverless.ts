export {
  GetWorkgroupCommand,
  paginateListEndpointAccess,
  paginateListWorkgroups,
  RedshiftServerlessClient as Client,
} from '@aws-sdk/client-redshift-serverless';

export const prefix = 'redshift-serverless';
