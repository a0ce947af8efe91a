/** Settings that name places: each must be one that the deployment can reach. */
import { isIP } from 'node:net';
import { partition } from '@aws-sdk/core/client';
import type { Settings } from './settings.ts';

/**
 * Partitions share neither credentials nor endpoints: a Region or a topic of another one is out of reach for ever.
 *
 * @param stackRegion `null` where it is not known: then the settings must at least agree with each other
 */
export function misplaced(
  { regions, alarmTopicArn }: Pick<Settings, 'regions' | 'alarmTopicArn'>,
  stackRegion: string | null,
): string[] {
  const wrong: string[] = [];
  const [home = null] = stackRegion === null ? (regions ?? []) : [stackRegion];
  const where = stackRegion === null ? `${home} is in` : `the stack's own Region, ${home}, is in`;
  const strangers =
    regions?.filter((region) => home !== null && partitionOf(region) !== partitionOf(home)) ?? [];
  if (home !== null && strangers.length > 0) {
    wrong.push(
      `regions: expected Regions of one partition, and ${where} ${partitionOf(home)}, ` +
        `but got ${strangers.map((region) => `${region} (${partitionOf(region)})`).join(', ')}`,
    );
  }
  if (alarmTopicArn === null) return wrong;

  const [, ofArn = '', , topicRegion = ''] = alarmTopicArn.split(':');
  if (ofArn !== partitionOf(topicRegion)) {
    wrong.push(
      `alarmTopicArn: expected the partition of ${topicRegion}, ${partitionOf(topicRegion)}, but got ${ofArn}`,
    );
  } else if (stackRegion !== null && topicRegion !== stackRegion) {
    wrong.push(
      `alarmTopicArn: expected a topic in the stack's own Region, ${stackRegion}, because alarms reach no other, ` +
        `but got one in ${topicRegion}`,
    );
  } else if (home !== null && partitionOf(home) !== ofArn) {
    wrong.push(`alarmTopicArn: expected a topic in ${partitionOf(home)}, where ${home} is, but got ${ofArn}`);
  }
  return wrong;
}

/** API Gateway fetches the issuer's keys over the internet, and compares the address with `iss` as it is written. */
export function isIssuer(value: string): boolean {
  if (!/^https:\/\/[^?#@\s\\]+$/.test(value) || !URL.canParse(value)) return false;
  // An address in any notation is one in the URL that was parsed; a name without a dot is no public one.
  const host = new URL(value).hostname.replace(/\.$/, '');
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 && /.\.(?!localhost$)[^.]+$/.test(host);
}

function partitionOf(region: string): string {
  return partition(region).name;
}
