export {
  ListVpcEndpointsCommand,
  OpenSearchServerlessClient as Client,
} from '@aws-sdk/client-opensearchserverless';

export const prefix = 'aoss';
