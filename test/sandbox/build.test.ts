import { describe, expect, test } from '@jest/globals';
import { creators, forwardAccessSession, newAccount, type RegionBuilder } from '../../sandbox/build.ts';
import { aliasesOf, incoherences } from './coherence.ts';

const now = new Date('2026-10-05T06:00:00.250Z');

function tokyo(seed?: number): RegionBuilder {
  return newAccount('111122223333', seed).region('ap-northeast-1', now);
}

function endpoint({ resources }: RegionBuilder, id: string) {
  return resources.vpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === id);
}

/** The one record of an endpoint's creation, as far as tests look into it. */
function creation({ resources }: RegionBuilder, id: string) {
  const events = resources.events.filter(
    ({ EventName, Resources }) =>
      EventName === 'CreateVpcEndpoint' && Resources?.some(({ ResourceName }) => ResourceName === id),
  );
  expect(events).toHaveLength(1);
  const [event] = events;
  return { event, record: JSON.parse(event?.CloudTrailEvent ?? '{}') };
}

function everything(build: RegionBuilder): void {
  const cluster = build.redshiftCluster();
  const workgroup = build.workgroup();
  const firewall = build.firewall({ network: build.network({ subnets: 3 }) });
  const proxy = build.rdsProxy({ resolves: 'alias-chain' });
  build.rdsProxyEndpoint({ proxy, network: build.network({ vpcOf: proxy.network }) });
  build.rdsProxyInCreation({ network: build.network({ subnetsOf: proxy.network }) });
  build.auroraServerless();
  build.dbCluster({ network: proxy.network });
  build.redshiftEndpointAccess({ cluster });
  build.serverlessEndpointAccess({ workgroup });
  build.vpcEndpointAssociation({ firewall });
  build.orphan({ event: { failedBefore: true, later: ['CreateTags'] } });
  build.firewallOrphan({ firewallArn: firewall.firewallArn });
  build.customerEndpoint();
  build.guardDutyEndpoint();
  build.transferServer();
  build.transferServer({ endpointType: 'VPC_ENDPOINT' });
  build.publicTransferServer();
  build.transferWebApp();
  build.transferEndpoint();
  build.mskEndpoint();
  build.instanceInterface();
  for (const vpcEndpointType of types) build.orphan({ vpcEndpointType });
}

const types = [
  'Interface',
  'Gateway',
  'GatewayLoadBalancer',
  'Resource',
  'ServiceNetwork',
  'Tunnel',
] as const;

test.each(['ap-northeast-1', 'us-gov-west-1', 'cn-north-1'])('everything in %s fits together', (region) => {
  const { account, region: build } = newAccount('111122223333');
  everything(build(region, now));
  everything(build(region, now));
  expect(incoherences(account, now)).toEqual([]);
});

test('the same seed and the same calls give the same account, another seed other ids', () => {
  const accounts = [1, 1, 2].map((seed) => {
    const build = tokyo(seed);
    everything(build);
    return build.account;
  });
  expect(accounts[0]).toEqual(accounts[1]);
  expect(accounts[0]).not.toEqual(accounts[2]);
});

test('a resource keeps its endpoint whatever else is built', () => {
  const build = tokyo();
  everything(build);
  expect(build.rdsProxy({ name: 'orders' }).vpcEndpointId).toBe(
    tokyo().rdsProxy({ name: 'orders' }).vpcEndpointId,
  );
});

