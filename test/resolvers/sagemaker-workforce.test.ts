import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a workforce owns the endpoint that it names, and leaves the VPC to be rid of it', async () => {
  const region = emptyRegion();
  const { listedId, workforce } = region.workforce({ name: 'labelers', createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, listedId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: {
      resourceType: 'AWS::SageMaker::Workforce',
      resourceId: 'labelers',
      arn: workforce.WorkforceArn,
    },
    nextStep: {
      commands: [
        "aws sagemaker update-workforce --workforce-name labelers --workforce-vpc-config '{}' --region ap-northeast-1",
      ],
    },
  });
});

test.each([true, false])(
  'its other endpoint has it for a candidate, and never for an owner (named as AWS names it: %s)',
  async (named) => {
    const region = emptyRegion();
    const { otherId } = region.workforce({ name: 'labelers', named, createdAt: region.daysAgo(300) });
    const { answer } = await lookUp(region, otherId);
    expect(answer).toMatchObject({
      verdict: named ? 'service-identified' : 'unidentified',
      owner: null,
      candidates: [{ resourceId: 'labelers', strength: 'hint' }],
      nextStep: { action: 'choose' },
    });
  },
);

test('a workforce outside of a VPC has no endpoint', async () => {
  const region = emptyRegion();
  const { workforce } = region.workforce();
  delete workforce.WorkforceVpcConfig;
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(checkOf(answer, 'sagemaker-workforce')).toMatchObject({ outcome: 'no-match', reason: null });
});

test('a workforce that is being made may hold an endpoint that it does not name yet', async () => {
  const region = emptyRegion();
  const { listedId, workforce } = region.workforce({ name: 'labelers', status: 'Initializing' });
  delete workforce.WorkforceVpcConfig;
  const { answer } = await lookUp(region, listedId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'sagemaker-workforce')).toMatchObject({
    reason: 'AWS::SageMaker::Workforce labelers does not say its VPC endpoint (Initializing)',
  });
});

test('a workforce that does not say its VPC owns the endpoint that it names', async () => {
  const region = emptyRegion();
  const { listedId, workforce } = region.workforce({ name: 'labelers', createdAt: region.daysAgo(300) });
  const { WorkforceVpcConfig: vpc } = workforce;
  workforce.WorkforceVpcConfig = { VpcEndpointId: vpc?.VpcEndpointId } as NonNullable<typeof vpc>;
  const { answer } = await lookUp(region, listedId);
  expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'labelers' } });
});

test('a workforce that failed and says no VPC may hold the endpoint', async () => {
  const region = emptyRegion();
  const { listedId, workforce } = region.workforce({
    name: 'labelers',
    status: 'Failed',
    createdAt: region.daysAgo(300),
  });
  delete workforce.WorkforceVpcConfig;
  const { answer } = await lookUp(region, listedId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(answer.nextStep.action).not.toBe('contact-support');
});

behavesLikeAService('sagemaker-workforce');
