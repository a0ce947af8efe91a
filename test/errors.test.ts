import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../sandbox/build.ts';
import type { Fault } from '../sandbox/faults.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';
import { beginVirtualTime } from './support/virtual-time.ts';

const unknownEndpoint = '/vpc-endpoints/vpce-0123456789abcdef0';
let api: Api;
afterEach(() => api.close());

/** An account with one RDS proxy. */
async function start(options: ApiOptions = {}) {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const network = region.network();
  const proxy = region.rdsProxy({ name: 'orders', network });
  const instance = region.instanceInterface(network);
  const [eni] = region.resources.networkInterfaces;
  if (eni === undefined) throw new Error('the proxy has no interface');
  /** Somebody wrote the endpoint's name into the description of an interface of their own. */
  const liar = { ...eni, NetworkInterfaceId: 'eni-0fedcba9876543210', InterfaceType: 'interface' as const };
  region.resources.networkInterfaces.push(liar);
  api = await startApi(region.account, options);
  return {
    path: `/vpc-endpoints/${proxy.vpcEndpointId}`,
    interfacePath: `/identify?q=${eni.NetworkInterfaceId}`,
    liarPath: `/identify?q=${liar.NetworkInterfaceId}`,
    instancePath: `/identify?q=${instance.networkInterfaceId}`,
    proxy,
  };
}

const describing = (fault: Fault) => ({ faults: { 'ec2:DescribeVpcEndpoints': fault } });
const operations = () => api.sandbox.calls.map(({ service, operation }) => `${service}:${operation}`);

describe('when EC2 does not describe the endpoint', () => {
  test('because it is not allowed, the action is named, and nobody else is asked', async () => {
    const { path } = await start(describing({ kind: 'denied' }));
    expect(await api.refuse(path)).toEqual({
      type: 'urn:vpce-owner:problem:aws-access-denied',
      title: 'AWS denied access',
      status: 502,
      detail: "EC2 would not describe it: ec2:DescribeVpcEndpoints is not allowed for this function's role.",
      code: 'aws-access-denied',
      requestId: 'request-1',
      action: 'ec2:DescribeVpcEndpoints',
    });
    expect(operations()).toEqual(['ec2:DescribeVpcEndpoints']);
  });

  test('because it throttles past the retries, the caller is told when to come back', async () => {
    const { path } = await start(describing({ kind: 'throttled' }));
    const time = beginVirtualTime(() => api.sandbox.calls.length);
    const { status, headers, body } = await time.passUntil(api.request(path)).finally(time.end);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(JSON.parse(body)).toMatchObject({
      code: 'aws-throttled',
      action: 'ec2:DescribeVpcEndpoints',
      retryAfterSeconds: 5,
    });
    expect(new Set(operations())).toEqual(new Set(['ec2:DescribeVpcEndpoints']));
    expect(operations().length).toBeGreaterThan(3);
  });

  test('because it throttled once, the caller does not notice', async () => {
    const { path } = await start(describing({ kind: 'throttled', times: 1 }));
    expect((await api.request(path)).status).toBe(200);
  });

  test.each(['garbage', 'empty', 'missing-lists', 'missing-fields', 'expired-credentials'] as const)(
    'because its answer is no answer (%s), that is an error of AWS and not an absent endpoint',
    async (kind) => {
      const { path } = await start(describing({ kind }));
      const problem = await api.refuse(path);
      expect(problem).toMatchObject({ status: 502, code: 'aws-error' });
      expect(problem.detail).toMatch(/^EC2 could not be asked: ec2:DescribeVpcEndpoints/);
      expect(operations()).not.toContain('rds:DescribeDBProxies');
    },
  );

  test.each(['error', 'reset'] as const)(
    'because it fails (%s), that is an error of AWS after the retries',
    async (kind) => {
      const { path } = await start(describing({ kind }));
      expect(await api.refuse(path)).toMatchObject({ status: 502, code: 'aws-error' });
      expect(operations()).toHaveLength(3);
    },
  );

  test('because it does not answer before the deadline, the request ends in time', async () => {
    const { path } = await start({ ...describing({ kind: 'hang' }), deadlineMs: 200 });
    const { status, headers, body } = await api.request(path);
    expect(status).toBe(504);
    expect(headers['retry-after']).toBe('5');
    expect(JSON.parse(body)).toMatchObject({ code: 'deadline-exceeded' });
  });
});

test('an endpoint that does not exist is said to be absent from the account and Region that were searched', async () => {
  await start();
  expect(await api.refuse(unknownEndpoint)).toMatchObject({
    status: 404,
    code: 'vpc-endpoint-not-found',
    detail:
      'There is no VPC endpoint vpce-0123456789abcdef0 in account 111122223333, Region ap-northeast-1 ' +
      "(this deployment's own). Another Region is asked with region=.",
  });
  expect(operations()).toEqual(['ec2:DescribeVpcEndpoints']);
});

