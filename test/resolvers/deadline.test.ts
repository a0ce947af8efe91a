import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test.each([
  ['is an alias of it', {}],
  ['is its own', { ownName: true }],
])('a license endpoint owns the endpoint whose DNS name %s', async (_, options) => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.licenseEndpoint({ createdAt: region.daysAgo(300), ...options });
  const { answer } = await lookUp(region, vpcEndpointId);
  const id = row.licenseEndpoint.licenseEndpointId;
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::Deadline::LicenseEndpoint', resourceId: id, arn: null },
    nextStep: {
      commands: [`aws deadline delete-license-endpoint --license-endpoint-id ${id} --region ap-northeast-1`],
      warnings: expect.arrayContaining([expect.stringMatching('while metered products are on it')]),
    },
  });
});

test.each(['public', 'nowhere'] as const)(
  'a DNS name that leads elsewhere (%s) leaves the license endpoint a candidate, and never an owner',
  async (resolves) => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.licenseEndpoint({ resolves, createdAt: region.daysAgo(300) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      owner: null,
      candidates: [{ resourceId: row.licenseEndpoint.licenseEndpointId, strength: 'hint' }],
      nextStep: { action: 'choose' },
    });
  },
);

test("a DNS name of another endpoint's is no proof for this one", async () => {
  const region = emptyRegion();
  const network = region.network();
  const other = region.orphan({ network });
  const { vpcEndpointId } = region.licenseEndpoint({
    network,
    aliasOf: other.vpcEndpointId,
    createdAt: region.daysAgo(300),
  });
  expect((await lookUp(region, vpcEndpointId)).answer.owner).toBeNull();
});

test('a license endpoint that is being made may hold the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.licenseEndpoint({ status: 'CREATE_IN_PROGRESS' });
  delete row.licenseEndpoint.dnsName;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'deadline')?.reason).toMatch(/has no DNS name yet \(CREATE_IN_PROGRESS\)/);
});

behavesLikeAService('deadline');
