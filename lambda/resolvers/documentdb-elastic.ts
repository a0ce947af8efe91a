import type { Cluster } from '@aws-sdk/client-docdb-elastic';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, dateOf, describeEach, hostOf, present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/documentdb-elastic.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * DocumentDB elastic clusters. How many VPC endpoints a cluster has nobody documents.
 *
 * Source: DocumentDB does not list the VPC endpoint. That the cluster's hostname is an alias of it is inferred from its kin;
 * where it is not, addresses are compared, and a cluster on the same subnets and groups is a candidate.
 * Cost: one page per 100 clusters, one call for each, and a DNS lookup. The API names subnets and groups, not the VPC.
 * Missing: an empty page. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/API_elastic_GetCluster.html
 */
export const documentdbElastic: Service = {
  id: 'documentdb-elastic',
  name: 'Amazon DocumentDB elastic clusters',
  marks: { principals: ['docdb-elastic'], never: neverAnAppliance },
  actions: {
    'docdb-elastic:GetCluster': [['docdb-elastic', 'cluster/*']],
    'docdb-elastic:ListClusters': 'anything',
  },
  lists: [{ read: clusters }],
  askedLast: true,
  unlisted: null,
  console: () => 'docdb/home#clusters',
  removal: ({ id, arn }, { region }) => ({
    summary: `Delete the DocumentDB elastic cluster ${id}; AWS then deletes the endpoint with it.`,
    commands: [['aws', 'docdb-elastic', 'delete-cluster', '--cluster-arn', arn ?? id, '--region', region]],
    warnings: [
      'This deletes the database, and keeps no snapshot: take one first with create-cluster-snapshot.',
    ],
    documentation: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/elastic-managing.html',
  }),
};

async function* clusters(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListClusters } = await aws(sdk);
  const listed = paginateListClusters({ client }, { maxResults: 100 });
  for await (const page of pages('docdb-elastic:ListClusters', listed, 'clusters')) {
    const arns = page.map(({ clusterArn }) => required(clusterArn, 'docdb-elastic:ListClusters'));
    yield describeEach('docdb-elastic:GetCluster', arns, (arn) => describeCluster(aws, arn));
  }
}

async function describeCluster(aws: Aws, clusterArn: string): Promise<Resource | undefined> {
  const { client, GetClusterCommand } = await aws(sdk);
  const answer = await client.send(new GetClusterCommand({ clusterArn })).catch(notFound);
  if (answer === undefined) return undefined;
  const { cluster } = answer;
  return {
    type: 'AWS::DocDBElastic::Cluster',
    id: required(cluster?.clusterName, 'docdb-elastic:GetCluster'),
    arn: cluster?.clusterArn ?? clusterArn,
    shows: { hostnames: present(cluster?.clusterEndpoint).map(hostOf) },
    network: { subnetIds: cluster?.subnetIds, securityGroupIds: cluster?.vpcSecurityGroupIds },
    createdAt: dateOf(cluster?.createTime),
    state: stateOf(cluster),
  };
}

function stateOf(cluster: Partial<Cluster> | undefined): Resource['state'] {
  if (cluster?.status === 'DELETING') return 'deleting';
  return cluster?.clusterEndpoint ? undefined : unsettled('has no hostname yet', cluster?.status);
}
