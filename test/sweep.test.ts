import { afterEach, describe, expect, test } from '@jest/globals';
import { rowOf, type Sweep, type SweepRow } from '../lambda/answer/sweep.ts';
import { identification, sweep as sweepSchema } from '../lambda/http/contract.ts';
import { nextTokens } from '../lambda/http/next-token.ts';
import { newAccount } from '../sandbox/build.ts';
import { demo } from '../sandbox/demo.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';
import { thorough } from './support/thorough.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
type Region = ReturnType<typeof tokyo>;

let api: Api;
afterEach(() => api?.close());

async function start({ account, name: region }: Region, options: ApiOptions = {}) {
  api = await startApi(account, { region, ...options });
}

/** The answer, which must fit the contract. */
async function sweep(query = '', path = '/vpc-endpoints'): Promise<Sweep> {
  const { status, body } = await api.request(`${path}?${query}`);
  if (status !== 200) throw new Error(body);
  return sweepSchema.parse(JSON.parse(body)) as Sweep;
}

const idsOf = ({ vpcEndpoints }: Sweep) => vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId);
const callsOf = (operation: string) =>
  api.sandbox.calls.filter((call) => call.operation === operation).length;

describe('a sweep of the Region', () => {
  test('has every endpoint that a service made once, and of each says what its single answer says', async () => {
    const { account } = demo(now);
    api = await startApi(account, { region: 'ap-northeast-1' });
    const swept = await sweep();
    expect(idsOf(swept)).toEqual([...new Set(idsOf(swept))].sort());
    expect(swept.count).toBeGreaterThan(50);
    const made = Object.values(account.regions['ap-northeast-1']?.vpcEndpoints ?? []);
    const managed = made.filter(({ RequesterManaged }) => RequesterManaged === true);
    expect(idsOf(swept)).toEqual(expect.arrayContaining(managed.map(({ VpcEndpointId }) => VpcEndpointId)));
    const some = swept.vpcEndpoints.filter((_, index) => thorough || index % 8 === 0);
    for (const row of some) {
      const { body } = await api.request(`/vpc-endpoints/${row.vpcEndpointId}`);
      expect(row).toEqual(rowOf(identification.parse(JSON.parse(body))));
    }
  }, 120_000);

  test('reads each list once and looks each name up once, whatever the number of endpoints', async () => {
    const region = tokyo();
    for (let n = 0; n < 40; n += 1) region.rdsProxy({ name: `proxy-${n}`, createdAt: old });
    await start(region);
    const { summary } = await sweep();
    expect(summary).toEqual({ verdicts: { identified: 40 }, services: { 'rds-proxy': 40 } });
    expect(callsOf('DescribeVpcEndpoints')).toBe(1);
    expect(callsOf('DescribeDBProxies')).toBe(1);
    expect(callsOf('LookupEvents')).toBe(0);
    const names = api.sandbox.queries.map(({ name, type }) => `${name} ${type}`);
    expect(names).toEqual([...new Set(names)]);
  });

  test('asks the history for the creations of many together, and only of those that the lists left open', async () => {
    const region = tokyo();
    for (let n = 0; n < 30; n += 1) region.orphan({ createdAt: region.daysAgo(3) });
    region.rdsProxy({ name: 'orders', createdAt: region.daysAgo(3) });
    await start(region);
    const { summary, vpcEndpoints } = await sweep();
    expect(summary.verdicts).toEqual({ identified: 1, 'service-identified': 30 });
    expect(vpcEndpoints.every(({ service }) => service?.id === 'rds-proxy')).toBe(true);
    expect(callsOf('LookupEvents')).toBeLessThan(5);
  });
});

