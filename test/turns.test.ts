/** Who is asked when must decide nothing but the cost: what a single lookup says, a survey of many says too. */
import { describe, expect, test } from '@jest/globals';
import { noteCall } from '../lambda/aws/failure.ts';
import { sweep } from '../lambda/http/contract.ts';
import { forwardAccessSession, serviceLinkedRole } from '../sandbox/build.ts';
import { startApi } from './support/api.ts';
import { byRds, endpointWith, endpointId as id, otherId, resourceWith } from './support/cases.ts';
import { checkOf, emptyRegion, lookUp } from './support/lookup.ts';
import { listing, listOf, serviceOf, worldOf } from './support/worlds.ts';

const endpoint = endpointWith();
const second = endpointWith({ id: otherId, networkInterfaceIds: ['eni-c'] });
const listed = resourceWith({ shows: { endpointIds: [id] } });

describe('what CloudTrail says of the creator, which is inferred,', () => {
  test('keeps nobody from being asked who lists the endpoint', async () => {
    const services = [
      serviceOf('rds-proxy', { marks: { principals: ['rds'] }, lists: [listing()] }),
      serviceOf('graphs', { askedLast: true, lists: [listing(listed)] }),
    ];
    const told = { services, history: { creations: { [id]: byRds } } };
    const [single] = await worldOf(told).answers(endpoint);
    const [row] = await worldOf(told).answers(endpoint, second);
    expect(single?.owner?.resourceId).toBe('orders');
    expect([single?.verdict, single?.owner]).toEqual([row?.verdict, row?.owner]);
  });

  test('hides no proxy of a firewall, whose creator nobody knows', async () => {
    const region = emptyRegion();
    const event = { creator: forwardAccessSession('proxy.network-firewall') };
    const { vpcEndpointId, owner } = region.networkFirewallProxy({ createdAt: region.daysAgo(5), event });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: owner.resourceId } });
  });

  test('makes the same row in the whole Region, in a VPC, and on a page of one', async () => {
    const region = emptyRegion();
    const event = { creator: serviceLinkedRole('rds', 'AWSServiceRoleForRDS') };
    const made = region.transferWebApp({ createdAt: region.daysAgo(5), event });
    region.rdsProxy({ createdAt: region.daysAgo(5) });
    const api = await startApi(region.account, { region: region.name });
    const ownerIn = async (query: string) => {
      const { vpcEndpoints } = sweep.parse(JSON.parse((await api.request(`/vpc-endpoints${query}`)).body));
      return vpcEndpoints.find(({ vpcEndpointId }) => vpcEndpointId === made.vpcEndpointId)?.owner;
    };
    const owners = [
      await ownerIn(''),
      await ownerIn(`?vpcId=${made.network.vpcId}`),
      await ownerIn('?limit=1'),
    ];
    await api.close();
    // On the first page of one is whichever endpoint comes first.
    const found = owners.filter((owner) => owner !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(2);
    for (const owner of found) expect(owner).toMatchObject({ resourceId: made.owner.resourceId });
  });
});

describe('a service that has answered', () => {
  const region = 'me-central-1';
  const hostname = `aoss.${region}.amazonaws.com`;
  const gone = noteCall(Object.assign(new Error(), { code: 'ENOTFOUND', hostname }), {
    action: 'aoss:ListVpcEndpoints',
    region,
  });
  const another = resourceWith({ shows: { endpointIds: [otherId] }, mostEndpoints: 'as-listed' });

  test.each([
    ['page', [{ items: [another] }, { error: gone }]],
    ['description', [{ items: [another, { error: gone }] }]],
  ])('is in the Region: a %s that could not be asked for is a failure', async (_, pages) => {
    const services = [serviceOf('aoss', { lists: [listOf(pages)] })];
    const [answer] = await worldOf({ services, place: { region, accountId: '111122223333' } }).answers(
      endpoint,
    );
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(answer?.checks.find(({ check }) => check === 'aoss')?.reason).toMatch('no connection');
  });
});

describe('a field of another kind than AWS documents', () => {
  const old = (region: ReturnType<typeof emptyRegion>) => ({ createdAt: region.daysAgo(300) });

  test('spoils its own item, and none of its neighbours', async () => {
    const region = emptyRegion();
    Object.assign(region.adConnector(old(region)).row.VpcInformation, { SecurityGroupIds: null });
    const { vpcEndpointId, owner } = region.adConnector(old(region));
    expect((await lookUp(region, vpcEndpointId)).answer.owner?.resourceId).toBe(owner.resourceId);
  });

  test('is no other place', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.identityProvider(old(region));
    Object.assign(row.Settings ?? {}, { Subnets: row.Settings?.Subnets[0] });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(checkOf(answer, 'license-manager-user-subscriptions')?.outcome).toBe('failed');
  });
});
