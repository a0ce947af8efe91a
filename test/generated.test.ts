import { afterEach, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import { mapConcurrently } from '../lambda/time/limit.ts';
import { generate, type Truth } from '../sandbox/generate.ts';
import { type Api, startApi } from './support/api.ts';

/** Few: in an account with 120 of each kind a lookup makes hundreds of calls, and its deadline is real. */
const atOnce = 2;

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

test.each([
  { seed: 1, size: 3, asked: 1000 },
  { seed: 2, size: 3, asked: 1000 },
  { seed: 3, size: 10, asked: 60 },
  { seed: 4, size: 120, asked: 24 },
])(
  'every endpoint of a generated account gets its owner or the honest verdict (seed $seed, $size of each kind)',
  async ({ seed, size, asked }) => {
    const { account, truth } = generate({ seed, size, now });
    api = await startApi(account);
    const wrong: string[] = [];
    const every = Math.max(1, Math.floor(truth.size / asked));
    const some = [...truth].filter((_, index) => index % every === 0);
    for await (const found of mapConcurrently(some, atOnce, async ([id, expected]) =>
      untruths(await api.identify(id), expected),
    )) {
      wrong.push(...found);
    }
    expect(wrong).toEqual([]);
  },
);
