import { describe, expect, test } from '@jest/globals';
import type { Case, Endpoint, Items, Resource } from '../../lambda/model/model.ts';
import type { Service } from '../../lambda/model/service.ts';
import { services as catalogue } from '../../lambda/resolvers/index.ts';
import {
  byRds,
  dnsNameOf,
  endpointWith,
  endpointId as id,
  otherId,
  rdsProxy,
  resourceWith,
} from '../support/cases.ts';
import {
  interfaceOf,
  listing,
  listOf,
  type Name,
  namedBy,
  type Page,
  refusal,
  servFail,
  serviceOf,
  type Told,
  worldOf,
} from '../support/worlds.ts';

const endpoint = endpointWith();
const name = 'orders.proxy.example';
const proxy = resourceWith({ shows: { hostnames: [name] } });
const listed = resourceWith({ shows: { endpointIds: [id] } });
const own = [interfaceOf(endpoint, 'eni-a', '10.0.0.4'), interfaceOf(endpoint, 'eni-b', '10.0.16.4')];

const proxies = (...items: Items) =>
  serviceOf('rds-proxy', { name: rdsProxy.name, lists: [listing(...items)] });

/** What is found out about the endpoint from these proxies, where the name of one of them leads somewhere. */
async function look(
  resource: Resource,
  leads: Name = {},
  told: Partial<Told> = {},
  about: Endpoint = endpoint,
) {
  const names = { [name]: leads };
  const { survey, asked } = worldOf({ services: [proxies(resource)], names, interfaces: own, ...told });
  const [found] = (await survey(about)) as readonly [Case];
  return { found, asked };
}

const open = (found: Case) => ({
  owners: found.owners.length,
  probable: found.probable.length,
  doubts: found.doubts.map(({ resource }) => resource.id),
});
const nothing = { owners: 0, probable: 0, doubts: [] };
const doubted = { ...nothing, doubts: ['orders'] };
const checkIn = ({ checks }: Case, which = 'rds-proxy') => checks.find((check) => check.name === which);
const gapsIn = (found: Case, which?: string) => {
  const coverage = checkIn(found, which)?.coverage;
  return coverage?.read === 'partly' ? coverage.gaps : [];
};

describe('a list that names the endpoint', () => {
  test('holds it, in any letter case', async () => {
    const { found } = await look(resourceWith({ shows: { endpointIds: [otherId, id.toUpperCase()] } }));
    expect(found.owners).toMatchObject([{ by: 'id', statement: `AWS::RDS::DBProxy orders lists ${id}` }]);
  });

  test('holds it by one of its network interfaces', async () => {
    const { found } = await look(resourceWith({ shows: { interfaceIds: ['eni-x', 'eni-b'] } }));
    expect(found.owners).toMatchObject([
      { by: 'id', statement: `AWS::RDS::DBProxy orders lists eni-b, an interface of ${id}` },
    ]);
  });

  test('holds it wherever the resource says that its network is', async () => {
    const { found } = await look({ ...listed, network: { vpcId: 'vpc-2' } });
    expect(found.owners).toHaveLength(1);
  });

  test('does not hold it by naming others', async () => {
    const others = resourceWith({ shows: { endpointIds: [otherId], interfaceIds: ['eni-x'] } });
    expect(open((await look(others)).found)).toEqual(doubted);
  });

  test('ends the survey: no further page is asked for', async () => {
    const services = [serviceOf('rds-proxy', { lists: [listOf([{ items: [listed] }, { items: [proxy] }])] })];
    const { asked } = await look(listed, {}, { services });
    expect(asked).toEqual(['history', 'list orders']);
  });
});

