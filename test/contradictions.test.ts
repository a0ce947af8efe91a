/** Two facts that cannot both be true, and what the caller is told of them. */
import { describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import type { RegionBuilder } from '../sandbox/build.ts';
import type { Faults } from '../sandbox/faults.ts';
import { checkOf, emptyRegion, lookUp, lookUpInVirtualTime } from './support/lookup.ts';
import { times } from './support/thorough.ts';

/** An endpoint, and two resources that both prove to hold it. */
interface Two {
  readonly region: RegionBuilder;
  readonly vpcEndpointId: string;
}

const slow = (delayMs: number) => ({ kind: 'slow', delayMs }) as const;

function expectBoth(
  { verdict, owner, candidates, evidence, complete, nextStep }: Identification,
  names: string[],
) {
  expect({ verdict, owner, complete }).toEqual({ verdict: 'ambiguous', owner: null, complete: true });
  expect(candidates.map(({ resourceId, strength }) => [resourceId, strength]).sort()).toEqual(
    names.map((name) => [name, 'confirmed']),
  );
  const confirmed = evidence.filter(({ strength }) => strength === 'confirmed');
  expect(confirmed).toHaveLength(2);
  for (const name of names)
    expect(confirmed.filter(({ statement }) => statement.includes(name))).toHaveLength(1);
  expect(nextStep).toMatchObject({ action: 'choose', commands: [] });
  expect(nextStep.summary).toMatch(/^2 resources hold it, as their own services say, and only one can: /);
  expect(`${nextStep.summary} ${nextStep.warnings.join(' ')}`).not.toMatch(/delete-/);
}

/** Runs that differ in nothing but when each list answers. The same in every test run. */
function delays(run: number, operations: readonly string[]): Faults {
  return Object.fromEntries(
    operations.map((operation, index) => [operation, slow(((run + 1) * 37 * (index * 2 + 1)) % 211)]),
  );
}
const runs = Array.from({ length: times(5, 20) }, (_, run) => run);

describe('two resources of one service that both hold the endpoint are both named, whichever is heard of first', () => {
  const old = (region: RegionBuilder) => ({ network: region.network(), createdAt: region.daysAgo(120) });

  const pairs: Record<
    string,
    { readonly make: () => Two; readonly names: string[]; readonly lists: string[] }
  > = {
    'two proxies': {
      names: ['blue', 'green'],
      lists: ['rds:DescribeDBProxies', 'rds:DescribeDBProxyEndpoints'],
      make: () => {
        const region = emptyRegion();
        const options = old(region);
        const { vpcEndpointId } = region.rdsProxy({ ...options, name: 'blue' });
        region.rdsProxy({ ...options, name: 'green', aliasOf: vpcEndpointId });
        return { region, vpcEndpointId };
      },
    },
    'a proxy and an endpoint added to it': {
      names: ['blue', 'readers'],
      lists: ['rds:DescribeDBProxies', 'rds:DescribeDBProxyEndpoints'],
      make: () => {
        const region = emptyRegion();
        const options = old(region);
        const proxy = region.rdsProxy({ ...options, name: 'blue' });
        const { vpcEndpointId } = proxy;
        region.rdsProxyEndpoint({ ...options, proxy, name: 'readers', aliasOf: vpcEndpointId });
        return { region, vpcEndpointId };
      },
    },
    'two clusters that list it': {
      names: ['blue', 'green'],
      lists: ['redshift:DescribeClusters', 'redshift:DescribeEndpointAccess'],
      make: () => {
        const region = emptyRegion();
        const options = old(region);
        const { vpcEndpointId } = region.redshiftCluster({ ...options, name: 'blue' });
        const alsoLists = [{ vpcEndpointId, vpcId: options.network.vpcId }];
        region.redshiftCluster({ ...options, name: 'green', alsoLists });
        return { region, vpcEndpointId };
      },
    },
    'two workgroups, one by its list and one by its name': {
      names: ['blue', 'green'],
      lists: ['redshift-serverless:ListWorkgroups', 'redshift-serverless:ListEndpointAccess'],
      make: () => {
        const region = emptyRegion();
        const options = old(region);
        const { vpcEndpointId } = region.workgroup({ ...options, name: 'blue' });
        region.workgroup({ ...options, name: 'green', listed: false, aliasOf: vpcEndpointId });
        return { region, vpcEndpointId };
      },
    },
    'two Aurora clusters': {
      names: ['blue', 'green'],
      lists: ['rds:DescribeDBClusters'],
      make: () => {
        const region = emptyRegion();
        const options = old(region);
        const { vpcEndpointId } = region.auroraServerless({ ...options, name: 'blue' });
        region.auroraServerless({ ...options, name: 'green', aliasOf: vpcEndpointId });
        return { region, vpcEndpointId };
      },
    },
    'two firewalls': {
      names: ['blue', 'green'],
      lists: ['network-firewall:DescribeFirewall', 'network-firewall:ListVpcEndpointAssociations'],
      make: () => {
        const region = emptyRegion();
        const options = { ...old(region), tagged: false };
        const { vpcEndpointId, firewallStatus } = region.firewall({ ...options, name: 'blue' });
        const green = region.firewall({ ...options, name: 'green' });
        Object.assign(green.firewallStatus, { SyncStates: firewallStatus.SyncStates });
        return { region, vpcEndpointId };
      },
    },
  };

  test.each(Object.keys(pairs))('%s', async (pair) => {
    const { make, names, lists } = pairs[pair] as (typeof pairs)[string];
    for (const run of runs) {
      const { region, vpcEndpointId } = make();
      const { answer } = await lookUpInVirtualTime(region, vpcEndpointId, { faults: delays(run, lists) });
      expectBoth(answer, names);
    }
  });
});

describe('two resources of different services that both hold the endpoint are both named', () => {
  /** Some database of the account that DNS is slow about. */
  function somethingSlow(region: RegionBuilder, options: { network: ReturnType<RegionBuilder['network']> }) {
    const { cluster } = region.redshiftCluster({ ...options, name: 'decoy', listed: false });
    return {
      dns: { kind: 'slow', delayMs: 200, name: cluster.Endpoint?.Address?.toLowerCase() ?? '' },
    } as const;
  }

  test('a proxy and a Redshift cluster', async () => {
    const region = emptyRegion();
    const options = { network: region.network(), createdAt: region.daysAgo(120) };
    const { vpcEndpointId } = region.rdsProxy({ ...options, name: 'blue' });
    const alsoLists = [{ vpcEndpointId, vpcId: options.network.vpcId }];
    region.redshiftCluster({ ...options, name: 'green', alsoLists });
    const faults = { 'rds:DescribeDBProxyEndpoints': slow(150), 'redshift:DescribeClusters': slow(50) };
    const { answer } = await lookUpInVirtualTime(region, vpcEndpointId, { faults });
    expectBoth(answer, ['blue', 'green']);
    expect(answer.service).toBeNull();
  });

  test('a cluster and a workgroup that list it', async () => {
    const region = emptyRegion();
    const options = { network: region.network(), createdAt: region.daysAgo(120) };
    const dns = somethingSlow(region, options);
    const { vpcEndpointId } = region.redshiftCluster({ ...options, name: 'blue' });
    const alsoLists = [{ vpcEndpointId, vpcId: options.network.vpcId }];
    region.workgroup({ ...options, name: 'green', alsoLists });
    const faults = { ...dns, 'redshift-serverless:ListWorkgroups': slow(100) };
    const { answer } = await lookUpInVirtualTime(region, vpcEndpointId, { faults });
    expectBoth(answer, ['blue', 'green']);
    expect(answer.service).toBeNull();
  });
});

test.each([0, 150, 200])(
  'a managed endpoint and its cluster, which lists it too, are no contradiction (%d ms apart)',
  async (delayMs) => {
    const region = emptyRegion();
    const sales = region.redshiftCluster({ name: 'sales' });
    const desk = region.redshiftEndpointAccess({ name: 'desk', cluster: sales });
    sales.cluster.Endpoint?.VpcEndpoints?.push(desk.endpointAccess.VpcEndpoint ?? {});
    for (const operation of ['redshift:DescribeEndpointAccess', 'redshift:DescribeClusters'] as const) {
      const faults = { [operation]: slow(delayMs) };
      const { answer } = await lookUpInVirtualTime(region, desk.vpcEndpointId, { faults });
      expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'desk' } });
    }
  },
);

