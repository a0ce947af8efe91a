import {
  CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsRequest,
} from '@aws-sdk/client-cloudtrail';
import { expect, test } from '@jest/globals';
import { createRateLimit } from '../../../sandbox/rate-limit.ts';
import { clientOptions, refused, run } from '../running.ts';
import { accountWith, regionName } from '../samples.ts';

const now = new Date('2026-10-10T00:00:00Z');

const events: Event[] = [
  {
    EventId: 'old',
    EventTime: new Date('2026-07-11T00:00:00Z'),
    EventName: 'CreateVpcEndpoint',
  },
  {
    EventId: 'deletion',
    EventTime: new Date('2026-10-02T00:00:00Z'),
    EventName: 'DeleteVpcEndpoints',
    EventSource: 'ec2.amazonaws.com',
    ReadOnly: 'false',
    Username: 'someone',
    Resources: [{ ResourceType: 'AWS::EC2::VPCEndpoint', ResourceName: 'vpce-032a826a' }],
  },
  {
    EventId: 'creation',
    EventTime: new Date('2026-10-01T00:00:00Z'),
    EventName: 'CreateVpcEndpoint',
    EventSource: 'ec2.amazonaws.com',
    AccessKeyId: 'ASIA',
    Resources: [
      { ResourceType: 'AWS::EC2::VPC', ResourceName: 'vpc-1' },
      { ResourceType: 'AWS::EC2::VPCEndpoint', ResourceName: 'vpce-032a826a' },
    ],
  },
];

async function start(lookupEventsPerSecond = Number.POSITIVE_INFINITY) {
  const account = accountWith({ events });
  const sandbox = await run(account, { now: () => now, lookupEventsPerSecond });
  const client = new CloudTrailClient(clientOptions(sandbox));
  const lookUp = async (input: LookupEventsRequest) =>
    (await client.send(new LookupEventsCommand(input))).Events?.map((event) => event.EventId);
  return { sandbox, client, lookUp };
}

test('events of the last ninety days are answered, newest first', async () => {
  const { lookUp } = await start();

  expect(await lookUp({})).toEqual(['deletion', 'creation']);
});

test('one attribute of the event is looked up', async () => {
  const { lookUp, sandbox } = await start();
  const find = (AttributeKey: 'ResourceName', AttributeValue: string) =>
    lookUp({ LookupAttributes: [{ AttributeKey, AttributeValue }] });
  const by = (key: string, value: string) => find(key as 'ResourceName', value);

  expect(await find('ResourceName', 'vpce-032a826a')).toEqual(['deletion', 'creation']);
  expect(sandbox.calls[0]?.input).toEqual({
    LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'vpce-032a826a' }],
  });
  expect(await find('ResourceName', 'vpc-1')).toEqual(['creation']);
  expect(await by('ResourceType', 'AWS::EC2::VPC')).toEqual(['creation']);
  expect(await by('EventName', 'CreateVpcEndpoint')).toEqual(['creation']);
  expect(await by('EventSource', 'ec2.amazonaws.com')).toHaveLength(2);
  expect(await by('EventId', 'deletion')).toEqual(['deletion']);
  expect(await by('ReadOnly', 'false')).toEqual(['deletion']);
  expect(await by('Username', 'someone')).toEqual(['deletion']);
  expect(await by('AccessKeyId', 'ASIA')).toEqual(['creation']);
  await expect(by('VpcEndpointId', 'vpce-032a826a')).rejects.toMatchObject(
    refused('InvalidLookupAttributesException'),
  );
});

test('more than one attribute, or an empty list of them, is refused', async () => {
  const { lookUp } = await start();
  const attribute = { AttributeKey: 'EventName' as const, AttributeValue: 'CreateVpcEndpoint' };

  for (const LookupAttributes of [[], [attribute, attribute]]) {
    await expect(lookUp({ LookupAttributes })).rejects.toMatchObject(
      refused('InvalidLookupAttributesException'),
    );
  }
});

test('a time range includes both ends, and cannot end before it starts', async () => {
  const { lookUp, sandbox } = await start();
  const first = new Date('2026-10-01T00:00:00Z');
  const second = new Date('2026-10-02T00:00:00Z');

  expect(await lookUp({ StartTime: first, EndTime: first })).toEqual(['creation']);
  expect(sandbox.calls[0]?.input).toEqual({ StartTime: first, EndTime: first });
  expect(await lookUp({ StartTime: second })).toEqual(['deletion']);
  expect(await lookUp({ StartTime: new Date('2026-01-01T00:00:00Z') })).toHaveLength(2);
  await expect(lookUp({ StartTime: second, EndTime: first })).rejects.toMatchObject(
    refused('InvalidTimeRangeException'),
  );
});

test('there are no Insights events, and no other categories', async () => {
  const { lookUp } = await start();

  expect(await lookUp({ EventCategory: 'insight' })).toEqual([]);
  await expect(lookUp({ EventCategory: 'data' as 'insight' })).rejects.toMatchObject(
    refused('InvalidEventCategoryException'),
  );
});

test('a page has from 1 to 50 events', async () => {
  const { lookUp } = await start();

  expect(await lookUp({ MaxResults: 1 })).toEqual(['deletion']);
  for (const MaxResults of [0, 51]) {
    await expect(lookUp({ MaxResults })).rejects.toMatchObject(refused('InvalidMaxResultsException'));
  }
});

test('a third lookup within a second is throttled, in each Region by itself', async () => {
  const { lookUp, sandbox } = await start(2);
  const elsewhere = new CloudTrailClient({ ...clientOptions(sandbox), region: 'eu-west-1' });

  await Promise.all([lookUp({}), lookUp({})]);
  await expect(lookUp({})).rejects.toMatchObject({
    ...refused('ThrottlingException'),
    message: 'Rate exceeded',
  });
  expect((await elsewhere.send(new LookupEventsCommand({}))).Events).toEqual([]);
  expect(sandbox.calls.map((call) => call.region)).toEqual([regionName, regionName, regionName, 'eu-west-1']);
});

test('the quota is free again one second after the requests that took it', () => {
  let time = 0;
  const take = createRateLimit(2, () => time);
  const at = (ms: number) => {
    time = ms;
    return take('ap-northeast-1');
  };

  expect([at(0), at(600), at(700), at(999)]).toEqual([true, true, false, false]);
  expect([at(1000), at(1001), at(1599), at(1600)]).toEqual([true, false, false, true]);
});
