import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';

let api: Api;
afterEach(() => api.close());

/** Tokyo, where the function is, with two RDS proxies, and Virginia with one. */
async function start(options: ApiOptions = {}) {
  const builder = newAccount('111122223333');
  const tokyo = builder.region('ap-northeast-1', new Date());
  const virginia = builder.region('us-east-1', new Date());
  builder.region('eu-west-1', new Date());
  const network = tokyo.network();
  const [orders, shop] = [
    tokyo.rdsProxy({ name: 'orders', network }),
    tokyo.rdsProxy({ name: 'shop', network }),
  ];
  const billing = virginia.rdsProxy({ name: 'billing' });
  const instance = tokyo.instanceInterface(network);
  api = await startApi(builder.account, options);
  const interfacesOf = ({ vpcEndpointId }: { vpcEndpointId: string }) =>
    [...tokyo.resources.vpcEndpoints, ...virginia.resources.vpcEndpoints].find(
      (endpoint) => endpoint.VpcEndpointId === vpcEndpointId,
    )?.NetworkInterfaceIds ?? [];
  return { orders, shop, billing, interfacesOf, instance: instance.networkInterfaceId };
}

const identify = (text: string, more = '') => `/identify?q=${encodeURIComponent(text)}${more}`;
const ownerOf = async (path: string) => {
  const { status, body } = await api.request(path);
  expect([status, body]).toEqual([200, body]);
  const { region, owner } = JSON.parse(body);
  return { region, owner: owner.resourceId };
};
const ec2Calls = () =>
  api.sandbox.calls
    .filter(({ service }) => service === 'ec2')
    .map(({ operation }) => operation)
    .filter((operation) => operation === 'DescribeVpcEndpoints');

describe('a text that names Regions', () => {
  test('is answered from the one that has the endpoint, which the answer names', async () => {
    const { billing, orders } = await start();
    expect(await ownerOf(identify(`us-east-1a ${billing.vpcEndpointId}`))).toEqual({
      region: 'us-east-1',
      owner: 'billing',
    });
    expect(await ownerOf(identify(`eu-west-1, us-east-1: ${orders.vpcEndpointId}`))).toEqual({
      region: 'ap-northeast-1',
      owner: 'orders',
    });
  });

  test('is asked in no further Region once one has the endpoint', async () => {
    const { billing } = await start();
    const dnsName = `${billing.vpcEndpointId}-1hbywnw6.vpce-svc-0b2f119acb23c050e.us-east-1.vpce.amazonaws.com`;
    await ownerOf(identify(`com.amazonaws.eu-west-1.execute-api ${dnsName}`));
    expect(ec2Calls()).toHaveLength(1);
  });

  test('is asked in the Region of the parameter alone, where there is one', async () => {
    const { billing } = await start();
    expect(
      await api.refuse(identify(`${billing.vpcEndpointId} us-east-1`, '&region=eu-west-1')),
    ).toMatchObject({
      code: 'vpc-endpoint-not-found',
      detail: `There is no VPC endpoint ${billing.vpcEndpointId} in account 111122223333, Region eu-west-1 (asked for with region=).`,
    });
    expect(ec2Calls()).toHaveLength(1);
  });

  test('that none of them has is said to be absent from each, with those that may not be asked', async () => {
    await start();
    const text = 'com.amazonaws.us-east-1.s3 --region eu-west-1 vpce-0123456789abcdef0 sa-east-1 cn-north-1';
    expect(await api.refuse(identify(text))).toMatchObject({
      status: 404,
      code: 'vpc-endpoint-not-found',
      detail:
        'There is no VPC endpoint vpce-0123456789abcdef0 in account 111122223333, Region eu-west-1 (named as the ' +
        "Region), us-east-1 (named by a service name), ap-northeast-1 (this deployment's own). The text also names " +
        'sa-east-1, cn-north-1, where this deployment may not look.',
    });
    expect(api.sandbox.calls).toHaveLength(3);
  });

  test('and a network interface is answered from the one that has the interface', async () => {
    const { billing, interfacesOf } = await start();
    const [eni = ''] = interfacesOf(billing);
    expect(await ownerOf(identify(`eu-west-1 us-east-1 ${eni}`))).toEqual({
      region: 'us-east-1',
      owner: 'billing',
    });
  });
});

