import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const old = () => emptyRegion().daysAgo(300);

describe('an MSK Serverless cluster', () => {
  test('that the tag names is confirmed by its bootstrap name, and nobody else is asked', async () => {
    const region = emptyRegion();
    region.rdsProxy();
    const { vpcEndpointId, row } = region.serverlessKafka({ name: 'events', createdAt: old() });
    const { answer, calls } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'identified',
      confidence: 'confirmed',
      owner: {
        resourceType: 'AWS::MSK::ServerlessCluster',
        resourceId: 'events',
        arn: row.cluster.ClusterArn,
      },
      nextStep: {
        commands: [
          `aws kafka delete-cluster --cluster-arn ${row.cluster.ClusterArn} --region ap-northeast-1`,
        ],
      },
    });
    expect(calls.map(({ operation }) => operation)).toEqual([
      'DescribeVpcEndpoints',
      'DescribeClusterV2',
      'GetBootstrapBrokers',
    ]);
  });

  test('is found without its tags', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.serverlessKafka({ name: 'events', tagged: false, createdAt: old() });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'events' } });
  });

  test.each(['public', 'nowhere'] as const)(
    'whose bootstrap name leads elsewhere (%s) is a candidate, and its tag is not refuted',
    async (resolves) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.serverlessKafka({ name: 'events', resolves, createdAt: old() });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'service-identified',
        owner: null,
        candidates: [{ resourceId: 'events', strength: 'hint' }],
      });
      expect(answer.evidence.map(({ strength }) => strength)).not.toContain('refuted');
    },
  );

  test('does not own what a lying tag says of it', async () => {
    const region = emptyRegion();
    const { row } = region.serverlessKafka({ name: 'events', createdAt: old() });
    const tags = { AWSMSKManaged: 'true', ClusterArn: row.cluster.ClusterArn ?? '' };
    const proxy = region.rdsProxy({ name: 'orders', tags, createdAt: old() });
    const { answer } = await lookUp(region, proxy.vpcEndpointId);
    expect(answer.owner?.resourceId).toBe('orders');
  });

  test('that is being made may hold the endpoint', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.serverlessKafka({ status: 'CREATING' });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(checkOf(answer, 'msk')?.reason).toMatch(/has no bootstrap name yet \(CREATING\)/);
  });

  test.each([true, false])(
    'whose networks are not said is found by its name (tagged: %s)',
    async (tagged) => {
      const region = emptyRegion();
      const { vpcEndpointId, row } = region.serverlessKafka({ name: 'events', tagged, createdAt: old() });
      delete row.cluster.Serverless;
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'events' } });
    },
  );

  test('that is gone leaves its endpoint to AWS Support', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.mskEndpoint({ createdAt: region.daysAgo(5) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ service: { id: 'msk' }, nextStep: { action: 'contact-support' } });
    const said = answer.evidence.map(({ statement }) => statement);
    expect(said).toContainEqual(expect.stringMatching(/there is no such resource any more$/));
  });
});

describe('a managed VPC connection', () => {
  test.each([true, false])(
    "to another account's cluster is a candidate, and that account is not asked (tagged: %s)",
    async (tagged) => {
      const region = emptyRegion();
      const { vpcEndpointId, owner } = region.kafkaConnection({ tagged, createdAt: old() });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: tagged ? 'service-identified' : 'unidentified',
        owner: null,
        candidates: [
          {
            resourceType: 'AWS::MSK::VpcConnection',
            resourceId: owner.resourceId,
            parentArn: owner.parentArn,
          },
        ],
        nextStep: { action: 'choose' },
      });
      expect(answer.evidence.map(({ strength }) => strength)).not.toContain('refuted');
    },
  );

  test('to a provisioned cluster of this account is the candidate, and not the cluster', async () => {
    const region = emptyRegion();
    const { cluster } = region.provisionedKafka();
    const target = cluster.ClusterArn ?? '';
    const { vpcEndpointId, owner } = region.kafkaConnection({ target, createdAt: old() });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, candidates: [{ resourceId: owner.resourceId }] });
  });

  test.each([true, false])(
    'in another VPC does not refute the tag, for it names the target (of this account: %s)',
    async (own) => {
      const region = emptyRegion();
      const target = own ? { target: region.provisionedKafka().cluster.ClusterArn ?? '' } : {};
      const gone = region.kafkaConnection({ ...target, createdAt: old() });
      region.resources.kafkaConnections.splice(0);
      region.kafkaConnection({ target: gone.owner.parentArn ?? '', createdAt: old() });
      const { answer } = await lookUp(region, gone.vpcEndpointId);
      expect(answer).toMatchObject({ verdict: 'service-identified', service: { id: 'msk' }, owner: null });
      expect(answer.evidence.map(({ strength }) => strength)).not.toContain('refuted');
    },
  );

  test('that is gone leaves its endpoint to whoever has the cluster', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.kafkaConnection({ createdAt: old() });
    region.resources.kafkaConnections.splice(0);
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'ask-owner-account' } });
  });
});

behavesLikeAService('msk');