describe('a hostname', () => {
  test('holds the endpoint whose DNS name it is an alias of, and no address is asked for', async () => {
    const { found, asked } = await look(proxy, { aliases: ['blue.example', dnsNameOf(id)] });
    expect(found.owners).toMatchObject([
      { service: rdsProxy, by: 'alias', statement: `${name} is an alias of ${dnsNameOf(id)}` },
    ]);
    expect(asked).not.toContain('ec2:DescribeNetworkInterfaces');
  });

  test('that is itself a name of the endpoint says so', async () => {
    const named = resourceWith({ shows: { hostnames: [`${dnsNameOf(id).toUpperCase()}.`] } });
    const { found } = await look(named);
    expect(found.owners).toMatchObject([
      { by: 'alias', statement: `${dnsNameOf(id)} is a DNS name of the endpoint itself` },
    ]);
  });

  test('with the addresses of the endpoint holds it, less surely than an alias', async () => {
    const { found } = await look(proxy, { addresses: ['10.0.0.4', '10.0.16.4'] });
    expect(found.owners).toEqual([]);
    expect(found.probable).toMatchObject([
      {
        by: 'address',
        statement: `${name} has the addresses of the endpoint's network interfaces in vpc-1 (10.0.0.4, 10.0.16.4)`,
      },
    ]);
  });

  test('with its IPv6 addresses in another spelling holds it', async () => {
    const interfaces = [interfaceOf(endpoint, 'eni-a', '2001:db8::4'), ...own.slice(1)];
    const { found } = await look(proxy, { addresses: ['2001:0DB8:0:0:0:0:0:4'] }, { interfaces });
    expect(found.probable).toHaveLength(1);
  });

  test('of a resource in another VPC, or on other subnets, is not even looked up', async () => {
    for (const network of [{ vpcId: 'vpc-2' }, { ...proxy.network, subnetIds: ['subnet-c'] }]) {
      const { found, asked } = await look({ ...proxy, network }, { addresses: ['10.0.0.4', '10.0.16.4'] });
      expect(open(found)).toEqual(nothing);
      expect(asked).not.toContain(`dns ${name}`);
    }
  });

  test('with only some of the addresses decides nothing', async () => {
    const { found } = await look(proxy, { addresses: ['10.0.0.4', '10.0.99.9'] });
    expect(open(found)).toEqual(doubted);
    expect(gapsIn(found)).toEqual([
      {
        kind: 'undecided',
        action: null,
        reason: 'AWS::RDS::DBProxy orders shares only some of its addresses (10.0.0.4, 10.0.99.9)',
      },
    ]);
  });

  test('with public addresses says nothing of the private ones behind them', async () => {
    expect(open((await look(proxy, { addresses: ['198.51.100.7'] })).found)).toEqual(doubted);
  });

  test('that does not exist says nothing', async () => {
    expect(open((await look(proxy)).found)).toEqual(doubted);
  });

  test('that cannot be looked up is a gap, not an absence', async () => {
    const { found } = await look(proxy, { error: servFail(name) });
    expect(open(found)).toEqual(doubted);
    expect(gapsIn(found)).toEqual([
      { kind: 'unreachable', action: null, reason: `DNS: SERVFAIL for ${name}` },
    ]);
  });

  test('that fails does not hide another one that matches', async () => {
    const two = resourceWith({ shows: { hostnames: ['broken.example', name] } });
    const broken = { 'broken.example': { error: servFail('broken.example') } };
    const byAlias = { ...broken, [name]: { aliases: [dnsNameOf(id)] } };
    expect((await look(two, {}, { names: byAlias })).found.owners).toMatchObject([{ by: 'alias' }]);
    const probable = { ...broken, [name]: { addresses: ['10.0.0.4', '10.0.16.4'] } };
    expect((await look(two, {}, { names: probable })).found.probable).toHaveLength(1);
  });

  test('of a resource whose VPC is not known counts by address only with a shared security group', async () => {
    const leads = { addresses: ['10.0.0.4', '10.0.16.4'] };
    const at = (network: Resource['network'], rest: Partial<Resource> = {}) =>
      look({ ...proxy, ...rest, network }, leads);
    expect((await at({ securityGroupIds: ['sg-1'] })).found.probable).toHaveLength(1);
    expect(open((await at({ securityGroupIds: ['sg-2'] })).found)).toEqual(doubted);
    // The addresses are those of this endpoint: that it has one only does not exclude it.
    expect(open((await at({ securityGroupIds: ['sg-2'] }, { mostEndpoints: 1 })).found)).toEqual(doubted);
  });

  test("is compared with nothing where EC2 does not say the endpoint's own addresses", async () => {
    const { found } = await look(proxy, { addresses: ['10.0.0.4'] }, { interfaces: own.slice(1) });
    expect(open(found)).toEqual(doubted);
    expect(gapsIn(found)).toMatchObject([
      {
        kind: 'malformed',
        reason: 'ec2:DescribeNetworkInterfaces: an interface is missing or has no address',
      },
    ]);
  });
});

