import { expect, test } from '@jest/globals';
import { demo, demoRegions } from '../../sandbox/demo.ts';
import { generate } from '../../sandbox/generate.ts';
import { incoherences } from './coherence.ts';

const now = new Date('2026-10-05T06:00:00Z');
const { account, examples } = demo(now);
const known = new Map(
  Object.entries(account.regions).flatMap(([region, { vpcEndpoints }]) =>
    vpcEndpoints.map((endpoint) => [endpoint.VpcEndpointId, { region, endpoint }] as const),
  ),
);

test('the account fits together', () => {
  expect(incoherences(account, now)).toEqual([]);
  expect(Object.keys(account.regions)).toEqual([...demoRegions]);
});

test('an hour later the same resources have the same ids', () => {
  const later = demo(new Date(now.getTime() + 3_600_000));
  expect(later.examples).toEqual(examples);
});

test('each example has a title of its own and a path that needs no more encoding', () => {
  expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  for (const { path } of examples)
    expect(new URL(path, 'http://localhost').href).toBe(`http://localhost${path}`);
});

test('each example that finds an endpoint names one that exists, in the Region that it asks', () => {
  const found = examples.filter(({ expect: { status } }) => status === 200);
  for (const { path } of found) {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const text = (searchParams.get('q') ?? pathname).toLowerCase();
    const [id] = /vpce-[0-9a-f]{17}/.exec(text) ?? [];
    const [, named] = /com\.amazonaws\.vpce\.([a-z0-9-]+)\./.exec(text) ?? [];
    if (id === undefined) expect(text).toMatch(/^eni-[0-9a-f]{17}$/);
    else expect(known.get(id)?.region).toBe(searchParams.get('region') ?? named ?? 'ap-northeast-1');
  }
});

test('every kind of owner is asked for, young and old', () => {
  const asked = examples.flatMap(({ path, expect: { resourceType } }) => {
    const endpoint = known.get(path.split('/').at(-1))?.endpoint;
    if (resourceType === undefined || endpoint === undefined) return [];
    const young = now.getTime() - (endpoint.CreationTimestamp?.getTime() ?? 0) < 90 * 24 * 3_600_000;
    return [`${resourceType} ${young ? 'young' : 'old'}`];
  });
  const { truth } = generate({ seed: 1, size: 5, now });
  // Of some nothing leads to the endpoint, so that they are candidates at most.
  const found = [...truth.values()].filter(({ verdicts }) => verdicts.includes('identified'));
  const types = new Set(found.flatMap(({ owner }) => owner?.resourceType ?? []));
  expect(types.size).toBeGreaterThan(10);
  expect([...new Set(asked)].sort()).toEqual(
    [...types].sort().flatMap((type) => [`${type} old`, `${type} young`]),
  );
});

test('every verdict is given', () => {
  const verdicts = new Set(examples.flatMap(({ expect: { verdict } }) => verdict ?? []));
  expect([...verdicts].sort()).toEqual([
    'ambiguous',
    'identified',
    'not-requester-managed',
    'service-identified',
    'unidentified',
  ]);
});

test('an orphan shares its subnets and its security group with nothing', () => {
  const orphans = examples.filter(({ title }) => title.startsWith('an orphan'));
  expect(orphans.length).toBeGreaterThanOrEqual(3);
  for (const { path } of orphans) {
    const endpoint = known.get(path.split('/').at(-1))?.endpoint;
    const others = [...known.values()].filter((other) => other.endpoint !== endpoint);
    const taken = new Set(others.flatMap((other) => other.endpoint.SubnetIds ?? []));
    expect(endpoint?.SubnetIds?.some((id) => taken.has(id))).toBe(false);
  }
});

test('there are more proxies than DescribeDBProxies puts on a page', () => {
  expect(account.regions['ap-northeast-1']?.dbProxies.length).toBeGreaterThan(100);
});