describe('an alias counts as one only where the whole chain is the hostname’s own', () => {
  async function ask(
    faults: Faults,
    change: (region: RegionBuilder, hostname: string) => void = () => undefined,
  ) {
    const region = emptyRegion();
    const { vpcEndpointId, proxy } = region.rdsProxy({ name: 'orders', createdAt: region.daysAgo(120) });
    change(region, proxy.Endpoint ?? '');
    return (await lookUp(region, vpcEndpointId, { faults })).answer;
  }

  test.each(['foreign-cname', 'two-cnames', 'yxdomain', 'notauth'] as const)(
    'a DNS server that answers with %s identifies nothing, and hides no owner',
    async (kind) => {
      const answer = await ask({ dns: { kind } });
      expect(answer).toMatchObject({ owner: null, evidence: [{ source: 'network', strength: 'hint' }] });
      expect(answer.candidates.map(({ resourceId }) => resourceId)).toEqual(['orders']);
      expect(['retry', 'choose']).toContain(answer.nextStep.action);
    },
  );

  test.each(['two-cnames', 'yxdomain', 'notauth'] as const)('%s is a failed check', async (kind) => {
    const answer = await ask({ dns: { kind } });
    expect(checkOf(answer, 'rds-proxy')).toMatchObject({ outcome: 'failed' });
    expect(answer).toMatchObject({ complete: false });
  });

  test.each(['amazonaws.com.cn', 'amazonaws.com.attacker.example', 'attacker.example'])(
    'a name under %s is no endpoint’s in Tokyo',
    async (suffix) => {
      const answer = await ask({}, (region, hostname) => {
        const real = region.account.dns[hostname]?.cname ?? '';
        region.account.dns[hostname] = { cname: real.replace('amazonaws.com', suffix) };
      });
      expect(answer).toMatchObject({ owner: null, nextStep: { action: 'choose' } });
      expect(answer.evidence.filter(({ strength }) => strength === 'confirmed')).toEqual([]);
    },
  );
});

