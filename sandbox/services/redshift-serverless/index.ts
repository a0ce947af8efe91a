import { awsJson } from '../../protocols/aws-json.ts';
import { AwsError, type Input } from '../../protocols/protocol.ts';
import { pageSize, text } from '../input.ts';
import type { Context, Service } from '../service.ts';
import { creator, rows, serverlessEndpointAccess, workgroup } from './build.ts';
import { examples, kinds } from './examples.ts';

export type { ServerlessEndpointAccessMade, WorkgroupMade } from './build.ts';

/** @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/Welcome.html */
export const redshiftServerless = {
  id: 'redshift-serverless',
  api: {
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
  },
  rows,
  creator,
  builders: { workgroup, serverlessEndpointAccess },
  examples,
  kinds,
  operations: {
    ListWorkgroups: (input, context) =>
      context.page(
        'workgroups',
        isOwner(input, context) ? rows(context.region).workgroups : [],
        maxResults(input),
      ),

    GetWorkgroup: (input, { region }) => {
      const name = required(input, 'workgroupName');
      const found = rows(region).workgroups.find((candidate) => candidate.workgroupName === name);
      if (found === undefined) throw notFound('Workgroup', name);
      return { workgroup: found };
    },

    ListEndpointAccess: (input, context) => {
      const size = maxResults(input);
      const workgroupName = text(input, 'workgroupName');
      const vpcId = text(input, 'vpcId');
      const endpoints = rows(context.region).serverlessEndpointAccess.filter(
        (endpoint) =>
          isOwner(input, context) &&
          (workgroupName === undefined || endpoint.workgroupName === workgroupName) &&
          (vpcId === undefined || endpoint.vpcEndpoint?.vpcId === vpcId),
      );
      return context.page('endpoints', endpoints, size);
    },

    GetEndpointAccess: (input, { region }) => {
      const name = required(input, 'endpointName');
      const endpoint = rows(region).serverlessEndpointAccess.find(
        (candidate) => candidate.endpointName === name,
      );
      if (endpoint === undefined) throw notFound('Endpoint', name);
      return { endpoint };
    },
  },
} as const satisfies Service;

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
