/** Fills an account with resources that fit together: service, endpoint, interfaces, DNS names, CloudTrail events. */
import type { Account, Region } from './account.ts';
import { type Builders, buildersOf, creators, emptyRegion } from './services/registry.ts';
import type { Placed } from './world/endpoint.ts';
import { placeInstanceInterface } from './world/interfaces.ts';
import { type Network, type NetworkOptions, network } from './world/network.ts';
import { customerEndpoint, type OrphanOptions as Orphan, orphan } from './world/orphan.ts';
import { type Scope, scopeOf } from './world/scope.ts';

export type { AuroraMade } from './services/aurora-serverless.ts';
export type { AssociationMade, FirewallMade, FirewallOptions } from './services/network-firewall/index.ts';
export type { ProxyEndpointMade, ProxyMade, ProxyOptions } from './services/rds-proxy/index.ts';
export type { ClusterMade, EndpointAccessMade } from './services/redshift/index.ts';
export type { ServerlessEndpointAccessMade, WorkgroupMade } from './services/redshift-serverless/index.ts';
export { creators } from './services/registry.ts';
export { type Creator, forwardAccessSession, serviceLinkedRole } from './world/creator.ts';
export type { EndpointState, EndpointTraits, Placed } from './world/endpoint.ts';
export type { HostnameOptions } from './world/hostname.ts';
export type { Network, NetworkOptions } from './world/network.ts';
export type {
  AlsoListed,
  ListedOptions,
  Made,
  NamedResourceOptions,
  Owner,
  ResourceOptions,
} from './world/owner.ts';
export type { EventOptions, Tags } from './world/trail.ts';

export type OrphanOptions = Partial<Orphan>;

export interface AccountBuilder {
  readonly account: Account;
  region(name: string, now: Date): RegionBuilder;
}

/** The same seed and the same calls give the same ids. */
export function newAccount(accountId: string, seed = 0): AccountBuilder {
  const account: Account = { accountId, regions: {}, dns: {} };
  const counts = new Map<string, number>();
  return {
    account,
    region(name, now) {
      const resources = account.regions[name] ?? emptyRegion();
      account.regions[name] = resources;
      return regionBuilder({ ...scopeOf(account, name, now, seed, counts), account, resources });
    },
  };
}

/** Makes the resources of one Region: those of every service, under the names that the services give, and a few of none. */
export type RegionBuilder = Builders & OfNoService;

interface OfNoService extends Scope {
  readonly account: Account;
  readonly name: string;
  /** What has been made so far, to look at or to spoil. */
  readonly resources: Region;
  network(options?: NetworkOptions): Network;
  orphan(options?: OrphanOptions): Placed;
  customerEndpoint(options?: Parameters<typeof customerEndpoint>[1]): Placed;
  instanceInterface(network?: Network): { networkInterfaceId: string };
}

function regionBuilder(scope: Scope & Pick<OfNoService, 'account' | 'resources'>): RegionBuilder {
  return {
    ...scope,
    ...buildersOf(scope),
    name: scope.region,
    network: (options) => network(scope, options),
    /** RDS Proxy leaves most of them behind. */
    orphan: (options) => orphan(scope, { creator: creators.rdsProxy, ...options }),
    customerEndpoint: (options) => customerEndpoint(scope, options),
    instanceInterface: (inNetwork = network(scope)) => placeInstanceInterface(scope, inNetwork),
  };
}
