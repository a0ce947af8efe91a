import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a cache owns the endpoints that its two hostnames are aliases of', async () => {
  const region = emptyRegion();
  const { named, cache } = region.serverlessCache({ name: 'sessions', createdAt: region.daysAgo(300) });
  expect(named).toHaveLength(2);
  for (const id of named) {
    const { answer } = await lookUp(region, id);
    expect(answer).toMatchObject({
      verdict: 'identified',
      confidence: 'confirmed',
      complete: true,
      owner: {
        resourceType: 'AWS::ElastiCache::ServerlessCache',
        resourceId: 'sessions',
        arn: cache.ARN,
      },
      nextStep: {
        commands: [
          'aws elasticache delete-serverless-cache --serverless-cache-name sessions --final-snapshot-name sessions-final --region ap-northeast-1',
        ],
      },
    });
  }
});

test('the service name rules every other service out, so that ElastiCache alone is asked', async () => {
  const region = emptyRegion();
  region.rdsProxy();
  const { vpcEndpointId } = region.serverlessCache({ createdAt: region.daysAgo(300) });
  const { answer, calls } = await lookUp(region, vpcEndpointId);
  expect(answer.evidence[0]).toMatchObject({ source: 'service-name', service: 'elasticache-serverless' });
  expect(calls.map(({ operation }) => operation).sort()).toEqual([
    'DescribeServerlessCaches',
    'DescribeVpcEndpoints',
  ]);
});

test('an endpoint with another service name is never of a cache, whatever its tags say', async () => {
  const region = emptyRegion();
  const tags = { AmazonElastiCacheManaged: 'true' };
  const proxy = region.rdsProxy({ name: 'orders', tags, createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, proxy.vpcEndpointId);
  expect(answer.owner?.resourceId).toBe('orders');
  expect(checkOf(answer, 'elasticache-serverless')).toMatchObject({ outcome: 'skipped', apiCalls: 0 });
});

describe('a third endpoint, which no hostname leads to,', () => {
  test('has its cache for a candidate, and no owner, even where only one fits', async () => {
    const region = emptyRegion();
    const { unnamed } = region.serverlessCache({
      name: 'sessions',
      endpoints: 3,
      createdAt: region.daysAgo(300),
    });
    const { answer } = await lookUp(region, unnamed ?? '');
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      candidates: [{ resourceId: 'sessions', strength: 'hint' }],
      nextStep: { action: 'choose' },
    });
  });

  test("is nobody's where the cache is gone", async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.serverlessCache({ createdAt: region.daysAgo(300) });
    region.resources.serverlessCaches.splice(0);
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      complete: true,
      nextStep: { action: 'contact-support' },
    });
  });
});

test.each([
  ['lead to public addresses', 'public'],
  ['lead nowhere', 'nowhere'],
] as const)('hostnames that %s leave the cache in doubt', async (_, resolves) => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.serverlessCache({
    name: 'sessions',
    resolves,
    createdAt: region.daysAgo(300),
  });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, candidates: [{ resourceId: 'sessions' }] });
  expect(answer.nextStep.action).not.toBe('contact-support');
});

test('one endpoint behind both hostnames is owned once', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.serverlessCache({ endpoints: 1, createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', candidates: [] });
});

test('a cache that is being made may hold the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, cache } = region.serverlessCache({ status: 'creating' });
  delete cache.Endpoint;
  delete cache.ReaderEndpoint;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false, nextStep: { action: 'retry' } });
  expect(checkOf(answer, 'elasticache-serverless')).toMatchObject({
    outcome: 'failed',
    reason: 'AWS::ElastiCache::ServerlessCache cache-1 has no hostname yet (creating)',
  });
});

behavesLikeAService('elasticache-serverless');
