import type { VpcEndpointSummary } from '@aws-sdk/client-opensearchserverless';
import { awsJson } from '../protocols/aws-json.ts';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import { type Generation, owned, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize } from './input.ts';
import type { Service } from './service.ts';

const rows = rowsOf({ collectionEndpoints: [] as VpcEndpointSummary[] });

/** Whoever asks for the endpoint needs ec2:CreateVpcEndpoint (documented). */
const creator = forwardAccessSession('aoss');

/** @see https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_ListVpcEndpoints.html */
export const opensearchServerless = {
  id: 'opensearch-serverless',
  api: {
    id: 'aoss',
    protocol: awsJson({
      version: '1.0',
      targets: ['OpenSearchServerless'],
      timestamps: 'seconds',
      internalError: 'InternalServerException',
      messageField: 'message',
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { collectionEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
  operations: {
    ListVpcEndpoints: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `maxResults must be between 1 and 100, not ${value}`);
      const size = pageSize(input, 'maxResults', { min: 1, max: 100 }, refuse) ?? 20;
      return page('vpcEndpointSummaries', rows(region).collectionEndpoints, size);
    },
  },
} as const satisfies Service;

export interface CollectionEndpointMade extends Made {
  readonly summary: VpcEndpointSummary;
}

function collectionEndpoint(scope: Scope, options: ResourceOptions = {}): CollectionEndpointMade {
  const { name = scope.nextName('collections'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `collections/${name}`, network, creator });
  const summary: VpcEndpointSummary = {
    id: placed.vpcEndpointId,
    name,
    status: (status ?? 'ACTIVE') as VpcEndpointSummary['status'],
  };
  rows(scope.resources).collectionEndpoints.push(summary);
  const owner: Owner = {
    service: 'opensearch-serverless',
    resourceType: 'AWS::OpenSearchServerless::VpcEndpoint',
    resourceId: placed.vpcEndpointId,
    arn: null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), summary };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `an OpenSearch Serverless VPC endpoint, ${words}`,
      collectionEndpoint(scope, { name: `logs${suffix}`, createdAt }),
    ),
  ]);
}

function someEndpoint(generation: Generation): void {
  const traits = { ...someTraits(generation), ...someLies(generation), network: someNetwork(generation) };
  owned(generation, collectionEndpoint(generation.build, traits));
}
