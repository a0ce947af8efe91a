import { awsJson } from '../../protocols/aws-json.ts';
import { AwsError, type Input } from '../../protocols/protocol.ts';
import { pageSize, text } from '../input.ts';
import type { Service } from '../service.ts';
import {
  creator,
  publicTransferServer,
  rows,
  transferEndpoint,
  transferServer,
  transferWebApp,
} from './build.ts';
import { examples, kinds } from './examples.ts';

/** @see https://docs.aws.amazon.com/transfer/latest/APIReference/Welcome.html */
export const transfer = {
  id: 'transfer',
  api: {
    id: 'transfer',
    protocol: awsJson({
      version: '1.1',
      targets: ['TransferService'],
      timestamps: 'seconds',
      internalError: 'InternalServiceError',
      messageField: 'Message',
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('InvalidNextTokenException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { transferServer, publicTransferServer, transferWebApp, transferEndpoint },
  examples,
  kinds,
  operations: {
    /** Says of which type the endpoints are, and not which they are. */
    ListServers: (input, { region, page }) => {
      const size = maxResults(input);
      const servers = rows(region).transferServers.map(({ Server }) => {
        const { Arn, Domain, EndpointType, IdentityProviderType, ServerId, State, UserCount } = Server;
        return { Arn, Domain, EndpointType, IdentityProviderType, ServerId, State, UserCount };
      });
      return page('Servers', servers, size);
    },

    DescribeServer: (input, { region }) => {
      const id = identifier(input, 'ServerId', /^s-[0-9a-f]{17}$/);
      const found = rows(region).transferServers.find(({ Server }) => Server.ServerId === id);
      if (found === undefined || found.describable === false) throw notFound('server');
      return { Server: found.Server };
    },

    ListWebApps: (input, { region, page }) => {
      const size = maxResults(input);
      const apps = rows(region).transferWebApps.map(({ WebApp }) => {
        const { AccessEndpoint, Arn, EndpointType, WebAppEndpoint, WebAppId } = WebApp;
        return { AccessEndpoint, Arn, EndpointType, WebAppEndpoint, WebAppId };
      });
      return page('WebApps', apps, size);
    },

    DescribeWebApp: (input, { region }) => {
      const id = identifier(input, 'WebAppId', /^webapp-[0-9a-f]{17}$/);
      const found = rows(region).transferWebApps.find(({ WebApp }) => WebApp.WebAppId === id);
      if (found === undefined || found.describable === false) throw notFound('web app');
      return { WebApp: found.WebApp };
    },
  },
} as const satisfies Service;

function maxResults(input: Input): number {
  const limits = { min: 1, max: 1000 };
  const size = pageSize(input, 'MaxResults', limits, (value) =>
    invalid(`MaxResults must be between 1 and 1000, not ${value}`),
  );
  return size ?? limits.max;
}

function identifier(input: Input, field: string, pattern: RegExp): string {
  const id = text(input, field) ?? '';
  if (!pattern.test(id)) throw invalid(`${field} '${id}' must satisfy the pattern ${pattern.source}`);
  return id;
}

function invalid(detail: string): AwsError {
  return new AwsError('InvalidRequestException', detail);
}

function notFound(kind: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Unknown ${kind}`);
}
