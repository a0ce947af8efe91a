import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a cluster owns the endpoint that its hostname is an alias of', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.elasticCluster({ name: 'catalog', createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: {
      resourceType: 'AWS::DocDBElastic::Cluster',
      resourceId: 'catalog',
      arn: row.cluster.clusterArn,
    },
    nextStep: {
      commands: [
        `aws docdb-elastic delete-cluster --cluster-arn ${row.cluster.clusterArn} --region ap-northeast-1`,
      ],
    },
  });
});

test.each(['public', 'nowhere'] as const)(
  'a hostname that leads elsewhere (%s) leaves the cluster a candidate, and never an owner',
  async (resolves) => {
    const region = emptyRegion();
    const options = { name: 'catalog', resolves, createdAt: region.daysAgo(300) };
    const { vpcEndpointId } = region.elasticCluster(options);
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      owner: null,
      candidates: [{ resourceId: 'catalog', strength: 'hint' }],
      nextStep: { action: 'choose' },
    });
  },
);

test('the addresses of the endpoint make a probable owner', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.elasticCluster({ resolves: 'addresses', createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', confidence: 'probable' });
});

test('a cluster that is listed and then not found may have the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.elasticCluster({ createdAt: region.daysAgo(300) });
  row.findable = false;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'documentdb-elastic')).toMatchObject({ outcome: 'failed' });
});

behavesLikeAService('documentdb-elastic');
