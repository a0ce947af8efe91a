import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const old = (region: ReturnType<typeof emptyRegion>) => ({ createdAt: region.daysAgo(300) });

describe('an environment', () => {
  test.each(['bare', 'https'] as const)(
    'owns the endpoint of its private web server, whose host is an alias of it (%s)',
    async (url) => {
      const region = emptyRegion();
      const { vpcEndpointId, owner } = region.mwaaEnvironment({ name: 'etl', url, ...old(region) });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'confirmed',
        owner: { resourceType: 'AWS::MWAA::Environment', resourceId: 'etl', arn: owner.arn },
        nextStep: {
          action: 'delete-owner',
          commands: ['aws mwaa delete-environment --name etl --region ap-northeast-1'],
          warnings: expect.arrayContaining([expect.stringMatching(/run history/)]),
        },
      });
    },
  );

  test.each(['public', 'nowhere', 'sinkhole', 'addresses'] as const)(
    'owns it, less surely, where the host is no alias (%s): it names the endpoint service',
    async (resolves) => {
      const region = emptyRegion();
      const { vpcEndpointId, owner } = region.mwaaEnvironment({ resolves, ...old(region) });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'probable',
        owner: { resourceId: owner.resourceId },
        evidence: expect.arrayContaining([
          expect.objectContaining({ statement: expect.stringMatching(/names the endpoint service/) }),
        ]),
      });
    },
  );

  test.each(['PRIVATE_ONLY', 'PUBLIC_ONLY', 'PUBLIC_AND_PRIVATE'] as const)(
    'owns the endpoint of its database by its endpoint service (%s)',
    async (accessMode) => {
      const region = emptyRegion();
      const made = region.mwaaEnvironment({ accessMode, management: 'absent', ...old(region) });
      const { answer, queries } = await lookUp(region, made.database.vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'identified',
        confidence: 'probable',
        owner: { resourceId: made.owner.resourceId },
      });
      expect(queries.length > 0).toBe(accessMode !== 'PUBLIC_ONLY');
    },
  );

  test('is a candidate for another endpoint on its network, and no owner', async () => {
    const region = emptyRegion();
    const { network, owner } = region.mwaaEnvironment(old(region));
    const { vpcEndpointId } = region.orphan({ network, ...old(region) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      owner: null,
      candidates: [{ resourceId: owner.resourceId }],
    });
  });

  test('does not own an endpoint on other subnets, though it leads to the same endpoint service', async () => {
    const region = emptyRegion();
    const { network, database } = region.mwaaEnvironment(old(region));
    const { vpcEndpointId } = region.orphan({
      network: region.network({ vpcOf: network }),
      serviceName: database.endpoint.ServiceName ?? '',
      ...old(region),
    });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'unidentified', owner: null });
  });

  test('is not chosen where another one of its subnets names the same endpoint service', async () => {
    const region = emptyRegion();
    const { network, database, row } = region.mwaaEnvironment(old(region));
    const other = region.mwaaEnvironment({ network, ...old(region) });
    other.row.environment.DatabaseVpcEndpointService = row.environment.DatabaseVpcEndpointService ?? '';
    const { answer } = await lookUp(region, database.vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'ambiguous', owner: null });
  });

  test('proves nothing about an endpoint by a host that is an alias of another one', async () => {
    const region = emptyRegion();
    const network = region.network();
    const other = region.rdsProxy({ network, ...old(region) });
    region.mwaaEnvironment({ network, aliasOf: other.vpcEndpointId, ...old(region) });
    const third = region.orphan({ network, ...old(region) });
    expect((await lookUp(region, third.vpcEndpointId)).answer.owner).toBeNull();
  });

  test('that is being deleted takes the endpoint with it', async () => {
    const region = emptyRegion();
    const { vpcEndpointIds } = region.mwaaEnvironment({ status: 'DELETING' });
    for (const id of vpcEndpointIds)
      expect((await lookUp(region, id)).answer).toMatchObject({
        verdict: 'identified',
        nextStep: { action: 'wait' },
      });
  });
});

describe('an environment whose endpoints the customer manages', () => {
  test('owns none, and is no candidate, whatever it names', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ network, ...old(region) });
    const { row } = region.customerMwaaEnvironment({ network });
    row.environment.DatabaseVpcEndpointService =
      region.resources.vpcEndpoints.find((one) => one.VpcEndpointId === vpcEndpointId)?.ServiceName ?? '';
    const { answer, queries } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, candidates: [] });
    expect(checkOf(answer, 'mwaa')).toMatchObject({ outcome: 'no-match', reason: null });
    expect(queries).toEqual([]);
  });

  test('leaves its endpoint to the person who made it', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.customerMwaaEnvironment();
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'not-requester-managed', owner: null });
  });
});