describe('a sweep of a scope', () => {
  test('has the endpoints of a VPC, a subnet, a security group or an endpoint service', async () => {
    const region = tokyo();
    const [left, right] = [region.network(), region.network()];
    const orders = region.rdsProxy({ name: 'orders', network: left, createdAt: old });
    const sales = region.redshiftCluster({ name: 'sales', network: right, createdAt: old });
    await start(region);
    const { body } = await api.request(`/vpc-endpoints/${orders.vpcEndpointId}`);
    const { endpoint } = identification.parse(JSON.parse(body));
    const service = endpoint.serviceName?.split('.').at(-1);
    for (const query of [
      `vpcId=${endpoint.vpcId}`,
      `subnetId=${endpoint.subnetIds[0]}`,
      `securityGroupId=${endpoint.securityGroupIds[0]?.toUpperCase()}`,
      `serviceName=${endpoint.serviceName}`,
      `serviceName=${service}&vpcId=${endpoint.vpcId}`,
    ])
      expect({ query, ids: idsOf(await sweep(query)) }).toEqual({ query, ids: [orders.vpcEndpointId] });
    expect(idsOf(await sweep(`vpcId=${left.vpcId},${right.vpcId}`)).sort()).toEqual(
      [orders.vpcEndpointId, sales.vpcEndpointId].sort(),
    );
    expect(idsOf(await sweep(`vpcId=${right.vpcId}&subnetId=${endpoint.subnetIds[0]}`))).toEqual([]);
  });

  test('shows what is asked for, and checks everything', async () => {
    const region = tokyo();
    const orphan = region.orphan({ createdAt: old });
    region.rdsProxy({ name: 'orders', createdAt: old });
    await start(region);
    expect(idsOf(await sweep('verdict=unidentified'))).toEqual([orphan.vpcEndpointId]);
    const proxies = await sweep('service=rds-proxy');
    expect(proxies).toMatchObject({ count: 1, summary: { services: { 'rds-proxy': 1 } }, complete: false });
  });

  test('leaves out what customers made, unless they ask about it', async () => {
    const region = tokyo();
    const own = region.customerEndpoint();
    await start(region);
    expect(idsOf(await sweep())).toEqual([]);
    const other = 'vpce-00000000000000000';
    const named = await sweep(`q=${own.vpcEndpointId},${other}`, '/identify');
    expect(named.vpcEndpoints).toMatchObject([{ verdict: 'not-requester-managed' }]);
    expect(named.notFound).toEqual([other]);
  });

  test('without endpoints says what else stands there, hidden or not', async () => {
    const region = tokyo();
    const network = region.network();
    const { networkInterfaceId } = region.instanceInterface(network);
    await start(region);
    const swept = await sweep(`q=The subnet '${network.subnets[0]?.subnetId}' has dependencies`, '/identify');
    expect(swept).toMatchObject({ count: 0, complete: true, otherInterfaces: [{ networkInterfaceId }] });
    const { body } = await api.request(`/vpc-endpoints?vpcId=${network.vpcId}&format=text`);
    expect(body).toContain(
      'No such endpoint is in it. What else keeps it from being deleted:\n      1 × interface',
    );
  });

  test('that is empty or unknown names the place that was looked in, and says that nothing is there', async () => {
    await start(tokyo());
    const [one, two] = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'];
    const asked = `/identify?q=${one} ${two} have dependencies`;
    const { body } = await api.request(`${asked}&format=text`);
    const place = `${one}, ${two} of account 111122223333,`;
    expect(body.replace(/\s+/g, ' ')).toMatch(
      `0 endpoints in ${place} ap-northeast-1 EC2 shows no network interface`,
    );
    const markdown = (await api.request(asked, { accept: 'text/markdown' })).body;
    expect(markdown).toContain(`0 endpoints in ${place}`);
    const page = (await api.request(asked, { accept: 'text/html' })).body;
    expect(page).toContain(`Made by AWS services, in ${place}`);
    expect(page).toContain('EC2 shows no network interface there');
  });

  test('that has been answered to its end is not said to have nothing in it', async () => {
    const region = tokyo();
    const network = region.network();
    for (const name of ['orders', 'reports']) region.rdsProxy({ name, network, createdAt: old });
    await start(region);
    const path = `/vpc-endpoints?vpcId=${network.vpcId}&format=text&limit=1`;
    const { body } = await api.request(path);
    const token = /nextToken=(\S+)/.exec(body.replace(/\n\s*/g, ''))?.[1] ?? '';
    const built = region.account.regions['ap-northeast-1'];
    built?.vpcEndpoints.sort((a, b) => `${a.VpcEndpointId}`.localeCompare(`${b.VpcEndpointId}`)).pop();
    const rest = await api.request(`${path}&nextToken=${token}`);
    expect(rest.body).toMatch(`0 endpoints in ${network.vpcId} of account`);
    expect(rest.body).not.toContain('no network interface');
  });

  test('that a filter leaves empty is not said to have nothing in it', async () => {
    const region = tokyo();
    const { network } = region.rdsProxy({ createdAt: old });
    await start(region);
    const path = `/vpc-endpoints?vpcId=${network.vpcId}&verdict=ambiguous&format=text`;
    const { body } = await api.request(path);
    expect(body).toMatch(`0 endpoints in ${network.vpcId} of account`);
    expect(body).not.toContain('no network interface');
  });

  test('of an endpoint service names it', async () => {
    await start(tokyo());
    const { body } = await api.request('/vpc-endpoints?serviceName=vpce-svc-0b2f119acb23c050e&format=text');
    expect(body).toMatch('0 endpoints of vpce-svc-0b2f119acb23c050e in account 111122223333');
  });

  test('says when it could not be seen what else stands there', async () => {
    const region = tokyo();
    const { vpcId } = region.network();
    await start(region, { faults: { 'ec2:DescribeNetworkInterfaces': { kind: 'denied' } } });
    const swept = await sweep(`vpcId=${vpcId}`);
    expect(swept.complete).toBe(false);
    expect(swept.checks).toMatchObject([
      {
        check: 'network-interfaces',
        outcome: 'failed',
        reason: 'ec2:DescribeNetworkInterfaces is not allowed',
      },
    ]);
  });

  test.each([
    ['vpcId=main', 'invalid-vpc-id', 'Expected vpcId to be vpc- and 8 or 17 hexadecimal digits'],
    ['subnetId=vpc-0a1b2c3d', 'invalid-parameter', 'Expected subnetId to be subnet-'],
    ['securityGroupId=', 'invalid-parameter', 'Expected securityGroupId to be sg-'],
    ['serviceName=a b', 'invalid-parameter', 'Expected serviceName to be names of endpoint services'],
    ['verdict=identified,unknown', 'invalid-parameter', 'got "unknown"'],
    ['service=rds', 'invalid-parameter', 'Expected service to be any of'],
    ['limit=0', 'invalid-parameter', 'a whole number from 1 to 20000; got "0"'],
    ['limit=20001', 'invalid-parameter', 'got "20001"'],
    ['vpcid=vpc-0a1b2c3d', 'invalid-parameter', 'got "vpcid"'],
    ['format=xml', 'invalid-parameter', 'json or text or html or csv or ndjson or markdown'],
  ])('refuses %s', async (query, code, detail) => {
    await start(tokyo());
    expect(await api.refuse(`/vpc-endpoints?${query}`)).toMatchObject({
      code,
      detail: expect.stringContaining(detail),
    });
  });
});

