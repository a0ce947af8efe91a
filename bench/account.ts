/** An account of any size with an endpoint of every kind of owner, and the longest chain of calls that leads to each. */
import type { Account } from '../sandbox/account.ts';
import { type Made, newAccount, type RegionBuilder } from '../sandbox/build.ts';
import { type Common, others } from './others.ts';

export const region = 'ap-northeast-1';
export const accountId = '111122223333';

/** Resources of a kind in one VPC: an account spreads them, and few share a network. */
const perNetwork = 8;
/** What every list of the account returns at once, at most. */
const pageSize = 100;
/** The wanted resources are this far down their lists, or at their end. */
const position = 0.6;
/** What the program remembers of an endpoint must not make another lookup of it faster: each is asked for once. */
export const rounds = 9;

/**
 * An endpoint to ask for, and its critical path: what has to be asked after one another, because each needs the answer
 * before it, until the owner is known. That is: the endpoint; then the pages of the list that its owner is in, up to the
 * owner's; then what only that page tells to ask for, a call where the list has names only, a DNS answer where it has
 * hostnames. Whatever can be asked meanwhile is not on the path: CloudTrail, the other lists, other resources of a page.
 */
export interface Subject {
  readonly kind: string;
  readonly vpcEndpointId: string;
  readonly resourceId: string;
  readonly calls: number;
  readonly dnsAnswers: number;
  /** A mark of the endpoint names its owner, or the one service that it can be of. */
  readonly isMarked: boolean;
  /** The manual procedure knows its service. */
  readonly isByHand: boolean;
}

export interface BenchAccount {
  readonly account: Account;
  /** An endpoint that is nobody's, and older than CloudTrail remembers, where the other services are. */
  readonly orphanId: string | null;
  /** What holds all its endpoints and resources: pages of each list, calls that describe what a list only names. */
  readonly fewest: Fewest;
  /** One endpoint of every kind of owner in each, in the same order. */
  readonly rounds: readonly (readonly Subject[])[];
}

export interface Fewest {
  /** Of endpoints, a thousand in each. */
  readonly endpointPages: number;
  /** By list. */
  readonly pages: Readonly<Record<string, number>>;
  readonly describes: number;
}

/** EC2's most. */
const endpointsInPage = 1_000;
/** A page of names needs what describes them before the next one is asked for. */
const namesOnly = ['firewalls', 'vpcEndpointAssociations'];

function fewestOf({ resources }: RegionBuilder): Fewest {
  const { firewalls, vpcEndpointAssociations, vpcEndpoints } = resources;
  const { dbProxies, dbProxyEndpoints, dbClusters, redshiftClusters, redshiftEndpointAccess } = resources;
  const { workgroups, serverlessEndpointAccess } = resources;
  const lists = {
    firewalls,
    vpcEndpointAssociations,
    dbProxies,
    dbProxyEndpoints,
    dbClusters,
    redshiftClusters,
    redshiftEndpointAccess,
    workgroups,
    serverlessEndpointAccess,
  };
  return {
    endpointPages: Math.ceil(vpcEndpoints.length / endpointsInPage),
    pages: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, pagesTo(list)])),
    describes: firewalls.length + vpcEndpointAssociations.length,
  };
}

/** How many calls the longest list takes after one another. */
export function longestChain({ pages }: Fewest): number {
  const chains = Object.entries(pages).map(([name, count]) => (namesOnly.includes(name) ? 2 : 1) * count);
  return Math.max(...chains);
}

/**
 * @param size how many of each resource, enough for all rounds
 * @param endpoints how many endpoints there are at least: orphans in the same VPCs fill it up
 * @param otherServices whether those are in it that the manual procedure does not know
 */
