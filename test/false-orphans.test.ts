/** A live resource holds the endpoint, and something tempts to say that none does. */
import { describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import type { AlsoListed, ListedOptions, Network, RegionBuilder } from '../sandbox/build.ts';
import { checkOf, emptyRegion, lookUp } from './support/lookup.ts';

const ask = async (region: RegionBuilder, id: string) => (await lookUp(region, id)).answer;

/** What a caller acts on. */
function told({ verdict, confidence, service, owner, candidates, complete, nextStep }: Identification) {
  const names = candidates.map(({ resourceType, resourceId }) => `${resourceType} ${resourceId}`).sort();
  const { action, summary, commands } = nextStep;
  return { verdict, confidence, service, owner, candidates: names, complete, action, summary, commands };
}

/** Whether a person who reads the answer is led to the resource. */
function leadsTo({ owner, candidates, nextStep }: Identification, name: string): boolean {
  const named = [owner, ...candidates].some((each) => each?.resourceId === name);
  return named || nextStep.summary.split(/[ ,.]+/).includes(name);
}

const listing = ['workgroup', 'redshiftCluster'] as const;

describe('the further endpoints that a resource lists', () => {
  /** Endpoints of the resource in other VPCs, and in the very VPC. */
  function others(region: RegionBuilder, network: Network, count: number, first: boolean): AlsoListed[] {
    return Array.from({ length: count }, (_, index) => {
      const elsewhere = index % 2 === 0 ? region.network() : network;
      const { vpcEndpointId } = region.orphan({ network: elsewhere, createdAt: region.daysAgo(200) });
      return { vpcEndpointId, vpcId: elsewhere.vpcId, first };
    });
  }

  /** How the resource leads to its own endpoint, beside them. */
  const ways = [
    ['its list', { listed: true }],
    ['the alias of its hostname', { listed: false }],
    ['an alias of an alias', { listed: false, resolves: 'alias-chain' }],
    ['the addresses of its hostname', { listed: false, resolves: 'addresses' }],
    ['nothing but its network', { listed: false, resolves: 'nowhere' }],
    ['nothing but its network: its address is public', { listed: false, resolves: 'public' }],
  ] as const;
  const cases = listing.flatMap((kind) => ways.map(([by, way]) => ({ kind, by, way })));

  test.each(cases)('change nothing about the one of a $kind that is known by $by', async ({ kind, way }) => {
    const answers = [];
    for (const [count, first] of [
      [0, false],
      [1, true],
      [1, false],
      [2, true],
      [5, true],
      [24, true],
      [24, false],
    ] as const) {
      const region = emptyRegion();
      const network = region.network();
      const alsoLists = others(region, network, count, first);
      const resource = { name: 'sales', network, createdAt: region.daysAgo(120), ...way, alsoLists };
      answers.push(await ask(region, region[kind](resource).vpcEndpointId));
    }
    const [without, ...rest] = answers.map(told);
    for (const answer of rest) expect(answer).toEqual(without);
    for (const answer of answers) {
      expect(leadsTo(answer, 'sales')).toBe(true);
      expect(answer.nextStep.action).not.toBe('contact-support');
    }
  });

  test.each(listing)('of one %s take it from none of those that are in doubt', async (kind) => {
    const answers = [];
    for (const count of [0, 1, 4]) {
      const region = emptyRegion();
      const network = region.network();
      const { vpcEndpointId } = region.orphan({ network, createdAt: region.daysAgo(120) });
      const unknown = {
        network,
        listed: false,
        resolves: 'nowhere',
        createdAt: region.daysAgo(120),
      } as const;
      const alsoLists = others(region, network, count, true);
      region[kind]({ ...unknown, name: 'blue', alsoLists });
      region[kind]({ ...unknown, name: 'green' });
      // The summary begins with the one that has no other endpoint.
      const { summary: _, ...rest } = told(await ask(region, vpcEndpointId));
      answers.push(rest);
    }
    const [without, ...rest] = answers;
    for (const answer of rest) expect(answer).toEqual(without);
    expect(without).toMatchObject({ action: 'choose', verdict: 'ambiguous' });
  });

  test.each(listing)('are themselves held by the %s that lists them', async (kind) => {
    const region = emptyRegion();
    const network = region.network();
    const [first, second] = others(region, network, 2, true);
    if (first === undefined || second === undefined) throw new Error('two endpoints were asked for');
    region[kind]({ name: 'sales', network, alsoLists: [first, second] });
    for (const { vpcEndpointId } of [first, second])
      expect(await ask(region, vpcEndpointId)).toMatchObject({
        verdict: 'identified',
        confidence: 'confirmed',
        owner: { resourceId: 'sales' },
      });
  });
});

/** Every kind of resource, by a hostname alone. */
const kinds = {
  workgroup: (region: RegionBuilder, options: ListedOptions) =>
    region.workgroup({ listed: false, ...options }),
  redshiftCluster: (region: RegionBuilder, options: ListedOptions) =>
    region.redshiftCluster({ listed: false, ...options }),
  rdsProxy: (region: RegionBuilder, options: ListedOptions) => region.rdsProxy(options),
  auroraServerless: (region: RegionBuilder, options: ListedOptions) => region.auroraServerless(options),
  rdsProxyEndpoint: (region: RegionBuilder, options: ListedOptions) => {
    const proxy = region.rdsProxy({ name: 'parent', network: region.network() });
    return region.rdsProxyEndpoint({ proxy, ...options });
  },
} as const;
const everyKind = Object.keys(kinds) as (keyof typeof kinds)[];

describe('a resource that was made after the endpoint, by its own word: restored, or resized,', () => {
  const restored = (region: RegionBuilder) => ({
    name: 'sales',
    network: region.network(),
    createdAt: region.daysAgo(300),
    resourceCreatedAt: region.daysAgo(1),
  });

  test.each(everyKind)('owns the endpoint that its hostname is an alias of: %s', async (kind) => {
    const region = emptyRegion();
    const { vpcEndpointId } = kinds[kind](region, restored(region));
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      verdict: 'identified',
      confidence: 'confirmed',
      owner: { resourceId: 'sales' },
      nextStep: { action: 'delete-owner' },
    });
  });

  test.each(everyKind)('owns the endpoint whose addresses its hostname has: %s', async (kind) => {
    const region = emptyRegion();
    const { vpcEndpointId } = kinds[kind](region, { ...restored(region), resolves: 'addresses' });
    expect(await ask(region, vpcEndpointId)).toMatchObject({
      verdict: 'identified',
      confidence: 'probable',
      owner: { resourceId: 'sales' },
    });
  });

  test.each(everyKind)('is looked at first where its hostname leads nowhere: %s', async (kind) => {
    const region = emptyRegion();
    const { vpcEndpointId } = kinds[kind](region, { ...restored(region), resolves: 'nowhere' });
    const answer = await ask(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'choose' } });
    expect(leadsTo(answer, 'sales')).toBe(true);
  });
});