describe('a network interface', () => {
  test('of an endpoint leads to the endpoint', async () => {
    const { interfacePath, proxy } = await start();
    const { status, body } = await api.request(interfacePath);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      vpcEndpointId: proxy.vpcEndpointId,
      owner: { resourceId: 'orders' },
    });
  });

  test('of an endpoint that its description does not name is looked for in the VPC', async () => {
    const region = newAccount('111122223333').region('ap-northeast-1', new Date());
    const proxies = [region.rdsProxy(), region.rdsProxy()];
    for (const eni of region.resources.networkInterfaces) eni.Description = '';
    api = await startApi(region.account);
    const eni = region.resources.networkInterfaces.at(-1)?.NetworkInterfaceId;
    const { body } = await api.request(`/identify?q=${eni}`);
    expect(JSON.parse(body).vpcEndpointId).toBe(proxies[1]?.vpcEndpointId);
  });

  test('of an instance is refused with what EC2 says of it', async () => {
    const { instancePath } = await start();
    const problem = await api.refuse(instancePath);
    expect(problem).toMatchObject({ status: 409, code: 'not-an-endpoint-interface' });
    expect(problem.detail).toMatch(/type interface, no description, attached to i-0[0-9a-f]{16}\.$/);
    expect(operations()).toEqual(['ec2:DescribeNetworkInterfaces']);
  });

  test('whose description names an endpoint that does not list it is refused', async () => {
    const { liarPath, proxy } = await start();
    const problem = await api.refuse(liarPath);
    expect(problem).toMatchObject({
      status: 409,
      code: 'not-an-endpoint-interface',
      detail: `eni-0fedcba9876543210 is described as an interface of ${proxy.vpcEndpointId}, but that endpoint does not list it.`,
    });
    expect(operations()).not.toContain('rds:DescribeDBProxies');
  });

  test('that does not exist is not found', async () => {
    await start();
    expect(await api.refuse('/identify?q=eni-0123456789abcdef0')).toMatchObject({
      status: 404,
      code: 'network-interface-not-found',
      detail:
        'There is no network interface eni-0123456789abcdef0 in account 111122223333, Region ap-northeast-1 ' +
        "(this deployment's own). Another Region is asked with region=.",
    });
  });

  test('that EC2 may not describe is an error that names the action', async () => {
    const { interfacePath } = await start({
      faults: { 'ec2:DescribeNetworkInterfaces': { kind: 'denied' } },
    });
    expect(await api.refuse(interfacePath)).toMatchObject({
      status: 502,
      code: 'aws-access-denied',
      action: 'ec2:DescribeNetworkInterfaces',
    });
  });
});

describe('the form of an error', () => {
  test('is text where text was asked for, and its first line has the code', async () => {
    await start();
    const { status, headers, body } = await api.request(`${unknownEndpoint}?format=text`);
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body.split('\n')[0]).toBe('error  404  vpc-endpoint-not-found');
    expect(body).toMatch(/^request +request-1$/m);
    const accepted = await api.request('/vpc-endpoints/vpce-1', { Accept: 'text/plain' });
    expect(accepted.body.split('\n')[0]).toBe('error  400  invalid-vpc-endpoint-id');
  });

  test('is a problem document otherwise, and nobody may keep it', async () => {
    await start();
    const { headers } = await api.request(unknownEndpoint);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
  });

  test.each(['POST', 'DELETE', 'PUT', 'HEAD'])('for %s says that only GET is allowed', async (method) => {
    const { path } = await start();
    const { status, headers, body } = await api.request(path, {}, method);
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET');
    expect(JSON.parse(body)).toMatchObject({ code: 'method-not-allowed' });
    expect(api.sandbox.calls).toEqual([]);
  });
});

test('services that do not answer before the deadline leave the answer incomplete, and say so', async () => {
  const { path } = await start({
    deadlineMs: 800,
    faults: {
      'rds:*': { kind: 'hang' },
      'redshift:*': { kind: 'hang' },
      'redshift-serverless:*': { kind: 'hang' },
      'network-firewall:*': { kind: 'hang' },
      'transfer:*': { kind: 'hang' },
      'cloudtrail:*': { kind: 'hang' },
    },
  });
  const time = beginVirtualTime(() => api.sandbox.calls.length);
  const { status, body } = await time.passUntil(api.request(path)).finally(time.end);
  expect(time.now()).toBe(800);
  expect(status).toBe(200);
  const answer = JSON.parse(body);
  expect(answer).toMatchObject({
    verdict: 'unidentified',
    owner: null,
    complete: false,
    nextStep: { action: 'retry' },
  });
  const late = 'ran out of time waiting for ';
  const failed = answer.checks.filter(({ outcome }: Record<string, string>) => outcome === 'failed');
  expect(
    Object.fromEntries(
      failed.map(({ check, outcome, reason }: Record<string, string>) => [check, [outcome, reason]]),
    ),
  ).toEqual({
    cloudtrail: ['failed', `${late}cloudtrail:LookupEvents`],
    'network-firewall': [
      'failed',
      `${late}network-firewall:ListFirewalls and network-firewall:ListVpcEndpointAssociations`,
    ],
    'network-firewall-proxy': ['failed', `${late}network-firewall:ListProxies`],
    transfer: ['failed', `${late}transfer:ListServers and transfer:ListWebApps`],
    'redshift-serverless': [
      'failed',
      `${late}redshift-serverless:ListEndpointAccess and redshift-serverless:ListWorkgroups`,
    ],
    redshift: ['failed', `${late}redshift:DescribeClusters and redshift:DescribeEndpointAccess`],
    'rds-proxy': ['failed', `${late}rds:DescribeDBProxies and rds:DescribeDBProxyEndpoints`],
    'aurora-serverless': ['failed', `${late}rds:DescribeDBClusters`],
  });
});
