import type { Cluster, EndpointAccess, VpcEndpoint } from '@aws-sdk/client-redshift';
import { pages } from '../aws/pages.ts';
import { makeArn, parseArn } from '../aws/region.ts';
import type { Items, Place, Resource } from '../model/model.ts';
import type { Aws, List, Scope, Service } from '../model/service.ts';
import { neverAnAppliance, redshiftFamily } from './families.ts';
import { present, readItems, required, unsettled, withOthers } from './helpers.ts';

const sdk = () => import('./sdk/redshift.ts');

const managed: List = { byVpc: true, read: managedEndpoints };

/**
 * Redshift provisioned clusters (RA3, relocation) and Redshift-managed VPC endpoints, which the grantee of a cluster in
 * another account has too.
 *
 * Source: DescribeClusters and DescribeEndpointAccess list the VPC endpoints (documented). Clusters that list none are
 * known by the alias of their hostname (observed). Whether a cluster's list is whole, or also names its managed
 * endpoints, is not documented: a cluster yields to a managed endpoint, and may hold what it does not list.
 * Cost: one page per 100 clusters, and per 100 managed endpoints in the VPC, plus one DNS lookup per cluster in the VPC.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_Endpoint.html
 * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeEndpointAccess.html
 */
export const redshift: Service = {
  id: 'redshift',
  name: 'Amazon Redshift',
  marks: { family: redshiftFamily, never: neverAnAppliance },
  actions: { 'redshift:DescribeClusters': 'anything', 'redshift:DescribeEndpointAccess': 'anything' },
  lists: [managed, { read: clusters, yieldsTo: [managed] }],
  unlisted: null,
  console: ({ type, id }) =>
    type === 'AWS::Redshift::EndpointAccess'
      ? 'redshiftv2/home#/endpoints'
      : `redshiftv2/home#/cluster-details?cluster=${encodeURIComponent(id)}`,
  removal: (resource, { region }, endpoint) => {
    const { type, id } = resource;
    return type === 'AWS::Redshift::EndpointAccess'
      ? {
          summary: `Delete the Redshift-managed VPC endpoint ${id}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'redshift', 'delete-endpoint-access', '--endpoint-name', id, '--region', region],
          ],
          warnings: ['Clients that connect to the cluster through this endpoint lose their connection.'],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html',
        }
      : {
          summary: `Delete the Redshift cluster ${id}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'redshift', 'delete-cluster', '--cluster-identifier', id]
              .concat(['--final-cluster-snapshot-identifier', `${id}-final`])
              .concat(['--region', region]),
          ],
          warnings: [
            'This deletes the data warehouse; the command keeps a final snapshot.',
            ...withOthers(resource, endpoint),
          ],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-console.html',
        };
  },
};

async function* managedEndpoints(aws: Aws, scope: Scope): AsyncGenerator<Items> {
  const { client, paginateDescribeEndpointAccess } = await aws(sdk);
  const inVpc = scope.vpcId === null ? {} : { VpcId: scope.vpcId };
  const listed = paginateDescribeEndpointAccess({ client }, inVpc);
  for await (const page of pages('redshift:DescribeEndpointAccess', listed, 'EndpointAccessList')) {
    yield readItems(page, (access): Resource => {
      const { Address, VpcEndpoint: endpoint, ClusterIdentifier: cluster } = access;
      const place = { ...scope, accountId: access.ResourceOwner ?? scope.accountId };
      return {
        type: 'AWS::Redshift::EndpointAccess',
        id: required(access.EndpointName, 'redshift:DescribeEndpointAccess'),
        // Redshift gives these endpoints no ARN.
        arn: null,
        parentArn: cluster ? clusterArn(place, cluster) : null,
        // It has one endpoint: where that is listed, its name tells no more.
        shows: { ...shown(present(endpoint?.VpcEndpointId).length > 0 ? [] : present(Address), endpoint) },
        network: { vpcId: endpoint?.VpcId, securityGroupIds: groupsOf(access) },
        mostEndpoints: 1,
        createdAt: access.EndpointCreateTime,
        state: stateOf(
          access.EndpointStatus,
          Boolean(endpoint?.VpcEndpointId || Address),
          'does not say its VPC endpoint',
        ),
      };
    });
  }
}

async function* clusters(aws: Aws, scope: Scope): AsyncGenerator<Items> {
  const { client, paginateDescribeClusters } = await aws(sdk);
  const listed = paginateDescribeClusters({ client }, {});
  for await (const page of pages('redshift:DescribeClusters', listed, 'Clusters')) {
    yield readItems(page, (cluster): Resource => {
      const id = required(cluster.ClusterIdentifier, 'redshift:DescribeClusters');
      const { Address, VpcEndpoints = [] } = cluster.Endpoint ?? {};
      return {
        type: 'AWS::Redshift::Cluster',
        id,
        arn: clusterArn({ ...scope, accountId: accountOf(cluster) ?? scope.accountId }, id),
        shows: shown(present(Address), ...VpcEndpoints),
        network: { vpcId: cluster.VpcId, securityGroupIds: groupsOf(cluster) },
        createdAt: cluster.ClusterCreateTime,
        state: stateOf(
          cluster.ClusterStatus,
          Boolean(Address) || VpcEndpoints.length > 0,
          'has no hostname yet',
        ),
      };
    });
  }
}

function shown(
  hostnames: readonly string[],
  ...endpoints: readonly (VpcEndpoint | undefined)[]
): Resource['shows'] {
  return {
    hostnames,
    endpointIds: present(...endpoints.map((endpoint) => endpoint?.VpcEndpointId)),
    interfaceIds: endpoints.flatMap((endpoint) =>
      present(...(endpoint?.NetworkInterfaces ?? []).map((eni) => eni.NetworkInterfaceId)),
    ),
  };
}

function groupsOf({ VpcSecurityGroups = [] }: Pick<Cluster & EndpointAccess, 'VpcSecurityGroups'>) {
  return present(...VpcSecurityGroups.map((group) => group.VpcSecurityGroupId));
}

function stateOf(status: string | undefined, isKnown: boolean, unsure: string): Resource['state'] {
  if (status === 'deleting') return 'deleting';
  return isKnown ? undefined : unsettled(unsure, status);
}

/** The namespace's ARN is the only one that DescribeClusters returns. */
function accountOf({ ClusterNamespaceArn }: Cluster): string | null {
  return parseArn(ClusterNamespaceArn ?? '')?.accountId || null;
}

/** Documented form; DescribeClusters returns the ARN of the namespace only. */
function clusterArn(place: Place, id: string): string | null {
  return makeArn('redshift', place, `cluster:${id}`);
}
