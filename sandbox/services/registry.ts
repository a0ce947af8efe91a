/** Every service of the sandbox: the order of the demo's examples, and of a generated account's kinds. */
import type { Scope } from '../world/scope.ts';
import { amazonMq } from './amazon-mq.ts';
import { auroraServerless } from './aurora-serverless.ts';
import { cloudtrail } from './cloudtrail.ts';
import { deadline } from './deadline.ts';
import { documentdbElastic } from './documentdb-elastic.ts';
import { ec2 } from './ec2.ts';
import { elasticacheServerless } from './elasticache-serverless.ts';
import { guardDuty } from './guardduty.ts';
import { licenseManagerUserSubscriptions } from './license-manager-user-subscriptions.ts';
import { msk } from './msk/index.ts';
import { mwaa } from './mwaa.ts';
import { neptuneAnalytics } from './neptune-analytics.ts';
import { networkFirewall } from './network-firewall/index.ts';
import { networkFirewallProxy } from './network-firewall-proxy.ts';
import { odb } from './odb.ts';
import { opensearch } from './opensearch.ts';
import { opensearchIngestion } from './opensearch-ingestion.ts';
import { opensearchServerless } from './opensearch-serverless.ts';
import { pcaConnectorAd } from './pca-connector-ad.ts';
import { rdsProxy } from './rds-proxy/index.ts';
import { redshift } from './redshift/index.ts';
import { redshiftServerless } from './redshift-serverless/index.ts';
import { sagemakerWorkforce } from './sagemaker-workforce.ts';
import type { Api, Operation, Service } from './service.ts';
import { sts } from './sts.ts';
import { transfer } from './transfer/index.ts';

/** Under the names that `creators` has them by too. */
const registry = {
  ec2,
  cloudtrail,
  rdsProxy,
  auroraServerless,
  networkFirewall,
  redshift,
  redshiftServerless,
  sts,
  guardDuty,
  transfer,
  msk,
  elasticacheServerless,
  opensearchServerless,
  sagemakerWorkforce,
  neptuneAnalytics,
  documentdbElastic,
  amazonMq,
  opensearch,
  opensearchIngestion,
  deadline,
  odb,
  networkFirewallProxy,
  pcaConnectorAd,
  licenseManagerUserSubscriptions,
  mwaa,
};

export const services: readonly Service[] = Object.values(registry);

type Known = (typeof registry)[keyof typeof registry];

/** `rds:DescribeDBProxies`, as in IAM, for each operation; `rds:*` for all of an API. */
export type OperationTarget = TargetOf<Known>;

type TargetOf<S> = S extends {
  readonly api: { readonly id: infer Id extends string };
  readonly operations: infer Operations;
}
  ? `${Id}:${(keyof Operations & string) | '*'}`
  : never;

/** The lists of a Region, of all services. */
export type Region = All<RowsOf<Known>>;

type RowsOf<S> = S extends { readonly rows: (region: never) => infer Lists } ? Lists : never;

/** A Region in which nothing is made yet. */
export function emptyRegion(): Region {
  const region = {};
  for (const { rows } of services) rows?.(region);
  return region as Region;
}

/** `{ rdsProxy: (options) => ProxyMade, … }`, of all services, for one Region. */
export type Builders = All<BuildersOf<Known>>;

type BuildersOf<S> = S extends { readonly builders: infer Unbound } ? Bound<Unbound> : never;
type Bound<Unbound> = {
  readonly [Name in keyof Unbound]: Unbound[Name] extends (
    scope: Scope,
    ...options: infer Options
  ) => infer Made
    ? (...options: Options) => Made
    : never;
};

export function buildersOf(scope: Scope): Builders {
  const unbound = services.flatMap(({ builders = {} }) => Object.entries(builders));
  const bound = unbound.map(([name, build]) => [name, (...options: never[]) => build(scope, ...options)]);
  return Object.fromEntries(bound) as Builders;
}

/** Who makes the endpoints of each service. */
export const creators = Object.fromEntries(
  Object.entries<Service>(registry).map(([name, { creator }]) => [name, creator]),
) as CreatorsOf<typeof registry>;

type CreatorsOf<Registry> = {
  readonly [Name in keyof Registry as Registry[Name] extends { readonly creator: object }
    ? Name
    : never]: Registry[Name] extends { readonly creator: infer Creator } ? Creator : never;
};

/** One of AWS's APIs with its operations, of whatever services they tell. */
export interface AskedApi extends Api {
  readonly operations: Readonly<Record<string, Operation>>;
}

export const apis: readonly AskedApi[] = apisOf(services);

function apisOf(all: readonly Service[]): AskedApi[] {
  const known = new Map<string, AskedApi>();
  for (const { api, operations } of all) {
    if (api === undefined) continue;
    known.set(api.id, { ...api, operations: { ...known.get(api.id)?.operations, ...operations } });
  }
  return [...known.values()];
}

/** What is in every one of a union's members. */
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Every) => void
  ? Every
  : never;
