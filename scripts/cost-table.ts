/** What lookups cost, from AWS's published prices. */
import { alarmIds } from '../lambda/telemetry/metric-names.ts';
import { memoryMb } from '../lib/function.ts';
import { table } from './blocks.ts';

/** US East (N. Virginia), in US dollars: the first tier, without free tiers. Other Regions have other prices. */
const asOf = 'June 2026';
const lambda = {
  url: 'https://aws.amazon.com/lambda/pricing/',
  /** arm64. */
  gigabyteSecond: 0.0000133334,
  millionRequests: 0.2,
};
/** HTTP APIs. */
const apiGateway = { url: 'https://aws.amazon.com/api-gateway/pricing/', millionRequests: 1 };
/** Every request is traced as long as no more than one a second comes, and one in 20 beyond. */
const xRay = { url: 'https://aws.amazon.com/xray/pricing/', millionTraces: 5 };
const cloudWatch = {
  url: 'https://aws.amazon.com/cloudwatch/pricing/',
  logGigabyte: 0.5,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  metricMonth: 0.3,
};
/** Event history and LookupEvents cost nothing. */
const cloudTrail = { url: 'https://aws.amazon.com/cloudtrail/pricing/' };

const lookups = 1000;
/** Own lines: under 2 KB (`npm run measure`); as much again for those of Lambda and of the gateway. */
const logKilobytesPerLookup = 4;
const durations: readonly (readonly [seconds: number, when: string])[] = [
  [0.5, 'the owner is found at once'],
  [2, 'the first of an instance, or a large account'],
  [25, 'each runs into the deadline'],
];

export function costText(): string {
  const { alarmMonth, dashboardMonth, metricMonth } = cloudWatch;
  const standing = alarmIds.length * alarmMonth + dashboardMonth;
  return [
    perLookups(),
    '',
    `Whether or not anybody asks: $${standing.toFixed(2)} a month, for ${alarmIds.length} alarms and the dashboard. Each verdict,`,
    `service, error code and failed check is a metric at $${metricMonth.toFixed(2)} a month, charged for the hours it is written in.`,
    'What AWS is asked costs nothing: neither the describe calls nor CloudTrail LookupEvents.',
    '',
    `Prices of US East (N. Virginia) as of ${asOf}, first tier, without free tiers, for a function of ${memoryMb} MB on arm64:`,
    `[Lambda](${lambda.url}), [API Gateway](${apiGateway.url}),`,
    `[CloudWatch](${cloudWatch.url}), [X-Ray](${xRay.url}),`,
    `[CloudTrail](${cloudTrail.url}).`,
  ].join('\n');
}

function perLookups(): string {
  const requests = inMillions(lambda.millionRequests + apiGateway.millionRequests + xRay.millionTraces);
  const logs = inMillions(logKilobytesPerLookup * cloudWatch.logGigabyte);
  const rows = durations.map(([seconds, when]) => {
    const compute = lookups * seconds * (memoryMb / 1024) * lambda.gigabyteSecond;
    return [`${seconds} s`, when, ...[compute, requests, logs, compute + requests + logs].map(dollars)];
  });
  const header = ['a lookup takes', 'when', 'compute', 'requests, traces', 'logs', `${lookups} lookups`];
  return table(header, rows);
}

/** Of a price for a million requests, or for a gigabyte at one kilobyte each. */
function inMillions(price: number): number {
  return (lookups * price) / 1_000_000;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(3)}`;
}
