import type { DBCluster } from '@aws-sdk/client-rds';
import { awsQuery } from '../protocols/aws-query.ts';
import { AwsError, type Input } from '../protocols/protocol.ts';
import { filters, maxRecords, type Service, text } from './service.ts';

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/Welcome.html */
export const rds = {
  id: 'rds',
  protocol: awsQuery({
    version: '2014-10-31',
    namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
    items: {
      AssociatedRoles: 'DBClusterRole',
      AvailabilityZones: 'AvailabilityZone',
      DBClusterMembers: 'DBClusterMember',
      DBClusterOptionGroupMemberships: 'DBClusterOptionGroup',
      DBClusters: 'DBCluster',
      DomainMemberships: 'DomainMembership',
      ReadReplicaIdentifiers: 'ReadReplicaIdentifier',
      StatusInfos: 'DBClusterStatusInfo',
      TagList: 'Tag',
      VpcSecurityGroups: 'VpcSecurityGroupMembership',
    },
    maps: [],
  }),
  pageToken: 'Marker',
  invalidPageToken: (marker) => new AwsError('InvalidParameterValue', `Invalid marker: ${marker}`),
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
        region.dbClusters,
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

    DescribeDBProxies: (input, { region, page }) => {
      const size = maxRecords(input);
      refuseFilters(input);
      const named = byName(
        region.dbProxies,
        text(input, 'DBProxyName'),
        (proxy) => [proxy.DBProxyName],
        proxyNotFound,
      );
      return page('DBProxies', named, size);
    },

    DescribeDBProxyEndpoints: (input, { region, page }) => {
      const size = maxRecords(input);
      refuseFilters(input);
      const proxyName = text(input, 'DBProxyName');
      byName(region.dbProxies, proxyName, (proxy) => [proxy.DBProxyName], proxyNotFound);
      const ofProxy = region.dbProxyEndpoints.filter(
        (endpoint) => proxyName === undefined || same(endpoint.DBProxyName, proxyName),
      );
      const named = byName(
        ofProxy,
        text(input, 'DBProxyEndpointName'),
        (endpoint) => [endpoint.DBProxyEndpointName],
        (name) => new AwsError('DBProxyEndpointNotFoundFault', `DBProxyEndpoint ${name} not found.`, 404),
      );
      return page('DBProxyEndpoints', named, size);
    },
  },
} satisfies Service;

const clusterFilters: Readonly<Record<string, (cluster: DBCluster) => readonly (string | undefined)[]>> = {
  'clone-group-id': (cluster) => [cluster.CloneGroupId],
  'db-cluster-id': (cluster) => [cluster.DBClusterIdentifier, cluster.DBClusterArn],
  'db-cluster-resource-id': (cluster) => [cluster.DbClusterResourceId],
  domain: (cluster) => (cluster.DomainMemberships ?? []).map((membership) => membership.Domain),
  engine: (cluster) => [cluster.Engine],
};

function proxyNotFound(name: string): AwsError {
  return new AwsError('DBProxyNotFoundFault', `DBProxy ${name} not found.`, 404);
}

function unknownFilter(name: string): AwsError {
  return new AwsError('InvalidParameterValue', `Unrecognized filter name: ${name}`);
}

/** RDS proxies have filters in their interface and support none. */
function refuseFilters(input: Input): void {
  const [filter] = filters(input);
  if (filter !== undefined) throw unknownFilter(filter.name);
}

/** All, or the one of that name; RDS keeps names in lower case and takes them in any. */
function byName<T>(
  all: readonly T[],
  name: string | undefined,
  namesOf: (item: T) => readonly (string | undefined)[],
  notFound: (name: string) => AwsError,
): readonly T[] {
  if (name === undefined) return all;
  const found = all.filter((item) => namesOf(item).some((candidate) => same(candidate, name)));
  if (found.length === 0) throw notFound(name);
  return found;
}

function same(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
