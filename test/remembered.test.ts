/** What an instance of the function keeps between requests: creation records, which never change. */
import { afterEach, expect, test } from '@jest/globals';
import { newAccount } from '../sandbox/build.ts';
import { type Api, startApi } from './support/api.ts';

let apis: Api[] = [];
afterEach(async () => {
  for (const { close } of apis) await close();
  apis = [];
});

function orphan() {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(30) });
  return { account: region.account, id: vpcEndpointId, events: region.resources.events };
}

const lookingUp = ({ sandbox }: Api) =>
  sandbox.calls.filter(({ operation }) => operation === 'LookupEvents').length;

test('CloudTrail is asked once for an endpoint whose creation is remembered, by each instance', async () => {
  const { account, id } = orphan();
  const api = await startApi(account);
  const other = await startApi(account, { sandbox: api.sandbox });
  apis = [api, other];
  await api.identify(id);
  const again = await api.identify(id);
  expect(lookingUp(api)).toBe(1);
  expect(again.checks[0]).toMatchObject({ check: 'cloudtrail', outcome: 'match', apiCalls: 0 });
  expect(again.service?.id).toBe('rds-proxy');
  await other.identify(id);
  expect(lookingUp(api)).toBe(2);
});

test('CloudTrail is asked again where it had no event: one may have come', async () => {
  const { account, id, events } = orphan();
  const kept = events.splice(0);
  const api = await startApi(account);
  apis = [api];
  expect((await api.identify(id)).verdict).toBe('unidentified');
  events.push(...kept);
  expect((await api.identify(id)).verdict).toBe('service-identified');
  expect(lookingUp(api)).toBe(2);
});