describe('a resource that names the endpoint service of the endpoint', () => {
  const { serviceName } = endpoint;
  const naming = (network: Resource['network'] = proxy.network) =>
    resourceWith({ shows: { serviceNames: [`${serviceName}`.toUpperCase()] }, network });

  test('holds it on its own subnets, less surely than by id', async () => {
    const { found } = await look(naming());
    expect(open(found)).toEqual({ ...nothing, probable: 1 });
    expect(found.probable).toMatchObject([
      {
        by: 'service-name',
        statement: `AWS::RDS::DBProxy orders names the endpoint service ${`${serviceName}`.toUpperCase()}, and is in the endpoint's network`,
      },
    ]);
  });

  test.each([
    ['on other subnets', { subnetIds: ['subnet-c'] }],
    ['on one of its subnets only', { vpcId: 'vpc-1', subnetIds: ['subnet-a'] }],
    ['in a network that nobody names', {}],
  ])('proves nothing %s, for other VPCs may use the service too', async (_, network) => {
    const { found } = await look(naming(network));
    expect(open(found)).toMatchObject({ owners: 0, probable: 0 });
  });

  test('is looked for in no other', async () => {
    const { found } = await look(
      resourceWith({ shows: { serviceNames: ['com.amazonaws.vpce.x.vpce-svc-0'] } }),
    );
    expect(open(found)).toEqual(doubted);
  });

  test('is not its only one where two do', async () => {
    const two = proxies(naming(), resourceWith({ ...naming(), id: 'other' }));
    const { survey } = worldOf({ services: [two] });
    const [found] = (await survey(endpoint)) as readonly [Case];
    expect(found.probable).toHaveLength(2);
  });
});

test('addresses that EC2 has not told at the deadline are a gap', async () => {
  const { found } = await look(
    proxy,
    { addresses: ['10.0.0.4', '10.0.16.4'] },
    { ec2: { afterMs: Infinity } },
  );
  expect(open(found)).toEqual(doubted);
  expect(gapsIn(found)).toMatchObject([{ kind: 'timed-out' }]);
});

describe('other private addresses', () => {
  const leads = { addresses: ['10.0.99.9'] };
  const other = { id: otherId, vpcId: 'vpc-1' };
  const ofAnother = [...own, interfaceOf(other, 'eni-x', '10.0.99.9')];
  const one = { ...proxy, mostEndpoints: 1 };

  test('exclude nothing by themselves', async () => {
    expect(open((await look(one, leads)).found)).toEqual(doubted);
  });

  test('exclude a resource whose one endpoint they are, as EC2 says', async () => {
    expect(open((await look(one, leads, { interfaces: ofAnother })).found)).toEqual(nothing);
  });

  test('exclude none that may have more endpoints', async () => {
    expect(open((await look(proxy, leads, { interfaces: ofAnother })).found)).toEqual(doubted);
    const two = { ...proxy, mostEndpoints: 2 };
    expect(open((await look(two, leads, { interfaces: ofAnother })).found)).toEqual(doubted);
  });

  test('exclude nothing where a customer wrote the description of their interface', async () => {
    const written = { ...interfaceOf(other, 'eni-x', '10.0.99.9'), RequesterManaged: false };
    expect(open((await look(one, leads, { interfaces: [...own, written] })).found)).toEqual(doubted);
  });

  test("exclude nothing where they are an endpoint's in another VPC", async () => {
    const elsewhere = interfaceOf({ id: otherId, vpcId: 'vpc-2' }, 'eni-x', '10.0.99.9');
    expect(open((await look(one, leads, { interfaces: [...own, elsewhere] })).found)).toEqual(doubted);
  });
});

