import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from '../support/api.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
let api: Api;
afterEach(() => api?.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
const calls = (operation: string) => api.sandbox.calls.filter((call) => call.operation === operation);

async function ask(region: ReturnType<typeof tokyo>, id: string, options: ApiOptions = {}) {
  api = await startApi(region.account, options);
  const answer = await api.identify(id);
  return { answer, check: answer.checks.find(({ check }) => check === 'redshift-serverless') };
}

test('a workgroup owns the endpoint that it lists, and no name is looked up', async () => {
  const region = tokyo();
  const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
  const { answer } = await ask(region, adhoc.vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'redshift-serverless', name: 'Amazon Redshift Serverless' },
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::RedshiftServerless::Workgroup',
    resourceId: 'adhoc',
    arn: adhoc.workgroup.workgroupArn,
    parentArn: null,
    consoleUrl:
      'https://ap-northeast-1.console.aws.amazon.com/redshiftv2/home?region=ap-northeast-1#/serverless-workgroup-details?workgroup=adhoc',
  });
  expect(answer.evidence).toEqual([
    {
      source: 'api',
      service: 'redshift-serverless',
      strength: 'confirmed',
      statement: `AWS::RedshiftServerless::Workgroup adhoc lists ${adhoc.vpcEndpointId}`,
    },
  ]);
  expect(answer.nextStep).toMatchObject({
    action: 'delete-owner',
    commands: ['aws redshift-serverless delete-workgroup --workgroup-name adhoc --region ap-northeast-1'],
    warnings: ['Clients of this workgroup lose their connection; its namespace, and the data in it, stay.'],
  });
  expect(api.sandbox.queries).toEqual([]);
});

test.each([
  ['an alias', {}],
  ['a chain of aliases', { resolves: 'alias-chain' }],
  ['an alias in capitals with a final dot', { spelling: 'upper-case-final-dot' }],
] as const)('a workgroup that lists nothing owns the endpoint by %s', async (_, hostname) => {
  const region = tokyo();
  const nightly = region.workgroup({ name: 'nightly', listed: false, createdAt: old, ...hostname });
  const { answer } = await ask(region, nightly.vpcEndpointId);
  expect(answer).toMatchObject({
    confidence: 'confirmed',
    owner: { resourceId: 'nightly' },
    evidence: [{ source: 'dns' }],
  });
});

test.each(['addresses', 'ipv6-addresses'] as const)(
  '%s of the endpoint make a probable owner',
  async (resolves) => {
    const region = tokyo();
    const network = region.network({ ipv6: true });
    const nightly = region.workgroup({ name: 'nightly', network, listed: false, createdAt: old, resolves });
    region.workgroup({ name: 'elsewhere', listed: false, createdAt: old, resolves: 'addresses' });
    const { answer } = await ask(region, nightly.vpcEndpointId);
    expect(answer).toMatchObject({
      confidence: 'probable',
      owner: { resourceId: 'nightly' },
      candidates: [],
    });
  },
);

test('a workgroup that answers on a public address is a hint, and no owner', async () => {
  const region = tokyo();
  const open = region.workgroup({ name: 'open', listed: false, createdAt: old, resolves: 'public' });
  const { answer } = await ask(region, open.vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'unidentified',
    owner: null,
    candidates: [{ resourceId: 'open', strength: 'hint' }],
    nextStep: { action: 'choose' },
  });
});

describe('a managed VPC endpoint', () => {
  test('owns the endpoint that it lists, and its workgroup is the parent', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup: adhoc, createdAt: old });
    const { answer } = await ask(region, lab.vpcEndpointId);
    expect(answer.owner).toEqual({
      resourceType: 'AWS::RedshiftServerless::EndpointAccess',
      resourceId: 'lab',
      arn: lab.endpointAccess.endpointArn,
      parentArn: adhoc.workgroup.workgroupArn,
      consoleUrl:
        'https://ap-northeast-1.console.aws.amazon.com/redshiftv2/home?region=ap-northeast-1#/serverless-dashboard',
    });
    expect(answer.nextStep.commands).toEqual([
      'aws redshift-serverless delete-endpoint-access --endpoint-name lab --region ap-northeast-1',
    ]);
    expect(calls('ListEndpointAccess').map(({ input }) => input['vpcId'])).toEqual([lab.network.vpcId]);
  });

  test('takes the ARN of its workgroup from the list that is read anyway, however late that comes', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup: adhoc, createdAt: old });
    const slow = { 'redshift-serverless:ListWorkgroups': { kind: 'slow', delayMs: 60 } } as const;
    const { answer } = await ask(region, lab.vpcEndpointId, { faults: slow });
    expect(answer.owner).toMatchObject({ resourceId: 'lab', parentArn: adhoc.workgroup.workgroupArn });
    expect(calls('GetWorkgroup')).toEqual([]);
  });

  test('asks for its workgroup where that list does not answer', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup: adhoc, createdAt: old });
    const faults = { 'redshift-serverless:ListWorkgroups': { kind: 'hang' } } as const;
    const { answer } = await ask(region, lab.vpcEndpointId, { faults });
    expect(answer.owner).toMatchObject({ resourceId: 'lab', parentArn: adhoc.workgroup.workgroupArn });
    expect(calls('GetWorkgroup')).toHaveLength(1);
  });

  test('is named even where its workgroup lists the endpoint too', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ name: 'adhoc', createdAt: old });
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup: adhoc, createdAt: old });
    const { vpcEndpoint } = lab.endpointAccess;
    if (vpcEndpoint !== undefined) adhoc.workgroup.endpoint?.vpcEndpoints?.push(vpcEndpoint);
    const slow = { 'redshift-serverless:ListEndpointAccess': { kind: 'slow', delayMs: 60 } } as const;
    const { answer } = await ask(region, lab.vpcEndpointId, { faults: slow });
    expect(answer.owner).toMatchObject({
      resourceType: 'AWS::RedshiftServerless::EndpointAccess',
      resourceId: 'lab',
      parentArn: adhoc.workgroup.workgroupArn,
    });
  });

  test('whose workgroup cannot be looked up keeps its name, and the check says why', async () => {
    const region = tokyo();
    const workgroup = { workgroupName: 'elsewhere' };
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup, createdAt: old });
    const faults = { 'redshift-serverless:GetWorkgroup': { kind: 'denied' } } as const;
    const { answer, check } = await ask(region, lab.vpcEndpointId, { faults });
    expect(answer).toMatchObject({
      confidence: 'confirmed',
      complete: true,
      owner: { resourceId: 'lab', arn: lab.endpointAccess.endpointArn, parentArn: null },
      nextStep: { action: 'delete-owner' },
    });
    expect(check).toMatchObject({
      outcome: 'match',
      reason: "not all of the owner's ARNs are known: redshift-serverless:GetWorkgroup is not allowed",
    });
  });

  test('that is being deleted takes the endpoint along', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ createdAt: old });
    const lab = region.serverlessEndpointAccess({ workgroup: adhoc, status: 'DELETING', createdAt: old });
    const { answer } = await ask(region, lab.vpcEndpointId);
    expect(answer.nextStep.action).toBe('wait');
  });
});

