import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const old = (region: ReturnType<typeof emptyRegion>) => ({ createdAt: region.daysAgo(300) });

test('a connector owns the endpoint that its enrolment endpoint is an alias of', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row, owner } = region.adConnector(old(region));
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::PCAConnectorAD::Connector', resourceId: owner.resourceId, arn: row.Arn },
    nextStep: {
      commands: [`aws pca-connector-ad delete-connector --connector-arn ${row.Arn} --region ap-northeast-1`],
      warnings: expect.arrayContaining([expect.stringMatching(/enrol for certificates/)]),
    },
  });
  expect(row.Arn.endsWith(`/${owner.resourceId}`)).toBe(true);
});

describe('where the enrolment endpoint is no alias of it', () => {
  test.each(['public', 'nowhere', 'sinkhole'] as const)(
    'the connector is a candidate by its security group, and never an owner (%s)',
    async (resolves) => {
      const region = emptyRegion();
      const { vpcEndpointId, owner } = region.adConnector({ resolves, ...old(region) });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'unidentified',
        owner: null,
        candidates: [{ resourceId: owner.resourceId, strength: 'hint' }],
        nextStep: { action: 'choose' },
      });
    },
  );

  test('the connector is named even where no security group tells, and where CloudTrail names its service', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, row, owner } = region.adConnector({
      resolves: 'nowhere',
      createdAt: region.daysAgo(5),
    });
    row.VpcInformation.SecurityGroupIds = ['sg-0000000000000000f'];
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'pca-connector-ad' },
      owner: null,
      nextStep: { action: 'choose', summary: expect.stringContaining(owner.resourceId) },
    });
  });

  test('an alias of another endpoint proves nothing for this one, and excludes nothing', async () => {
    const region = emptyRegion();
    const network = region.network();
    const other = region.orphan({ network });
    const { vpcEndpointId, owner } = region.adConnector({
      network,
      aliasOf: other.vpcEndpointId,
      createdAt: region.daysAgo(5),
    });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.owner).toBeNull();
    expect(answer.candidates.map(({ resourceId }) => resourceId)).toEqual([owner.resourceId]);
  });
});

test('a second endpoint of one connector is no orphan: nobody says how many it has', async () => {
  const region = emptyRegion();
  const { network, owner, row } = region.adConnector(old(region));
  const creator = { kind: 'forward-access-session', service: 'pca-connector-ad' } as const;
  const { vpcEndpointId } = region.orphan({ network, creator });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, candidates: [{ resourceId: owner.resourceId }] });
  expect(answer.nextStep.action).toBe('choose');
  row.VpcInformation.SecurityGroupIds = [];
  expect((await lookUp(region, vpcEndpointId)).answer.nextStep.action).toBe('choose');
});

test.each(['CREATING', 'ACTIVE'])(
  'a connector without an enrolment endpoint may hold the endpoint (%s)',
  async (status) => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.adConnector({ status });
    delete row.CertificateEnrollmentPolicyServerEndpoint;
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false, nextStep: { action: 'retry' } });
    expect(checkOf(answer, 'pca-connector-ad')?.reason).toBe(
      `AWS::PCAConnectorAD::Connector ${row.Arn.split('/').at(-1)} has no enrolment endpoint yet (${status})`,
    );
  },
);

test.each(['CA_CERTIFICATE_REGISTRATION_FAILED', 'VPC_ENDPOINT_LIMIT_EXCEEDED'])(
  'a connector that failed may have left an endpoint (%s): it is a candidate, and no absence',
  async (reason) => {
    const region = emptyRegion();
    const { vpcEndpointId, row, owner } = region.adConnector({ status: 'FAILED' });
    row.StatusReason = reason;
    delete row.CertificateEnrollmentPolicyServerEndpoint;
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      candidates: [{ resourceId: owner.resourceId }],
      nextStep: { action: 'choose' },
    });
    expect(checkOf(answer, 'pca-connector-ad')?.outcome).toBe('no-match');
  },
);

test('a connector that failed and still has its alias owns the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, owner } = region.adConnector({ status: 'FAILED', ...old(region) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: owner.resourceId } });
});

test('one that is being deleted takes the endpoint with it', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.adConnector({ status: 'DELETING', ...old(region) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', nextStep: { action: 'wait' } });
});

test('a connector whose alias leads nowhere hides no other owner', async () => {
  const region = emptyRegion();
  const network = region.network();
  region.adConnector({ network, resolves: 'nowhere', ...old(region) });
  const { vpcEndpointId } = region.rdsProxy({ name: 'orders', network, ...old(region) });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'orders' }, complete: true });
});

behavesLikeAService('pca-connector-ad');