describe('a resource is elsewhere', () => {
  const leads = { aliases: [dnsNameOf(otherId)] };

  test('when all the endpoints that it can have are known, and this is none of them', async () => {
    expect(open((await look({ ...proxy, mostEndpoints: 1 }, leads)).found)).toEqual(nothing);
    const whole = resourceWith({ shows: { endpointIds: [otherId] }, mostEndpoints: 'as-listed' });
    expect(open((await look(whole)).found)).toEqual(nothing);
  });

  test('not as long as it may have another one, though it is less likely then', async () => {
    for (const rest of [{ mostEndpoints: 2 }, {}]) {
      const { found } = await look({ ...proxy, ...rest }, leads);
      expect(found.doubts).toMatchObject([{ sharesNetwork: true, lessLikely: true }]);
    }
  });

  test('when its other endpoint is in another VPC, and all of them are in one', async () => {
    const nowhere = { ...proxy, network: {}, mostEndpoints: 2 };
    const inVpc = (vpcId: string) => ({ endpoints: [{ id: otherId, vpcId }] });
    expect(open((await look(nowhere, leads, inVpc('vpc-2'))).found)).toEqual(nothing);
    expect(open((await look(nowhere, leads, inVpc('vpc-1'))).found)).toEqual(doubted);
    expect(open((await look(nowhere, leads)).found)).toEqual(doubted);
  });

  test('not while it is still being made, unless it is in another network', async () => {
    const young = resourceWith({ state: { unsure: 'has no hostname yet (creating)' } });
    const { found } = await look(young);
    expect(open(found)).toEqual(doubted);
    expect(gapsIn(found)).toMatchObject([
      { reason: 'AWS::RDS::DBProxy orders has no hostname yet (creating)' },
    ]);
    expect(open((await look({ ...young, network: { vpcId: 'vpc-2' } })).found)).toEqual(nothing);
  });

  test('not because it was made after the endpoint', async () => {
    const { found } = await look({ ...proxy, createdAt: new Date('2026-10-09T00:00:00Z') });
    expect(found.doubts).toMatchObject([{ lessLikely: true }]);
  });
});

describe('a list that yields to another', () => {
  const narrowOf = (...pages: readonly Page[]) => listOf(pages);
  const cluster = resourceWith({ type: 'Cluster', id: 'sales', shows: { endpointIds: [id] } });
  const managed = resourceWith({
    type: 'Managed',
    id: 'grant',
    shows: { endpointIds: [id] },
    mostEndpoints: 1,
  });

  const ask = async (narrow: readonly Page[], wide: Resource = cluster) => {
    const to = narrowOf(...narrow);
    const lists = [listOf([{ items: [wide] }], { yieldsTo: [to] }), to];
    return (await look(wide, {}, { services: [serviceOf('redshift', { lists })] })).found;
  };

  test('owns what the other does not list', async () => {
    const other = { ...managed, shows: { endpointIds: [otherId] } };
    expect((await ask([{ items: [other] }])).owners).toMatchObject([{ resource: { id: 'sales' } }]);
  });

  test('gives way to the narrower resource, however late that comes', async () => {
    for (const afterMs of [0, 5_000]) {
      const found = await ask([{ items: [] }, { items: [managed], afterMs }]);
      expect(found.owners).toMatchObject([{ resource: { id: 'grant' } }]);
    }
  });

  test.each([
    ['may not be read', [{ error: refusal('redshift:DescribeEndpointAccess') }]],
    ['has an item that cannot be read', [{ items: [{ error: new Error('no name') }] }]],
    [
      'has a resource that is being made',
      [{ items: [{ ...managed, shows: {}, state: { unsure: 'is new' } }] }],
    ],
    [
      'has a resource whose name cannot be looked up',
      [{ items: [{ ...managed, shows: { hostnames: ['broken.example'] } }] }],
    ],
    ['has a resource that shows no endpoint', [{ items: [{ ...managed, shows: {} }] }]],
    ['hangs', [{ items: [], afterMs: Infinity }]],
  ] as const)('owns nothing while the other %s', async (_, narrow) => {
    const found = await ask(narrow);
    expect(found.owners).toEqual([]);
    expect(found.listedBy).toMatchObject([{ resource: { id: 'sales' } }]);
  });

  test('owns what its own hostname is an alias of, even then', async () => {
    const named = { ...cluster, shows: { hostnames: [dnsNameOf(id)] } };
    const found = await ask([{ error: refusal('redshift:DescribeEndpointAccess') }], named);
    expect(found.owners).toMatchObject([{ by: 'alias', resource: { id: 'sales' } }]);
  });

  test('yields the resource that a tag names, too', async () => {
    const arn = 'arn:aws:redshift:ap-northeast-1:111122223333:cluster:sales';
    const to = narrowOf({ items: [managed], afterMs: 500 });
    const named = namedBy(/^arn:aws:redshift:/, { [arn]: [{ items: [{ ...cluster, arn }] }] });
    const lists = [listOf([{ items: [cluster] }], { yieldsTo: [to] }), to];
    const services = [serviceOf('redshift', { marks: { tags: { of: 'arn' } }, named, lists })];
    const { found } = await look(cluster, {}, { services }, endpointWith({ tags: { of: arn } }));
    expect(found.owners).toMatchObject([{ resource: { id: 'grant' } }]);
  });
});