describe('a tag does not stand against what only EC2 can say', () => {
  const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';
  const ofFirewall = { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' };
  const ofTheirs = {
    Firewall: 'arn:aws:network-firewall:ap-northeast-1:444455556666:firewall/theirs',
    AWSNetworkFirewallManaged: 'true',
  };
  const ofMsk = {
    AWSMSKManaged: 'true',
    ClusterArn: 'arn:aws:kafka:ap-northeast-1:111122223333:cluster/x/y',
  };

  const tagEvidence = ({ evidence }: Identification) =>
    evidence.filter(({ source }) => source === 'endpoint-tag').map(({ strength }) => strength);

  const owners = [
    ['of this account that is no more', ofFirewall],
    ['of another account', ofTheirs],
  ] as const;
  const failures = owners.flatMap(([whose, tags]) =>
    (['servfail', 'drop', 'refused'] as const).map((kind) => ({ whose, tags, kind })),
  );

  test.each(failures)(
    'those of a firewall $whose on an Interface endpoint, while DNS fails with $kind',
    async ({ tags, kind }) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.rdsProxy({ name: 'orders', createdAt: region.daysAgo(120), tags });
      const { answer } = await lookUpInVirtualTime(region, vpcEndpointId, { faults: { dns: { kind } } });
      expect(answer).toMatchObject({
        verdict: 'unidentified',
        service: null,
        owner: null,
        complete: false,
        nextStep: { action: 'retry' },
      });
      expect(tagEvidence(answer)).toEqual(['refuted', 'refuted']);
    },
  );

  test.each(owners)('those of a firewall %s on an endpoint that RDS Proxy made', async (_, tags) => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.orphan({ tags });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ service: { id: 'rds-proxy' }, nextStep: { action: 'contact-support' } });
    expect(tagEvidence(answer)).toEqual(['refuted', 'refuted']);
  });

  test('those of a firewall of another account on a GatewayLoadBalancer endpoint, which does fit, send there', async () => {
    const region = emptyRegion();
    const options = { createdAt: region.daysAgo(120), vpcEndpointType: 'GatewayLoadBalancer' } as const;
    const { vpcEndpointId } = region.orphan({ ...options, tags: ofTheirs });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      service: { id: 'network-firewall' },
      nextStep: { action: 'ask-owner-account', summary: expect.stringContaining('444455556666') },
    });
  });

  test('a single tag of a firewall on an Interface endpoint', async () => {
    const region = emptyRegion();
    const tags = { AWSNetworkFirewallManaged: 'true' };
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(120), tags });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'unidentified', service: null, complete: false });
    expect(new Set(tagEvidence(answer))).toEqual(new Set(['refuted']));
    expect(answer.evidence[0]?.statement).toMatch('EC2 says that this is an endpoint of type Interface');
  });

  test.each([
    ['MSK’s', ofMsk],
    ['OpenSearch’s', { OpenSearchManaged: 'true' }],
    ['MWAA’s', { AmazonMWAAManaged: 'true' }],
    ['EMR’s', { 'for-use-with-amazon-emr-managed-policies': 'true' }],
    ['Red Hat’s', { 'red-hat-managed': 'true' }],
  ])('%s on a GatewayLoadBalancer endpoint', async (_, tags) => {
    const region = emptyRegion();
    const options = { createdAt: region.daysAgo(120), vpcEndpointType: 'GatewayLoadBalancer', tags } as const;
    const { vpcEndpointId } = region.orphan(options);
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'unidentified', service: null });
    expect(new Set(tagEvidence(answer))).toEqual(new Set(['refuted']));
  });

  test.each([
    ['transfer', 'com.amazonaws.ap-northeast-1.transfer.server.c-0026'],
    ['guardduty', 'com.amazonaws.ap-northeast-1.guardduty-data'],
    [
      'elasticache-serverless',
      'com.amazonaws.elasticache.serverless.ap-northeast-1.vpce-svc-0123456789abcdef0',
    ],
    ['sagemaker-workforce', 'aws.sagemaker.ap-northeast-1.labeling'],
  ])('MSK’s on an endpoint with the service name of %s', async (id, serviceName) => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(120), serviceName, tags: ofMsk });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'service-identified', service: { id } });
    expect(new Set(tagEvidence(answer))).toEqual(new Set(['refuted']));
    expect(answer.nextStep.summary).not.toMatch('MSK');
  });

  test.each(['nowhere', 'sinkhole'] as const)(
    'MSK’s on the endpoint of a proxy, by CloudTrail’s word: the proxy stays the candidate (its name leads %s)',
    async (resolves) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.rdsProxy({ name: 'orders', resolves, tags: ofMsk });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ service: { id: 'rds-proxy' }, nextStep: { action: 'choose' } });
      expect(answer.candidates.map(({ resourceId }) => resourceId)).toEqual(['orders']);
      expect(answer.nextStep.summary).not.toMatch(/None is of|MSK/);
    },
  );

  test('MSK’s on the endpoint of a proxy in other security groups, by CloudTrail’s word', async () => {
    const region = emptyRegion();
    const { vpcEndpointId, proxy } = region.rdsProxy({ name: 'orders', resolves: 'nowhere', tags: ofMsk });
    proxy.VpcSecurityGroupIds = ['sg-0000000000000000f'];
    for (const row of region.resources.dbProxyEndpoints) row.VpcSecurityGroupIds = ['sg-0000000000000000f'];
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.nextStep).toMatchObject({ action: 'choose' });
    expect(answer.nextStep.summary).toMatch('AWS::RDS::DBProxy orders');
    expect(answer.nextStep.summary).not.toMatch('None is of');
  });

  test('but stands where it fits: MSK’s on an Interface endpoint of an endpoint service', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(120), tags: ofMsk });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'service-identified', service: { id: 'msk' } });
    expect(new Set(tagEvidence(answer))).toEqual(new Set(['probable']));
  });
});

