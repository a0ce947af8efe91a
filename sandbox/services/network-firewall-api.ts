/** The API of Network Firewall, which firewalls and proxies are asked through. */
import { awsJson } from '../protocols/aws-json.ts';
import { AwsError } from '../protocols/protocol.ts';
import { serviceLinkedRole } from '../world/creator.ts';
import type { Api } from './service.ts';

/** @see https://docs.aws.amazon.com/network-firewall/latest/APIReference/Welcome.html */
export const networkFirewallApi = {
  id: 'network-firewall',
  protocol: awsJson({
    version: '1.0',
    targets: ['NetworkFirewall_20201112'],
    timestamps: 'seconds',
    internalError: 'InternalServerError',
    messageField: 'Message',
  }),
  pageToken: 'NextToken',
  invalidPageToken: () => new AwsError('InvalidRequestException', 'The NextToken is not valid'),
} as const satisfies Api;

export const networkFirewallCreator = serviceLinkedRole(
  'network-firewall',
  'AWSServiceRoleForNetworkFirewall',
);
