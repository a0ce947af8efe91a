/** EC2 hides what services manage from whoever does not ask for it (April 2026). */
import { afterEach, expect, test } from '@jest/globals';
import { newAccount } from '../sandbox/build.ts';
import { type Api, startApi } from './support/api.ts';

let api: Api;
afterEach(() => api.close());

test('an endpoint is found by its interface and by its addresses, though EC2 hides its interfaces', async () => {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const proxy = region.rdsProxy({
    name: 'ledger',
    createdAt: region.daysAgo(300),
    resolves: 'addresses',
    hiddenInterfaces: true,
  });
  const interfaceIds = region.resources.networkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
  const [eni] = interfaceIds;
  api = await startApi(region.account);
  const { body } = await api.request(`/identify?q=${eni}`);
  expect(JSON.parse(body)).toMatchObject({
    vpcEndpointId: proxy.vpcEndpointId,
    verdict: 'identified',
    owner: { resourceId: 'ledger' },
  });
  const described = api.sandbox.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces');
  expect(described.map(({ input }) => input)).toEqual([
    { NetworkInterfaceIds: [eni], IncludeManagedResources: true },
    {
      Filters: [{ Name: 'network-interface-id', Values: interfaceIds }],
      IncludeManagedResources: true,
    },
  ]);
});

test('whose address a hostname has is asked with the hidden interfaces too', async () => {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const network = region.network();
  const { vpcEndpointId } = region.orphan({ network, hiddenInterfaces: true });
  region.rdsProxy({ name: 'ledger', network, resolves: 'addresses', hiddenInterfaces: true });
  api = await startApi(region.account);
  expect(await api.identify(vpcEndpointId)).toMatchObject({
    candidates: [],
    complete: true,
    nextStep: { action: 'contact-support' },
  });
  const described = api.sandbox.calls.filter(({ operation }) => operation === 'DescribeNetworkInterfaces');
  expect(described.length).toBeGreaterThan(1);
  expect(described.map(({ input }) => input['IncludeManagedResources'])).toEqual(described.map(() => true));
});