describe('where CloudTrail names RDS Proxy, and only resources of other services are in doubt,', () => {
  async function ask(kind: 'auroraServerless' | 'redshiftCluster' | 'workgroup') {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ network });
    const unknown = { network, readerEndpoint: false, listed: false, resolves: 'nowhere' } as const;
    for (const name of ['carts', 'orders']) region[kind]({ ...unknown, name });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'rds-proxy' },
      candidates: [],
      complete: true,
    });
    return answer.nextStep;
  }

  test('the next step says that they are of another service: Aurora clusters, which RDS makes endpoints for too', async () => {
    const { action, summary } = await ask('auroraServerless');
    expect(action).toBe('choose');
    expect(summary).toMatch('AWS::RDS::DBCluster carts, AWS::RDS::DBCluster orders');
    expect(summary).toMatch('None is of Amazon RDS Proxy, which made it by all that is known.');
  });

  test.each(['redshiftCluster', 'workgroup'] as const)(
    'they are not named at all where the same principal never makes theirs: %s',
    async (kind) => {
      const { action, summary } = await ask(kind);
      expect(action).toBe('contact-support');
      expect(summary).not.toMatch(/carts|orders/);
    },
  );

  test('proxies in doubt come before them, and are all that is named', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ network });
    region.auroraServerless({ name: 'carts', network, readerEndpoint: false, resolves: 'nowhere' });
    region.rdsProxy({ name: 'ledger', network, resolves: 'nowhere' });
    region.rdsProxy({ name: 'orders', network, resolves: 'nowhere' });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'ambiguous', service: { id: 'rds-proxy' } });
    expect(answer.candidates.map(({ resourceId }) => resourceId).sort()).toEqual(['ledger', 'orders']);
    expect(answer.nextStep.action).toBe('choose');
    expect(answer.nextStep.summary).not.toMatch('carts');
  });
});
