import type { Service } from '../model/service.ts';
import { amazonMq } from './amazon-mq.ts';
import { auroraServerless } from './aurora-serverless.ts';
import { deadline } from './deadline.ts';
import { documentdbElastic } from './documentdb-elastic.ts';
import { elasticacheServerless } from './elasticache-serverless.ts';
import { licenseManagerUserSubscriptions } from './license-manager-user-subscriptions.ts';
import { msk } from './msk.ts';
import { mwaa } from './mwaa.ts';
import { neptuneAnalytics } from './neptune-analytics.ts';
import { networkFirewall } from './network-firewall.ts';
import { networkFirewallProxy } from './network-firewall-proxy.ts';
import { odb } from './odb.ts';
import { opensearch } from './opensearch.ts';
import { opensearchIngestion } from './opensearch-ingestion.ts';
import { opensearchServerless } from './opensearch-serverless.ts';
import { pcaConnectorAd } from './pca-connector-ad.ts';
import { rdsProxy } from './rds-proxy.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';
import { sagemakerWorkforce } from './sagemaker-workforce.ts';
import { transfer } from './transfer.ts';
import { unasked } from './unasked.ts';

/**
 * Every service that makes VPC endpoints in its customers' VPCs, in the order in which checks are reported, and asked: all
 * at the same time, but one process sends and reads one after the other. First whose answers are short, or settle the
 * question without DNS; last whose service has ended, and those that are known by their marks only.
 */
export const services: readonly Service[] = [
  networkFirewall,
  redshiftServerless,
  redshift,
  transfer,
  rdsProxy,
  auroraServerless,
  elasticacheServerless,
  opensearchServerless,
  sagemakerWorkforce,
  neptuneAnalytics,
  documentdbElastic,
  amazonMq,
  opensearch,
  opensearchIngestion,
  msk,
  mwaa,
  deadline,
  odb,
  pcaConnectorAd,
  networkFirewallProxy,
  licenseManagerUserSubscriptions,
  ...unasked,
];

/** Those of them that are asked. */
export const resolvers: readonly Service[] = services.filter(({ lists }) => lists.length > 0);