describe('a text that leads to several endpoints', () => {
  test('is answered with all of those that its interfaces are of', async () => {
    const region = tokyo();
    const both = [region.rdsProxy({ name: 'orders' }), region.redshiftCluster({ name: 'sales' })];
    await start(region);
    const described = await sweep(
      `q=${both.map(({ vpcEndpointId }) => vpcEndpointId).join(' ')}`,
      '/identify',
    );
    expect(described.count).toBe(2);
    const interfaces = region.resources.networkInterfaces.flatMap(({ NetworkInterfaceId, Description }) =>
      both.some(({ vpcEndpointId }) => Description?.includes(vpcEndpointId))
        ? (NetworkInterfaceId ?? [])
        : [],
    );
    expect(idsOf(await sweep(`q=${interfaces.join('+')}`, '/identify'))).toEqual(idsOf(described));
  });

  test('of which this Region has none is not found', async () => {
    await start(tokyo());
    const ids = ['vpce-00000000000000000', 'vpce-00000000000000001'];
    expect(await api.refuse(`/identify?q=${ids.join('+')}`)).toMatchObject({
      code: 'vpc-endpoint-not-found',
      detail: expect.stringContaining(ids.join(', ')),
    });
  });
});

test('a hostname of a resource leads to the endpoint that it is an alias of', async () => {
  const region = tokyo();
  const orders = region.rdsProxy({ name: 'orders' });
  await start(region);
  const { body } = await api.request(`/vpc-endpoints/${orders.vpcEndpointId}`);
  const { evidence } = identification.parse(JSON.parse(body));
  const [hostname] = evidence.find(({ source }) => source === 'dns')?.statement.split(' ') ?? [];
  const found = await api.request(`/identify?q=${hostname}`);
  expect(JSON.parse(found.body)).toMatchObject({ vpcEndpointId: orders.vpcEndpointId });
  expect(await api.refuse(`/identify?q=x${hostname}`)).toMatchObject({
    code: 'vpc-endpoint-not-found',
    detail: expect.stringContaining(`x${hostname}: no alias of a VPC endpoint's DNS name in`),
  });
});

