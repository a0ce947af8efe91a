import { afterEach, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import { generate, type Truth } from '../sandbox/generate.ts';
import { type Api, startApi } from './support/api.ts';
import { times } from './support/thorough.ts';
import { beginVirtualTime } from './support/virtual-time.ts';

const now = new Date();
let api: Api;
afterEach(() => api.close());

/** What an answer says that is not true. */
function untruths(answer: Identification, truth: Truth): string[] {
  const { verdict, service, owner, complete, nextStep, vpcEndpointId } = answer;
  const wrong: string[] = [];
  const say = (what: string) =>
    wrong.push(
      `${vpcEndpointId}: ${what} ${JSON.stringify({ verdict, service, owner, truth, checks: answer.checks })}`,
    );
  if (!truth.verdicts.includes(verdict)) say('verdict');
  if (truth.services !== undefined && !truth.services.includes(service?.id ?? null)) say('service');
  if (
    owner !== null &&
    (service?.id !== truth.owner?.service || owner.resourceType !== truth.owner?.resourceType)
  )
    say('owner');
  if (owner !== null && owner.resourceId !== truth.owner?.resourceId) say('owner id');
  if (owner !== null && (owner.arn !== truth.owner?.arn || owner.parentArn !== truth.owner?.parentArn))
    say('ARN');
  if (answer.checks.some(({ outcome }) => outcome === 'failed')) say('a failed check');
  if (owner !== null && !complete) say('incomplete');
  if (nextStep.action === 'contact-support' && truth.owner !== null) say('false orphan');
  return wrong;
}

const worlds = [
  { seed: 1, size: 3, asked: times(15, 1000) },
  { seed: 2, size: 3, asked: times(5, 1000) },
  { seed: 3, size: 10, asked: times(5, 60) },
  { seed: 4, size: times(40, 120), asked: times(3, 24) },
];

test.each(worlds)(
  'every endpoint of a generated account gets its owner or the honest verdict (seed $seed, $size of each kind)',
  async ({ seed, size, asked }) => {
    const { account, truth } = generate({ seed, size, now });
    api = await startApi(account);
    const { calls, queries } = api.sandbox;
    const time = beginVirtualTime(() => calls.length + queries.length);
    const every = Math.max(1, Math.floor(truth.size / asked));
    const some = [...truth].filter((_, index) => index % every === 0);
    try {
      const answers = some.map(async ([id, expected]) => untruths(await api.identify(id), expected));
      expect((await time.passUntil(Promise.all(answers))).flat()).toEqual([]);
    } finally {
      time.end();
    }
  },
);
