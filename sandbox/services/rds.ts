/** The API of RDS, which RDS Proxy and Aurora are asked through. */
import { awsQuery } from '../protocols/aws-query.ts';
import { AwsError } from '../protocols/protocol.ts';
import type { Scope } from '../world/scope.ts';
import type { Api } from './service.ts';

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
} as const satisfies Api;

export function unknownFilter(name: string): AwsError {
  return new AwsError('InvalidParameterValue', `Unrecognized filter name: ${name}`);
}

/** All, or the one of that name; RDS keeps names in lower case and takes them in any. */
export function byName<T>(
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

export function same(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** China puts the Region behind the service. */
export function rdsHostname(scope: Scope, prefix: string): string {
  const middle = scope.partition === 'aws-cn' ? `rds.${scope.region}` : `${scope.region}.rds`;
  return `${prefix}.${middle}.${scope.dnsSuffix}`;
}
