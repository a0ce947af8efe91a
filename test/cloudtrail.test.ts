import type { Event } from '@aws-sdk/client-cloudtrail';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Creation, readCreation, tooOld, tooYoung } from '../lambda/evidence/cloudtrail.ts';
import { forwardAccessSession, newAccount, type OrphanOptions } from '../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';

const id = 'vpce-0ce9fdcdd4aa4097e';
const eventTime = new Date('2026-10-01T03:12:44Z');

const linkedRole = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:RDSSlrAssumptionSession',
  arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForRDS/RDSSlrAssumptionSession',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
      userName: 'AWSServiceRoleForRDS',
    },
  },
  invokedBy: 'rds.amazonaws.com',
};

function recordOf(changes: object = {}) {
  return {
    eventName: 'CreateVpcEndpoint',
    userIdentity: linkedRole,
    sourceIPAddress: 'rds.amazonaws.com',
    userAgent: 'rds.amazonaws.com',
    requestParameters: { CreateVpcEndpointRequest: { VpcId: 'vpc-1' } },
    responseElements: { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: id, tagSet: '' } } },
    ...changes,
  };
}

function eventOf(changes: object = {}, event: Event = {}): Event {
  const CloudTrailEvent = JSON.stringify(recordOf(changes));
  return { EventName: 'CreateVpcEndpoint', EventTime: eventTime, CloudTrailEvent, ...event };
}

function creationOf(changes: object = {}, event: Event = {}): Creation {
  const creation = readCreation(eventOf(changes, event), id);
  if (creation === null || creation === 'unreadable') throw new Error(`no creation, but ${creation}`);
  return creation;
}

describe('the record of a creation', () => {
  test('by a service-linked role names the principal, the role and the session', () => {
    expect(readCreation(eventOf({}, { Username: 'RDSSlrAssumptionSession' }), id)).toEqual({
      eventTime,
      principal: 'rds.amazonaws.com',
      roleName: 'AWSServiceRoleForRDS',
      sessionNames: ['RDSSlrAssumptionSession'],
      tags: {},
    });
  });

  test("in a caller's name names the service that acted, and the caller's own role", () => {
    const userIdentity = {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:alice',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      sessionContext: { sessionIssuer: { userName: 'Admin' } },
      invokedBy: 'redshift.amazonaws.com',
    };
    expect(creationOf({ userIdentity })).toMatchObject({
      principal: 'redshift.amazonaws.com',
      roleName: 'Admin',
      sessionNames: ['alice'],
    });
  });

  test('by a person names no service', () => {
    const userIdentity = { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' };
    const person = { userIdentity, sourceIPAddress: '203.0.113.7', userAgent: 'aws-cli/2.31.0' };
    expect(creationOf(person)).toMatchObject({ principal: null, roleName: null, sessionNames: ['alice'] });
  });

  test('takes the principal from wherever it is left', () => {
    const { invokedBy: _, ...userIdentity } = linkedRole;
    expect(creationOf({ userIdentity }).principal).toBe('rds.amazonaws.com');
    expect(creationOf({ userIdentity, sourceIPAddress: '10.0.0.1' }).principal).toBe('rds.amazonaws.com');
    const china = { userIdentity, sourceIPAddress: 'rds.amazonaws.com.cn' };
    expect(creationOf(china).principal).toBe('rds.amazonaws.com.cn');
    expect(creationOf({ userIdentity, sourceIPAddress: 'osis.amazon.com' }).principal).toBe(
      'osis.amazon.com',
    );
  });

  test('does not take what merely looks like a principal', () => {
    const { invokedBy: _, ...userIdentity } = linkedRole;
    const elsewhere = {
      userIdentity,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'rds.amazonaws.com.example',
    };
    expect(creationOf(elsewhere).principal).toBeNull();
  });

  test("takes the role from the session's ARN where its name is missing", () => {
    expect(creationOf({ userIdentity: { arn: linkedRole.arn } }).roleName).toBe('AWSServiceRoleForRDS');
  });

  test.each(['RDSAuroraServeless', 'RDSAuroraServerless'])(
    'keeps the session name %s as it is',
    (session) => {
      const userIdentity = { ...linkedRole, principalId: `AROAEXAMPLE:${session}`, arn: undefined };
      expect(creationOf({ userIdentity }, { Username: session }).sessionNames).toEqual([session]);
    },
  );

  test('without an identity, a time or a user still counts', () => {
    const bare = { userIdentity: undefined, sourceIPAddress: undefined, userAgent: undefined };
    const { EventTime: _, ...event } = eventOf(bare);
    expect(readCreation(event, id)).toEqual({
      eventTime: null,
      principal: null,
      roleName: null,
      sessionNames: [],
      tags: {},
    });
  });
});

describe('the tags of a creation', () => {
  const arn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';
  const managed = (value: unknown) => ({ Key: 'AWSNetworkFirewallManaged', Value: value, tag: 2 });
  const requested = (TagSpecification: unknown) => ({
    requestParameters: { CreateVpcEndpointRequest: { TagSpecification } },
  });

  test.each([
    ['text', 'true'],
    ['a boolean', true],
    ['a number', 4711],
  ])('come as %s', (_, value) => {
    const one = requested({ ResourceType: 'vpc-endpoint', tag: 1, Tag: managed(value) });
    expect(creationOf(one).tags).toEqual({ AWSNetworkFirewallManaged: String(value) });
  });

  test('come in lists of lists', () => {
    const tags = requested([{ Tag: [{ Key: 'Firewall', Value: arn, tag: 1 }] }, { Tag: [managed(true)] }]);
    expect(creationOf(tags).tags).toEqual({ Firewall: arn, AWSNetworkFirewallManaged: 'true' });
  });

  test.each([
    ['alone', { item: { key: 'Firewall', value: arn } }],
    ['in a list', { item: [{ key: 'Firewall', value: arn }] }],
  ])('come in the answer too, %s', (_, tagSet) => {
    const responseElements = { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: id, tagSet } } };
    expect(creationOf({ responseElements }).tags).toEqual({ Firewall: arn });
  });

  test('without a value are empty, and without a key are none', () => {
    const tags = requested({
      Tag: [{ Key: 'Empty', Value: '', tag: 1 }, { Value: 'keyless', tag: 2 }, null],
    });
    expect(creationOf(tags).tags).toEqual({ Empty: '' });
  });
});

