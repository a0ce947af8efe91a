import { describe, expect, test } from '@jest/globals';
import { forwardAccessSession } from '../../sandbox/build.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('an ODB network owns the endpoint that it lists', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.odbNetwork({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  const { odbNetworkId, odbNetworkArn } = row;
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::ODB::OdbNetwork', resourceId: odbNetworkId, arn: odbNetworkArn },
    nextStep: {
      action: 'delete-owner',
      commands: [
        `aws odb delete-odb-network --odb-network-id ${odbNetworkId} --no-delete-associated-resources --region ap-northeast-1`,
      ],
      warnings: expect.arrayContaining([expect.stringMatching(/VM clusters.*peering connections/)]),
    },
  });
});

test('an endpoint of another type than the reference says is found too', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, owner } = region.odbNetwork({
    vpcEndpointType: 'Interface',
    createdAt: region.daysAgo(300),
  });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: owner.resourceId } });
});

test('ODB networks are not asked for where the owner of an Interface endpoint is found', async () => {
  const region = emptyRegion();
  region.odbNetwork();
  const { vpcEndpointId } = region.rdsProxy({ createdAt: region.daysAgo(300) });
  const { answer, calls } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', service: { id: 'rds-proxy' } });
  expect(calls.filter(({ service }) => service === 'odb')).toEqual([]);
});

test('an endpoint that is provisioned by VPC Lattice may be an ODB network’s, and is not said to be', async () => {
  const region = emptyRegion();
  const creator = forwardAccessSession('vpc-lattice');
  const { vpcEndpointId } = region.orphan({ creator, vpcEndpointType: 'ServiceNetwork' });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'service-identified', service: { id: 'vpc-lattice' } });
  expect(checkOf(answer, 'odb')).toMatchObject({ outcome: 'no-match' });
  const held = region.odbNetwork({ event: { creator } });
  const found = await lookUp(region, held.vpcEndpointId);
  expect(found.answer).toMatchObject({ verdict: 'identified', owner: { resourceId: held.owner.resourceId } });
});

describe('an ODB network that does not say its endpoint', () => {
  test.each(['AVAILABLE', 'FAILED', 'TERMINATED'])(
    'is no owner, and there is no orphan beside it (%s)',
    async (status) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.odbNetwork({ status, listed: false });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ verdict: 'service-identified', service: { id: 'odb' }, owner: null });
      expect(['contact-support', 'delete-owner']).not.toContain(answer.nextStep.action);
    },
  );

  test.each(['PROVISIONING', 'UPDATING', 'MAINTENANCE_IN_PROGRESS'])(
    'may say it later (%s)',
    async (status) => {
      const region = emptyRegion();
      const { vpcEndpointId, row } = region.odbNetwork({ status, listed: false });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ owner: null, complete: false, nextStep: { action: 'retry' } });
      expect(checkOf(answer, 'odb')?.reason).toBe(
        `AWS::ODB::OdbNetwork ${row.odbNetworkId} does not say its VPC endpoint (${status})`,
      );
    },
  );
});

test('one that is being deleted takes the endpoint with it', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.odbNetwork({ status: 'TERMINATING' });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', nextStep: { action: 'wait' } });
});

behavesLikeAService('odb');
