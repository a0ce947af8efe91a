import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('its own VPC endpoint is the endpoint, and no name is looked up', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.collectionEndpoint({ createdAt: region.daysAgo(300) });
  const { answer, queries } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: {
      resourceType: 'AWS::OpenSearchServerless::VpcEndpoint',
      resourceId: vpcEndpointId,
      arn: null,
    },
    nextStep: {
      commands: [
        `aws opensearchserverless delete-vpc-endpoint --id ${vpcEndpointId} --region ap-northeast-1`,
      ],
    },
  });
  expect(queries).toEqual([]);
});

test('the others of its list say nothing of an endpoint that is not on it', async () => {
  const region = emptyRegion();
  region.collectionEndpoint();
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer.candidates).toEqual([]);
  expect(checkOf(answer, 'opensearch-serverless')).toMatchObject({ outcome: 'no-match', reason: null });
});

test('an id that is none of EC2\u2019s leaves open what it stands for', async () => {
  const region = emptyRegion();
  const { summary } = region.collectionEndpoint();
  summary.id = 'vpce-050f79086ee71ac0z';
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(checkOf(answer, 'opensearch-serverless')).toMatchObject({
    outcome: 'failed',
    reason:
      "AWS::OpenSearchServerless::VpcEndpoint vpce-050f79086ee71ac0z has an id that is none of EC2's (ACTIVE)",
  });
  expect(answer).toMatchObject({ owner: null, complete: false });
});

test('one that is being deleted is waited for', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.collectionEndpoint({ status: 'DELETING', createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', nextStep: { action: 'wait' } });
});

behavesLikeAService('opensearch-serverless');
