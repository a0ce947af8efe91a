import type { DBCluster } from '@aws-sdk/client-rds';
import { creators } from './creator.ts';
import { placeEndpoint } from './endpoint.ts';
import { publishHostname } from './hostname.ts';
import { type Network, network as newNetwork } from './network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from './owner.ts';
import { rdsHostname } from './rds.ts';
import type { Scope } from './scope.ts';

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
    createdAt: traits.resourceCreatedAt ?? writer.endpoint.CreationTimestamp ?? scope.now,
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

function clusterDomain(scope: Scope): string {
  return scope.tokenOf('rds-clusters', 12);
}
