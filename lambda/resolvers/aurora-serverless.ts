import type { Aws } from '../aws/clients.ts';
import { pages } from '../aws/pages.ts';
import { consoleUrl, type Place } from '../aws/region.ts';
import type { Page, Resolver } from '../resolver.ts';
import { creationBy, named, readItems, ruledOutByType } from './common.ts';

const sdk = () => import('./sdk/rds.ts');

/** Each cluster has two VPC endpoints (documented), though its hostnames may lead to one only. */
const endpointsPerCluster = 2;

/**
 * Aurora Serverless v1, which ended on 31 March 2025; its endpoints are still found.
 *
 * Source: RDS does not list the VPC endpoints; the cluster's hostnames are aliases of their DNS names (unverified).
 * Cost: one page per 100 clusters of any engine (Neptune, DocumentDB and provisioned ones too: there is no filter by
 * engine mode), plus two DNS lookups per v1 cluster. RDS names the subnet group, not the VPC, of a cluster.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
 */
export const auroraServerless: Resolver = {
  id: 'aurora-serverless',
  name: 'Amazon Aurora Serverless v1',
  actions: ['rds:DescribeDBClusters'],

  // AWS misspells the session name; the day it is mended both must do.
  recognise: ({ endpoint, creation }) => ({
    ...ruledOutByType(endpoint),
    claims: creationBy(creation, 'rds', 'AWSServiceRoleForRDS', /^RDSAuroraServer?less$/i),
  }),

  attachments: [{ byVpc: false, read: clusters }],

  removal: ({ resourceId }, { region }) => ({
    summary: `Delete the Aurora Serverless v1 cluster ${resourceId}; AWS then deletes its two endpoints with it.`,
    commands: [
      ['aws', 'rds', 'delete-db-cluster', '--db-cluster-identifier', resourceId]
        .concat(['--final-db-snapshot-identifier', `${resourceId}-final`])
        .concat(['--region', region]),
    ],
    warnings: [
      'This deletes the database; the command keeps a final snapshot.',
      'A cluster with deletion protection refuses: take the protection off first.',
    ],
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html',
  }),
};

async function* clusters(aws: Aws, place: Place): AsyncGenerator<Page> {
  const { client, paginateDescribeDBClusters } = await aws(sdk);
  const listed = paginateDescribeDBClusters({ client }, {});
  for await (const page of pages('rds:DescribeDBClusters', listed, 'DBClusters')) {
    const serverless = page.filter(({ Engine, EngineMode }) =>
      EngineMode === undefined ? Engine === undefined : EngineMode.toLowerCase() === 'serverless',
    );
    yield readItems(serverless, (cluster) => {
      const id = named(cluster.DBClusterIdentifier, 'rds:DescribeDBClusters');
      const hostnames = [cluster.Endpoint, cluster.ReaderEndpoint].flatMap((name) => name || []);
      return {
        owner: {
          resourceType: 'AWS::RDS::DBCluster',
          resourceId: id,
          arn: cluster.DBClusterArn ?? null,
          parentArn: null,
          consoleUrl: consoleUrl(place, `rds/home#database:id=${encodeURIComponent(id)};is-cluster=true`),
        },
        hostnames,
        endpointCount: endpointsPerCluster,
        securityGroupIds: (cluster.VpcSecurityGroups ?? []).flatMap(
          (group) => group.VpcSecurityGroupId ?? [],
        ),
        createdAt: cluster.ClusterCreateTime,
        deleting: cluster.Status === 'deleting',
        undecided:
          hostnames.length > 0 ? undefined : `has no hostname yet (${cluster.Status ?? 'status unknown'})`,
      };
    });
  }
}
