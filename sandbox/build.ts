/** Fills an account with resources that fit together: service, endpoint, interfaces, DNS names, CloudTrail events. */
import type { Account } from './account.ts';
import { auroraServerless, dbCluster } from './build/aurora.ts';
import { firewall, vpcEndpointAssociation } from './build/firewall.ts';
import { placeInstanceInterface } from './build/interfaces.ts';
import { type Network, network } from './build/network.ts';
import {
  customerEndpoint,
  firewallOrphan,
  guardDutyEndpoint,
  mskEndpoint,
  orphan,
  transferEndpoint,
} from './build/others.ts';
import { rdsProxy, rdsProxyEndpoint, rdsProxyInCreation } from './build/rds.ts';
import { redshiftCluster, redshiftEndpointAccess } from './build/redshift.ts';
import { serverlessEndpointAccess, workgroup } from './build/redshift-serverless.ts';
import { type Scope, scopeOf } from './build/scope.ts';

export type { AuroraMade } from './build/aurora.ts';
export { type Creator, creators, forwardAccessSession, serviceLinkedRole } from './build/creator.ts';
export type { EndpointState, EndpointTraits, Placed } from './build/endpoint.ts';
export type { AssociationMade, FirewallMade, FirewallOptions } from './build/firewall.ts';
export type { HostnameOptions } from './build/hostname.ts';
export type { Network, NetworkOptions } from './build/network.ts';
export type { OrphanOptions } from './build/others.ts';
export type {
  AlsoListed,
  ListedOptions,
  Made,
  NamedResourceOptions,
  Owner,
  ResourceOptions,
} from './build/owner.ts';
export type { ProxyEndpointMade, ProxyMade, ProxyOptions } from './build/rds.ts';
export type { ClusterMade, EndpointAccessMade } from './build/redshift.ts';
export type { ServerlessEndpointAccessMade, WorkgroupMade } from './build/redshift-serverless.ts';
export type { EventOptions, Tags } from './build/trail.ts';

export interface AccountBuilder {
  readonly account: Account;
  region(name: string, now: Date): RegionBuilder;
}

/** The same seed and the same calls give the same ids. */
export function newAccount(accountId: string, seed = 0): AccountBuilder {
  const account: Account = { accountId, regions: {}, dns: {} };
  const counts = new Map<string, number>();
  return { account, region: (name, now) => regionBuilder(scopeOf(account, name, now, seed, counts)) };
}

export type RegionBuilder = ReturnType<typeof regionBuilder>;

function regionBuilder(scope: Scope) {
  const { account, accountId, region, resources, now } = scope;
  return {
    account,
    accountId,
    name: region,
    /** What has been made so far, to look at or to spoil. */
    resources,
    now,
    daysAgo: scope.daysAgo,
    network: bind(scope, network),
    rdsProxy: bind(scope, rdsProxy),
    rdsProxyInCreation: bind(scope, rdsProxyInCreation),
    rdsProxyEndpoint: bind(scope, rdsProxyEndpoint),
    auroraServerless: bind(scope, auroraServerless),
    dbCluster: bind(scope, dbCluster),
    redshiftCluster: bind(scope, redshiftCluster),
    redshiftEndpointAccess: bind(scope, redshiftEndpointAccess),
    workgroup: bind(scope, workgroup),
    serverlessEndpointAccess: bind(scope, serverlessEndpointAccess),
    firewall: bind(scope, firewall),
    vpcEndpointAssociation: bind(scope, vpcEndpointAssociation),
    orphan: bind(scope, orphan),
    firewallOrphan: bind(scope, firewallOrphan),
    customerEndpoint: bind(scope, customerEndpoint),
    guardDutyEndpoint: bind(scope, guardDutyEndpoint),
    transferEndpoint: bind(scope, transferEndpoint),
    mskEndpoint: bind(scope, mskEndpoint),
    instanceInterface: (inNetwork: Network = network(scope)) => placeInstanceInterface(scope, inNetwork),
  };
}

function bind<Options extends unknown[], Result>(
  scope: Scope,
  build: (scope: Scope, ...options: Options) => Result,
): (...options: Options) => Result {
  return (...options) => build(scope, ...options);
}
