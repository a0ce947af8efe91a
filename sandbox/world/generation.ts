/** What the services' kinds make a random account with, and what they tell of it. */
import type { Creator } from './creator.ts';
import type { EndpointTraits } from './endpoint.ts';
import type { HostnameOptions } from './hostname.ts';
import { type Network, network as newNetwork } from './network.ts';
import type { Made, Owner } from './owner.ts';
import type { Random } from './random.ts';
import type { Scope } from './scope.ts';
import type { EventOptions, Tags } from './trail.ts';

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

export interface Generation {
  readonly build: Scope;
  readonly chance: Random;
  readonly truth: Map<string, Truth>;
  readonly networks: readonly [Network, ...Network[]];
  /** Tags that services wrote so far: lies repeat them on endpoints of others. */
  readonly written: Tags[];
}

/** Makes one resource, and tells the truth of its endpoints. */
export type Kind = () => void;

/** Few VPCs for many resources, with ranges that come again and again. */
export function newGeneration(build: Scope, chance: Random, size: number): Generation {
  const network = () =>
    newNetwork(build, {
      subnets: chance.pick([1, 1, 1, 2, 2, 3]),
      range: chance.pick(['10.0', '10.1', '172.31']),
      ipv6: chance.chance(0.2),
    });
  const networks: Generation['networks'] = [
    network(),
    ...Array.from({ length: Math.ceil(size / 8) }, network),
  ];
  return { build, chance, truth: new Map(), networks, written: [] };
}

/** Somebody else's subnets and security group, or the subnets alone. */
export function someNetwork({ build, chance, networks }: Generation): Network {
  const shared = chance.pick(networks);
  return chance.chance(0.3) ? newNetwork(build, { subnetsOf: shared }) : shared;
}

/** @param creators who else may have made such an endpoint. */
export function someTraits({ build, chance }: Generation, creators: readonly Creator[] = []) {
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
export function someLies({ chance, written }: Generation): Pick<EndpointTraits, 'tags'> {
  if (!chance.chance(0.1)) return {};
  const copied = written[chance.integer(written.length)];
  if (copied === undefined || chance.chance(0.3))
    return { tags: { Name: 'aurora-serverless', Service: 'redshift' } };
  return { tags: copied };
}

type Resolves = NonNullable<HostnameOptions['resolves']>;

/** Ways that lead to the endpoint. */
const reachable = ['alias', 'alias', 'alias-chain', 'addresses'] as const satisfies readonly Resolves[];

/** @param listed the service lists the endpoint, so that its hostname need not lead anywhere. */
export function someHostname({ chance }: Generation, listed = false) {
  return {
    resolves: listed && chance.chance(0.3) ? chance.pick(['public', 'nowhere']) : chance.pick(reachable),
    spelling: chance.chance(0.8) ? 'plain' : chance.pick(['upper-case', 'final-dot', 'upper-case-final-dot']),
  } satisfies HostnameOptions;
}

/** The owner can be found. */
export function owned({ truth }: Generation, { vpcEndpointIds, owner }: Made): void {
  for (const id of vpcEndpointIds)
    truth.set(id, { owner, verdicts: ['identified'], services: [owner.service] });
}

/** The service's API does not say the VPC, so equal addresses may prove too little. */
export function perhapsFound({ truth }: Generation, { vpcEndpointIds, owner }: Made): void {
  const verdicts: Verdict[] = ['identified', 'service-identified', 'ambiguous', 'unidentified'];
  for (const id of vpcEndpointIds) truth.set(id, { owner, verdicts });
}

/** Nothing leads from the resource to the endpoint: an honest answer does not name it as the owner. */
export function hidden({ truth }: Generation, vpcEndpointId: string, owner: Owner): void {
  truth.set(vpcEndpointId, { owner, verdicts: ['service-identified', 'ambiguous', 'unidentified'] });
}

/** Marks tell the service, and no resource. */
export function told(service: string): Truth {
  return { owner: null, verdicts: ['service-identified'], services: [service] };
}

/** Nothing tells the service. */
export const untold: Truth = { owner: null, verdicts: ['unidentified'], services: [null] };
