import type { DBProxy, DBProxyEndpoint, DBProxyEndpointStatus, DBProxyStatus } from '@aws-sdk/client-rds';
import { rowsOf } from '../../world/account.ts';
import { serviceLinkedRole } from '../../world/creator.ts';
import { placeEndpoint } from '../../world/endpoint.ts';
import { publishHostname } from '../../world/hostname.ts';
import { type Network, network as newNetwork } from '../../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../../world/owner.ts';
import type { Scope } from '../../world/scope.ts';
import { rdsHostname } from '../rds.ts';

export const rows = rowsOf({
  dbProxies: [] as DBProxy[],
  dbProxyEndpoints: [] as DBProxyEndpoint[],
});

export const creator = serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'RDSSlrAssumptionSession');

export interface ProxyMade extends Made {
  readonly proxy: DBProxy;
  readonly proxyEndpoint: DBProxyEndpoint;
}

export interface ProxyOptions extends NamedResourceOptions {
  /** The status of the proxy's default endpoint, where DescribeDBProxyEndpoints says another than DescribeDBProxies. */
  readonly endpointStatus?: string;
}

export function rdsProxy(scope: Scope, options: ProxyOptions = {}): ProxyMade {
  const {
    name = scope.nextName('proxy'),
    network = newNetwork(scope),
    status = 'available',
    ...rest
  } = options;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `proxy/${name}`,
    network,
    creator: creator,
  });
  const createdAt = rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp ?? scope.now;
  const hostname = publishHostname(scope, proxyHostname(scope, name), placed, rest);
  const added = addProxy(scope, name, network, hostname, createdAt, status, rest.endpointStatus);
  const owner: Owner = {
    service: 'rds-proxy',
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: name,
    arn: added.proxy.DBProxyArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), ...added };
}

/** A proxy that RDS has not finished: it is listed, and has neither an endpoint nor a hostname that resolves. */
export function rdsProxyInCreation(
  scope: Scope,
  { name = scope.nextName('proxy'), network }: { readonly name?: string; readonly network: Network },
): DBProxy {
  return addProxy(scope, name, network, proxyHostname(scope, name), scope.now, 'creating').proxy;
}

export interface ProxyEndpointMade extends Made {
  readonly proxyEndpoint: DBProxyEndpoint;
}

/** An endpoint added to a proxy; in the proxy's network unless told otherwise. */
export function rdsProxyEndpoint(
  scope: Scope,
  options: NamedResourceOptions & { readonly proxy: ProxyMade },
): ProxyEndpointMade {
  const { proxy, name = scope.nextName('proxy-endpoint'), status = 'available', ...rest } = options;
  const network = rest.network ?? proxy.network;
  const placed = placeEndpoint(scope, {
    ...rest,
    name: `proxy-endpoint/${name}`,
    network,
    creator: creator,
  });
  const hostname = rdsHostname(scope, `${name}.endpoint.${proxyDomain(scope)}`);
  const proxyEndpoint: DBProxyEndpoint = {
    ...proxyEndpointBase(scope, name, network),
    DBProxyName: proxy.owner.resourceId,
    Status: status as DBProxyEndpointStatus,
    Endpoint: publishHostname(scope, hostname, placed, rest),
    CreatedDate: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    TargetRole: 'READ_ONLY',
    IsDefault: false,
  };
  rows(scope.resources).dbProxyEndpoints.push(proxyEndpoint);
  const owner: Owner = {
    service: 'rds-proxy',
    resourceType: 'AWS::RDS::DBProxyEndpoint',
    resourceId: name,
    arn: proxyEndpoint.DBProxyEndpointArn ?? null,
    parentArn: proxy.owner.arn,
  };
  return { ...made(owner, network, placed), proxyEndpoint };
}

function addProxy(
  scope: Scope,
  name: string,
  network: Network,
  hostname: string,
  createdAt: Date,
  status: string,
  endpointStatus = status,
): { proxy: DBProxy; proxyEndpoint: DBProxyEndpoint } {
  const common = {
    VpcId: network.vpcId,
    VpcSecurityGroupIds: [...network.securityGroupIds],
    VpcSubnetIds: network.subnets.map(({ subnetId }) => subnetId),
    Endpoint: hostname,
    CreatedDate: createdAt,
  };
  const proxy: DBProxy = {
    ...common,
    DBProxyName: name,
    DBProxyArn: scope.arn('rds', `db-proxy:${scope.id('prx', name)}`),
    Status: status as DBProxyStatus,
    EngineFamily: 'MYSQL',
    RequireTLS: true,
    IdleClientTimeout: 1800,
    DebugLogging: false,
  };
  const proxyEndpoint: DBProxyEndpoint = {
    ...common,
    ...proxyEndpointBase(scope, name, network),
    DBProxyEndpointName: 'default',
    DBProxyName: name,
    Status: endpointStatus as DBProxyEndpointStatus,
    TargetRole: 'READ_WRITE',
    IsDefault: true,
  };
  const { dbProxies, dbProxyEndpoints } = rows(scope.resources);
  dbProxies.push(proxy);
  dbProxyEndpoints.push(proxyEndpoint);
  return { proxy, proxyEndpoint };
}

function proxyEndpointBase(scope: Scope, name: string, network: Network) {
  return {
    DBProxyEndpointName: name,
    DBProxyEndpointArn: scope.arn('rds', `db-proxy-endpoint:${scope.id('prx-endpoint', name)}`),
    VpcId: network.vpcId,
    VpcSecurityGroupIds: [...network.securityGroupIds],
    VpcSubnetIds: network.subnets.map(({ subnetId }) => subnetId),
  } satisfies DBProxyEndpoint;
}

function proxyHostname(scope: Scope, name: string): string {
  return rdsHostname(scope, `${name}.${proxyDomain(scope)}`);
}

function proxyDomain(scope: Scope): string {
  return `proxy-${scope.tokenOf('rds-proxies', 12)}`;
}