describe('a Region that does not answer', () => {
  const first = { 'ec2:DescribeVpcEndpoints': { kind: 'reset', times: 3 } } as const;

  test('does not hide the endpoint in the next one', async () => {
    const { orders } = await start({ faults: first });
    expect(await ownerOf(identify(`us-east-1 ${orders.vpcEndpointId}`))).toEqual({
      region: 'ap-northeast-1',
      owner: 'orders',
    });
  });

  test('is an error of that Region, where no other has the endpoint', async () => {
    await start({ faults: first });
    const { status, code, detail } = await api.refuse(identify('us-east-1 vpce-0123456789abcdef0 sa-east-1'));
    expect({ status, code }).toEqual({ status: 502, code: 'aws-error' });
    expect(detail).toMatch(
      /^In us-east-1 \(named by the text\): EC2 could not be asked: .* There is no VPC endpoint vpce-0123456789abcdef0 in account 111122223333, Region ap-northeast-1 \(this deployment's own\)\. The text also names sa-east-1, where this deployment may not look\.$/,
    );
  });

  test('names its permission, where the others have no such endpoint', async () => {
    await start({ faults: { 'ec2:DescribeVpcEndpoints': { kind: 'denied' } } });
    const { action, detail } = await api.refuse(identify('us-east-1 vpce-0123456789abcdef0'));
    expect(action).toBe('ec2:DescribeVpcEndpoints');
    expect(detail).toMatch(/^In us-east-1 .* In ap-northeast-1 \(this deployment's own\): /);
  });

  test('ends the request in time, and says which Region it was', async () => {
    await start({ faults: { 'ec2:DescribeVpcEndpoints': { kind: 'hang' } }, deadlineMs: 300 });
    const { status, detail } = await api.refuse(identify('us-east-1 vpce-0123456789abcdef0'));
    expect(status).toBe(504);
    expect(detail).toMatch(/^In us-east-1 \(named by the text\): EC2 did not describe the endpoint in time/);
    expect(ec2Calls()).toHaveLength(1);
  });
});

describe('several network interfaces', () => {
  test('of one endpoint are one question, and the second costs no call', async () => {
    const { orders, interfacesOf } = await start();
    const [one, two] = interfacesOf(orders);
    expect(two).toBeDefined();
    expect(await ownerOf(identify(`${one} ${two}`))).toMatchObject({ owner: 'orders' });
    expect(
      api.sandbox.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces'),
    ).toHaveLength(1);
  });

  test('of different endpoints lead to an answer for each of them', async () => {
    const { orders, shop, interfacesOf } = await start();
    const { status, body } = await api.request(
      identify(`${interfacesOf(orders)[0]} ${interfacesOf(shop)[0]}`),
    );
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      scope: { vpcEndpointIds: [orders.vpcEndpointId, shop.vpcEndpointId] },
      count: 2,
      notFound: [],
    });
  });

  test('of an endpoint and of something else lead to no answer, and both are said', async () => {
    const { orders, interfacesOf, instance } = await start();
    const [eni] = interfacesOf(orders);
    const { code, detail } = await api.refuse(identify(`${instance} ${eni}`));
    expect(code).toBe('invalid-parameter');
    expect(detail).toContain(`EC2 says of ${instance}: type interface`);
    expect(detail).toContain(`Ask about the endpoint: GET /vpc-endpoints/${orders.vpcEndpointId}?`);
  });

  test('of nothing that EC2 knows are not found', async () => {
    await start();
    expect(await api.refuse(identify('eni-0123456789abcdef0 eni-0123456789abcdef1'))).toMatchObject({
      code: 'network-interface-not-found',
      detail: expect.stringContaining(
        'There is no network interface eni-0123456789abcdef0 or eni-0123456789abcdef1 in',
      ),
    });
  });

  test('of other things are refused with what EC2 says of them', async () => {
    const { instance } = await start();
    expect(await api.refuse(identify(`${instance} eni-0123456789abcdef0`))).toMatchObject({
      code: 'not-an-endpoint-interface',
      detail: expect.stringContaining(instance),
    });
  });
});