describe('nextToken', () => {
  const made = (): Region => {
    const region = tokyo();
    for (let n = 0; n < 7; n += 1) region.rdsProxy({ name: `proxy-${n}`, createdAt: old });
    return region;
  };
  const allPages = async (query: string): Promise<Sweep[]> => {
    const pages: Sweep[] = [];
    for (let token: string | null = ''; token !== null && pages.length < 20; ) {
      const page: Sweep = await sweep(token === '' ? query : `${query}&nextToken=${token}`);
      pages.push(page);
      token = page.nextToken;
    }
    return pages;
  };

  test('leads through all endpoints, each once, in order of id', async () => {
    await start(made());
    const whole = idsOf(await sweep());
    const pages = await allPages('limit=3');
    expect(pages.map(({ count }) => count)).toEqual([3, 3, 1]);
    expect(pages.flatMap(idsOf)).toEqual(whole);
    expect((await allPages('limit=7')).map(({ count }) => count)).toEqual([7]);
  });

  test('is not disturbed by endpoints that come or go between', async () => {
    const region = made();
    await start(region);
    const [first, second, third, ...rest] = idsOf(await sweep());
    const page = await sweep('limit=2');
    const { vpcEndpoints } = region.resources;
    const kept = vpcEndpoints.filter(
      ({ VpcEndpointId }) => VpcEndpointId !== first && VpcEndpointId !== third,
    );
    vpcEndpoints.splice(0, vpcEndpoints.length, ...kept);
    expect(idsOf(page)).toEqual([first, second]);
    expect(idsOf(await sweep(`limit=20&nextToken=${page.nextToken}`))).toEqual(rest);
  });

  test('is refused for another request, when it was changed, and by another deployment', async () => {
    const region = made();
    await start(region);
    const { nextToken } = await sweep('limit=2');
    const [content = '', signature] = nextToken?.split('.') ?? [];
    const later = Buffer.from(content, 'base64url').toString().replace(/\d+$/, '9999999999999');
    const forged = `${Buffer.from(later).toString('base64url')}.${signature}`;
    for (const query of [
      `limit=2&verdict=identified&nextToken=${nextToken}`,
      `limit=2&nextToken=${forged}`,
      'nextToken=nonsense',
      'nextToken=',
    ])
      expect(await api.refuse(`/vpc-endpoints?${query}`)).toMatchObject({ code: 'invalid-next-token' });
    await api.close();
    await start(region, { tokenKey: 'another' });
    expect(await api.refuse(`/vpc-endpoints?limit=2&nextToken=${nextToken}`)).toMatchObject({
      code: 'invalid-next-token',
    });
  });

  test('is good in another instance for an hour, and not longer', () => {
    const position = { after: 'vpce-0ce9fdcdd4aa4097e', region: 'eu-west-1' };
    const token = nextTokens('key').seal(position, ['request'], now);
    const open = (afterMs: number, region = 'eu-west-1') =>
      nextTokens('key').open(token, {
        request: ['request'],
        regions: [{ region: 'us-east-1' }, { region }],
        now: new Date(now.getTime() + afterMs),
      });
    expect(open(3_600_000)).toEqual(position);
    expect(() => open(3_600_001)).toThrow('less than an hour old');
    // It leads to no Region that the request could not be about.
    expect(() => open(0, 'eu-west-2')).toThrow('got one that is not');
  });
});

