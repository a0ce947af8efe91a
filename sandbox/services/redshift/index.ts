import { awsQuery } from '../../protocols/aws-query.ts';
import { AwsError } from '../../protocols/protocol.ts';
import { maxRecords, text, texts } from '../input.ts';
import type { Service } from '../service.ts';
import { creator, redshiftCluster, redshiftEndpointAccess, rows } from './build.ts';
import { examples, kinds } from './examples.ts';

export type { ClusterMade, EndpointAccessMade } from './build.ts';

/** @see https://docs.aws.amazon.com/redshift/latest/APIReference/Welcome.html */
export const redshift = {
  id: 'redshift',
  api: {
    id: 'redshift',
    protocol: awsQuery({
      version: '2012-12-01',
      namespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
      items: {
        ClusterParameterGroups: 'ClusterParameterGroup',
        ClusterSecurityGroups: 'ClusterSecurityGroup',
        Clusters: 'Cluster',
        DeferredMaintenanceWindows: 'DeferredMaintenanceWindow',
        IamRoles: 'ClusterIamRole',
        NetworkInterfaces: 'NetworkInterface',
        Tags: 'Tag',
        VpcEndpoints: 'VpcEndpoint',
        VpcSecurityGroups: 'VpcSecurityGroup',
      },
      maps: ['LastIngestionTimes'],
    }),
    pageToken: 'Marker',
    invalidPageToken: (marker) => new AwsError('InvalidParameterValue', `The marker ${marker} is not valid.`),
  },
  rows,
  creator,
  builders: { redshiftCluster, redshiftEndpointAccess },
  examples,
  kinds,
  operations: {
    DescribeClusters: (input, { region, page }) => {
      const size = maxRecords(input);
      const identifier = text(input, 'ClusterIdentifier')?.toLowerCase();
      const keys = texts(input, 'TagKeys');
      const values = texts(input, 'TagValues');
      if (identifier !== undefined && !rows(region).redshiftClusters.some(isNamed(identifier))) {
        throw clusterNotFound(identifier);
      }
      const clusters = rows(region).redshiftClusters.filter(
        (cluster) =>
          (identifier === undefined || isNamed(identifier)(cluster)) &&
          (keys === undefined || cluster.Tags?.some((tag) => keys.includes(tag.Key ?? ''))) &&
          (values === undefined || cluster.Tags?.some((tag) => values.includes(tag.Value ?? ''))),
      );
      return page('Clusters', clusters, size);
    },

    DescribeEndpointAccess: (input, { region, page }) => {
      const size = maxRecords(input);
      const identifier = text(input, 'ClusterIdentifier')?.toLowerCase();
      const name = text(input, 'EndpointName');
      const owner = text(input, 'ResourceOwner');
      const vpcId = text(input, 'VpcId');
      const endpoints = rows(region).redshiftEndpointAccess;
      // A cluster of another account is known by the endpoints that it granted.
      if (
        identifier !== undefined &&
        ![...rows(region).redshiftClusters, ...endpoints].some(isNamed(identifier))
      ) {
        throw clusterNotFound(identifier);
      }
      if (name !== undefined && !endpoints.some((endpoint) => endpoint.EndpointName === name)) {
        throw new AwsError('EndpointNotFound', `Endpoint ${name} not found.`, 404);
      }
      const matching = endpoints.filter(
        (endpoint) =>
          (identifier === undefined || isNamed(identifier)(endpoint)) &&
          (name === undefined || endpoint.EndpointName === name) &&
          (owner === undefined || endpoint.ResourceOwner === owner) &&
          (vpcId === undefined || endpoint.VpcEndpoint?.VpcId === vpcId),
      );
      return page('EndpointAccessList', matching, size);
    },
  },
} as const satisfies Service;

function isNamed(identifier: string): (item: { ClusterIdentifier?: string | undefined }) => boolean {
  return (item) => item.ClusterIdentifier?.toLowerCase() === identifier;
}

function clusterNotFound(identifier: string): AwsError {
  return new AwsError('ClusterNotFound', `Cluster ${identifier} not found.`, 404);
}
