import { awsQuery } from '../protocols/aws-query.ts';
import { AwsError } from '../protocols/protocol.ts';
import type { Service } from './service.ts';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const sts = {
  id: 'sts',
  api: {
    id: 'sts',
    protocol: awsQuery({
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      items: {},
      maps: [],
    }),
    pageToken: 'Marker',
    invalidPageToken: () => new AwsError('ValidationError', 'There are no pages'),
  },
  operations: {
    GetCallerIdentity: (_input, { account, regionName }) => ({
      Arn: callerArn(account.accountId, regionName),
      UserId: 'AROASANDBOXSANDBOXSAN:sandbox',
      Account: account.accountId,
    }),
  },
} as const satisfies Service;

/** Who calls the sandbox, whatever the credentials. */
export function callerArn(accountId: string, regionName: string): string {
  const partition = regionName.startsWith('cn-')
    ? 'aws-cn'
    : regionName.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return `arn:${partition}:sts::${accountId}:assumed-role/vpce-owner/sandbox`;
}
