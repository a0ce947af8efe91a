export {
  DescribeFirewallCommand,
  DescribeVpcEndpointAssociationCommand,
  NetworkFirewallClient as Client,
  paginateListFirewalls,
  paginateListVpcEndpointAssociations,
} from '@aws-sdk/client-network-firewall';

export const prefix = 'network-firewall';
