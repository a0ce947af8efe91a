import { awsJson } from '../protocols/aws-json.ts';
import { AwsError, type Input } from '../protocols/protocol.ts';
import { type Context, pageSize, type Service, text } from './service.ts';

/** @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/Welcome.html */
export const redshiftServerless = {
  id: 'redshift-serverless',
  protocol: awsJson({
    version: '1.1',
    targets: ['RedshiftServerless'],
    timestamps: 'iso8601',
    internalError: 'InternalServerException',
    messageField: 'message',
  }),
  pageToken: 'nextToken',
  invalidPageToken: () => new AwsError('ValidationException', 'The provided nextToken is not valid.'),
  operations: {
    ListWorkgroups: (input, context) =>
      context.page('workgroups', isOwner(input, context) ? context.region.workgroups : [], maxResults(input)),

    GetWorkgroup: (input, { region }) => {
      const name = required(input, 'workgroupName');
      const workgroup = region.workgroups.find((candidate) => candidate.workgroupName === name);
      if (workgroup === undefined) throw notFound('Workgroup', name);
      return { workgroup };
    },

    ListEndpointAccess: (input, context) => {
      const size = maxResults(input);
      const workgroupName = text(input, 'workgroupName');
      const vpcId = text(input, 'vpcId');
      const endpoints = context.region.serverlessEndpointAccess.filter(
        (endpoint) =>
          isOwner(input, context) &&
          (workgroupName === undefined || endpoint.workgroupName === workgroupName) &&
          (vpcId === undefined || endpoint.vpcEndpoint?.vpcId === vpcId),
      );
      return context.page('endpoints', endpoints, size);
    },

    GetEndpointAccess: (input, { region }) => {
      const name = required(input, 'endpointName');
      const endpoint = region.serverlessEndpointAccess.find((candidate) => candidate.endpointName === name);
      if (endpoint === undefined) throw notFound('Endpoint', name);
      return { endpoint };
    },
  },
} satisfies Service;

/** Lists can be asked for another account's resources; this account shares in none. */
function isOwner(input: Input, { account }: Context): boolean {
  return [undefined, account.accountId].includes(text(input, 'ownerAccount'));
}

function required(input: Input, field: string): string {
  const value = text(input, field);
  if (value === undefined) {
    throw invalid(`Value null at '${field}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
}

function maxResults(input: Input): number {
  const limits = { min: 1, max: 100 };
  const size = pageSize(input, 'maxResults', limits, (value, limit) =>
    invalid(
      `Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value ${limit === 'min' ? 'greater' : 'less'} than or equal to ${limits[limit]}`,
    ),
  );
  return size ?? limits.max;
}

function invalid(detail: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${detail}`);
}

function notFound(kind: string, name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `${kind} ${name} was not found.`);
}