describe('an environment that does not name an endpoint service', () => {
  test.each(['CREATING', 'CREATE_FAILED', 'AVAILABLE', 'UNAVAILABLE'])(
    'of its database may hold the endpoint (%s)',
    async (status) => {
      const region = emptyRegion();
      const { database, row } = region.mwaaEnvironment({ status, ...old(region) });
      delete row.environment.DatabaseVpcEndpointService;
      const { answer } = await lookUp(region, database.vpcEndpointId);
      expect(answer).toMatchObject({ owner: null, complete: false });
      expect(checkOf(answer, 'mwaa')?.reason).toBe(
        `AWS::MWAA::Environment ${row.environment.Name} does not name the endpoint service of its database (${status})`,
      );
    },
  );

  test.each([
    ['PRIVATE_ONLY', 'AVAILABLE'],
    ['PUBLIC_AND_PRIVATE', 'AVAILABLE'],
    [undefined, 'AVAILABLE'],
    ['PUBLIC_ONLY', 'UPDATING'],
    ['PUBLIC_ONLY', 'ROLLING_BACK'],
  ] as const)('of its web server may hold the endpoint (%s, %s)', async (mode, status) => {
    const region = emptyRegion();
    const made = region.mwaaEnvironment({ status, resolves: 'public', ...old(region) });
    const { environment } = made.row;
    delete environment.WebserverVpcEndpointService;
    if (mode === undefined) delete environment.WebserverAccessMode;
    else environment.WebserverAccessMode = mode;
    const { answer } = await lookUp(region, made.vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(checkOf(answer, 'mwaa')?.reason).toMatch(
      new RegExp(`does not name the endpoint service of its web server \\(${status}\\)$`),
    );
  });

  test('of a web server that is public is no orphan’s excuse, nor its owner', async () => {
    const region = emptyRegion();
    const { network, row } = region.mwaaEnvironment({ accessMode: 'PUBLIC_ONLY', ...old(region) });
    const { vpcEndpointId } = region.orphan({ network, ...old(region) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, candidates: [{ resourceId: row.environment.Name }] });
    expect(checkOf(answer, 'mwaa')).toMatchObject({ outcome: 'no-match', reason: null });
  });

  test.each(['SubnetIds', 'NetworkConfiguration'] as const)('nor %s is no absence', async (member) => {
    const region = emptyRegion();
    const { database, row } = region.mwaaEnvironment(old(region));
    if (member === 'SubnetIds') delete row.environment.NetworkConfiguration?.SubnetIds;
    else delete row.environment.NetworkConfiguration;
    const { answer } = await lookUp(region, database.vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, complete: false });
    expect(checkOf(answer, 'mwaa')?.reason).toMatch(/GetEnvironment: a resource came without its subnets/);
  });
});

test('an environment that is listed and not found does not hide another one', async () => {
  const region = emptyRegion();
  const hidden = region.mwaaEnvironment(old(region));
  hidden.row.findable = false;
  const { vpcEndpointId, owner } = region.mwaaEnvironment(old(region));
  const lost = await lookUp(region, hidden.vpcEndpointId);
  expect(lost.answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(lost.answer, 'mwaa')?.reason).toMatch(/is listed, but was not found/);
  const found = await lookUp(region, vpcEndpointId);
  expect(found.answer).toMatchObject({ verdict: 'identified', owner: { resourceId: owner.resourceId } });
});

describe('an endpoint service that two environments name', () => {
  test.each(['hidden', 'unnamed', 'without subnets', 'unnamed and deleting'])(
    'makes no owner of the one where the other is %s',
    async (how) => {
      const region = emptyRegion();
      const first = region.mwaaEnvironment(old(region));
      const other = region.mwaaEnvironment({ network: first.network, ...old(region) });
      const { environment } = first.row;
      other.row.environment.DatabaseVpcEndpointService = environment.DatabaseVpcEndpointService ?? '';
      if (how === 'hidden') first.row.findable = false;
      if (how === 'without subnets') delete environment.NetworkConfiguration;
      if (how.includes('unnamed')) delete environment.DatabaseVpcEndpointService;
      if (how.includes('deleting')) environment.Status = 'DELETING';
      const { answer } = await lookUp(region, first.database.vpcEndpointId);
      expect(answer).toMatchObject({ owner: null, complete: false });
    },
  );
});

behavesLikeAService('mwaa');
