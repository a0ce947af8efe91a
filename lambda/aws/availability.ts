/** What is where: Regions that an account has to enable first, and services that a Region does not have. */
import { partition } from '@aws-sdk/core/client';

/**
 * The Regions that every account has; all later ones of the commercial partition have to be enabled.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const enabledByDefault = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

export function isOptIn(region: string): boolean {
  return partition(region).name === 'aws' && !enabledByDefault.has(region);
}

const isolated = [
  'eu-isoe-west-1',
  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'us-isob-west-1',
  'us-isof-east-1',
  'us-isof-south-1',
];
const sovereign = ['eusc-de-east-1'];
const china = ['cn-north-1', 'cn-northwest-1'];
const govCloud = ['us-gov-east-1', 'us-gov-west-1'];

/**
 * The Regions without an endpoint of a service, by the first labels of the endpoint's name. RDS, Redshift, ElastiCache and
 * OpenSearch are everywhere. A Region that is newer than this is in no list.
 *
 * Source: AWS's own list, `botocore/data/endpoints.json` of botocore 1.43.67 (2026-08-07), without the Regions that `osis` has by 1.43.107; of `docdb-elastic`
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/docdb-using-elastic-clusters.html.
 */
const withoutEndpoint: Readonly<Record<string, readonly string[]>> = {
  'network-firewall': isolated.filter((region) => !['us-iso-east-1', 'us-isob-east-1'].includes(region)),
  'redshift-serverless': ['me-south-1', 'us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isob-west-1'],
  transfer: isolated,
  kafka: isolated,
  mq: isolated.filter((region) => region !== 'us-iso-east-1'),
  'api.sagemaker': ['us-iso-west-1', 'us-isob-west-1'],
  aoss: [
    ...['af-south-1', 'ap-east-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6'],
    ...['ap-southeast-7', 'ca-west-1', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1'],
    ...[...china, ...isolated, ...sovereign],
  ],
  osis: [
    ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-3', 'ap-south-2', 'ap-southeast-3'],
    ...['ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2'],
    ...['eu-south-1', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1'],
    ...[...china, ...isolated, ...sovereign],
  ],
  'api.airflow': [
    ...['ap-east-2', 'ap-southeast-6', 'mx-central-1'],
    ...[...govCloud, ...isolated, ...sovereign],
  ],
  'license-manager-user-subscriptions': ['ap-southeast-6', ...china, ...isolated, ...sovereign],
  'docdb-elastic': [...china, ...govCloud],
};

/**
 * The Regions with an endpoint of a service that AWS's list lacks. One too many does no harm: a name that does not exist is
 * then a failure.
 *
 * Source: of `odb` https://docs.oracle.com/iaas/Content/multicloud/regions.htm (2026), its live Regions, and some that were
 * announced; of `management.deadline` https://docs.aws.amazon.com/general/latest/gr/deadlinecloud.html; of `neptune-graph`
 * https://docs.aws.amazon.com/neptune-analytics/latest/userguide/analytics-limits.html.
 */
const withEndpoint: Readonly<Record<string, readonly string[]>> = {
  odb: [
    ...['ap-northeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-west-1'],
    ...['us-east-1', 'us-east-2', 'us-west-2'],
  ],
  'management.deadline': [
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-southeast-1', 'ap-southeast-2', 'eu-central-1'],
    ...['eu-west-1', 'eu-west-2', 'us-east-1', 'us-east-2', 'us-west-2'],
  ],
  'neptune-graph': [
    ...['ap-northeast-1', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1'],
    ...['eu-west-1', 'eu-west-2', 'us-east-1', 'us-east-2', 'us-west-2'],
  ],
};

/** The Regions that there were when these lists were made. */
const known = new Set([
  ...enabledByDefault,
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1'],
  ...['eu-south-2', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1'],
  ...[...china, ...govCloud, ...isolated, ...sovereign],
]);

/** @param hostname that does not exist. @returns whether it would be a service's endpoint, and AWS lists none there */
export function isMissingIn(region: string, hostname: string): boolean {
  const rest = `.${region}.${partition(region).dnsSuffix}`;
  if (!hostname.endsWith(rest)) return false;
  const labels = hostname.slice(0, -rest.length);
  if (Object.hasOwn(withEndpoint, labels))
    return known.has(region) && !withEndpoint[labels]?.includes(region);
  return Object.hasOwn(withoutEndpoint, labels) && withoutEndpoint[labels]?.includes(region) === true;
}