describe('a failure', () => {
  const denied = refusal('rds:DescribeDBProxies');

  test('of a later page is a gap, and what came before it counts', async () => {
    const failing = (first: Resource) => [
      serviceOf('rds-proxy', { lists: [listOf([{ items: [first] }, { error: denied }])] }),
    ];
    const { found } = await look(proxy, {}, { services: failing(proxy) });
    expect(gapsIn(found)).toEqual([
      { kind: 'denied', action: 'rds:DescribeDBProxies', reason: 'rds:DescribeDBProxies is not allowed' },
    ]);
    expect(open(found)).toEqual(doubted);
    expect((await look(listed, {}, { services: failing(listed) })).found.owners).toHaveLength(1);
  });

  test('of one item hides none of the others', async () => {
    const services = [proxies({ error: denied }, listed)];
    expect((await look(listed, {}, { services })).found.owners).toHaveLength(1);
  });

  test('of one service leaves the others as they are', async () => {
    const services = [proxies(proxy), serviceOf('redshift', { lists: [listOf([{ error: denied }])] })];
    const { found } = await look(proxy, {}, { services });
    expect(gapsIn(found)).toEqual([]);
    expect(gapsIn(found, 'redshift')).toHaveLength(1);
  });
});

describe('time', () => {
  test('that runs out is said of the check that it ran out for, and of no other', async () => {
    const hanging = serviceOf('redshift', { lists: [listOf([{ afterMs: Infinity }])] });
    const { found } = await look(proxy, {}, { services: [proxies(proxy), hanging] });
    expect(gapsIn(found)).toEqual([]);
    expect(gapsIn(found, 'redshift')).toMatchObject([{ kind: 'timed-out' }]);
  });

  test('is not lost on a list that hangs once the owner is found', async () => {
    const hanging = serviceOf('redshift', { lists: [listOf([{ afterMs: Infinity }])] });
    const { survey, time } = worldOf({ services: [proxies(listed), hanging] });
    await survey(endpoint);
    expect(time.now()).toBeLessThan(1_000);
  });

  test('is given to services that do not make such endpoints as soon as the likely ones have answered', async () => {
    const appliances = serviceOf('firewall', {
      marks: { types: ['GatewayLoadBalancer'] },
      lists: [listOf([{ items: [listed] }])],
    });
    const late = serviceOf('rds-proxy', { lists: [listOf([{ items: [], afterMs: 700 }])] });
    const { survey, asked, time } = worldOf({ services: [appliances, late] });
    const [found] = await survey(endpoint);
    expect(asked).toEqual(['history', 'list ', 'list orders']);
    expect(found?.owners).toMatchObject([{ service: { id: 'firewall' } }]);
    expect(time.now()).toBeLessThan(1_000);
  });
});

