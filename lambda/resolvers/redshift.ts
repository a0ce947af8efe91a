import type { Cluster, VpcEndpoint } from '@aws-sdk/client-redshift';
import type { Aws } from '../aws/clients.ts';
import { pages } from '../aws/pages.ts';
import { consoleUrl, makeArn, type Place, parseArn } from '../aws/region.ts';
import type { Page, Resolver, Scope } from '../resolver.ts';
import { named, readItems, ruledOutByType } from './common.ts';

const sdk = () => import('./sdk/redshift.ts');

/**
 * Redshift provisioned clusters (RA3, relocation) and Redshift-managed VPC endpoints, which the grantee of a cluster in
 * another account has too.
 *
 * Source: DescribeClusters and DescribeEndpointAccess list the VPC endpoints (documented). Clusters that list none are
 * known by the alias of their hostname (observed). Whether a cluster's list also names its managed endpoints is not
 * documented, so a cluster gives way to one.
 * Cost: one page per 100 clusters, and per 100 managed endpoints in the VPC, plus one DNS lookup per cluster in the VPC.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_Endpoint.html
 * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeEndpointAccess.html
 */
export const redshift: Resolver = {
  id: 'redshift',
  name: 'Amazon Redshift',
  actions: ['redshift:DescribeClusters', 'redshift:DescribeEndpointAccess'],

  // Its principal and service-linked role are Redshift Serverless's too: they claim neither for itself.
  recognise: ({ endpoint }) => ({ ...ruledOutByType(endpoint), claims: [] }),

  attachments: [
    { byVpc: true, read: managedEndpoints },
    { byVpc: false, read: clusters },
  ],

  removal: ({ resourceType, resourceId }, { region }) =>
    resourceType === 'AWS::Redshift::EndpointAccess'
      ? {
          summary: `Delete the Redshift-managed VPC endpoint ${resourceId}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'redshift', 'delete-endpoint-access', '--endpoint-name', resourceId, '--region', region],
          ],
          warnings: ['Clients that connect to the cluster through this endpoint lose their connection.'],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html',
        }
      : {
          summary: `Delete the Redshift cluster ${resourceId}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'redshift', 'delete-cluster', '--cluster-identifier', resourceId]
              .concat(['--final-cluster-snapshot-identifier', `${resourceId}-final`])
              .concat(['--region', region]),
          ],
          warnings: ['This deletes the data warehouse; the command keeps a final snapshot.'],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-console.html',
        },
};

async function* managedEndpoints(aws: Aws, scope: Scope): AsyncGenerator<Page> {
  const { client, paginateDescribeEndpointAccess } = await aws(sdk);
  const listed = paginateDescribeEndpointAccess(
    { client },
    scope.vpcId === null ? {} : { VpcId: scope.vpcId },
  );
  for await (const page of pages('redshift:DescribeEndpointAccess', listed, 'EndpointAccessList')) {
    yield readItems(page, (access) => {
      const clusterPlace = { ...scope, accountId: access.ResourceOwner ?? scope.accountId };
      const endpoints = access.VpcEndpoint === undefined ? [] : [access.VpcEndpoint];
      return {
        owner: {
          resourceType: 'AWS::Redshift::EndpointAccess',
          resourceId: named(access.EndpointName, 'redshift:DescribeEndpointAccess'),
          // Redshift gives these endpoints no ARN.
          arn: null,
          parentArn: access.ClusterIdentifier ? clusterArn(clusterPlace, access.ClusterIdentifier) : null,
          consoleUrl: consoleUrl(scope, 'redshiftv2/home#/endpoints'),
        },
        ...listedEndpoints(endpoints),
        // It has one endpoint: where that is listed, its name tells no more.
        hostnames: access.Address && !access.VpcEndpoint?.VpcEndpointId ? [access.Address] : [],
        securityGroupIds: (access.VpcSecurityGroups ?? []).flatMap((group) => group.VpcSecurityGroupId ?? []),
        vpcId: access.VpcEndpoint?.VpcId,
        createdAt: access.EndpointCreateTime,
        deleting: access.EndpointStatus === 'deleting',
        undecided:
          access.VpcEndpoint?.VpcEndpointId || access.Address
            ? undefined
            : `does not say its VPC endpoint (${access.EndpointStatus ?? 'status unknown'})`,
      };
    });
  }
}

async function* clusters(aws: Aws, place: Place): AsyncGenerator<Page> {
  const { client, paginateDescribeClusters } = await aws(sdk);
  for await (const page of pages(
    'redshift:DescribeClusters',
    paginateDescribeClusters({ client }, {}),
    'Clusters',
  )) {
    yield readItems(page, (cluster) => {
      const id = named(cluster.ClusterIdentifier, 'redshift:DescribeClusters');
      const { Address, VpcEndpoints = [] } = cluster.Endpoint ?? {};
      return {
        owner: {
          resourceType: 'AWS::Redshift::Cluster',
          resourceId: id,
          arn: clusterArn({ ...place, accountId: accountOf(cluster) ?? place.accountId }, id),
          parentArn: null,
          consoleUrl: consoleUrl(place, `redshiftv2/home#/cluster-details?cluster=${encodeURIComponent(id)}`),
        },
        ...listedEndpoints(VpcEndpoints),
        hostnames: Address ? [Address] : [],
        vpcId: cluster.VpcId,
        securityGroupIds: (cluster.VpcSecurityGroups ?? []).flatMap(
          (group) => group.VpcSecurityGroupId ?? [],
        ),
        createdAt: cluster.ClusterCreateTime,
        deleting: cluster.ClusterStatus === 'deleting',
        givesWay: true,
        undecided:
          Address || VpcEndpoints.length > 0
            ? undefined
            : `has no hostname yet (${cluster.ClusterStatus ?? 'status unknown'})`,
      };
    });
  }
}

function listedEndpoints(endpoints: readonly VpcEndpoint[]) {
  return {
    vpcEndpointIds: endpoints.flatMap(({ VpcEndpointId }) => VpcEndpointId ?? []),
    networkInterfaceIds: endpoints.flatMap(({ NetworkInterfaces }) =>
      (NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    ),
  };
}

/** The namespace's ARN is the only one that DescribeClusters returns. */
function accountOf({ ClusterNamespaceArn }: Cluster): string | null {
  return parseArn(ClusterNamespaceArn ?? '')?.accountId || null;
}

/** Documented form; DescribeClusters returns the ARN of the namespace only. */
function clusterArn(place: Place, id: string): string | null {
  return makeArn('redshift', place, `cluster:${id}`);
}