describe('endpoints that lead to the same endpoint service', () => {
  test('lend each other the service, and never the owner', async () => {
    const region = tokyo();
    const serviceName = 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e';
    const orders = region.rdsProxy({ name: 'orders', serviceName, createdAt: old });
    const left = region.orphan({ serviceName, createdAt: old });
    await start(region);
    const { vpcEndpoints } = await sweep();
    const rowFor = (id: string) => vpcEndpoints.find(({ vpcEndpointId }) => vpcEndpointId === id);
    expect(rowFor(orders.vpcEndpointId)).toMatchObject({ verdict: 'identified' });
    expect(rowFor(left.vpcEndpointId)).toMatchObject({
      verdict: 'service-identified',
      confidence: 'probable',
      service: { id: 'rds-proxy' },
      owner: null,
    });
  });

  test('lend nothing where two services own some of them', async () => {
    const region = tokyo();
    const serviceName = 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e';
    region.rdsProxy({ name: 'orders', serviceName, createdAt: old });
    region.redshiftCluster({ name: 'sales', serviceName, createdAt: old });
    const left = region.orphan({ serviceName, createdAt: old });
    await start(region);
    const { vpcEndpoints } = await sweep();
    expect(vpcEndpoints.find(({ vpcEndpointId }) => vpcEndpointId === left.vpcEndpointId)).toMatchObject({
      verdict: 'unidentified',
    });
  });
});

describe('the forms of a sweep', () => {
  test('by parameter or Accept are tables, lines and cells that nothing runs', async () => {
    const region = tokyo();
    region.redshiftCluster({ name: '=cmd|x', createdAt: old });
    region.redshiftCluster({ name: 'a,"b"', createdAt: old });
    await start(region);
    const csv = await api.request('/vpc-endpoints', { accept: 'text/csv' });
    expect(csv.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8; header=present' });
    const [head, ...lines] = csv.body.split('\r\n');
    expect(head).toMatch(/^region,vpcEndpointId,vpcId,verdict,/);
    expect(lines.filter((line) => line !== '')).toHaveLength(2);
    expect(csv.body).toMatch(/,'=cmd\|x,/);
    expect(csv.body).toContain(',"a,""b""",');
    const ndjson = (await api.request('/vpc-endpoints?format=ndjson')).body.trimEnd().split('\n');
    expect(ndjson.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['region', 'region', 'accountId']);
    const markdown = (await api.request('/vpc-endpoints', { accept: 'text/markdown' })).body;
    expect(markdown).toMatch(/^\| Endpoint \| VPC \|.*\n\| --- /);
    expect(markdown).toContain('=cmd\\|x');
    const text = (await api.request('/vpc-endpoints', { accept: 'text/plain' })).body;
    expect(text).toMatch(/^vpc-[0-9a-f]{17}\nvpce-[0-9a-f]{17} {2}identified {2}/);
    expect(text).toContain('2 endpoints in account 111122223333, ap-northeast-1: 2 identified\n');
  });

  test('fit into 80 columns, and mark the rows of what is open', async () => {
    const { account } = demo(now);
    api = await startApi(account, {
      region: 'ap-northeast-1',
      faults: { 'redshift:DescribeClusters': { kind: 'denied' } },
    });
    const { body } = await api.request('/vpc-endpoints?format=text');
    const lines = body.trimEnd().split('\n');
    const open = lines.filter((line) => line.endsWith('  !'));
    const { vpcEndpoints } = await sweep();
    const isShort = ({ verdict, service, owner }: SweepRow) =>
      [verdict, service?.id ?? '-', owner?.resourceId ?? '12 candidates'].join('').length <= 40;
    const short = vpcEndpoints.filter(isShort).map(({ vpcEndpointId }) => vpcEndpointId);
    expect(short.length).toBeGreaterThan(30);
    const others = lines.filter(
      (line) => !line.startsWith('vpce-') || short.includes(line.split(' ')[0] ?? ''),
    );
    expect(others.filter(({ length }) => length > 80)).toEqual([]);
    expect(open).toHaveLength(vpcEndpoints.filter(({ complete }) => !complete).length);
    expect(body).toContain(
      '\n\nNot checked, and it could change the rows that end with an exclamation mark:\n      redshift: redshift:DescribeClusters is not allowed (',
    );
    const markdown = (await api.request('/vpc-endpoints?format=markdown')).body;
    expect(markdown).toMatch(/\n- redshift: redshift:DescribeClusters is not allowed \(/);
    expect(markdown).not.toMatch(/\n {4}/);
  }, 30_000);

  test('of one endpoint are a row of their own, and of its page there is none', async () => {
    const region = tokyo();
    const { vpcEndpointId } = region.rdsProxy({ name: 'orders' });
    await start(region);
    const { body } = await api.request(`/identify?q=${vpcEndpointId}&format=csv`);
    expect(body.split('\r\n')[1]).toMatch(new RegExp(`^ap-northeast-1,${vpcEndpointId},`));
    const refused = await api.request(`/vpc-endpoints/${vpcEndpointId}?format=csv`);
    expect(refused).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^error {2}400 {2}invalid-parameter\n/),
    });
  });
});

