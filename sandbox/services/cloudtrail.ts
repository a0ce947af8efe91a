import type { Event } from '@aws-sdk/client-cloudtrail';
import { awsJson } from '../protocols/aws-json.ts';
import { AwsError, type Input, isRecord } from '../protocols/protocol.ts';
import { trailRows } from '../world/rows.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

/** CloudTrail's event history ends here; older events are in trails and in Lake only. */
const historyDays = 90;

const protocol = awsJson({
  version: '1.1',
  targets: ['CloudTrail_20131101', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101'],
  timestamps: 'seconds',
  internalError: 'InternalFailure',
  messageField: 'message',
});

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const cloudtrail = {
  id: 'cloudtrail',
  api: {
    id: 'cloudtrail',
    protocol,
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('InvalidNextTokenException', 'Invalid token.'),
  },
  rows: trailRows,
  operations: {
    LookupEvents: (input, { region, now, page, takeLookup }) => {
      if (!takeLookup()) throw protocol.errors.throttled();
      const category = input['EventCategory'];
      if (category !== undefined && category !== 'insight') {
        throw new AwsError('InvalidEventCategoryException', `The event category ${category} is not valid.`);
      }
      const fits = readLookupAttribute(input);
      const { start, end } = readTimeRange(input);
      const size = pageSize(
        input,
        'MaxResults',
        { min: 1, max: 50 },
        () =>
          new AwsError(
            'InvalidMaxResultsException',
            'A max results value between 1 and 50 must be specified.',
          ),
      );
      // The account has no Insights events.
      if (category === 'insight') return page('Events', [], size ?? 50);
      const oldest = now().getTime() - historyDays * 24 * 60 * 60 * 1000;
      const events = trailRows(region)
        .events.filter((event) => {
          const time = timeOf(event);
          return time >= Math.max(oldest, start) && time <= end && fits(event);
        })
        .sort((a, b) => timeOf(b) - timeOf(a));
      return page('Events', events, size ?? 50);
    },
  },
} as const satisfies Service;

function timeOf(event: Event): number {
  return event.EventTime?.getTime() ?? 0;
}

type Reader = (event: Event) => readonly (string | undefined)[];

const lookupKeys: Readonly<Record<string, Reader>> = {
  AccessKeyId: (event) => [event.AccessKeyId],
  EventId: (event) => [event.EventId],
  EventName: (event) => [event.EventName],
  EventSource: (event) => [event.EventSource],
  ReadOnly: (event) => [event.ReadOnly],
  ResourceName: (event) => (event.Resources ?? []).map((resource) => resource.ResourceName),
  ResourceType: (event) => (event.Resources ?? []).map((resource) => resource.ResourceType),
  Username: (event) => [event.Username],
};

/** The list may hold one attribute only; without any, every event fits. */
function readLookupAttribute(input: Input): (event: Event) => boolean {
  const list = input['LookupAttributes'];
  if (list === undefined || list === null) return () => true;
  const [attribute, another]: unknown[] = Array.isArray(list) ? list : [];
  if (!isRecord(attribute) || another !== undefined) {
    throw new AwsError('InvalidLookupAttributesException', 'You must specify exactly one lookup attribute.');
  }
  const key = text(attribute, 'AttributeKey') ?? '';
  const value = text(attribute, 'AttributeValue');
  const read = Object.hasOwn(lookupKeys, key) ? lookupKeys[key] : undefined;
  if (read === undefined || value === undefined) {
    throw new AwsError('InvalidLookupAttributesException', `The lookup attribute ${key} is not valid.`);
  }
  return (event) => read(event).includes(value);
}

function readTimeRange(input: Input): { start: number; end: number } {
  const read = (field: string, otherwise: number): number => {
    const value = input[field];
    return value instanceof Date ? value.getTime() : otherwise;
  };
  const range = {
    start: read('StartTime', Number.NEGATIVE_INFINITY),
    end: read('EndTime', Number.POSITIVE_INFINITY),
  };
  if (range.start > range.end) {
    throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  return range;
}
