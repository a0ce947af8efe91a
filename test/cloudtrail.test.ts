import { afterEach, describe, expect, test } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { connect } from '../lambda/aws/clients.ts';
import { newUsage } from '../lambda/aws/usage.ts';
import { tooOld, tooYoung } from '../lambda/evidence/age.ts';
import { findCreation } from '../lambda/evidence/cloudtrail.ts';
import { forwardAccessSession, newAccount, type OrphanOptions, type Placed } from '../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from './support/api.ts';

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

  /** Calls that name the endpoint, one every hour from its creation to now. */
  function tagHourly({ resources }: ReturnType<typeof build>, createdAt: Date) {
    const [creation] = resources.events;
    const hours = Math.floor((now.getTime() - createdAt.getTime()) / 3_600_000);
    for (let hour = 1; hour <= hours; hour += 1) {
      const EventTime = new Date(createdAt.getTime() + hour * 3_600_000);
      resources.events.push({ ...creation, EventName: 'CreateTags', EventId: `tag-${hour}`, EventTime });
    }
  }

  test('costs one call however many later events name the endpoint', async () => {
    const region = build();
    const createdAt = region.daysAgo(89.9);
    const orphan = region.orphan({ createdAt });
    tagHourly(region, createdAt);
    expect(region.resources.events.length).toBeGreaterThan(2_150);
    api = await startApi(region.account);
    const answer = await api.identify(orphan.vpcEndpointId);
    expect(answer.service?.id).toBe('rds-proxy');
    expect(lookups().map(({ input }) => [input['StartTime'], input['EndTime']])).toEqual([
      [-15, 15].map((minutes) => new Date(createdAt.getTime() + minutes * 60_000)),
    ]);
  });

  test('names no service for an endpoint that a person made in the console', async () => {
    const creator = { kind: 'user', name: 'alice', console: true } as const;
    const { answer } = await askOrphan({ event: { creator } });
    expect(answer).toMatchObject({ verdict: 'unidentified', service: null });
  });

  /** The lookup by itself, as the program sends it. */
  async function find(orphan: Placed) {
    const overrides = {
      endpoint: api.sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    };
    const requestHandler = new NodeHttpHandler();
    const cloudTrailTurn = async () => undefined;
    const connected = connect({ region: 'ap-northeast-1', requestHandler, cloudTrailTurn, overrides });
    const aws = connected(newUsage(new AbortController().signal));
    const createdAt = orphan.endpoint.CreationTimestamp ?? null;
    const creation = await findCreation(aws, { id: orphan.vpcEndpointId, createdAt });
    requestHandler.destroy();
    return creation;
  }

  test("adds the claims of services to EC2's own record, and stands on them alone where that is missing", async () => {
    const region = build();
    const creator = forwardAccessSession('es');
    const made = region.orphan({ event: { creator, claimedBy: ['es', 'aoss'] } });
    const claimed = region.orphan({ event: { claimedBy: ['aoss'], creation: false } });
    api = await startApi(region.account);
    expect(await find(made)).toMatchObject({
      principal: 'es.amazonaws.com',
      roleName: 'Admin',
      claimedBy: ['es.amazonaws.com', 'aoss.amazonaws.com'],
    });
    expect(await find(claimed)).toMatchObject({
      principal: null,
      roleName: null,
      sessionNames: [],
      claimedBy: ['aoss.amazonaws.com'],
    });
    expect(lookups()).toHaveLength(2);
  });

  test('reads the whole history of an endpoint whose time is not known', async () => {
    const region = build();
    const orphan = region.orphan({ createdAt: region.daysAgo(3) });
    tagHourly(region, region.daysAgo(3));
    delete orphan.endpoint.CreationTimestamp;
    api = await startApi(region.account);
    const answer = await api.identify(orphan.vpcEndpointId);
    expect(answer.service?.id).toBe('rds-proxy');
    expect(lookups()).toHaveLength(2);
    for (const { input } of lookups()) expect(input).not.toHaveProperty('StartTime');
  });

  test('asks once for an endpoint whose creation it has seen', async () => {
    const region = build();
    const orphan = region.orphan();
    api = await startApi(region.account);
    await api.identify(orphan.vpcEndpointId);
    await api.identify(orphan.vpcEndpointId);
    expect(lookups()).toHaveLength(1);
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
