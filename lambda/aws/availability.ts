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

/**
 * The Regions without an endpoint of a service, by the prefix of its IAM actions. RDS and Redshift are everywhere. A
 * Region that is newer than this is in no list.
 *
 * Source: AWS's own list, `botocore/data/endpoints.json` of botocore 1.43.107 (2026-10-01).
 */
const withoutEndpoint: Readonly<Record<string, readonly string[]>> = {
  airflow: [
    'ap-east-2',
    'ap-southeast-6',
    'eu-isoe-west-1',
    'eusc-de-east-1',
    'mx-central-1',
    'us-gov-east-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-iso-west-1',
    'us-isob-east-1',
    'us-isob-west-1',
    'us-isof-east-1',
    'us-isof-south-1',
  ],
  'network-firewall': [
    'eu-isoe-west-1',
    'us-iso-west-1',
    'us-isob-west-1',
    'us-isof-east-1',
    'us-isof-south-1',
  ],
  'redshift-serverless': ['me-south-1', 'us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'us-isob-west-1'],
  transfer: [
    'eu-isoe-west-1',
    'us-iso-east-1',
    'us-iso-west-1',
    'us-isob-east-1',
    'us-isob-west-1',
    'us-isof-east-1',
    'us-isof-south-1',
  ],
};

/**
 * The Regions with an endpoint of a service that AWS's list lacks. One too many does no harm: a name that does not exist is
 * then a failure.
 *
 * Source: https://docs.oracle.com/iaas/Content/multicloud/regions.htm (2026): its live Regions, and some that were announced.
 */
const withEndpoint: Readonly<Record<string, readonly string[]>> = {
  odb: [
    'ap-northeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-west-1',
    'us-east-1',
    'us-east-2',
    'us-west-2',
  ],
};

/** Where an API's host does not begin with the prefix of its IAM actions. */
const hostOf: Readonly<Record<string, string>> = { airflow: 'api.airflow' };

/** @param hostname that does not exist. @returns whether it would be the service's endpoint, and AWS lists none there */
export function isMissingIn(region: string, prefix: string, hostname: string): boolean {
  const expected = `${hostOf[prefix] ?? prefix}.${region}.${partition(region).dnsSuffix}`;
  if (hostname !== expected) return false;
  const present = withEndpoint[prefix];
  return present === undefined
    ? (withoutEndpoint[prefix]?.includes(region) ?? false)
    : !present.includes(region);
}
