import type { DBCluster } from '@aws-sdk/client-rds';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { serviceLinkedRole } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identified, pathOf } from '../world/example.ts';
import {
  type Generation,
  hidden,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { type Network, network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { filters, maxRecords, text } from './input.ts';
import { byName, rds, rdsHostname, unknownFilter } from './rds.ts';
import type { Service } from './service.ts';

const rows = rowsOf({ dbClusters: [] as DBCluster[] });

/** AWS writes it so (observed). */
const creator = serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'RDSAuroraServeless');

export const auroraServerless = {
  id: 'aurora-serverless',
  api: rds,
  rows,
  creator,
  builders: { auroraServerless: serverlessCluster, dbCluster },
  examples,
  kinds: (generation) => [() => someCluster(generation), () => someOtherCluster(generation)],
  operations: {
    DescribeDBClusters: (input, { region, page }) => {
      const size = maxRecords(input);
      const tests = filters(input).map(({ name, values }) => {
        const read = Object.hasOwn(clusterFilters, name) ? clusterFilters[name] : undefined;
        if (read === undefined) throw unknownFilter(name);
        return (cluster: DBCluster) =>
          read(cluster).some((value) => value !== undefined && values.includes(value));
      });
      const named = byName(
        rows(region).dbClusters,
        text(input, 'DBClusterIdentifier'),
        (cluster) => [cluster.DBClusterIdentifier, cluster.DBClusterArn],
        (name) => new AwsError('DBClusterNotFoundFault', `DBCluster ${name} not found.`, 404),
      );
      return page(
        'DBClusters',
        named.filter((cluster) => tests.every((fits) => fits(cluster))),
        size,
      );
    },
  },
} as const satisfies Service;

const clusterFilters: Readonly<Record<string, (cluster: DBCluster) => readonly (string | undefined)[]>> = {
  'clone-group-id': (cluster) => [cluster.CloneGroupId],
  'db-cluster-id': (cluster) => [cluster.DBClusterIdentifier, cluster.DBClusterArn],
  'db-cluster-resource-id': (cluster) => [cluster.DbClusterResourceId],
  domain: (cluster) => (cluster.DomainMemberships ?? []).map((membership) => membership.Domain),
  engine: (cluster) => [cluster.Engine],
};

export interface AuroraMade extends Made {
  /** The endpoint that the cluster's own hostname is an alias of. */
  readonly writerVpcEndpointId: string;
  /** The other one: the reader hostname's, or nobody's where there is none. */
  readonly otherVpcEndpointId: string;
  readonly cluster: DBCluster;
}

/** An Aurora Serverless v1 cluster takes two endpoints. */
function serverlessCluster(
  scope: Scope,
  options: NamedResourceOptions & {
    readonly readerEndpoint?: boolean;
    readonly deletionProtection?: boolean;
  } = {},
): AuroraMade {
  const {
    name = scope.nextName('aurora'),
    network = newNetwork(scope),
    status = 'available',
    ...rest
  } = options;
  const { readerEndpoint = true, deletionProtection = false, vpcEndpointId, ...traits } = rest;
  const base = { ...traits, network, creator: creator };
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
    deletionProtection,
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

/** That `DescribeDBClusters` lists. */
const engines = ['neptune', 'docdb', 'aurora-mysql', 'aurora-postgresql'] as const;

/** A cluster that holds no VPC endpoint. */
function dbCluster(
  scope: Scope,
  options: {
    readonly name?: string;
    readonly network: Network;
    readonly engine?: (typeof engines)[number];
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
  readonly deletionProtection?: boolean;
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
    DeletionProtection: row.deletionProtection ?? false,
  };
  rows(scope.resources).dbClusters.push(cluster);
  return cluster;
}

function clusterDomain(scope: Scope): string {
  return scope.tokenOf('rds-clusters', 12);
}

function examples(scope: Scope): Example[] {
  const aged = eachAge(scope, ({ words, suffix }, createdAt) => {
    const carts = serverlessCluster(scope, { name: `carts${suffix}`, createdAt });
    const { owner, writerVpcEndpointId, otherVpcEndpointId } = carts;
    return [
      identified(
        `an Aurora Serverless v1 cluster by its endpoint, ${words}`,
        pathOf(writerVpcEndpointId),
        owner,
      ),
      identified(
        `an Aurora Serverless v1 cluster by its reader endpoint, ${words}`,
        pathOf(otherVpcEndpointId),
        owner,
      ),
    ];
  });
  const shared = {
    network: newNetwork(scope),
    createdAt: scope.daysAgo(700),
    readerEndpoint: false,
  };
  const blue = serverlessCluster(scope, { name: 'stock-blue', ...shared });
  serverlessCluster(scope, { name: 'stock-green', ...shared });
  const network = newNetwork(scope);
  for (const engine of engines) dbCluster(scope, { name: `decoy-${engine}`, network, engine });
  return [
    ...aged,
    {
      title: 'one of two Aurora Serverless v1 clusters, and nothing tells which',
      path: pathOf(blue.otherVpcEndpointId),
      expect: { status: 200, verdict: 'ambiguous', action: 'choose', candidates: 2 },
    },
  ];
}

function someCluster(generation: Generation): void {
  const readerEndpoint = generation.chance.chance(0.8);
  const hostname = someHostname(generation);
  const cluster = serverlessCluster(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...hostname,
    readerEndpoint,
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, cluster);
  else owned(generation, cluster);
  if (!readerEndpoint) hidden(generation, cluster.otherVpcEndpointId, cluster.owner);
}

function someOtherCluster(generation: Generation): void {
  const { build, chance } = generation;
  dbCluster(build, { network: someNetwork(generation), engine: chance.pick(engines) });
}
