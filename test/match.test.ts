import { describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../lambda/aws/endpoint.ts';
import { canHold, type Lookups, matchById, place, sharesNetwork } from '../lambda/match.ts';
import type { Attachment } from '../lambda/resolver.ts';

const id = 'vpce-0ce9fdcdd4aa4097e';
const otherId = 'vpce-0aaaabbbbccccdddd';
const dnsNameOf = (endpointId: string) =>
  `${endpointId}-1hbywnw6.vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com`;

const endpoint: Endpoint = {
  id,
  type: 'Interface',
  state: 'available',
  requesterManaged: true,
  serviceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b'],
  networkInterfaceIds: ['eni-a', 'eni-b'],
  securityGroupIds: ['sg-1'],
  createdAt: new Date('2026-10-01T03:12:44Z'),
  ownerId: '111122223333',
  tags: {},
  dnsNames: [dnsNameOf(id)],
};

const proxy: Attachment = {
  owner: {
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: 'orders',
    arn: null,
    parentArn: null,
    consoleUrl: null,
  },
  hostnames: ['orders.proxy.example'],
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b'],
  securityGroupIds: ['sg-1'],
};

interface Zone {
  readonly aliases?: readonly string[];
  readonly addresses?: readonly string[];
}

/** Answers for every name alike, and notes what was looked up. */
function lookups(zone: Zone | Error, endpointAddresses: readonly string[] = ['10.0.0.4', '10.0.16.4']) {
  const asked: string[] = [];
  const look = async (kind: 'aliases' | 'addresses', name: string) => {
    asked.push(`${kind} ${name}`);
    if (zone instanceof Error) throw zone;
    return zone[kind] ?? [];
  };
  const all: Lookups = {
    dnsSuffix: 'amazonaws.com',
    aliases: (name) => look('aliases', name),
    addresses: (name) => look('addresses', name),
    endpointAddresses: async () => {
      asked.push('endpoint addresses');
      return new Set(endpointAddresses);
    },
  };
  return { all, asked };
}

describe('a list that names the endpoint', () => {
  test('holds it, in any letter case', () => {
    expect(matchById({ ...proxy, vpcEndpointIds: [otherId, id.toUpperCase()] }, endpoint)).toBe(
      `AWS::RDS::DBProxy orders lists ${id}`,
    );
  });

  test('holds it by one of its network interfaces', () => {
    expect(matchById({ ...proxy, networkInterfaceIds: ['eni-x', 'eni-b'] }, endpoint)).toBe(
      `AWS::RDS::DBProxy orders lists eni-b, an interface of ${id}`,
    );
  });

  test('does not hold it by naming others', () => {
    const others = { ...proxy, vpcEndpointIds: [otherId], networkInterfaceIds: ['eni-x'] };
    expect(matchById(others, endpoint)).toBeNull();
    expect(matchById(proxy, endpoint)).toBeNull();
  });
});

describe('a hostname', () => {
  test('holds the endpoint whose DNS name it is an alias of, and no address is asked for', async () => {
    const { all, asked } = lookups({ aliases: ['blue.example', dnsNameOf(id)] });
    expect(await place(proxy, endpoint, all)).toEqual({
      kind: 'match',
      source: 'dns',
      statement: `orders.proxy.example is an alias of ${dnsNameOf(id)}`,
    });
    expect(asked).toEqual(['aliases orders.proxy.example']);
  });

  test('holds the endpoint by a private DNS name that EC2 lists for it', async () => {
    const own = { ...endpoint, dnsNames: ['private.example'] };
    const { all } = lookups({ aliases: ['private.example'] });
    expect(await place(proxy, own, all)).toMatchObject({ kind: 'match', source: 'dns' });
  });

  test('that is itself a name of the endpoint says so', async () => {
    const { all } = lookups({});
    const named = { ...proxy, hostnames: [`${dnsNameOf(id).toUpperCase()}.`] };
    expect(await place(named, endpoint, all)).toEqual({
      kind: 'match',
      source: 'dns',
      statement: `${dnsNameOf(id)} is a DNS name of the endpoint itself`,
    });
  });

  test("that is an alias of another endpoint's name puts its resource elsewhere", async () => {
    const { all, asked } = lookups({ aliases: [dnsNameOf(otherId)] });
    expect(await place(proxy, endpoint, all)).toEqual({ kind: 'elsewhere' });
    expect(asked).not.toContain('endpoint addresses');
  });

  test('with the addresses of the endpoint holds it, less surely than an alias', async () => {
    const { all } = lookups({ addresses: ['10.0.0.4', '10.0.16.4'] });
    expect(await place(proxy, endpoint, all)).toEqual({
      kind: 'match',
      source: 'address',
      statement:
        "orders.proxy.example has the addresses of the endpoint's network interfaces in vpc-1 (10.0.0.4, 10.0.16.4)",
    });
  });

  test('with its IPv6 addresses in another spelling holds it', async () => {
    const { all } = lookups({ addresses: ['2001:0DB8:0:0:0:0:0:4'] }, ['2001:db8::4']);
    expect(await place(proxy, endpoint, all)).toMatchObject({ kind: 'match', source: 'address' });
  });

  test('with the same addresses in another VPC is elsewhere, and is not even looked up', async () => {
    const { all, asked } = lookups({ addresses: ['10.0.0.4', '10.0.16.4'] });
    expect(await place({ ...proxy, vpcId: 'vpc-2' }, endpoint, all)).toEqual({ kind: 'elsewhere' });
    expect(asked).toEqual([]);
  });

  test('on other subnets of the VPC is elsewhere, and is not even looked up', async () => {
    const { all, asked } = lookups({ addresses: ['10.0.0.4'] });
    expect(await place({ ...proxy, subnetIds: ['subnet-c'] }, endpoint, all)).toEqual({ kind: 'elsewhere' });
    expect(asked).toEqual([]);
  });

  test('with only some of the addresses decides nothing', async () => {
    const { all } = lookups({ addresses: ['10.0.0.4', '10.0.99.9'] });
    expect(await place(proxy, endpoint, all)).toEqual({
      kind: 'undecided',
      reason: 'shares only some of its addresses (10.0.0.4, 10.0.99.9)',
    });
  });

  test('with other private addresses is elsewhere', async () => {
    const { all } = lookups({ addresses: ['10.0.99.9'] });
    expect(await place(proxy, endpoint, all)).toEqual({ kind: 'elsewhere' });
  });

  test('with public addresses says nothing of the private ones behind them', async () => {
    const { all } = lookups({ addresses: ['198.51.100.7'] });
    expect(await place(proxy, endpoint, all)).toMatchObject({ kind: 'unplaced' });
  });

  test('that does not exist says nothing', async () => {
    expect(await place(proxy, endpoint, lookups({}).all)).toMatchObject({ kind: 'unplaced' });
  });

  test('of a resource whose VPC is not known counts by address only with a shared security group', async () => {
    const { vpcId: _, ...nowhere } = proxy;
    const zone = { addresses: ['10.0.0.4', '10.0.16.4'] };
    expect(await place(nowhere, endpoint, lookups(zone).all)).toMatchObject({ source: 'address' });
    const stranger = { ...nowhere, securityGroupIds: ['sg-2'] };
    expect(await place(stranger, endpoint, lookups(zone).all)).toMatchObject({ kind: 'unplaced' });
    const elsewhere = lookups({ addresses: ['10.0.0.5', '10.0.16.5'] });
    expect(await place(stranger, endpoint, elsewhere.all)).toEqual({ kind: 'elsewhere' });
  });

  test('that cannot be looked up is an error, not an absence', async () => {
    const { all } = lookups(new Error('SERVFAIL'));
    await expect(place(proxy, endpoint, all)).rejects.toThrow('SERVFAIL');
  });

  test('that fails does not hide another one that matches', async () => {
    const two = { ...proxy, hostnames: ['broken.example', 'works.example'] };
    const all: Lookups = {
      ...lookups({}).all,
      aliases: async (name) => {
        if (name === 'broken.example') throw new Error('SERVFAIL');
        return [dnsNameOf(id)];
      },
    };
    expect(await place(two, endpoint, all)).toMatchObject({ kind: 'match', source: 'dns' });
  });
});

test('a resource is elsewhere only when every endpoint that it has is known', async () => {
  const { all } = lookups({ aliases: [dnsNameOf(otherId)] });
  expect(await place({ ...proxy, endpointCount: 2 }, endpoint, all)).toEqual({
    kind: 'unplaced',
    otherEndpointIds: [otherId],
  });
  const listed = { ...proxy, hostnames: [], vpcEndpointIds: [otherId] };
  expect(await place(listed, endpoint, all)).toEqual({ kind: 'elsewhere' });
});

test('a resource that is still being made is undecided, unless it is in another network', async () => {
  const young = { ...proxy, hostnames: [], undecided: 'has no hostname yet (creating)' };
  const { all } = lookups({});
  expect(await place(young, endpoint, all)).toEqual({
    kind: 'undecided',
    reason: 'has no hostname yet (creating)',
  });
  expect(await place({ ...young, vpcId: 'vpc-2' }, endpoint, all)).toEqual({ kind: 'elsewhere' });
});

test('a resource can hold an endpoint as long as no network that both name differs', () => {
  expect(canHold(proxy, endpoint)).toBe(true);
  expect(canHold({ owner: proxy.owner }, endpoint)).toBe(true);
  expect(canHold(proxy, { ...endpoint, vpcId: null, subnetIds: [] })).toBe(true);
  expect(canHold({ ...proxy, vpcId: 'vpc-2' }, endpoint)).toBe(false);
  expect(canHold({ ...proxy, subnetIds: ['subnet-c'] }, endpoint)).toBe(false);
});

describe('sharing the network', () => {
  test('takes the VPC, all subnets and a security group', () => {
    expect(sharesNetwork(proxy, endpoint)).toBe(true);
    expect(sharesNetwork({ ...proxy, vpcId: 'vpc-2' }, endpoint)).toBe(false);
    expect(sharesNetwork({ ...proxy, subnetIds: ['subnet-a'] }, endpoint)).toBe(false);
    expect(sharesNetwork({ ...proxy, securityGroupIds: ['sg-2'] }, endpoint)).toBe(false);
    expect(sharesNetwork({ owner: proxy.owner, vpcId: 'vpc-1' }, endpoint)).toBe(false);
  });

  test('takes a resource that is not younger than the endpoint, within an hour', () => {
    const made = (time: string) => ({ ...proxy, createdAt: new Date(time) });
    expect(sharesNetwork(made('2026-10-01T04:12:44Z'), endpoint)).toBe(true);
    expect(sharesNetwork(made('2026-10-01T04:12:45Z'), endpoint)).toBe(false);
    expect(sharesNetwork(made('2020-01-01T00:00:00Z'), endpoint)).toBe(true);
  });
});
