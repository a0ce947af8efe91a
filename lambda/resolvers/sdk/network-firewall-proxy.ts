export {
  DescribeProxyCommand,
  NetworkFirewallClient as Client,
  paginateListProxies,
} from '@aws-sdk/client-network-firewall';

export const prefix = 'network-firewall';
