import type {
  DBCluster,
  DBProxy,
  DBProxyEndpoint,
  DBProxyEndpointStatus,
  DBProxyStatus,
} from '@aws-sdk/client-rds';
import { creators } from './creator.ts';
import { placeEndpoint } from './endpoint.ts';
import { publishHostname } from './hostname.ts';
import { type Network, network as newNetwork } from './network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from './owner.ts';
import type { Scope } from './scope.ts';

export interface ProxyMade extends Made {
  readonly proxy: DBProxy;
  readonly proxyEndpoint: DBProxyEndpoint;
}

export function rdsProxy(scope: Scope, options: NamedResourceOptions = {}): ProxyMade {
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
    creator: creators.rdsProxy,
  });
  const createdAt = placed.endpoint.CreationTimestamp ?? scope.now;
  const hostname = publishHostname(scope, proxyHostname(scope, name), placed, rest);
  const rows = addProxy(scope, name, network, hostname, createdAt, status);
  const owner: Owner = {
    service: 'rds-proxy',
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: name,
    arn: rows.proxy.DBProxyArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), ...rows };
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
    creator: creators.rdsProxy,
  });
  const hostname = rdsHostname(scope, `${name}.endpoint.${proxyDomain(scope)}`);
  const proxyEndpoint: DBProxyEndpoint = {
    ...proxyEndpointBase(scope, name, network),
    DBProxyName: proxy.owner.resourceId,
    Status: status as DBProxyEndpointStatus,
    Endpoint: publishHostname(scope, hostname, placed, rest),
    CreatedDate: placed.endpoint.CreationTimestamp,
    TargetRole: 'READ_ONLY',
    IsDefault: false,
  };
  scope.resources.dbProxyEndpoints.push(proxyEndpoint);
  const owner: Owner = {
    service: 'rds-proxy',
    resourceType: 'AWS::RDS::DBProxyEndpoint',
    resourceId: name,
    arn: proxyEndpoint.DBProxyEndpointArn ?? null,
    parentArn: proxy.owner.arn,
  };
  return { ...made(owner, network, placed), proxyEndpoint };
}

export interface AuroraMade extends Made {
  /** The endpoint that the cluster's own hostname is an alias of. */
  readonly writerVpcEndpointId: string;
  /** The other one: the reader hostname's, or nobody's where there is none. */
  readonly otherVpcEndpointId: string;
  readonly cluster: DBCluster;
}

/** An Aurora Serverless v1 cluster takes two endpoints. */
export function auroraServerless(
  scope: Scope,
  options: NamedResourceOptions & { readonly readerEndpoint?: boolean } = {},
): AuroraMade {
  const {
    name = scope.nextName('aurora'),
    network = newNetwork(scope),
    status = 'available',
    ...rest
  } = options;
  const { readerEndpoint = true, vpcEndpointId, ...traits } = rest;
  const base = { ...traits, network, creator: creators.auroraServerless };
  const first = vpcEndpointId === undefined ? {} : { vpcEndpointId };
  const writer = placeEndpoint(scope, { ...base, ...first, name: `aurora/${name}/writer` });
  const other = placeEndpoint(scope, { ...base, name: `aurora/${name}/other` });
  const hostname = (prefix: string) => rdsHostname(scope, `${name}.${prefix}-${clusterDomain(scope)}`);
  const cluster = addCluster(scope, {
    name,
    engine: 'aurora-mysql',
    engineMode: 'serverless',
    network,
    status,
    createdAt: writer.endpoint.CreationTimestamp ?? scope.now,
    endpoint: publishHostname(scope, hostname('cluster'), writer, traits),
    ...(readerEndpoint
      ? { readerEndpoint: publishHostname(scope, hostname('cluster-ro'), other, traits) }
      : {}),
  });
  const owner: Owner = {
    service: 'aurora-serverless',
    resourceType: 'AWS::RDS::DBCluster',
    resourceId: name,
    arn: cluster.DBClusterArn ?? null,
    parentArn: null,
  };
  const { vpcEndpointId: writerVpcEndpointId } = writer;
  return {
    ...made(owner, network, writer, other),
    writerVpcEndpointId,
    otherVpcEndpointId: other.vpcEndpointId,
    cluster,
  };
}

/** A cluster that holds no VPC endpoint, of any of the engines that `DescribeDBClusters` lists. */
export function dbCluster(
  scope: Scope,
  options: {
    readonly name?: string;
    readonly network: Network;
    readonly engine?: 'aurora-mysql' | 'aurora-postgresql' | 'docdb' | 'neptune';
  },
): DBCluster {
  const { name = scope.nextName('cluster'), network, engine = 'aurora-postgresql' } = options;
  const endpoint = rdsHostname(scope, `${name}.cluster-${clusterDomain(scope)}`);
  const [subnet] = network.subnets;
  if (subnet !== undefined) scope.account.dns[endpoint] = { a: [subnet.takeAddress().ipv4] };
  const createdAt = scope.daysAgo(400);
  return addCluster(scope, {
    name,
    engine,
    engineMode: 'provisioned',
    network,
    status: 'available',
    createdAt,
    endpoint,
  });
}

function addProxy(
  scope: Scope,
  name: string,
  network: Network,
  hostname: string,
  createdAt: Date,
  status: string,
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
    Status: status as DBProxyEndpointStatus,
    TargetRole: 'READ_WRITE',
    IsDefault: true,
  };
  scope.resources.dbProxies.push(proxy);
  scope.resources.dbProxyEndpoints.push(proxyEndpoint);
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

interface ClusterRow {
  readonly name: string;
  readonly engine: string;
  readonly engineMode: string;
  readonly network: Network;
  readonly status: string;
  readonly createdAt: Date;
  readonly endpoint: string;
  readonly readerEndpoint?: string;
}

function addCluster(scope: Scope, row: ClusterRow): DBCluster {
  const { name, network } = row;
  const cluster: DBCluster = {
    DBClusterIdentifier: name,
    DBClusterArn: scope.arn('rds', `cluster:${name}`),
    DbClusterResourceId: `cluster-${scope.tokenOf(`cluster/${name}`, 26).toUpperCase()}`,
    DBSubnetGroup: `subnets-${network.vpcId}`,
    Status: row.status,
    Engine: row.engine,
    EngineMode: row.engineMode,
    Endpoint: row.endpoint,
    ...(row.readerEndpoint === undefined ? {} : { ReaderEndpoint: row.readerEndpoint }),
    Port: 3306,
    VpcSecurityGroups: network.securityGroupIds.map((VpcSecurityGroupId) => ({
      VpcSecurityGroupId,
      Status: 'active',
    })),
    ClusterCreateTime: row.createdAt,
  };
  scope.resources.dbClusters.push(cluster);
  return cluster;
}

function proxyHostname(scope: Scope, name: string): string {
  return rdsHostname(scope, `${name}.${proxyDomain(scope)}`);
}

function proxyDomain(scope: Scope): string {
  return `proxy-${scope.tokenOf('rds-proxies', 12)}`;
}

function clusterDomain(scope: Scope): string {
  return scope.tokenOf('rds-clusters', 12);
}

/** China puts the Region behind the service. */
function rdsHostname(scope: Scope, prefix: string): string {
  const middle = scope.partition === 'aws-cn' ? `rds.${scope.region}` : `${scope.region}.rds`;
  return `${prefix}.${middle}.${scope.dnsSuffix}`;
}