describe('a firewall that a tag names', () => {
  const arn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';
  const firewall = catalogue.find(({ id: which }) => which === 'network-firewall') as Service;
  const edge = resourceWith({
    type: 'AWS::NetworkFirewall::Firewall',
    id: 'edge',
    arn,
    mostEndpoints: 'as-listed',
  });
  const tagged = (
    rest: Partial<Endpoint> = {},
    tags = { Firewall: arn, AWSNetworkFirewallManaged: 'true' },
  ) => endpointWith({ type: 'GatewayLoadBalancer', tags, ...rest });

  const ask = async (
    about: Endpoint,
    pages: Readonly<Record<string, readonly Page[]>>,
    all: readonly Page[] = [],
  ) => {
    const named = namedBy(firewall.named?.arn ?? /^$/, pages);
    const services = [{ ...firewall, named, lists: [listOf(all)] }];
    return look(edge, {}, { services }, about);
  };
  const standings = ({ claims }: Case) => claims.map(({ standing }) => standing);

  test('settles the question with one call when it holds the endpoint', async () => {
    const holding = { ...edge, shows: { endpointIds: [id] } };
    const { found, asked } = await ask(tagged(), { [arn]: [{ items: [holding] }] });
    expect(found.owners).toMatchObject([{ by: 'id', resource: { id: 'edge' } }]);
    expect(standings(found)).toEqual(['stands', 'stands']);
    expect(asked).toEqual(['list edge']);
  });

  test('is refuted when it does not hold it, and so are the other tags of that hand', async () => {
    const { found } = await ask(tagged(), { [arn]: [{ items: [edge] }] });
    expect(standings(found)).toEqual(['refuted', 'refuted']);
  });

  test('is gone when there is no such firewall', async () => {
    const { found } = await ask(tagged(), {});
    expect(standings(found)).toEqual(['gone', 'stands']);
  });

  test('of another account is foreign when it cannot be read, and that is no failure of a permission', async () => {
    const theirs = arn.replace('111122223333', '444455556666');
    const denied = refusal('network-firewall:DescribeFirewall');
    const { found } = await ask(tagged({}, { Firewall: theirs, AWSNetworkFirewallManaged: 'true' }), {
      [theirs]: [{ error: denied }],
    });
    expect(standings(found)).toEqual(['foreign', 'stands']);
    expect(gapsIn(found, 'network-firewall')).toEqual([]);
  });

  test('of another Region or partition is refuted, and not asked for', async () => {
    for (const elsewhere of [
      arn.replace('ap-northeast-1', 'us-east-1'),
      arn.replace('arn:aws:', 'arn:aws-cn:'),
    ]) {
      const { found, asked } = await ask(
        tagged({}, { Firewall: elsewhere, AWSNetworkFirewallManaged: 'x' }),
        {},
      );
      expect(standings(found)).toEqual(['refuted']);
      expect(asked).toEqual(['history']);
    }
  });

  test('that may not be read is neither refuted nor gone', async () => {
    const denied = refusal('network-firewall:DescribeFirewall');
    const { found } = await ask(tagged(), { [arn]: [{ error: denied }] });
    expect(standings(found)).toEqual(['stands', 'stands']);
    expect(gapsIn(found, 'network-firewall')).toMatchObject([{ kind: 'denied' }]);
  });

  test('does not stand where EC2 says that the endpoint leads to a service', async () => {
    const { found } = await ask(
      tagged({ type: 'Interface' }, { Firewall: '', AWSNetworkFirewallManaged: 'true' }),
      {},
    );
    expect(standings(found)).toEqual(['unfit']);
  });
});

describe('several endpoints', () => {
  const second = endpointWith({ id: otherId, networkInterfaceIds: ['eni-c'], vpcId: 'vpc-2', subnetIds: [] });

  test('are found in one reading of each list', async () => {
    const services = [proxies(listed, resourceWith({ id: 'invoices', shows: { endpointIds: [otherId] } }))];
    const { survey, asked } = worldOf({ services });
    const found = await survey(endpoint, second);
    expect(found.map(({ owners }) => owners.map(({ resource }) => resource.id))).toEqual([
      ['orders'],
      ['invoices'],
    ]);
    expect(asked).toEqual(['list orders invoices']);
  });

  test('have each the gaps of the resources near them', async () => {
    const { survey } = worldOf({ services: [proxies(proxy)], names: { [name]: { error: servFail(name) } } });
    const found = await survey(endpoint, second);
    expect(found.map((each) => gapsIn(each).length)).toEqual([1, 0]);
  });

  test("are asked about at services that only one of them can be of, and the other's check says so", async () => {
    const own = serviceOf('cache', {
      marks: { serviceName: /^com\.amazonaws\.cache\./, serviceNameAlways: true },
      lists: [listOf([{ error: refusal('cache:List') }])],
    });
    const cached = endpointWith({ ...second, serviceName: 'com.amazonaws.cache.x' });
    const { survey } = worldOf({ services: [own] });
    const [plain, named] = (await survey(endpoint, cached)) as readonly [Case, Case];
    expect(checkIn(plain, 'cache')?.coverage).toMatchObject({ read: 'not', because: 'ruled-out' });
    expect(gapsIn(named, 'cache')).toMatchObject([{ kind: 'denied' }]);
  });

  test("say nothing of the tags of a customer's own, which is not looked for", async () => {
    const arn = 'arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-1';
    const tagged = {
      ...proxies(),
      marks: { tags: { Proxy: 'arn' } },
      named: namedBy(/:db-proxy:/, {}),
    } as const;
    const tags = { Proxy: arn };
    const { survey } = worldOf({ services: [tagged] });
    const own = endpointWith({ ...second, requesterManaged: false, tags });
    const [, found] = (await survey(endpointWith({ tags }), own)) as readonly [Case, Case];
    expect(found.claims).toMatchObject([{ standing: 'stands' }]);
  });

  test('do not keep a service from the one of them that it may belong to', async () => {
    const other = serviceOf('cache', {
      marks: { serviceName: /^com\.amazonaws\.cache\./ },
      lists: [listing()],
    });
    const appliances = serviceOf('firewall', {
      marks: { types: ['GatewayLoadBalancer'] },
      lists: [listing(listed)],
    });
    const appliance = endpointWith({
      ...second,
      type: 'GatewayLoadBalancer',
      serviceName: 'com.amazonaws.cache.x',
    });
    const { survey } = worldOf({ services: [other, appliances] });
    const [found] = await survey(endpoint, appliance);
    expect(found?.owners).toMatchObject([{ service: { id: 'firewall' } }]);
  });
});

