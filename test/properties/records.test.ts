import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCreation } from '../../lambda/evidence/creation.ts';
import { identification } from '../../lambda/http/contract.ts';
import { newAccount } from '../../sandbox/build.ts';
import { startApi } from '../support/api.ts';
import { hostileText } from '../support/hostile.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

/** An account with a proxy, a firewall and an orphan, all of them remembered by CloudTrail. */
function start() {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const proxy = region.rdsProxy({ name: 'orders' });
  const firewall = region.firewall({ name: 'edge', tagged: false });
  const orphan = region.orphan({ name: 'left' });
  return { region, proxy, firewall, orphan };
}

const { region: sample, proxy: sampleProxy } = start();
const genuine = sample.resources.events.filter(({ EventName }) => EventName === 'CreateVpcEndpoint');

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A record with some of its parts replaced by anything. */
const bent = fc
  .tuple(
    fc.constantFrom(...genuine),
    fc.array(
      fc.tuple(fc.nat(), fc.oneof(fc.jsonValue({ maxDepth: 2 }), hostileText, fc.constant(undefined))),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
  )
  .map(([event, changes]) => {
    let record: unknown = JSON.parse(event.CloudTrailEvent ?? '');
    for (const [at, value] of changes) record = replaced(record as Json, at, value);
    return { ...event, CloudTrailEvent: JSON.stringify(record) ?? '' };
  });

/** Replaces the part that comes at that place when all are counted. */
function replaced(value: Json, at: number, by: unknown): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0 || at % 7 === 0) return by;
  const chosen = at % entries.length;
  const changed = entries.map(([key, inner], index) => [
    key,
    index === chosen ? replaced(inner as Json, Math.floor(at / entries.length), by) : inner,
  ]);
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

const anything = fc.record({
  EventName: fc.option(fc.oneof(fc.constant('CreateVpcEndpoint'), hostileText), { nil: undefined }),
  Username: fc.option(hostileText, { nil: undefined }),
  EventTime: fc.option(fc.date(), { nil: undefined }),
  CloudTrailEvent: fc.option(fc.oneof(fc.json(), hostileText), { nil: undefined }),
});

describe('a record of CloudTrail', () => {
  test('is read, or said to be unreadable, whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(bent, anything), (event) => {
        const read = readCreation(event as Parameters<typeof readCreation>[0], sampleProxy.vpcEndpointId);
        if (read === null || read === 'unreadable') return;
        expect(Object.values(read.tags).every((value) => typeof value === 'string')).toBe(true);
        expect(read.sessionNames.every((name) => typeof name === 'string' && name !== '')).toBe(true);
        expect(read.principal ?? 'a.amazonaws.com').toMatch(/^[a-z0-9.-]+$/);
      }),
      { numRuns: times(600, 3_000) },
    );
  });

  test('of any shape makes no owner of what does not hold the endpoint', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(bent, anything), { minLength: 1, maxLength: 4 }), async (events) => {
        const { region, proxy, firewall, orphan } = start();
        const ids = [proxy, firewall, orphan].map(({ vpcEndpointId }) => vpcEndpointId);
        const aboutAll = ids.map((ResourceName) => ({ ResourceType: 'AWS::EC2::VPCEndpoint', ResourceName }));
        const bentEvents = events.map((event) => ({ ...event, Resources: aboutAll, EventTime: new Date() }));
        region.resources.events.splice(0, Number.POSITIVE_INFINITY, ...(bentEvents as typeof genuine));
        const api = await startApi(region.account);
        try {
          const answers = await Promise.all(ids.map((id) => api.request(`/vpc-endpoints/${id}`)));
          const owners = answers.map(
            ({ body }) => identification.parse(JSON.parse(body)).owner?.resourceId ?? null,
          );
          expect(owners).toEqual(['orders', 'edge', null]);
        } finally {
          await api.close();
        }
      }),
      { numRuns: 15 },
    );
  });
});