describe('an RDS proxy', () => {
  test('has a hostname that is an alias of its endpoint, and a default endpoint beside', () => {
    const build = tokyo();
    const { vpcEndpointId, owner, proxy, proxyEndpoint } = build.rdsProxy({ name: 'orders' });
    expect(owner).toEqual({
      service: 'rds-proxy',
      resourceType: 'AWS::RDS::DBProxy',
      resourceId: 'orders',
      arn: expect.stringMatching(/^arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-[0-9a-f]{17}$/),
      parentArn: null,
    });
    expect(vpcEndpointId).toMatch(/^vpce-[0-9a-f]{17}$/);
    expect(proxyEndpoint).toMatchObject({ IsDefault: true, DBProxyName: 'orders', Endpoint: proxy.Endpoint });
    expect(aliasesOf(build.account.dns, proxy.Endpoint ?? '')).toEqual([
      endpoint(build, vpcEndpointId)?.DnsEntries?.[0]?.DnsName,
    ]);
  });

  test('may have a chain of aliases, only addresses, or a hostname spelled in its own way', () => {
    const build = tokyo();
    const { dns } = build.account;
    const chain =
      build.rdsProxy({ resolves: 'alias-chain', spelling: 'upper-case-final-dot' }).proxy.Endpoint ?? '';
    expect(chain).toMatch(/^PROXY-1\.PROXY-[0-9A-Z]{12}\.AP-NORTHEAST-1\.RDS\.AMAZONAWS\.COM\.$/);
    expect(aliasesOf(dns, chain.toLowerCase().slice(0, -1))).toHaveLength(3);
    const network = build.network({ ipv6: true });
    const bare = build.rdsProxy({ network, resolves: 'ipv6-addresses' });
    const [eni] = endpoint(build, bare.vpcEndpointId)?.NetworkInterfaceIds ?? [];
    const [first] = dns[bare.proxy.Endpoint ?? '']?.aaaa ?? [];
    expect(build.resources.networkInterfaces).toContainEqual(
      expect.objectContaining({ NetworkInterfaceId: eni, Ipv6Addresses: [{ Ipv6Address: first }] }),
    );
  });

  test('can have an endpoint in another VPC, with the same private addresses', () => {
    const build = tokyo();
    const proxy = build.rdsProxy();
    const added = build.rdsProxyEndpoint({ proxy, network: build.network() });
    const [here, there] = [proxy, added].map(({ vpcEndpointId }) => {
      const { VpcId, NetworkInterfaceIds } = endpoint(build, vpcEndpointId) ?? {};
      const enis = build.resources.networkInterfaces.filter((eni) =>
        NetworkInterfaceIds?.includes(eni.NetworkInterfaceId ?? ''),
      );
      return { VpcId, addresses: enis.map(({ PrivateIpAddress }) => PrivateIpAddress) };
    });
    expect(there?.addresses).toEqual(here?.addresses);
    expect(there?.VpcId).not.toBe(here?.VpcId);
    expect(added.owner).toMatchObject({
      resourceType: 'AWS::RDS::DBProxyEndpoint',
      parentArn: proxy.owner.arn,
    });
  });
});

test('an Aurora Serverless v1 cluster without a reader endpoint leaves its second endpoint without an alias', () => {
  const build = tokyo();
  const { cluster, otherVpcEndpointId } = build.auroraServerless({ readerEndpoint: false });
  const name = endpoint(build, otherVpcEndpointId)?.DnsEntries?.[0]?.DnsName;
  expect(cluster).not.toHaveProperty('ReaderEndpoint');
  expect(Object.values(build.account.dns).some(({ cname }) => cname === name)).toBe(false);
});

test('a Redshift cluster that does not list its endpoint still leads to it by its hostname', () => {
  const build = tokyo();
  const { cluster, vpcEndpointId } = build.redshiftCluster({ listed: false });
  expect(cluster.Endpoint?.VpcEndpoints).toEqual([]);
  expect(aliasesOf(build.account.dns, cluster.Endpoint?.Address ?? '').at(-1)).toContain(vpcEndpointId);
});

