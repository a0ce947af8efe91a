/**
 * What IAM says of the read actions that a resolver may declare: the access level, and the ARNs that a list of
 * everything is authorized against. Every call here lists everything, so every type that it returns is named whole.
 *
 * Source: the Service Authorization Reference, as of September 2026; that an unfiltered list is authorized against
 * `cluster:*` was observed for RDS and Redshift, and is taken to hold for the others.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

export interface IamAction {
  readonly access: 'List' | 'Read';
  /** Service and resource of the ARNs, `rds:cluster:*`; `anything`: IAM knows nothing narrower for this action. */
  readonly resources: readonly (readonly [service: string, resource: string])[] | 'anything';
}

const list = (...resources: readonly (readonly [string, string])[]): IamAction => ({
  access: 'List',
  resources: resources.length === 0 ? 'anything' : resources,
});
const read = (...resources: readonly (readonly [string, string])[]): IamAction => ({
  ...list(...resources),
  access: 'Read',
});

export const iamActions: Readonly<Record<string, IamAction>> = {
  'airflow:GetEnvironment': read(['airflow', 'environment/*']),
  'airflow:ListEnvironments': list(),
  'aoss:BatchGetVpcEndpoint': read(),
  'aoss:ListVpcEndpoints': list(),
  'cloudtrail:LookupEvents': read(),
  'docdb-elastic:GetCluster': read(['docdb-elastic', 'cluster/*']),
  'docdb-elastic:ListClusters': list(),
  'ec2:DescribeNetworkInterfaces': list(),
  'ec2:DescribeVpcEndpoints': list(),
  'elasticache:DescribeServerlessCaches': list(['elasticache', 'serverlesscache:*']),
  'es:DescribeVpcEndpoints': list(),
  'es:ListVpcEndpoints': list(),
  'kafka:GetBootstrapBrokers': read(),
  'kafka:ListClustersV2': list(),
  'kafka:ListVpcConnections': list(),
  'mq:DescribeBroker': read(['mq', 'broker:*']),
  'mq:ListBrokers': list(),
  'network-firewall:DescribeFirewall': read(['network-firewall', 'firewall/*']),
  'network-firewall:DescribeVpcEndpointAssociation': read(['network-firewall', 'vpc-endpoint-association/*']),
  'network-firewall:ListFirewalls': list(['network-firewall', 'firewall/*']),
  'network-firewall:ListVpcEndpointAssociations': list(['network-firewall', 'vpc-endpoint-association/*']),
  'neptune-graph:ListGraphs': read(['neptune-graph', 'graph/*']),
  'neptune-graph:ListPrivateGraphEndpoints': read(['neptune-graph', 'graph/*']),
  'osis:GetPipeline': read(['osis', 'pipeline/*']),
  'osis:ListPipelines': list(),
  'rds:DescribeDBClusters': list(['rds', 'cluster:*']),
  'rds:DescribeDBProxies': list(['rds', 'db-proxy:*']),
  'rds:DescribeDBProxyEndpoints': list(['rds', 'db-proxy:*'], ['rds', 'db-proxy-endpoint:*']),
  'redshift:DescribeClusters': list(['redshift', 'cluster:*']),
  'redshift:DescribeEndpointAccess': read(['redshift', 'cluster:*']),
  'redshift-serverless:GetWorkgroup': read(['redshift-serverless', 'workgroup/*']),
  'redshift-serverless:ListEndpointAccess': list(['redshift-serverless', 'managedvpcendpoint/*']),
  'redshift-serverless:ListWorkgroups': list(),
  'sagemaker:ListWorkforces': list(),
  'transfer:DescribeServer': read(['transfer', 'server/*']),
  'transfer:DescribeWebApp': read(['transfer', 'webapp/*']),
  'transfer:ListServers': list(),
  'transfer:ListWebApps': list(),
};
