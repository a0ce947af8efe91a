import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a private graph endpoint owns the endpoint that it names, and the graph stays', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row, network } = region.graphEndpoint({ createdAt: region.daysAgo(300) });
  const { answer, queries } = await lookUp(region, vpcEndpointId);
  const { id, arn } = row.graph;
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: {
      resourceType: 'AWS::NeptuneGraph::PrivateGraphEndpoint',
      resourceId: `${id}_${network.vpcId}`,
      arn: null,
      parentArn: arn,
    },
    nextStep: {
      commands: [
        `aws neptune-graph delete-private-graph-endpoint --graph-identifier ${id} --vpc-id ${network.vpcId} --region ap-northeast-1`,
      ],
    },
  });
  expect(queries).toEqual([]);
});

test('each VPC of a graph has an endpoint of its own', async () => {
  const region = emptyRegion();
  const first = region.graphEndpoint({ createdAt: region.daysAgo(300) });
  const second = region.graphEndpoint({ of: first, createdAt: region.daysAgo(300) });
  for (const { vpcEndpointId, owner } of [first, second]) {
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.owner?.resourceId).toBe(owner.resourceId);
  }
});

test('a graph that is listed and then not found may have the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.graphEndpoint({ createdAt: region.daysAgo(300) });
  row.findable = false;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'neptune-analytics')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining(`the graph ${row.graph.id} is listed, but was not found`),
  });
});

test('an endpoint that is being made does not say its own yet', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, summary } = region.graphEndpoint({ status: 'CREATING' });
  delete summary.vpcEndpointId;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'neptune-analytics')?.reason).toMatch(/does not say its VPC endpoint \(CREATING\)$/);
});

behavesLikeAService('neptune-analytics');