describe('what is no creation of this endpoint', () => {
  test.each([
    ['a call that EC2 refused', { errorCode: 'Client.InvalidParameter', responseElements: null }],
    ['a refused call without an error code', { responseElements: null }],
    ['a dry run', { errorCode: 'Client.DryRunOperation' }],
    ['another call', { eventName: 'CreateTags' }],
    [
      'another endpoint',
      {
        responseElements: { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: 'vpce-032a826a' } } },
      },
    ],
  ])('%s', (_, changes) => {
    expect(readCreation(eventOf(changes), id)).toBeNull();
  });

  test('an error code of null does not make a call a failed one', () => {
    expect(creationOf({ errorCode: null, errorMessage: null }).principal).toBe('rds.amazonaws.com');
  });
});

describe('what cannot be read is not an absence', () => {
  test.each([
    ['is cut off', '{"eventName":"CreateVpcEndpoint","userIdentity":{'],
    ['is not JSON', 'not JSON'],
    ['is empty', ''],
    ['is missing', undefined],
    ['is no object', 'null'],
    ['has no answer', JSON.stringify({ eventName: 'CreateVpcEndpoint', responseElements: {} })],
  ])('a record that %s', (_, CloudTrailEvent) => {
    const event = {
      EventName: 'CreateVpcEndpoint',
      ...(CloudTrailEvent === undefined ? {} : { CloudTrailEvent }),
    };
    expect(readCreation(event, id)).toBe('unreadable');
  });
});

