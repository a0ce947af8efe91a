import { describe, expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

const operationsOf = (calls: readonly { readonly operation: string }[]) =>
  calls.map(({ operation }) => operation);

test('a server owns the endpoint that it says, and the service name alone rules every other service out', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, server } = region.transferServer({ createdAt: region.daysAgo(300) });
  const { answer, calls } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'transfer', name: 'AWS Transfer Family' },
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::Transfer::Server',
    resourceId: server.ServerId,
    arn: `arn:aws:transfer:ap-northeast-1:111122223333:server/${server.ServerId}`,
    parentArn: null,
    consoleUrl: `https://ap-northeast-1.console.aws.amazon.com/transfer/home?region=ap-northeast-1#/servers/${server.ServerId}`,
  });
  expect(answer.evidence).toEqual([
    {
      source: 'service-name',
      service: 'transfer',
      strength: 'probable',
      statement:
        "The service name com.amazonaws.ap-northeast-1.transfer.server.c-0026 is AWS Transfer Family's",
    },
    {
      source: 'api',
      service: 'transfer',
      strength: 'confirmed',
      statement: `AWS::Transfer::Server ${server.ServerId} lists ${vpcEndpointId}`,
    },
  ]);
  expect(answer.nextStep).toMatchObject({
    action: 'delete-owner',
    commands: [`aws transfer delete-server --server-id ${server.ServerId} --region ap-northeast-1`],
  });
  const asked = calls.filter(({ service }) => !['ec2', 'transfer'].includes(service));
  expect(asked).toEqual([]);
});

test('a web app owns the endpoint that it says, under a service name that tells nobody', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, webApp } = region.transferWebApp({ createdAt: region.daysAgo(300) });
  const { answer, queries } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::Transfer::WebApp', resourceId: webApp.WebAppId, arn: webApp.Arn },
    evidence: [{ source: 'api', service: 'transfer', strength: 'confirmed' }],
    nextStep: {
      commands: [`aws transfer delete-web-app --web-app-id ${webApp.WebAppId} --region ap-northeast-1`],
    },
  });
  expect(queries).toEqual([]);
});

test.each(['server', 'server.c-0026', 'webapp', 'web-app.c-0001'])(
  'the service name transfer.%s is Transfer Family’s, whoever made the endpoint by all that is remembered',
  async (name) => {
    const region = emptyRegion();
    const serviceName = `com.amazonaws.ap-northeast-1.transfer.${name}`;
    const { vpcEndpointId } = region.orphan({ serviceName, createdAt: region.daysAgo(120) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'transfer' },
      evidence: [{ source: 'service-name', service: 'transfer', strength: 'probable' }],
      complete: true,
    });
  },
);

test('only what is in a VPC is described', async () => {
  const region = emptyRegion();
  region.publicTransferServer();
  region.transferServer({ endpointType: 'VPC_ENDPOINT' });
  const { vpcEndpointId } = region.transferEndpoint();
  const { calls } = await lookUp(region, vpcEndpointId);
  expect(operationsOf(calls)).not.toContain('DescribeServer');
});

test('a server that has become public since it was listed is no candidate, and leaves the check whole', async () => {
  const region = emptyRegion();
  const network = region.network();
  const { server } = region.transferServer({ network });
  const { vpcEndpointId } = region.transferEndpoint({ network });
  const onCall = ({ operation }: { readonly operation: string }) => {
    if (operation === 'DescribeServer')
      Object.assign(server, { EndpointType: 'PUBLIC', EndpointDetails: {} });
  };
  const { answer } = await lookUp(region, vpcEndpointId, { onCall });
  expect(checkOf(answer, 'transfer')).toMatchObject({ outcome: 'no-match', reason: null });
  expect(answer).toMatchObject({ complete: true, candidates: [], nextStep: { action: 'contact-support' } });
});

describe('an endpoint that no server and no web app says', () => {
  test('outlived its owner, when all of them are known to have another one', async () => {
    const region = emptyRegion();
    const network = region.network();
    region.transferServer({ network });
    region.transferWebApp({ network });
    const { vpcEndpointId } = region.transferEndpoint({ network, createdAt: region.daysAgo(300) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(checkOf(answer, 'transfer')).toMatchObject({ outcome: 'no-match', reason: null });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'transfer' },
      complete: true,
      candidates: [],
      nextStep: { action: 'contact-support' },
    });
  });

  test.each([
    ['server', 'STARTING'],
    ['web app', 'status unknown'],
  ] as const)('may be that of a %s that does not say its endpoint yet', async (kind, status) => {
    const region = emptyRegion();
    const network = region.network();
    const options = { network, listed: false, status } as const;
    const { owner } = kind === 'server' ? region.transferServer(options) : region.transferWebApp(options);
    const { vpcEndpointId } = region.transferEndpoint({ network });
    const { answer } = await lookUp(region, vpcEndpointId);
    const reason = `${owner.resourceType} ${owner.resourceId} does not say its VPC endpoint (${status})`;
    expect(checkOf(answer, 'transfer')).toMatchObject({ outcome: 'failed', reason });
    expect(answer).toMatchObject({
      complete: false,
      owner: null,
      candidates: [{ resourceId: owner.resourceId }],
      nextStep: { action: 'retry' },
    });
  });

  test.each(['server', 'web app'])('is no orphan when a %s is listed and then not found', async (kind) => {
    const region = emptyRegion();
    const options = { describable: false };
    const { owner } = kind === 'server' ? region.transferServer(options) : region.transferWebApp(options);
    const { vpcEndpointId } = region.transferEndpoint();
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(checkOf(answer, 'transfer')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining(
        `${owner.resourceId} is listed, but was not found when it was described`,
      ),
    });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
  });
});

test('an endpoint that a server of the deprecated type uses is the customer’s own to delete', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.transferServer({ endpointType: 'VPC_ENDPOINT' });
  const { answer, calls } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({
    verdict: 'not-requester-managed',
    owner: null,
    nextStep: { action: 'delete-endpoint' },
  });
  expect(operationsOf(calls)).toEqual(['DescribeVpcEndpoints']);
});

behavesLikeAService('transfer');