test("an endpoint that EC2 says is the customer's is not looked for", async () => {
  const { found, asked } = await look(listed, {}, {}, endpointWith({ requesterManaged: false }));
  expect(found.owners).toEqual([]);
  expect(asked).toEqual([]);
});

describe('a service whose endpoints always have its tag', () => {
  const listsOf = (asked: readonly string[]) => asked.filter((one) => one.startsWith('list'));
  const tagging = (...items: Items) =>
    serviceOf('broker', {
      marks: { tags: { BrokerManaged: 'any' }, tagsAlways: true },
      lists: [listing(...items)],
    });

  test('is not asked for an endpoint without it whose owner another service lists', async () => {
    const { found, asked } = await look(listed, {}, { services: [tagging(), proxies(listed)] });
    expect(found.owners).toMatchObject([{ resource: { id: 'orders' } }]);
    expect(checkIn(found, 'broker')?.coverage).toMatchObject({ read: 'not', because: 'owner-found' });
    expect(asked).not.toContain('list ');
  });

  test('is asked after the others, for somebody may have taken the tag off', async () => {
    const { found, asked } = await look(listed, {}, { services: [tagging(listed), proxies()] });
    expect(found.owners).toMatchObject([{ service: { id: 'broker' } }]);
    expect(listsOf(asked)).toEqual(['list ', 'list orders']);
  });

  const tagged = endpointWith({ tags: { BrokerManaged: 'true' } });

  test('is asked before the others where the endpoint has it, and alone where it has the endpoint', async () => {
    const { asked } = await look(listed, {}, { services: [proxies(), tagging(listed)] }, tagged);
    expect(listsOf(asked)).toEqual(['list orders']);
  });

  test('does not keep the others waiting for long where it does not answer', async () => {
    const hanging = serviceOf('broker', {
      marks: { tags: { BrokerManaged: 'any' } },
      lists: [listOf([{ afterMs: Number.POSITIVE_INFINITY }])],
    });
    const { survey, time } = worldOf({ services: [hanging, proxies(listed)], interfaces: own });
    const [found] = (await survey(tagged)) as readonly [Case];
    expect(found.owners).toMatchObject([{ service: { id: 'rds-proxy' } }]);
    expect(time.now()).toBeLessThan(2_100);
  });
});

