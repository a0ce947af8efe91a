/** Partitions, ARNs and console addresses. The SDK knows which partition a Region is in. */
import { partition } from '@aws-sdk/core/client';

/** Where a lookup looks: one Region of one account. */
export interface Place {
  readonly region: string;
  /** `null` where it could not be learned. */
  readonly accountId: string | null;
}

const consoleDomains: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** An ARN that no API returns, put together from its documented form; `null` without an account. */
export function makeArn(service: string, place: Place, resource: string): string | null {
  if (place.accountId === null) return null;
  return `arn:${partition(place.region).name}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** A page of the AWS console; `null` in partitions whose console has no public address. */
export function consoleUrl(place: Place, path: string): string | null {
  const { region } = place;
  const domain = consoleDomains[partition(region).name];
  if (domain === undefined) return null;
  const host = partition(region).name === 'aws' ? `${region}.${domain}` : domain;
  const [page = '', fragment] = path.split('#', 2);
  return `https://${host}/${page}?region=${region}${fragment === undefined ? '' : `#${fragment}`}`;
}

export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** @returns the parts of an ARN, or `null` for anything else */
export function parseArn(text: string): Arn | null {
  const match = /^arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):([0-9]{12}|):([\x21-\x7e]+)$/.exec(text);
  if (match === null) return null;
  const [, service = '', region = '', accountId = '', resource = ''] = match;
  return { service, region, accountId, resource };
}
