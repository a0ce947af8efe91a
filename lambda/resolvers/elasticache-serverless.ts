import type { ServerlessCache } from '@aws-sdk/client-elasticache';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { present, readItems, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/elasticache-serverless.ts');

/**
 * ElastiCache Serverless: each cache has endpoints in the subnets that it was made for, two or three of them (observed).
 *
 * Source: ElastiCache does not list the VPC endpoint. That the cache's two hostnames are aliases of endpoints is inferred
 * from its kin; where they are not, their addresses are compared, and a cache that shares subnets and groups is a candidate.
 * An endpoint that no hostname leads to keeps its cache in doubt, for nobody documents how many there are. The service name
 * and the tag are AWS's own policy's, which allows no other.
 * Cost: one page per 50 caches, plus two DNS lookups for each. The API names the cache's subnets and groups, not its VPC.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ServerlessCache.html
 */
export const elasticacheServerless: Service = {
  id: 'elasticache-serverless',
  name: 'Amazon ElastiCache Serverless',
  marks: {
    principals: ['elasticache'],
    roles: ['AWSServiceRoleForElastiCache'],
    tags: { AmazonElastiCacheManaged: 'any' },
    serviceName: /^(cn\.)?com\.amazonaws\.elasticache\.serverless\./,
    // ElastiCacheServiceRolePolicy allows it no other.
    serviceNameAlways: true,
    never: neverAnAppliance,
  },
  actions: { 'elasticache:DescribeServerlessCaches': 'anything' },
  lists: [{ read: caches }],
  unlisted: null,
  console: ({ id }) => `elasticache/home#/serverless-caches/${encodeURIComponent(id)}`,
  removal: ({ id }, { region }) => ({
    summary: `Delete the serverless cache ${id}; AWS then deletes its endpoints with it.`,
    commands: [
      ['aws', 'elasticache', 'delete-serverless-cache', '--serverless-cache-name', id]
        .concat(['--final-snapshot-name', `${id}-final`])
        .concat(['--region', region]),
    ],
    warnings: ['Applications lose this cache and all that is in it; the command keeps a final snapshot.'],
    documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-caches-deleting.html',
  }),
};

async function* caches(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateDescribeServerlessCaches } = await aws(sdk);
  const listed = paginateDescribeServerlessCaches({ client }, {});
  for await (const page of pages('elasticache:DescribeServerlessCaches', listed, 'ServerlessCaches')) {
    yield readItems(
      page,
      (cache): Resource => ({
        type: 'AWS::ElastiCache::ServerlessCache',
        id: required(cache.ServerlessCacheName, 'elasticache:DescribeServerlessCaches'),
        arn: cache.ARN ?? null,
        shows: { hostnames: [...new Set(present(cache.Endpoint?.Address, cache.ReaderEndpoint?.Address))] },
        network: { subnetIds: cache.SubnetIds, securityGroupIds: cache.SecurityGroupIds },
        createdAt: cache.CreateTime,
        state: stateOf(cache),
      }),
    );
  }
}

function stateOf({ Endpoint, ReaderEndpoint, Status }: ServerlessCache): Resource['state'] {
  if (Status?.toLowerCase() === 'deleting') return 'deleting';
  if (Endpoint?.Address || ReaderEndpoint?.Address) return undefined;
  return unsettled('has no hostname yet', Status);
}
