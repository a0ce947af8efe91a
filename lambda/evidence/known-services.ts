/**
 * Services that are known to make VPC endpoints, resolver or not: how their endpoints are recognised, and what removes
 * them by hand. A service with a resolver is here only for what its resolver cannot say.
 *
 * Source: service-linked role policies and service documentation as of August 2026 (see docs/adr/0004).
 */

import type { Endpoint } from '../aws/endpoint.ts';
import type { Claim } from '../resolver.ts';
import type { Creation } from './cloudtrail.ts';

export interface KnownService {
  readonly id: string;
  readonly name: string;
  /** First labels of the service principals that create its endpoints. */
  readonly principals: readonly string[];
  readonly roleNames?: readonly string[];
  /** Tag keys that the service puts on its endpoints. */
  readonly tagKeys?: readonly string[];
  /** Endpoint service names that are this service's alone. EC2 sets them, so they rule every other service out. */
  readonly serviceName?: RegExp;
  /** What to delete by hand; absent where resolvers know all that the service makes endpoints for. */
  readonly remove?: string;
  /** Resolvers whose resources these endpoints may belong to. */
  readonly resolvers?: readonly string[];
}

export const knownServices: readonly KnownService[] = [
  {
    id: 'rds',
    name: 'Amazon RDS',
    principals: ['rds'],
    roleNames: ['AWSServiceRoleForRDS'],
    resolvers: ['rds-proxy', 'aurora-serverless'],
  },
  {
    id: 'redshift',
    name: 'Amazon Redshift',
    principals: ['redshift'],
    roleNames: ['AWSServiceRoleForRedshift'],
    resolvers: ['redshift', 'redshift-serverless'],
  },
  {
    id: 'firewall-manager',
    name: 'AWS Firewall Manager',
    principals: ['fms'],
    roleNames: ['AWSServiceRoleForFMS'],
    tagKeys: ['FMManaged'],
    remove: "the VPC from the Firewall Manager policy's scope, in the administrator account",
    resolvers: ['network-firewall'],
  },
  {
    id: 'elasticache-serverless',
    name: 'Amazon ElastiCache Serverless',
    principals: ['elasticache'],
    roleNames: ['AWSServiceRoleForElastiCache'],
    tagKeys: ['AmazonElastiCacheManaged'],
    serviceName: /^(cn\.)?com\.amazonaws\.elasticache\.serverless\./,
    remove: 'the serverless cache (aws elasticache describe-serverless-caches lists them)',
  },
  {
    id: 'opensearch',
    name: 'Amazon OpenSearch Service',
    principals: ['es', 'opensearch', 'opensearchservice'],
    roleNames: ['AWSServiceRoleForAmazonOpenSearchService', 'AWSServiceRoleForAmazonElasticsearchService'],
    tagKeys: ['OpenSearchManaged'],
    remove: 'the OpenSearch-managed VPC endpoint (aws opensearch list-vpc-endpoints lists them)',
  },
  {
    id: 'opensearch-serverless',
    name: 'Amazon OpenSearch Serverless',
    principals: ['aoss', 'opensearchserverless'],
    remove: 'the OpenSearch Serverless VPC endpoint (aws opensearchserverless list-vpc-endpoints lists them)',
  },
  {
    id: 'opensearch-ingestion',
    name: 'Amazon OpenSearch Ingestion',
    principals: ['osis'],
    roleNames: ['AWSServiceRoleForAmazonOpenSearchIngestion'],
    tagKeys: ['OSISManaged'],
    remove: 'the OpenSearch Ingestion pipeline (aws osis list-pipelines lists them)',
  },
  {
    id: 'msk',
    name: 'Amazon MSK',
    principals: ['kafka'],
    roleNames: ['AWSServiceRoleForKafka'],
    tagKeys: ['AWSMSKManaged'],
    remove: 'the MSK Serverless cluster or managed VPC connection (its ARN is in the tag ClusterArn)',
  },
  {
    id: 'mwaa',
    name: 'Amazon MWAA',
    principals: ['airflow'],
    roleNames: ['AWSServiceRoleForAmazonMWAA'],
    tagKeys: ['AmazonMWAAManaged'],
    remove: 'the MWAA environment (aws mwaa list-environments lists them)',
  },
  {
    id: 'amazon-mq',
    name: 'Amazon MQ',
    principals: ['mq'],
    roleNames: ['AWSServiceRoleForAmazonMQ'],
    tagKeys: ['AMQManaged'],
    remove: 'the private RabbitMQ broker (aws mq list-brokers lists them)',
  },
  {
    id: 'transfer',
    name: 'AWS Transfer Family',
    principals: ['transfer'],
    serviceName: /^(cn\.)?com\.amazonaws\.[a-z0-9-]+\.transfer\.server(\.|$)/,
    remove: 'the Transfer Family server or web app (aws transfer list-servers lists them)',
  },
  {
    id: 'documentdb-elastic',
    name: 'Amazon DocumentDB elastic clusters',
    principals: ['docdb-elastic'],
    remove: 'the DocumentDB elastic cluster (aws docdb-elastic list-clusters lists them)',
  },
  {
    id: 'neptune-analytics',
    name: 'Amazon Neptune Analytics',
    principals: ['neptune-graph'],
    remove: 'the private graph endpoint (aws neptune-graph list-private-graph-endpoints lists them)',
  },
  {
    id: 'sagemaker-workforce',
    name: 'Amazon SageMaker private workforce',
    principals: ['sagemaker'],
    serviceName: /sagemaker-task-resources|^(cn\.)?aws\.sagemaker[^.]*labeling/,
    remove: "the workforce's VPC configuration (aws sagemaker list-workforces lists them)",
  },
  {
    id: 'pca-connector-ad',
    name: 'AWS Private CA Connector for Active Directory',
    principals: ['pca-connector-ad'],
    remove: 'the connector (aws pca-connector-ad list-connectors lists them)',
  },
  {
    id: 'deadline',
    name: 'AWS Deadline Cloud',
    principals: ['deadline'],
    remove: 'the license endpoint (aws deadline list-license-endpoints lists them)',
  },
  {
    id: 'license-manager-user-subscriptions',
    name: 'AWS License Manager user-based subscriptions',
    principals: ['license-manager-user-subscriptions', 'license-manager'],
    remove: 'the registered identity provider, after its users and instances',
  },
  {
    id: 'odb',
    name: 'Oracle Database@AWS',
    principals: ['odb'],
    remove: 'the ODB network (aws odb list-odb-networks lists them)',
  },
  {
    id: 'guardduty',
    name: 'Amazon GuardDuty',
    principals: ['guardduty'],
    roleNames: ['AWSServiceRoleForAmazonGuardDuty'],
    tagKeys: ['GuardDutyManaged'],
    serviceName: /^(cn\.)?com\.amazonaws\.[a-z0-9-]+\.guardduty-data(-fips)?$/,
    remove: "GuardDuty's automated agent configuration for Runtime Monitoring",
  },
  {
    id: 'emr',
    name: 'Amazon EMR',
    principals: ['elasticmapreduce'],
    tagKeys: ['for-use-with-amazon-emr-managed-policies'],
    remove: 'the EMR cluster',
  },
];