describe('a service that takes a call for each of its resources', () => {
  const each = (...items: Items) => serviceOf('graphs', { askedLast: true, lists: [listing(...items)] });

  test('is not asked where another one has the endpoint', async () => {
    const { found } = await look(listed, {}, { services: [each(listed), proxies(listed)] });
    expect(found.owners).toMatchObject([{ service: { id: 'rds-proxy' } }]);
    expect(checkIn(found, 'graphs')?.coverage).toMatchObject({ read: 'not', because: 'owner-found' });
  });

  test('is asked where no other one has it', async () => {
    const { found } = await look(listed, {}, { services: [each(listed), proxies()] });
    expect(found.owners).toMatchObject([{ service: { id: 'graphs' } }]);
  });

  test('is asked as soon as CloudTrail names it, whatever the others take', async () => {
    const { survey, time } = worldOf({
      services: [
        { ...each(listed), marks: { principals: ['rds'] } },
        serviceOf('slow', { lists: [listOf([{ afterMs: 5_000 }])] }),
      ],
      history: { creations: { [id]: byRds } },
    });
    const [found] = (await survey(endpoint)) as readonly [Case];
    expect(found.owners).toMatchObject([{ service: { id: 'graphs' } }]);
    expect(time.now()).toBeLessThan(500);
  });

  test('is asked with all others where the endpoints are many', async () => {
    const { survey, asked } = worldOf({ services: [each(listed), proxies()] });
    await survey(endpoint, endpointWith({ id: otherId }));
    expect(asked.slice(0, 2)).toEqual(['list orders', 'list ']);
  });
});

describe('a list whose resources have a service name of their own', () => {
  const serviceName = 'com.amazonaws.x.files.server.c-1';
  const named = endpointWith({ serviceName });
  const other = resourceWith({ id: 'app' });
  const files = (servers: readonly Page[], apps: Items) =>
    serviceOf('files', {
      marks: { serviceName: /\.files\./ },
      lists: [listing(...apps), listOf(servers, { serviceName: /\.server\./ })],
    });

  test('is asked before the others, and they are not asked where it has the endpoint', async () => {
    const { survey, asked } = worldOf({ services: [files([{ items: [listed] }], [other])] });
    const [found] = (await survey(named)) as readonly [Case];
    expect(found.owners).toMatchObject([{ resource: { id: 'orders' } }]);
    expect(asked).toEqual(['list orders']);
  });

  test('keeps no other list from being asked where it does not have the endpoint', async () => {
    const { found } = await look(proxy, {}, { services: [files([{ items: [] }], [listed])] }, named);
    expect(found.owners).toMatchObject([{ resource: { id: 'orders' } }]);
  });

  test('leaves it open who the owner is where it is refused, and the others do not show one', async () => {
    const error = refusal('files:ListServers');
    const { found } = await look(proxy, {}, { services: [files([{ error }], [])] }, named);
    expect(gapsIn(found, 'files')).toMatchObject([{ kind: 'denied', action: 'files:ListServers' }]);
  });

  test('that is never answered leaves the others unread, and that is said', async () => {
    const hanging = [{ afterMs: Number.POSITIVE_INFINITY }];
    const { found } = await look(proxy, {}, { services: [files(hanging, [])] }, named);
    expect(checkIn(found, 'files')?.coverage).toMatchObject({
      read: 'partly',
      gaps: [{ kind: 'timed-out' }],
    });
  });

  test('says of no list that it was searched where the owner was found before', async () => {
    const slow = [{ afterMs: 2_100, items: [] }];
    const told = { services: [{ ...files(slow, [other]), makesFor: ['rds-proxy'] }, proxies(listed)] };
    const { found, asked } = await look(proxy, {}, told, named);
    expect(found.owners).toMatchObject([{ service: { id: 'rds-proxy' } }]);
    expect(asked).not.toContain('list app');
    expect(checkIn(found, 'files')?.coverage).toMatchObject({ read: 'not', because: 'owner-found' });
  });

  test('is asked beside the others for an endpoint with another name', async () => {
    const { survey, asked } = worldOf({ services: [files([{ items: [] }], [other])] });
    await survey(endpoint);
    expect(asked).toEqual(['history', 'list app', 'list ']);
  });
});

test('a service that nobody asks is a check that was not made, unless the endpoint cannot be its', async () => {
  const unasked = serviceOf('msk', { marks: { never: { GatewayLoadBalancer: 'it makes none' } } });
  const told = { services: [proxies(), unasked] };
  expect(checkIn((await look(proxy, {}, told)).found, 'msk')?.coverage).toEqual({
    read: 'not',
    because: 'not-asked',
    reason: 'vpce-owner does not ask this service yet',
  });
  const appliance = endpointWith({ type: 'GatewayLoadBalancer' });
  expect(checkIn((await look(proxy, {}, told, appliance)).found, 'msk')).toBeUndefined();
});
