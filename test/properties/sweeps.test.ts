import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rowOf, type Sweep, type SweepRow } from '../../lambda/answer/sweep.ts';
import { identification, sweep as schema } from '../../lambda/http/contract.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { type Generated, generate, type Truth } from '../../sandbox/generate.ts';
import { type Api, startApi } from '../support/api.ts';
import { allFaults } from '../support/matrix.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';
import { beginVirtualTime } from '../support/virtual-time.ts';

const accounts = fc.nat().map((seed) => generate({ seed, size: times(1, 2), now: new Date() }));

/** The work in virtual time, with AWS at fault. */
async function within<T>(
  { account }: Generated,
  faults: readonly string[],
  work: (api: Api) => Promise<T>,
): Promise<T> {
  const api = await startApi(account, {
    faults: Object.assign({}, ...faults.map(parseFault)),
    maxPageItems: 5,
    lookupEventsPerSecond: 100,
  });
  const time = beginVirtualTime(() => api.sandbox.calls.length + api.sandbox.queries.length);
  try {
    return await time.passUntil(work(api));
  } finally {
    time.end();
    await api.close();
  }
}

test('a row of a sweep says what the single answer says: verdict, owner and what to do', async () => {
  await fc.assert(
    fc.asyncProperty(accounts, async (generated) => {
      await within(generated, [], async (api) => {
        const swept = schema.parse(JSON.parse((await api.request('/vpc-endpoints')).body)) as Sweep;
        const shared = sharedNames(generated);
        for (const row of swept.vpcEndpoints) {
          const { body } = await api.request(`/vpc-endpoints/${row.vpcEndpointId}`);
          const single = rowOf(identification.parse(JSON.parse(body)));
          // What endpoints of one endpoint service lend each other, a lookup of one does not see.
          if (shared.has(row.vpcEndpointId)) expect(row.owner).toEqual(single.owner);
          else expect(row).toEqual(single);
        }
      });
    }),
    { numRuns: times(1, 5) },
  );
}, 60_000);

function sharedNames({ account }: Generated): ReadonlySet<string> {
  const endpoints = Object.values(account.regions).flatMap(({ vpcEndpoints }) => vpcEndpoints);
  const shared = endpoints.filter((one) =>
    endpoints.some((other) => other !== one && other.ServiceName === one.ServiceName),
  );
  return new Set(shared.flatMap(({ VpcEndpointId }) => VpcEndpointId ?? []));
}

/** What a row says that is not true. */
function untruths({ vpcEndpointId, owner, service, complete, nextStep }: SweepRow, truth?: Truth): string[] {
  const isTrue =
    owner?.resourceId === truth?.owner?.resourceId &&
    owner?.resourceType === truth?.owner?.resourceType &&
    service?.id === truth?.owner?.service;
  const orphaned = nextStep.action === 'contact-support' && (!complete || truth?.owner !== null);
  return [
    ...(owner === null || isTrue ? [] : [`${vpcEndpointId}: named ${owner.resourceId}`]),
    ...(orphaned ? [`${vpcEndpointId}: a false orphan`] : []),
  ];
}

test('no generated account, and no two faults at once, make a sweep name a wrong owner, a false orphan or an endpoint twice', async () => {
  const faults = fc.uniqueArray(fc.constantFrom(...allFaults), { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(accounts, faults, async (generated, under) => {
      const { status, body } = await within(generated, under, (api) =>
        api.request('/vpc-endpoints?limit=40'),
      );
      if (status !== 200) {
        expect(JSON.parse(body).status).not.toBe(500);
        return;
      }
      const { vpcEndpoints } = schema.parse(JSON.parse(body)) as Sweep;
      const ids = vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId);
      expect(ids).toEqual([...new Set(ids)].sort());
      expect(vpcEndpoints.flatMap((row) => untruths(row, generated.truth.get(row.vpcEndpointId)))).toEqual(
        [],
      );
    }),
    { numRuns: times(4, 12) },
  );
}, 60_000);
