import type { ServerlessCache } from '@aws-sdk/client-elasticache';
import { awsQuery } from '../protocols/aws-query.ts';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession, serviceLinkedRole } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identified, identifiedById, pathOf } from '../world/example.ts';
import {
  type Generation,
  hidden,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

const rows = rowsOf({ serverlessCaches: [] as ServerlessCache[] });

const creator = serviceLinkedRole('elasticache', 'AWSServiceRoleForElastiCache');
/** Whoever makes the cache makes its endpoints in ElastiCache's name. */
const caller = forwardAccessSession('elasticache');

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServerlessCaches.html */
export const elasticacheServerless = {
  id: 'elasticache-serverless',
  api: {
    id: 'elasticache',
    protocol: awsQuery({
      version: '2015-02-02',
      namespace: 'http://elasticache.amazonaws.com/doc/2015-02-02/',
      items: { SecurityGroupIds: 'SecurityGroupId', SubnetIds: 'SubnetId' },
      maps: [],
    }),
    pageToken: 'NextToken',
    invalidPageToken: (token) =>
      new AwsError('InvalidParameterValue', `The NextToken ${token} is not valid.`),
  },
  rows,
  creator,
  builders: { serverlessCache },
  examples,
  kinds: (generation) => [() => someCache(generation)],
  operations: {
    DescribeServerlessCaches: (input, { region, page }) => {
      const limits = { min: 1, max: 100 };
      const refuse = (value: string) =>
        new AwsError(
          'InvalidParameterValue',
          `Invalid value ${value} for MaxResults. Must be between 1 and 100`,
        );
      const size = pageSize(input, 'MaxResults', limits, refuse) ?? 50;
      const name = text(input, 'ServerlessCacheName')?.toLowerCase();
      const all = rows(region).serverlessCaches;
      const named = all.filter(
        ({ ServerlessCacheName }) => name === undefined || ServerlessCacheName === name,
      );
      if (name !== undefined && named.length === 0)
        throw new AwsError('ServerlessCacheNotFoundFault', `ServerlessCache ${name} not found`, 404);
      return page('ServerlessCaches', named, size);
    },
  },
} as const satisfies Service;

export interface CacheMade extends Made {
  /** The endpoints that a hostname leads to. */
  readonly named: readonly string[];
  /** A third one, which none leads to. */
  readonly unnamed: string | null;
  readonly cache: ServerlessCache;
}

/** Two endpoints, or three, of which the cache's two hostnames lead to two, or to one and the same. */
function serverlessCache(
  scope: Scope,
  options: NamedResourceOptions & { readonly endpoints?: 1 | 2 | 3 } = {},
): CacheMade {
  const {
    name = scope.nextName('cache'),
    network = newNetwork(scope),
    status,
    endpoints = 2,
    ...rest
  } = options;
  const { vpcEndpointId, ...traits } = rest;
  const base = {
    serviceName: `com.amazonaws.elasticache.serverless.${scope.region}.${scope.idOf('vpce-svc', `cache/${name}`)}`,
    serviceTags: { AmazonElastiCacheManaged: 'true' },
    ...traits,
    network,
    creator,
  };
  const place = (part: string, id?: string) =>
    placeEndpoint(scope, {
      ...base,
      ...(id === undefined ? {} : { vpcEndpointId: id }),
      name: `cache/${name}/${part}`,
    });
  const primary = place('primary', vpcEndpointId);
  const reader = endpoints > 1 ? place('reader') : primary;
  const third = endpoints > 2 ? place('third') : null;
  const hostname = (end: string) =>
    `${name}${end}-${scope.tokenOf(`cache/${name}`, 6)}.serverless.${scope.tokenOf(scope.region, 4)}.cache.${scope.dnsSuffix}`;
  const addressOf = (end: string, placed: typeof primary) => ({
    Address: publishHostname(scope, hostname(end), placed, traits),
    Port: end === '' ? 6379 : 6380,
  });
  const cache: ServerlessCache = {
    ServerlessCacheName: name,
    ARN: scope.arn('elasticache', `serverlesscache:${name}`),
    Status: status ?? 'available',
    Engine: 'valkey',
    CreateTime: traits.resourceCreatedAt ?? primary.endpoint.CreationTimestamp,
    Endpoint: addressOf('', primary),
    ReaderEndpoint: addressOf('-ro', reader),
    SecurityGroupIds: [...network.securityGroupIds],
    SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
  };
  rows(scope.resources).serverlessCaches.push(cache);
  const owner: Owner = {
    service: 'elasticache-serverless',
    resourceType: 'AWS::ElastiCache::ServerlessCache',
    resourceId: name,
    arn: cache.ARN ?? null,
    parentArn: null,
  };
  const others = [...(reader === primary ? [] : [reader]), ...(third === null ? [] : [third])];
  return {
    ...made(owner, network, primary, ...others),
    named: [...new Set([primary.vpcEndpointId, reader.vpcEndpointId])],
    unnamed: third?.vpcEndpointId ?? null,
    cache,
  };
}

function examples(scope: Scope): Example[] {
  const aged = eachAge(scope, ({ words, suffix }, createdAt) => {
    const sessions = serverlessCache(scope, {
      name: `sessions${suffix}`,
      createdAt,
      event: { creator: caller },
    });
    const [, reader = ''] = sessions.named;
    return [
      identifiedById(`a serverless cache by its endpoint, ${words}`, sessions),
      identified(`a serverless cache by its reader endpoint, ${words}`, pathOf(reader), sessions.owner),
    ];
  });
  const carts = serverlessCache(scope, { name: 'baskets', endpoints: 3, createdAt: scope.daysAgo(200) });
  return [
    ...aged,
    {
      title: 'an endpoint of a serverless cache that no hostname leads to',
      path: pathOf(carts.unnamed ?? ''),
      expect: {
        status: 200,
        verdict: 'service-identified',
        service: 'elasticache-serverless',
        action: 'choose',
        candidates: 1,
      },
    },
  ];
}

function someCache(generation: Generation): void {
  const { build, chance } = generation;
  const hostname = someHostname(generation);
  const cache = serverlessCache(build, {
    ...someTraits(generation, [caller]),
    ...someLies(generation),
    ...hostname,
    endpoints: chance.pick([1, 2, 2, 3] as const),
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, cache);
  else owned(generation, cache);
  if (cache.unnamed !== null) hidden(generation, cache.unnamed, cache.owner);
}