test('a workgroup that is being deleted takes the endpoint along', async () => {
  const region = tokyo();
  const going = region.workgroup({ name: 'going', status: 'DELETING', createdAt: old });
  const { answer } = await ask(region, going.vpcEndpointId);
  expect(answer).toMatchObject({ owner: { resourceId: 'going' }, nextStep: { action: 'wait' } });
});

test('a workgroup that is being made may hold the endpoint, so nobody says that it has no owner', async () => {
  const region = tokyo();
  const network = region.network();
  const orphan = region.orphan({ network, createdAt: old });
  const { workgroup } = region.workgroup({ name: 'young', network, listed: false, status: 'CREATING' });
  delete workgroup.endpoint;
  const { answer, check } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({ complete: false, owner: null, nextStep: { action: 'retry' } });
  expect(check?.reason).toBe('AWS::RedshiftServerless::Workgroup young has no hostname yet (CREATING)');
});

describe('pages', () => {
  async function askWorkgroupNumber(index: number) {
    const region = tokyo();
    const network = region.network();
    const groups = Array.from({ length: 5 }, () => region.workgroup({ network, createdAt: old }));
    const { vpcEndpointId = '', owner } = groups[index] ?? {};
    const { answer } = await ask(region, vpcEndpointId, { maxPageItems: 1 });
    expect(answer.owner?.resourceId).toBe(owner?.resourceId);
  }

  test('are read to the last', async () => {
    await askWorkgroupNumber(4);
    expect(calls('ListWorkgroups')).toHaveLength(5);
  });

  test('are not asked for after the match', async () => {
    await askWorkgroupNumber(1);
    expect(calls('ListWorkgroups')).toHaveLength(2);
  });

  test('that never end are an error, and no absence', async () => {
    const region = tokyo();
    const orphan = region.orphan({ createdAt: old });
    region.workgroup({ createdAt: old });
    const faults = { 'redshift-serverless:ListWorkgroups': { kind: 'repeat-token' } } as const;
    const { answer, check } = await ask(region, orphan.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(check).toMatchObject({
      outcome: 'failed',
      reason: 'redshift-serverless:ListWorkgroups: AWS handed out the same page token twice',
    });
  });
});

describe('when Redshift Serverless may not be asked', () => {
  test('for managed endpoints, a managed endpoint is no orphan: the permission is missing', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ createdAt: old });
    const lab = region.serverlessEndpointAccess({ workgroup: adhoc, createdAt: old });
    const faults = { 'redshift-serverless:ListEndpointAccess': { kind: 'denied' } } as const;
    const { answer, check } = await ask(region, lab.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ verdict: 'unidentified', complete: false, owner: null });
    expect(check).toMatchObject({
      outcome: 'failed',
      reason: 'redshift-serverless:ListEndpointAccess is not allowed',
    });
    expect(answer.nextStep.action).toBe('grant-permission');
    expect(answer.nextStep.summary).toMatch(/^Allow redshift-serverless:ListEndpointAccess to the role/);
  });

  test('for workgroups, a managed endpoint is still named', async () => {
    const region = tokyo();
    const adhoc = region.workgroup({ createdAt: old });
    const lab = region.serverlessEndpointAccess({ name: 'lab', workgroup: adhoc, createdAt: old });
    const faults = { 'redshift-serverless:ListWorkgroups': { kind: 'denied' } } as const;
    const { answer } = await ask(region, lab.vpcEndpointId, { faults });
    expect(answer).toMatchObject({
      complete: true,
      owner: { resourceId: 'lab', parentArn: adhoc.workgroup.workgroupArn },
    });
  });
});

behavesLikeAService('redshift-serverless');
