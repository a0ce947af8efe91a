import { describe, expect, test } from '@jest/globals';
import { forwardAccessSession } from '../../sandbox/build.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const id = 'license-manager-user-subscriptions';
const old = (region: ReturnType<typeof emptyRegion>) => ({ createdAt: region.daysAgo(300) });

describe('an identity provider on the endpoint’s subnets', () => {
  test('is a candidate and no owner, though it is the only one', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, owner } = region.identityProvider(old(region));
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      confidence: 'none',
      owner: null,
      candidates: [{ resourceId: owner.resourceId, arn: owner.arn, strength: 'hint', service: { id } }],
      complete: false,
      nextStep: { action: 'choose', commands: [] },
    });
  });

  test.each([id, 'license-manager'])(
    'is no owner either where CloudTrail says that %s made the endpoint',
    async (principal) => {
      const region = emptyRegion();
      const event = { creator: forwardAccessSession(principal) };
      const { vpcEndpointId, owner } = region.identityProvider({ event });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'service-identified',
        service: { id },
        owner: null,
        candidates: [{ resourceId: owner.resourceId }],
        nextStep: { action: 'choose' },
      });
    },
  );

  test.each([
    'REGISTERING',
    'REGISTERED',
    'REGISTRATION_FAILED',
    'DEREGISTERING',
    'DEREGISTERED',
    'DEREGISTRATION_FAILED',
  ])('is a candidate in whatever state it is (%s)', async (status) => {
    const region = emptyRegion();
    const { vpcEndpointId, owner } = region.identityProvider({ status });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.candidates.map(({ resourceId }) => resourceId)).toEqual([owner.resourceId]);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'choose' } });
  });

  test('is one of two where its directory is registered for two products', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, network, owner } = region.identityProvider(old(region));
    const other = region.identityProvider({ network, product: 'VISUAL_STUDIO_ENTERPRISE' });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'ambiguous', owner: null });
    expect(answer.candidates.map(({ resourceId }) => resourceId).sort()).toEqual(
      [owner.resourceId, other.owner.resourceId].sort(),
    );
  });

  test('is called by directory and product where it has no ARN', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.identityProvider(old(region));
    delete row.IdentityProviderArn;
    const { DirectoryId } = row.IdentityProvider.ActiveDirectoryIdentityProvider;
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.candidates).toMatchObject([
      { resourceId: `${DirectoryId}/OFFICE_PROFESSIONAL_PLUS`, arn: null },
    ]);
  });
});

test('an identity provider without settings may have its endpoint anywhere', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row, owner } = region.identityProvider();
  delete row.Settings;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, candidates: [], nextStep: { action: 'choose' } });
  expect(answer.nextStep.summary).toContain(owner.resourceId);
});

test('one that cannot be told from another hides none, and is said to be unreadable', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, network, owner } = region.identityProvider(old(region));
  const { row } = region.identityProvider({ network });
  delete row.IdentityProviderArn;
  delete row.IdentityProvider.ActiveDirectoryIdentityProvider.DirectoryId;
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer.candidates.map(({ resourceId }) => resourceId)).toEqual([owner.resourceId]);
  expect(checkOf(answer, id)).toMatchObject({ outcome: 'failed' });
});

test('an endpoint that License Manager made on other subnets is no orphan: a license server may have it', async () => {
  const region = emptyRegion();
  region.identityProvider(old(region));
  const { vpcEndpointId } = region.orphan({ creator: forwardAccessSession('license-manager') });
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'service-identified',
    service: { id },
    owner: null,
    candidates: [],
    complete: false,
    nextStep: {
      action: 'choose',
      commands: [`aws ${id} list-license-server-endpoints --region ap-northeast-1`],
    },
  });
});

describe('beside what another service holds', () => {
  test('it hides no owner, costs no call, and its refusal is no matter', async () => {
    const region = emptyRegion();
    const network = region.network();
    region.identityProvider({ network });
    const faults = parseFault(`${id}:ListIdentityProviders=denied`);
    for (const made of [
      region.rdsProxy({ network, ...old(region) }),
      region.redshiftCluster({ network, ...old(region) }),
      region.adConnector({ network, ...old(region) }),
    ]) {
      const { answer, calls } = await lookUp(region, made.vpcEndpointId, { faults });
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'confirmed',
        owner: { resourceId: made.owner.resourceId },
        complete: true,
      });
      expect(calls.filter(({ service }) => service === id)).toEqual([]);
    }
  });

  test('it hides no owner that is known by its addresses', async () => {
    const region = emptyRegion();
    const network = region.network();
    region.identityProvider({ network });
    const { vpcEndpointId } = region.rdsProxy({
      name: 'orders',
      network,
      resolves: 'addresses',
      ...old(region),
    });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'orders' }, candidates: [] });
  });

  test('it is named beside another candidate, and not where CloudTrail names another service', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { owner } = region.identityProvider({ network });
    const proxy = { network, resolves: 'nowhere' } as const;
    const [young, aged] = [
      region.rdsProxy({ name: 'young', ...proxy }),
      region.rdsProxy({ name: 'aged', ...proxy, ...old(region) }),
    ];
    const namedFor = async (made: typeof young) =>
      (await lookUp(region, made.vpcEndpointId)).answer.candidates.map(({ resourceId }) => resourceId);
    expect(await namedFor(aged)).toEqual(expect.arrayContaining(['aged', owner.resourceId]));
    expect(await namedFor(young)).toContain('young');
    expect(await namedFor(young)).not.toContain(owner.resourceId);
  });
});

behavesLikeAService(id, { proves: 'nothing' });