describe('the age of the endpoint', () => {
  const now = new Date('2026-10-01T00:00:00Z');
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const minute = 60_000;
  const day = 1440 * minute;

  test('past 90 days is too much for CloudTrail', () => {
    expect(tooOld(ago(90 * day), now)).toBeNull();
    expect(tooOld(ago(91 * day), now)).toBe(
      "the endpoint is 91 days old, and CloudTrail's event history keeps 90",
    );
    expect(tooOld(null, now)).toBeNull();
  });

  test('of minutes is too little', () => {
    expect(tooYoung(ago(15 * minute), now)).toBeNull();
    expect(tooYoung(ago(2 * minute), now)).toBe(
      'the endpoint is 2 minutes old, and CloudTrail delivers events up to 15 minutes late',
    );
    expect(tooYoung(ago(-5 * minute), now)).toMatch('0 minutes old');
    expect(tooYoung(null, now)).toBeNull();
  });
});

describe('the lookup', () => {
  let api: Api;
  afterEach(() => api.close());
  const now = new Date();
  const build = () => newAccount('111122223333').region('ap-northeast-1', now);
  const lookups = () => api.sandbox.calls.filter(({ operation }) => operation === 'LookupEvents');

  async function askOrphan(options: OrphanOptions, apiOptions: ApiOptions = {}) {
    const region = build();
    const orphan = region.orphan(options);
    api = await startApi(region.account, apiOptions);
    const answer = await api.identify(orphan.vpcEndpointId);
    const cloudtrail = answer.checks.find(({ check }) => check === 'cloudtrail');
    return { answer, cloudtrail };
  }

  test('passes over failed and later calls, page after page, and stops at the creation', async () => {
    const event = {
      creator: forwardAccessSession('kafka'),
      failedBefore: true,
      later: ['CreateTags', 'ModifyVpcEndpoint', 'DeleteVpcEndpoints'],
    } as const;
    const { answer, cloudtrail } = await askOrphan({ event }, { maxPageItems: 1 });
    expect(cloudtrail).toMatchObject({ outcome: 'match', reason: null, apiCalls: 4 });
    expect(answer.service?.id).toBe('msk');
    expect(lookups()).toHaveLength(4);
  });

  test('asks for this endpoint alone, and stops at the page that has its creation', async () => {
    const region = build();
    const orphan = region.orphan();
    const older = Array.from({ length: 3 }, (_, index) => ({
      ...region.resources.events[0],
      EventName: 'CreateTags',
      EventId: `older-${index}`,
      EventTime: region.daysAgo(30),
    }));
    region.resources.events.push(...older);
    api = await startApi(region.account, { maxPageItems: 1 });
    const { vpcEndpointId } = await api.identify(orphan.vpcEndpointId);
    const attribute = { AttributeKey: 'ResourceName', AttributeValue: vpcEndpointId };
    expect(lookups().map(({ input }) => input['LookupAttributes'])).toEqual([[attribute]]);
  });

  test('is not made for an endpoint older than 90 days', async () => {
    const { cloudtrail } = await askOrphan({ createdAt: new Date(now.getTime() - 400 * 86_400_000) });
    expect(cloudtrail).toMatchObject({
      outcome: 'skipped',
      reason: "the endpoint is 400 days old, and CloudTrail's event history keeps 90",
      apiCalls: 0,
    });
    expect(lookups()).toEqual([]);
  });

  test('says when the endpoint is too young for it', async () => {
    const { answer, cloudtrail } = await askOrphan({
      createdAt: new Date(now.getTime() - 120_000),
      event: false,
    });
    expect(cloudtrail).toMatchObject({
      outcome: 'no-match',
      reason: 'the endpoint is 2 minutes old, and CloudTrail delivers events up to 15 minutes late',
    });
    expect(answer.nextStep.action).toBe('retry');
  });

  test('fails, and leaves the answer incomplete, when the record is cut off', async () => {
    const faults = { 'cloudtrail:LookupEvents': { kind: 'not-json-event' } } as const;
    const { answer, cloudtrail } = await askOrphan({}, { faults });
    expect(cloudtrail).toMatchObject({
      outcome: 'failed',
      reason: 'cloudtrail:LookupEvents: the creation event could not be read',
    });
    expect(answer).toMatchObject({ complete: false, verdict: 'unidentified', nextStep: { action: 'retry' } });
  });
});