test('a firewall holds one endpoint in each subnet, and its association one in another VPC', () => {
  const build = tokyo();
  const firewall = build.firewall({ name: 'edge', network: build.network({ subnets: 2 }) });
  const { association, vpcEndpointId, owner } = build.vpcEndpointAssociation({ firewall, tagged: false });
  const held = Object.values(firewall.firewallStatus.SyncStates ?? {}).map(
    ({ Attachment }) => Attachment?.EndpointId,
  );
  expect(held).toEqual(firewall.vpcEndpointIds);
  expect(endpoint(build, firewall.vpcEndpointId)).toMatchObject({
    VpcEndpointType: 'GatewayLoadBalancer',
    DnsEntries: [],
    Tags: [
      { Key: 'Firewall', Value: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge' },
      { Key: 'AWSNetworkFirewallManaged', Value: 'true' },
    ],
  });
  expect(association.VpcId).not.toBe(firewall.firewall.VpcId);
  expect(endpoint(build, vpcEndpointId)?.Tags).toEqual([]);
  expect(owner.parentArn).toBe(firewall.firewallArn);
});

describe("CloudTrail's record of a creation", () => {
  test('names the role session of the service-linked role', () => {
    const build = tokyo();
    const { event, record } = creation(build, build.auroraServerless().writerVpcEndpointId);
    expect(event?.Username).toBe('RDSAuroraServeless');
    expect(record.userIdentity).toMatchObject({
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForRDS/RDSAuroraServeless',
      principalId: expect.stringMatching(/^AROA[0-9A-Z]{17}:RDSAuroraServeless$/),
      sessionContext: { sessionIssuer: { userName: 'AWSServiceRoleForRDS' } },
      invokedBy: 'rds.amazonaws.com',
    });
  });

  test('names the caller where the service acts for it', () => {
    const build = tokyo();
    const { vpcEndpointId } = build.redshiftCluster({ event: { creator: forwardAccessSession('redshift') } });
    const { event, record } = creation(build, vpcEndpointId);
    expect(event?.Username).toBe('alice');
    expect(record.userIdentity.sessionContext.sessionIssuer.userName).toBe('Admin');
    expect(record.sourceIPAddress).toBe('redshift.amazonaws.com');
  });

  test('writes tag values as JSON and a list of one as its item, or neither', () => {
    const build = tokyo();
    const tags = { OSISManaged: 'true' };
    const read = (id: string) => {
      const { record } = creation(build, id);
      return {
        asked: record.requestParameters.CreateVpcEndpointRequest.TagSpecification,
        given: record.responseElements.CreateVpcEndpointResponse.vpcEndpoint.tagSet,
      };
    };
    expect(read(build.orphan({ event: { tags } }).vpcEndpointId)).toEqual({
      asked: { ResourceType: 'vpc-endpoint', tag: 1, Tag: { Key: 'OSISManaged', Value: true, tag: 1 } },
      given: { item: { key: 'OSISManaged', value: true } },
    });
    const { vpcEndpointId } = build.orphan({ event: { tags, tagValues: 'text', lists: 'array' } });
    expect(read(vpcEndpointId)).toEqual({
      asked: [{ ResourceType: 'vpc-endpoint', tag: 1, Tag: [{ Key: 'OSISManaged', Value: 'true', tag: 1 }] }],
      given: { item: [{ key: 'OSISManaged', value: 'true' }] },
    });
  });

  test('comes after a refused call that made no endpoint, and before what people did later', () => {
    const build = tokyo();
    const { vpcEndpointId } = build.orphan({ event: { failedBefore: true, later: ['DeleteVpcEndpoints'] } });
    const [refused, made, later] = build.resources.events.map((event) => ({
      named: event.Resources?.some(({ ResourceName }) => ResourceName === vpcEndpointId),
      record: JSON.parse(event.CloudTrailEvent ?? '{}'),
    }));
    expect(refused).toMatchObject({
      named: false,
      record: {
        eventName: 'CreateVpcEndpoint',
        errorCode: 'Client.InvalidParameter',
        responseElements: null,
      },
    });
    expect(made).toMatchObject({ named: true, record: { eventName: 'CreateVpcEndpoint' } });
    expect(later).toMatchObject({ named: true, record: { eventName: 'DeleteVpcEndpoints' } });
  });

  test("is missing after 90 days, when it is hidden, and in another account's history", () => {
    const build = tokyo();
    build.orphan({ createdAt: build.daysAgo(90) });
    build.orphan({ event: false });
    build.orphan({ ownerId: '444455556666' });
    expect(build.resources.events).toEqual([]);
    build.orphan({ createdAt: build.daysAgo(89.9) });
    expect(build.resources.events).toHaveLength(1);
  });

  test('has no tags that people put on the endpoint afterwards', () => {
    const build = tokyo();
    const { vpcEndpointId } = build.orphan({ tags: { Name: 'mine' }, creator: creators.rdsProxy });
    expect(endpoint(build, vpcEndpointId)?.Tags).toEqual([{ Key: 'Name', Value: 'mine' }]);
    expect(JSON.stringify(creation(build, vpcEndpointId).record)).not.toContain('mine');
  });
});

test('China has a partition, a DNS suffix and service names of its own', () => {
  const build = newAccount('111122223333').region('cn-north-1', now);
  const { owner, proxy, vpcEndpointId } = build.rdsProxy();
  expect(owner.arn).toMatch(/^arn:aws-cn:rds:cn-north-1:/);
  expect(proxy.Endpoint).toMatch(/\.rds\.cn-north-1\.amazonaws\.com\.cn$/);
  expect(endpoint(build, vpcEndpointId)?.ServiceName).toMatch(
    /^cn\.com\.amazonaws\.vpce\.cn-north-1\.vpce-svc-/,
  );
  expect(endpoint(build, vpcEndpointId)?.DnsEntries?.[0]?.DnsName).toMatch(/\.vpce\.amazonaws\.com\.cn$/);
});
