import type { Random } from '../build/random.ts';
import type {
  ClusterMade,
  Creator,
  EndpointTraits,
  EventOptions,
  FirewallMade,
  HostnameOptions,
  Made,
  Network,
  Owner,
  ProxyMade,
  RegionBuilder,
  WorkgroupMade,
} from '../build.ts';

export type Verdict =
  | 'identified'
  | 'service-identified'
  | 'ambiguous'
  | 'unidentified'
  | 'not-requester-managed';

export interface Truth {
  /** Who holds the endpoint, found or not. An answer that names another owner is wrong, whatever its verdict. */
  readonly owner: Owner | null;
  /** What a careful answer may say, with every check done and none refused. */
  readonly verdicts: readonly Verdict[];
  /** The services that may be named; `null` in it where none may be. Left out: not decided. */
  readonly services?: readonly (string | null)[];
}

export interface World {
  readonly build: RegionBuilder;
  readonly chance: Random;
  readonly truth: Map<string, Truth>;
  readonly networks: readonly [Network, ...Network[]];
  readonly firewalls: FirewallMade[];
  readonly proxies: ProxyMade[];
  readonly clusters: ClusterMade[];
  readonly workgroups: WorkgroupMade[];
}

/** Few VPCs for many resources, with ranges that come again and again. */
export function newWorld(build: RegionBuilder, chance: Random, size: number): World {
  const network = () =>
    build.network({
      subnets: chance.pick([1, 1, 1, 2, 2, 3]),
      range: chance.pick(['10.0', '10.1', '172.31']),
      ipv6: chance.chance(0.2),
    });
  const networks: World['networks'] = [network(), ...Array.from({ length: Math.ceil(size / 8) }, network)];
  return {
    build,
    chance,
    truth: new Map(),
    networks,
    firewalls: [],
    proxies: [],
    clusters: [],
    workgroups: [],
  };
}

/** Somebody else's subnets and security group, or the subnets alone. */
export function someNetwork({ build, chance, networks }: World): Network {
  const shared = chance.pick(networks);
  return chance.chance(0.3) ? build.network({ subnetsOf: shared }) : shared;
}

/** @param creators who else may have made such an endpoint. */
export function someTraits({ build, chance }: World, creators: readonly Creator[] = []) {
  const young = chance.chance(0.5);
  const days = young ? 1 + chance.next() * 85 : 95 + chance.next() * 1500;
  return {
    createdAt: build.daysAgo(days),
    interfaceType: chance.pick(['vpc_endpoint', 'vpc_endpoint', 'interface']),
    event: young && chance.chance(0.85) ? someEvent(chance, creators) : false,
  } satisfies EndpointTraits;
}

function someEvent(chance: Random, creators: readonly Creator[]): EventOptions {
  const creator = creators[chance.integer(creators.length + 1)];
  return {
    ...(creator === undefined ? {} : { creator }),
    tagValues: chance.pick(['text', 'typed']),
    lists: chance.pick(['bare', 'array']),
    failedBefore: chance.chance(0.1),
    later: chance.chance(0.1) ? ['DeleteVpcEndpoints', 'CreateTags'] : [],
  };
}

/** What anyone with `ec2:CreateTags` may write: now and then, nothing that is true. */
export function someLies({ chance, firewalls }: World): Pick<EndpointTraits, 'tags'> {
  if (!chance.chance(0.1)) return {};
  const accused = firewalls[chance.integer(firewalls.length)];
  if (accused === undefined || chance.chance(0.3))
    return { tags: { Name: 'aurora-serverless', Service: 'redshift' } };
  return { tags: { Firewall: accused.firewallArn, AWSNetworkFirewallManaged: 'true' } };
}

type Resolves = NonNullable<HostnameOptions['resolves']>;

/** Ways that lead to the endpoint. */
const reachable = ['alias', 'alias', 'alias-chain', 'addresses'] as const satisfies readonly Resolves[];

/** @param listed the service lists the endpoint, so that its hostname need not lead anywhere. */
export function someHostname({ chance }: World, listed = false) {
  return {
    resolves: listed && chance.chance(0.3) ? chance.pick(['public', 'nowhere']) : chance.pick(reachable),
    spelling: chance.chance(0.8) ? 'plain' : chance.pick(['upper-case', 'final-dot', 'upper-case-final-dot']),
  } satisfies HostnameOptions;
}

/** The owner can be found. */
export function owned({ truth }: World, { vpcEndpointIds, owner }: Made): void {
  for (const id of vpcEndpointIds)
    truth.set(id, { owner, verdicts: ['identified'], services: [owner.service] });
}

/** The service's API does not say the VPC, so equal addresses may prove too little. */
export function perhapsFound({ truth }: World, { vpcEndpointIds, owner }: Made): void {
  const verdicts: Verdict[] = ['identified', 'service-identified', 'ambiguous', 'unidentified'];
  for (const id of vpcEndpointIds) truth.set(id, { owner, verdicts });
}

/** Nothing leads from the resource to the endpoint: an honest answer does not name it as the owner. */
export function hidden({ truth }: World, vpcEndpointId: string, owner: Owner): void {
  truth.set(vpcEndpointId, { owner, verdicts: ['service-identified', 'ambiguous', 'unidentified'] });
}
