/**
 * The services that the manual procedure does not know: an endpoint of each kind of owner, and what leads to it. Left out is what
 * is a candidate only, for nothing is over before every list has been read: MSK's managed VPC connections, License Manager's
 * identity providers.
 */
import type { Made, Network, RegionBuilder } from '../sandbox/build.ts';

export interface Common {
  readonly network: Network;
  readonly createdAt: Date;
}

export interface Other {
  readonly make: (build: RegionBuilder, common: Common) => Made;
  /** After the endpoint's own, one after the other: a list of one page, what describes its items, names. */
  readonly calls: number;
  readonly dnsAnswers: number;
  /** The endpoint's service name, or a tag that names a resource, says whose it is. */
  readonly isMarked?: true;
}

export const others: Readonly<Record<string, Other>> = {
  'Transfer Family server': {
    make: (build, common) => build.transferServer(common),
    calls: 2,
    dnsAnswers: 0,
    isMarked: true,
  },
  'Transfer Family web app': {
    make: (build, common) => build.transferWebApp(common),
    calls: 2,
    dnsAnswers: 0,
  },
  'ElastiCache Serverless cache': {
    make: (build, common) => build.serverlessCache(common),
    calls: 1,
    dnsAnswers: 1,
    isMarked: true,
  },
  'SageMaker workforce': {
    make: (build, common) => build.workforce(common),
    calls: 1,
    dnsAnswers: 0,
    isMarked: true,
  },
  'MSK Serverless cluster': {
    make: (build, common) => build.serverlessKafka(common),
    // The tag names it: the cluster, and its brokers' names.
    calls: 2,
    dnsAnswers: 1,
    isMarked: true,
  },
  'OpenSearch Serverless endpoint': {
    make: (build, common) => build.collectionEndpoint(common),
    calls: 1,
    dnsAnswers: 0,
  },
  'OpenSearch Service endpoint': {
    make: (build, common) => build.domainEndpoint(common),
    calls: 2,
    dnsAnswers: 1,
  },
  'OpenSearch Ingestion pipeline': {
    make: (build, common) => build.vpcPipeline(common),
    calls: 2,
    dnsAnswers: 0,
  },
  'OpenSearch Ingestion pipeline endpoint': {
    make: (build, common) => build.pipelineEndpoint(common),
    calls: 1,
    dnsAnswers: 1,
  },
  'Neptune Analytics endpoint': {
    make: (build, common) => build.graphEndpoint(common),
    calls: 2,
    dnsAnswers: 0,
  },
  'DocumentDB elastic cluster': {
    make: (build, common) => build.elasticCluster(common),
    calls: 2,
    dnsAnswers: 1,
  },
  'RabbitMQ broker': {
    make: (build, common) => build.rabbitBroker(common),
    calls: 2,
    dnsAnswers: 1,
  },
  'MWAA environment, by its web server': {
    make: (build, common) => build.mwaaEnvironment(common),
    calls: 2,
    dnsAnswers: 1,
  },
  'Deadline Cloud license endpoint': {
    make: (build, common) => build.licenseEndpoint(common),
    calls: 2,
    dnsAnswers: 1,
  },
  'Oracle Database@AWS network': {
    make: (build, common) => build.odbNetwork(common),
    calls: 1,
    dnsAnswers: 0,
  },
  'Network Firewall proxy': {
    make: (build, common) => build.networkFirewallProxy(common),
    calls: 1,
    dnsAnswers: 0,
  },
  'Private CA connector': {
    make: (build, common) => build.adConnector(common),
    calls: 1,
    dnsAnswers: 1,
  },
};