/** A claim for a service as a whole, as `recognise` makes them for a service with a resolver. */
export interface ServiceClaim extends Claim {
  readonly service: { readonly id: string; readonly name: string };
  /** What to delete by hand; `null` where resolvers say it, or for a service that is known by its principal alone. */
  readonly remove: string | null;
  readonly resolvers: readonly string[];
}

/** What the endpoint's service name, its tags and its creation say of services, strongest first. */
export function recogniseKnown(endpoint: Endpoint, creation: Creation | null): readonly ServiceClaim[] {
  const byName = knownServices.filter(({ serviceName }) => serviceName?.test(endpoint.serviceName ?? ''));
  const byTag = knownServices.flatMap((service) => {
    const key = service.tagKeys?.find((tagKey) => Object.hasOwn(endpoint.tags, tagKey));
    return key === undefined ? [] : [{ service, key }];
  });
  return [
    ...byName.map((service) =>
      claim(service, 'service-name', `The service name ${endpoint.serviceName} is ${service.name}'s`),
    ),
    ...(creation === null ? [] : creatorClaims(creation)),
    ...byTag.map(({ service, key }) =>
      claim(service, 'endpoint-tag', `The endpoint carries the tag ${key}, which ${service.name} sets`),
    ),
  ];
}

/** The service whose name EC2 gives the endpoint, which no other service's endpoints have. */
export function serviceByName(endpoint: Endpoint): KnownService | undefined {
  return knownServices.find(({ serviceName }) => serviceName?.test(endpoint.serviceName ?? ''));
}

function creatorClaims(creation: Creation): readonly ServiceClaim[] {
  const principal = creation.principal;
  const label = firstLabel(principal);
  const known = knownServices.find(
    ({ principals, roleNames }) =>
      (label !== null && principals.includes(label)) ||
      (creation.roleName !== null && roleNames?.includes(creation.roleName)),
  );
  const creator = principal ?? creation.roleName;
  const statement = `${creator} created the endpoint`;
  if (known !== undefined) return [claim(known, 'cloudtrail', statement)];
  // CloudFormation acts for others: it names no owner. Without a principal, a person's own call made the endpoint.
  if (label === null || label === 'cloudformation' || label === 'ec2') return [];
  return [
    {
      source: 'cloudtrail',
      statement,
      service: { id: label, name: String(principal) },
      remove: null,
      resolvers: [],
    },
  ];
}

function claim(service: KnownService, source: Claim['source'], statement: string): ServiceClaim {
  const { id, name, remove = null, resolvers = [] } = service;
  return { source, statement, service: { id, name }, remove, resolvers };
}

/** `rds` of `rds.amazonaws.com` */
export function firstLabel(principal: string | null): string | null {
  return principal?.split('.')[0] ?? null;
}