export function benchAccount(
  size: number,
  now: Date,
  { endpoints = 0, otherServices = false }: { endpoints?: number; otherServices?: boolean } = {},
): BenchAccount {
  const builder = newAccount(accountId, size);
  const build = builder.region(region, now);
  const first = 2 * Math.floor(Math.min(size * position, size - 2 * rounds + 1) / 2);
  const isWanted = (index: number) => index % 2 === 0 && index >= first && index < first + 2 * rounds;
  const [listed, unlisted, ofOthers]: [Subject[][], Subject[][], Subject[][]] = [[], [], []];
  let network = build.network();
  const networks = [network];

  for (let index = 0; index < size; index += 1) {
    if (index % perNetwork === 0) {
      network = build.network();
      networks.push(network);
    }
    const [recently, longAgo] = [build.daysAgo(10), build.daysAgo(400)];
    const common = { network, createdAt: index % 2 === 0 ? recently : longAgo };
    // CloudTrail would name the firewall of a recent one, and spare the list.
    const firewalls = { network, createdAt: isWanted(index) ? longAgo : common.createdAt };
    const firewall = build.firewall({ ...firewalls, tagged: !isWanted(index) });
    const proxy = build.rdsProxy(common);
    const listsIds = { listed: !isWanted(index + 1) };
    const cluster = build.redshiftCluster({ ...common, ...listsIds });
    const workgroup = build.workgroup({ ...common, ...listsIds });
    const made: Resources = {
      firewall,
      association: build.vpcEndpointAssociation({ ...firewalls, firewall, tagged: false }),
      proxy,
      proxyEndpoint: build.rdsProxyEndpoint({ ...common, proxy }),
      aurora: build.auroraServerless(common),
      cluster,
      access: build.redshiftEndpointAccess({ ...common, cluster }),
      workgroup,
      serverlessAccess: build.serverlessEndpointAccess({ ...common, workgroup }),
    };
    if (isWanted(index + 1)) unlisted.push(withTagsAndWithoutIds(build, made));
    if (isWanted(index)) listed.push(withIdsAndWithoutTags(build, made));
    const found = otherServices ? makeOthers(build, common) : [];
    if (isWanted(index)) ofOthers.push(found);
  }
  const orphan = () => build.orphan({ network, createdAt: build.daysAgo(400) }).vpcEndpointId;
  const orphanId = otherServices ? orphan() : null;
  for (let made = build.resources.vpcEndpoints.length; made < endpoints; made += 1)
    build.orphan({ network: networks[made % networks.length] ?? network, createdAt: build.daysAgo(400) });
  return {
    account: builder.account,
    orphanId,
    fewest: fewestOf(build),
    rounds: unlisted.map((subjects, round) => [
      ...subjects,
      ...(listed[round] ?? []),
      ...(ofOthers[round] ?? []),
    ]),
  };
}

type Resources = Readonly<
  Record<
    | 'firewall'
    | 'association'
    | 'proxy'
    | 'proxyEndpoint'
    | 'aurora'
    | 'cluster'
    | 'access'
    | 'workgroup'
    | 'serverlessAccess',
    Made
  >
>;

const describingTheEndpoint = 1;

function subject(
  kind: string,
  { vpcEndpointId, owner }: Made,
  calls: number,
  dnsAnswers = 0,
  { isMarked = false, isByHand = true } = {},
): Subject {
  const { resourceId } = owner;
  return {
    kind,
    vpcEndpointId,
    resourceId,
    calls: describingTheEndpoint + calls,
    dnsAnswers,
    isMarked,
    isByHand,
  };
}

function makeOthers(build: RegionBuilder, common: Common): Subject[] {
  return Object.entries(others).map(([kind, { make, calls, dnsAnswers, isMarked = false }]) =>
    subject(kind, make(build, common), calls, dnsAnswers, { isMarked, isByHand: false }),
  );
}

/** Of a resource that was just made, and so is the last of its list. */
function pagesTo(list: readonly unknown[]): number {
  return Math.ceil(list.length / pageSize);
}

function withTagsAndWithoutIds({ resources }: RegionBuilder, made: Resources): Subject[] {
  const clusters = pagesTo(resources.redshiftClusters);
  const workgroups = pagesTo(resources.workgroups);
  return [
    subject('firewall that its tag names', made.firewall, 1, 0, { isMarked: true }),
    subject('Redshift cluster, by alias', made.cluster, clusters, 1),
    subject('Redshift Serverless workgroup, by alias', made.workgroup, workgroups, 1),
  ];
}

function withIdsAndWithoutTags({ resources }: RegionBuilder, made: Resources): Subject[] {
  const associations = pagesTo(resources.vpcEndpointAssociations);
  const workgroups = pagesTo(resources.workgroups);
  // The parent's ARN is in the list of workgroups, or a call away.
  const parent = workgroups === 1 ? 0 : 1;
  return [
    // Asked by VPC, which has one page of them, as of Redshift's managed endpoints; each firewall is a call of its own.
    subject('firewall without tags', made.firewall, 1 + 1),
    subject('VPC endpoint association', made.association, associations + 1),
    subject('RDS proxy', made.proxy, pagesTo(resources.dbProxies), 1),
    subject('RDS proxy endpoint', made.proxyEndpoint, pagesTo(resources.dbProxyEndpoints), 1),
    subject('Aurora Serverless v1 cluster', made.aurora, pagesTo(resources.dbClusters), 1),
    subject('Redshift cluster that lists it', made.cluster, pagesTo(resources.redshiftClusters)),
    subject('Redshift-managed VPC endpoint', made.access, 1),
    subject('Redshift Serverless workgroup that lists it', made.workgroup, workgroups),
    subject('Redshift Serverless managed VPC endpoint', made.serverlessAccess, 1 + parent),
  ];
}
