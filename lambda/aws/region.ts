/** Partitions, ARNs and console addresses. */
import { partition } from '@aws-sdk/core/client';
import type { Place } from '../model/model.ts';

const partitionNames = new Map<string, string>();

/** `aws-cn`. The SDK knows which partition a Region is in; it searches, and is asked for every resource of a list. */
export function partitionOf(region: string): string {
  let name = partitionNames.get(region);
  if (name === undefined) {
    name = partition(region).name;
    partitionNames.set(region, name);
  }
  return name;
}

/** `amazonaws.com.cn`: what the DNS names of the Region's partition end in. */
export function dnsSuffixOf(region: string): string {
  return partition(region).dnsSuffix;
}

/** The partition's own pattern takes any word for the middle one. */
const newRegion =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc-de)-(?:central|north|south|(?:north|south)?(?:east|west))-[1-9]$/;

/** Whether this is the code of a Region: one that the SDK knows, or one that is named as AWS names new ones. */
export function isRegion(name: string): boolean {
  const isKnown = 'description' in partition(name);
  return isKnown ? !name.endsWith('-global') : newRegion.test(name);
}

const consoleDomains: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** An ARN that no API returns, put together from its documented form; `null` without an account. */
export function makeArn(service: string, place: Place, resource: string): string | null {
  if (place.accountId === null) return null;
  return `arn:${partitionOf(place.region)}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** A page of the AWS console; `null` in partitions whose console has no public address. */
export function consoleUrl(place: Place, path: string): string | null {
  const { region } = place;
  const domain = consoleDomains[partitionOf(region)];
  if (domain === undefined) return null;
  const host = partitionOf(region) === 'aws' ? `${region}.${domain}` : domain;
  const [page = '', fragment] = path.split('#', 2);
  return `https://${host}/${page}?region=${region}${fragment === undefined ? '' : `#${fragment}`}`;
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** @returns the parts of an ARN, or `null` for anything else */
export function parseArn(text: string): Arn | null {
  const match = /^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9-]*):([0-9]{12}|):([\x21-\x7e]+)$/.exec(text);
  if (match === null) return null;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}