test('what was made after the endpoint, or has another one, comes behind what is likelier, and stays', async () => {
  const region = emptyRegion();
  const network = region.network();
  const { vpcEndpointId } = region.orphan({ network, createdAt: region.daysAgo(120) });
  const unknown = { network, listed: false, resolves: 'nowhere' } as const;
  const elsewhere = region.network();
  const other = region.orphan({ network: elsewhere, createdAt: region.daysAgo(120) });
  const alsoLists = [{ vpcEndpointId: other.vpcEndpointId, vpcId: elsewhere.vpcId }];
  region.redshiftCluster({ ...unknown, name: 'restored', createdAt: region.daysAgo(1) });
  region.redshiftCluster({ ...unknown, name: 'busy', createdAt: region.daysAgo(400), alsoLists });
  region.redshiftCluster({ ...unknown, name: 'likely', createdAt: region.daysAgo(400) });
  const { candidates, nextStep } = await ask(region, vpcEndpointId);
  expect(candidates.map(({ resourceId }) => resourceId)).toEqual(['likely', 'restored', 'busy']);
  expect(nextStep).toMatchObject({ action: 'choose', commands: [] });
});

describe('a hostname with an address that a laptop’s resolver has put there', () => {
  const live = (region: RegionBuilder) => ({
    name: 'sales',
    network: region.network(),
    createdAt: region.daysAgo(120),
    resolves: 'sinkhole' as const,
  });

  test.each(everyKind)('does not keep its resource from being looked at: %s', async (kind) => {
    const region = emptyRegion();
    const { vpcEndpointId } = kinds[kind](region, live(region));
    const answer = await ask(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'choose' } });
    expect(leadsTo(answer, 'sales')).toBe(true);
  });

  test.each(everyKind)('does not even where CloudTrail leaves no other service: %s', async (kind) => {
    const region = emptyRegion();
    const { vpcEndpointId } = kinds[kind](region, { ...live(region), createdAt: region.daysAgo(5) });
    const answer = await ask(region, vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'choose' } });
    expect(leadsTo(answer, 'sales')).toBe(true);
  });

  test('does not, though a person says of their own interface that it is an endpoint’s', async () => {
    const region = emptyRegion();
    const options = live(region);
    const { vpcEndpointId } = region.rdsProxy(options);
    const { networkInterfaceId } = region.instanceInterface(options.network);
    const own = region.resources.networkInterfaces.find(
      (eni) => eni.NetworkInterfaceId === networkInterfaceId,
    );
    Object.assign(own ?? {}, {
      PrivateIpAddress: '10.99.99.99',
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.99.99.99' }],
      Description: 'VPC Endpoint Interface vpce-0123456789abcdef0',
    });
    const answer = await ask(region, vpcEndpointId);
    expect(answer.nextStep.action).toBe('choose');
    expect(leadsTo(answer, 'sales')).toBe(true);
  });

  test.each([false, true])(
    'is another endpoint’s where EC2 shows that endpoint’s interface, and its proxy has only one (hidden: %s)',
    async (hiddenInterfaces) => {
      const region = emptyRegion();
      const network = region.network();
      const { vpcEndpointId } = region.orphan({ network });
      const options = { name: 'ledger', network, resolves: 'addresses', hiddenInterfaces } as const;
      const ledger = region.rdsProxy(options);
      const answer = await ask(region, vpcEndpointId);
      expect(answer).toMatchObject({
        candidates: [],
        complete: true,
        nextStep: { action: 'contact-support' },
      });
      expect(leadsTo(answer, 'ledger')).toBe(false);
      expect(await ask(region, ledger.vpcEndpointId)).toMatchObject({ owner: { resourceId: 'ledger' } });
    },
  );

  test('is another endpoint’s, and keeps a cluster in doubt all the same: it may have several', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({ network, createdAt: region.daysAgo(120) });
    region.redshiftCluster({ name: 'sales', network, listed: false, resolves: 'addresses' });
    const answer = await ask(region, vpcEndpointId);
    expect(answer.nextStep.action).toBe('choose');
    expect(leadsTo(answer, 'sales')).toBe(true);
  });

  test('is nobody’s in this VPC where the interface with that address is in another one', async () => {
    const region = emptyRegion();
    const network = region.network();
    const proxy = region.rdsProxy({ name: 'ledger', network, resolves: 'nowhere' });
    const twin = region.rdsProxy({ name: 'twin', network: region.network({ range: '10.7' }) });
    const address = region.resources.networkInterfaces.find(({ Description }) =>
      Description?.endsWith(twin.vpcEndpointId),
    )?.PrivateIpAddress;
    region.account.dns[proxy.proxy.Endpoint ?? ''] = { a: [address ?? ''] };
    const answer = await ask(region, proxy.vpcEndpointId);
    expect(answer.nextStep.action).toBe('choose');
    expect(leadsTo(answer, 'ledger')).toBe(true);
  });
});

