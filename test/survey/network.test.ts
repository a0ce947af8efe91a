import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../lambda/model/model.ts';
import { canHold, isInVpcOf, isLikely, sharesNetwork, wasMadeAfter } from '../../lambda/survey/network.ts';
import { endpointWith, otherId, resourceWith } from '../support/cases.ts';

const endpoint = endpointWith();
const proxy = resourceWith();
const on = (network: Resource['network']) => resourceWith({ network });
const moved = (network: Resource['network']) => on({ ...proxy.network, ...network });

describe('a resource can hold an endpoint', () => {
  test('as long as no network that both name differs', () => {
    expect(canHold(proxy, endpoint)).toBe(true);
    expect(canHold(on({}), endpoint)).toBe(true);
    expect(canHold(proxy, { ...endpoint, vpcId: null, subnetIds: [] })).toBe(true);
  });

  test('on one of its subnets', () => {
    expect(canHold(moved({ subnetIds: ['subnet-b', 'subnet-c'] }), endpoint)).toBe(true);
  });

  test('but not from another VPC, nor from other subnets', () => {
    expect(canHold(moved({ vpcId: 'vpc-2' }), endpoint)).toBe(false);
    expect(canHold(moved({ subnetIds: ['subnet-c'] }), endpoint)).toBe(false);
  });

  test('with any security group, for these can be changed', () => {
    expect(canHold(moved({ securityGroupIds: ['sg-2'] }), endpoint)).toBe(true);
  });
});

describe('a resource is in the VPC of an endpoint', () => {
  test('that it names', () => {
    expect(isInVpcOf(on({ vpcId: 'vpc-1' }), endpoint)).toBe(true);
    expect(isInVpcOf(moved({ vpcId: 'vpc-2' }), endpoint)).toBe(false);
    expect(isInVpcOf(on({ vpcId: 'vpc-1' }), { ...endpoint, vpcId: null })).toBe(false);
  });

  test('by a shared security group, where it does not name its VPC', () => {
    expect(isInVpcOf(on({ securityGroupIds: ['sg-9', 'sg-1'] }), endpoint)).toBe(true);
    expect(isInVpcOf(on({ securityGroupIds: ['sg-9'] }), endpoint)).toBe(false);
    expect(isInVpcOf(on({}), endpoint)).toBe(false);
  });
});

describe('sharing the network', () => {
  test('takes the VPC, all subnets and a security group', () => {
    expect(sharesNetwork(proxy, endpoint)).toBe(true);
    expect(sharesNetwork(moved({ vpcId: 'vpc-2' }), endpoint)).toBe(false);
    expect(sharesNetwork(moved({ subnetIds: ['subnet-a'] }), endpoint)).toBe(false);
    expect(sharesNetwork(moved({ securityGroupIds: ['sg-2'] }), endpoint)).toBe(false);
    expect(sharesNetwork(on({ vpcId: 'vpc-1' }), endpoint)).toBe(false);
  });

  test('takes what both sides name of it', () => {
    expect(sharesNetwork(on({ vpcId: 'vpc-1', securityGroupIds: ['sg-1'] }), endpoint)).toBe(true);
    expect(sharesNetwork(proxy, { ...endpoint, securityGroupIds: [] })).toBe(true);
    expect(sharesNetwork(proxy, { ...endpoint, subnetIds: [], securityGroupIds: [] })).toBe(false);
  });

  test('does not depend on when the resource was made', () => {
    expect(sharesNetwork({ ...proxy, createdAt: new Date('2026-10-09T00:00:00Z') }, endpoint)).toBe(true);
  });
});

describe('the names of a resource are likely to lead to the endpoint', () => {
  test('unless another endpoint is listed for it, or its security groups are others', () => {
    expect(isLikely(proxy, endpoint)).toBe(true);
    expect(isLikely(resourceWith({ shows: { endpointIds: [otherId] } }), endpoint)).toBe(false);
    expect(isLikely(moved({ securityGroupIds: ['sg-2'] }), endpoint)).toBe(false);
  });

  test('where groups are not known', () => {
    expect(isLikely(moved({ securityGroupIds: [] }), endpoint)).toBe(true);
    expect(isLikely(proxy, { ...endpoint, securityGroupIds: [] })).toBe(true);
  });
});

test('a resource was made after an endpoint when more than an hour lies between them', () => {
  const made = (time: string) => wasMadeAfter({ ...proxy, createdAt: new Date(time) }, endpoint);
  expect(made('2026-10-01T04:12:44Z')).toBe(false);
  expect(made('2026-10-01T04:12:45Z')).toBe(true);
  expect(made('2020-01-01T00:00:00Z')).toBe(false);
  expect(wasMadeAfter(proxy, endpoint)).toBe(false);
  const late = { ...proxy, createdAt: new Date('2026-10-09T00:00:00Z') };
  expect(wasMadeAfter(late, { ...endpoint, createdAt: null })).toBe(false);
});
