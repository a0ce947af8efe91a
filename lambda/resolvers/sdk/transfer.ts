export {
  DescribeServerCommand,
  DescribeWebAppCommand,
  paginateListServers,
  paginateListWebApps,
  TransferClient as Client,
} from '@aws-sdk/client-transfer';

export const prefix = 'transfer';