describe('a resource that is listed, and is not found when it is described,', () => {
  const gone = {
    firewall: 'network-firewall:DescribeFirewall',
    vpcEndpointAssociation: 'network-firewall:DescribeVpcEndpointAssociation',
  } as const;

  function listedOnly(kind: keyof typeof gone, tagged: boolean) {
    const region = emptyRegion();
    const options = { createdAt: region.daysAgo(120), tagged, describable: false } as const;
    const firewall = { firewallArn: 'arn:aws:network-firewall:ap-northeast-1:444455556666:firewall/shared' };
    const made =
      kind === 'firewall'
        ? region.firewall(options)
        : region.vpcEndpointAssociation({ ...options, firewall });
    return { region, made };
  }

  test.each(['firewall', 'vpcEndpointAssociation'] as const)('may be the live owner: %s', async (kind) => {
    const { region, made } = listedOnly(kind, false);
    const answer = await ask(region, made.vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      owner: null,
      complete: false,
      nextStep: { action: 'retry', commands: [] },
    });
    expect(checkOf(answer, 'network-firewall')).toMatchObject({
      outcome: 'failed',
      reason: `${gone[kind]}: ${made.owner.arn} is listed, but was not found when it was described`,
    });
  });

  test('is not said to be no more, though the tag names it', async () => {
    const { region, made } = listedOnly('firewall', true);
    const answer = await ask(region, made.vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'network-firewall' },
      owner: null,
      complete: false,
      nextStep: { action: 'retry' },
    });
    expect(checkOf(answer, 'network-firewall')?.reason).toMatch(gone.firewall);
    expect(answer.evidence.map(({ statement }) => statement).join()).not.toMatch('no such resource');
  });

  test.each([0, 1, 2])('hides none of the firewalls beside it (the one at place %d)', async (place) => {
    const region = emptyRegion();
    const network = region.network();
    const firewalls = ['a', 'b', 'c'].map((name, index) =>
      region.firewall({
        name,
        network,
        createdAt: region.daysAgo(120),
        tagged: false,
        describable: index !== place,
      }),
    );
    for (const [index, { vpcEndpointIds, owner }] of firewalls.entries()) {
      if (index === place) continue;
      for (const id of vpcEndpointIds)
        expect(await ask(region, id)).toMatchObject({
          verdict: 'identified',
          owner: { resourceId: owner.resourceId },
          complete: true,
        });
    }
  });

  test('hides no association beside it', async () => {
    const region = emptyRegion();
    const edge = region.firewall({ name: 'edge' });
    const options = { firewall: edge, createdAt: region.daysAgo(120), tagged: false };
    region.vpcEndpointAssociation({ ...options, name: 'lost', describable: false });
    const kept = region.vpcEndpointAssociation({ ...options, name: 'kept' });
    expect(await ask(region, kept.vpcEndpointId)).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: kept.owner.resourceId, parentArn: edge.owner.arn },
    });
  });
});
