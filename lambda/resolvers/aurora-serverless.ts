import type { DBCluster } from '@aws-sdk/client-rds';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance, rds } from './families.ts';
import { present, readItems, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/rds.ts');

/**
 * Aurora Serverless v1, which ended on 31 March 2025; its endpoints are still found.
 *
 * Source: each cluster has two VPC endpoints (documented), which RDS does not list. The cluster's hostnames are aliases
 * of their DNS names (unverified), and may lead to one of them only.
 * Cost: one page per 100 clusters of any engine (Neptune, DocumentDB and provisioned ones too: there is no filter by
 * engine mode), plus two DNS lookups per v1 cluster. RDS names the subnet group, not the VPC, of a cluster.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
 */
export const auroraServerless: Service = {
  id: 'aurora-serverless',
  name: 'Amazon Aurora Serverless v1',
  // AWS misspells the session name; the day it is mended both must do.
  marks: { family: rds, session: /^RDSAuroraServer?less$/i, never: neverAnAppliance },
  actions: { 'rds:DescribeDBClusters': 'anything' },
  lists: [{ read: clusters }],
  unlisted: null,
  console: ({ id }) => `rds/home#database:id=${encodeURIComponent(id)};is-cluster=true`,
  removal: ({ id, protections }, { region }) => ({
    summary: `Delete the Aurora Serverless v1 cluster ${id}; AWS then deletes its two endpoints with it.`,
    commands: [
      ['aws', 'rds', 'delete-db-cluster', '--db-cluster-identifier', id]
        .concat(['--final-db-snapshot-identifier', `${id}-final`])
        .concat(['--region', region]),
    ],
    warnings: ['This deletes the database; the command keeps a final snapshot.', ...refusal(protections)],
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html',
  }),
};

async function* clusters(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateDescribeDBClusters } = await aws(sdk);
  const listed = paginateDescribeDBClusters({ client }, {});
  for await (const page of pages('rds:DescribeDBClusters', listed, 'DBClusters')) {
    const serverless = page.filter(({ Engine, EngineMode }) =>
      EngineMode === undefined ? Engine === undefined : EngineMode.toLowerCase() === 'serverless',
    );
    yield readItems(serverless, (cluster) => ({
      type: 'AWS::RDS::DBCluster',
      id: required(cluster.DBClusterIdentifier, 'rds:DescribeDBClusters'),
      arn: cluster.DBClusterArn ?? null,
      shows: { hostnames: present(cluster.Endpoint, cluster.ReaderEndpoint) },
      network: {
        securityGroupIds: present(
          ...(cluster.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId),
        ),
      },
      mostEndpoints: 2,
      ...protectionsOf(cluster),
      createdAt: cluster.ClusterCreateTime,
      state: stateOf(cluster),
    }));
  }
}

function protectionsOf({ DeletionProtection: on }: DBCluster): Pick<Resource, 'protections'> {
  return on === undefined ? {} : { protections: on ? ['deletion protection'] : [] };
}

function refusal(protections: Resource['protections']): readonly string[] {
  if (protections === undefined)
    return ['A cluster with deletion protection refuses: take the protection off first.'];
  return protections.length > 0
    ? ['The cluster has deletion protection, which refuses: take it off first.']
    : [];
}

function stateOf({ Endpoint, ReaderEndpoint, Status }: DBCluster): Resource['state'] {
  if (Status === 'deleting') return 'deleting';
  if (Endpoint || ReaderEndpoint) return undefined;
  return unsettled('has no hostname yet', Status);
}
