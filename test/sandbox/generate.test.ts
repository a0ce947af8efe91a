import { describe, expect, test } from '@jest/globals';
import { generate } from '../../sandbox/generate.ts';
import { incoherences } from './coherence.ts';

const now = new Date('2026-10-05T06:00:00Z');

test.each([1, 2, 3, 4, 5])('seed %d makes an account that fits together', (seed) => {
  const { account } = generate({ seed, size: 20, now });
  expect(incoherences(account, now)).toEqual([]);
});

test('the same seed makes the same account, another seed another one', () => {
  const first = generate({ seed: 7, size: 3, now });
  expect(generate({ seed: 7, size: 3, now })).toEqual(first);
  expect(generate({ seed: 8, size: 3, now })).not.toEqual(first);
});

test('the account can be of another partition', () => {
  const { account, region, truth } = generate({ seed: 1, size: 3, now, region: 'cn-north-1' });
  expect(Object.keys(account.regions)).toEqual([region]);
  for (const { owner } of truth.values()) expect(owner?.arn ?? 'arn:aws-cn:').toMatch(/^arn:aws-cn:/);
  expect(incoherences(account, now)).toEqual([]);
});

describe('the truth', () => {
  const size = 60;
  const { account, region, truth } = generate({ seed: 11, size, now });
  const resources = account.regions[region];
  const told = [...truth.values()];

  test('speaks of every endpoint, and of no other', () => {
    const ids = resources?.vpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId);
    expect([...truth.keys()].sort()).toEqual(ids?.sort());
  });

  test('lets an owner be identified only where there is one', () => {
    const wrong = told.filter(({ owner, verdicts }) => owner === null && verdicts.includes('identified'));
    expect(wrong).toEqual([]);
  });

  test('knows every verdict, and owners that cannot be found', () => {
    const verdicts = new Set(told.flatMap((one) => one.verdicts));
    expect(verdicts.size).toBe(5);
    expect(told.some(({ owner, verdicts }) => owner !== null && !verdicts.includes('identified'))).toBe(true);
  });

  test('has as many resources of each kind as it was asked for', () => {
    expect(resources).toMatchObject({
      dbClusters: { length: 2 * size },
      redshiftClusters: { length: size },
      redshiftEndpointAccess: { length: size },
      workgroups: { length: size },
      serverlessEndpointAccess: { length: size },
      firewalls: { length: size },
      vpcEndpointAssociations: { length: size },
      transferWebApps: { length: size },
    });
  });

  test('has tags that lie, young endpoints without an event, and addresses that repeat across VPCs', () => {
    const lies = resources?.vpcEndpoints.filter(
      ({ VpcEndpointType, Tags }) =>
        VpcEndpointType === 'Interface' && Tags?.some(({ Key }) => Key === 'Firewall'),
    );
    expect(lies?.length).toBeGreaterThan(0);
    const remembered = new Set(
      resources?.events.flatMap(({ Resources }) => Resources?.map((one) => one.ResourceName)),
    );
    const hidden = resources?.vpcEndpoints.filter(
      ({ VpcEndpointId, CreationTimestamp }) =>
        now.getTime() - (CreationTimestamp?.getTime() ?? 0) < 90 * 24 * 3_600_000 &&
        !remembered.has(VpcEndpointId),
    );
    expect(hidden?.length).toBeGreaterThan(0);
    const addresses = resources?.networkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress);
    expect(new Set(addresses).size).toBeLessThan(addresses?.length ?? 0);
  });
});

test('an account can have hundreds of resources of each kind', () => {
  const { account, region, truth } = generate({ seed: 1, size: 300, now });
  expect(account.regions[region]?.vpcEndpoints).toHaveLength(truth.size);
  expect(truth.size).toBeGreaterThan(12 * 300);
});