describe("a resource's own id", () => {
  test('leads to the endpoints that it holds, those of its parts too', async () => {
    const region = tokyo();
    const server = region.transferServer({ createdAt: old });
    const graph = region.graphEndpoint({ createdAt: old });
    const domain = region.domainEndpoint({ createdAt: old });
    region.transferServer({ createdAt: old });
    await start(region);
    const { owner } = await api.identify(graph.vpcEndpointId);
    const graphId = owner?.parentArn?.split('/').at(-1);
    for (const [id, { vpcEndpointId }] of [
      [server.owner.resourceId, server],
      [domain.owner.resourceId, domain],
      [graphId, graph],
    ] as const) {
      const held = await sweep(`q=${id} cannot be deleted`, '/identify');
      expect(idsOf(held)).toEqual([vpcEndpointId]);
    }
  });

  test('that nobody has leads to none, and that is said with its id', async () => {
    await start(tokyo());
    const { body } = await api.request('/identify?q=s-0123456789abcdef0&format=text');
    expect(body).toMatch('0 endpoints of s-0123456789abcdef0 in account 111122223333');
  });
});

describe("a resource's own ARN", () => {
  test('leads to the endpoints that it holds, those of its parts too', async () => {
    const region = tokyo();
    const orders = region.rdsProxy({ name: 'orders', createdAt: old });
    const added = region.rdsProxyEndpoint({ name: 'reports', proxy: orders, createdAt: old });
    region.rdsProxy({ name: 'others', createdAt: old });
    await start(region);
    const { owner } = await api.identify(orders.vpcEndpointId);
    const held = await sweep(`q=Cannot delete ${owner?.arn?.toUpperCase()}.`, '/identify');
    expect(idsOf(held)).toEqual([orders.vpcEndpointId, added.vpcEndpointId].sort());
    expect(held).toMatchObject({ complete: true, scope: { resourceArns: [owner?.arn?.toLowerCase()] } });
    expect(idsOf(await sweep(`q=${owner?.arn}x`, '/identify'))).toEqual([]);
  });

  test('that may not be learned is no absence', async () => {
    const region = tokyo();
    const { owner } = region.rdsProxy({ createdAt: old });
    await start(region, { faults: { 'rds:DescribeDBProxies': { kind: 'denied' } } });
    const { count, complete, checks } = await sweep(`q=${owner.arn}`, '/identify');
    expect([count, complete]).toEqual([0, false]);
    expect(checks).toContainEqual(expect.objectContaining({ check: 'owners', outcome: 'failed' }));
  });

  test('leads to what its id leads to where the service returns none, and to what it may hold', async () => {
    const region = tokyo();
    const license = region.licenseEndpoint({ createdAt: old });
    const provider = region.identityProvider({ createdAt: old });
    await start(region);
    const arn = `arn:aws:deadline:ap-northeast-1:111122223333:license-endpoint/${license.owner.resourceId}`;
    expect(idsOf(await sweep(`q=${arn}`, '/identify'))).toEqual([license.vpcEndpointId]);
    expect(idsOf(await sweep(`q=${provider.owner.arn}`, '/identify'))).toEqual([provider.vpcEndpointId]);
  });

  test.each([
    'is not authorized to perform: rds:DescribeDBProxies on resource: arn:aws:rds:eu-west-1:111122223333:db-proxy:*',
    'User: arn:aws:sts::111122223333:assumed-role/admin/alice',
    'arn:aws:s3:::bucket',
  ])('is none in %s', async (text) => {
    await start(tokyo());
    expect(await api.refuse(`/identify?q=${encodeURIComponent(text)}`)).toMatchObject({
      code: 'nothing-to-identify',
    });
  });
});
