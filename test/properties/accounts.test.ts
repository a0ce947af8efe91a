import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identification, problem } from '../../lambda/http/contract.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { type Generated, generate, type Truth } from '../../sandbox/generate.ts';
import { startApi } from '../support/api.ts';
import { unsafeInText } from '../support/hostile.ts';
import { allFaults, deadlineMs } from '../support/matrix.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';
import { beginVirtualTime } from '../support/virtual-time.ts';

const runs = times(2, 12);
/** Of each kind of resource. */
const size = times(1, 2);

/** What an answer says that is not true, with whatever went wrong in between. */
function untruths(body: string, status: number, truth: Truth): string[] {
  if (status !== 200) return problem.parse(JSON.parse(body)).status === 500 ? ['a bug'] : [];
  const { owner, service, complete, nextStep } = identification.parse(JSON.parse(body));
  const wrong: string[] = [];
  const sameOwner =
    owner?.resourceId === truth.owner?.resourceId &&
    owner?.resourceType === truth.owner?.resourceType &&
    service?.id === truth.owner?.service;
  if (owner !== null && !sameOwner) wrong.push(`named ${owner.resourceType} ${owner.resourceId}`);
  if (nextStep.action === 'contact-support' && (!complete || truth.owner !== null))
    wrong.push('a false orphan');
  return wrong;
}

async function ask({ account, truth }: Generated, faults: readonly string[]): Promise<string[]> {
  const api = await startApi(account, {
    faults: Object.assign({}, ...faults.map(parseFault)),
    maxPageItems: 5,
    lookupEventsPerSecond: 100,
  });
  const { calls, queries } = api.sandbox;
  const time = beginVirtualTime(() => calls.length + queries.length);
  try {
    const answers = [...truth].map(async ([id, expected], index) => {
      const { status, body } = await api.request(`/vpc-endpoints/${id}`);
      const wrong = untruths(body, status, expected);
      if (time.now() > deadlineMs) wrong.push('late');
      if (index % times(5, 1) === 0) {
        const { body: text } = await api.request(`/vpc-endpoints/${id}?format=text`, {}, 'GET', 1_100);
        if (unsafeInText.test(text)) wrong.push('text with control characters');
      }
      return wrong.map((what) => `${id}: ${what}`);
    });
    return (await time.passUntil(Promise.all(answers))).flat();
  } finally {
    time.end();
    await api.close();
  }
}

test('no generated account, and no two faults at once, make an answer name a wrong owner or a false orphan', async () => {
  const faults = fc.uniqueArray(fc.constantFrom(...allFaults), { maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(fc.nat(), faults, async (seed, under) => {
      expect(await ask(generate({ seed, size, now: new Date() }), under)).toEqual([]);
    }),
    { numRuns: runs },
  );
});
