import { expect, test } from '@jest/globals';
import { type Aws, newUsage, type Usage } from '../lambda/aws/clients.ts';
import { shareListings } from '../lambda/listings.ts';
import type { Attachment, AttachmentList, Page, Scope } from '../lambda/resolver.ts';

const place = { region: 'eu-west-1', accountId: '111122223333' };
const inVpc = (vpcId: string): Scope => ({ ...place, vpcId });

function reader() {
  const controller = new AbortController();
  const usage = newUsage(controller.signal);
  return { usage, stop: () => controller.abort() };
}

function resource(resourceId: string): Attachment {
  return { owner: { resourceType: 'Test', resourceId, arn: null, parentArn: null, consoleUrl: null } };
}

/** Three pages that come when they are let, each a call. */
function newList(byVpc: boolean) {
  const readings: Usage[] = [];
  const gates: (() => void)[] = [];
  const list: AttachmentList = {
    byVpc,
    async *read(aws) {
      const usage = (await aws(() => import('../lambda/aws/sdk/ec2.ts'))) as unknown as Usage;
      readings.push(usage);
      for (const name of ['a', 'b', 'c']) {
        usage.apiCalls += 1;
        await new Promise<void>((resolve) => gates.push(resolve));
        usage.signal.throwIfAborted();
        yield [resource(name)];
      }
    },
  };
  const connect = (usage: Usage) => (async () => usage) as unknown as Aws;
  let time = 0;
  const listings = shareListings(connect, () => time);
  return {
    list,
    listings,
    readings,
    gates,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
    letAll: async () => {
      for (let turn = 0; turn < 50; turn += 1) {
        for (const open of gates.splice(0)) open();
        await new Promise(setImmediate);
      }
    },
  };
}

async function namesOf(pages: AsyncIterable<Page>): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages)
    names.push(...page.map((item) => ('error' in item ? 'unreadable' : item.owner.resourceId)));
  return names;
}

test('lookups at the same time read a list once, and each is charged with all of its calls', async () => {
  const { list, listings, readings, letAll } = newList(false);
  const [one, other] = [reader(), reader()];
  const both = Promise.all([
    namesOf(listings(list, inVpc('vpc-1'), one.usage)),
    namesOf(listings(list, inVpc('vpc-2'), other.usage)),
  ]);
  await letAll();
  expect(await both).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
  expect(readings).toHaveLength(1);
  expect([one.usage.apiCalls, other.usage.apiCalls]).toEqual([3, 3]);
});

test('a list that the service narrows to a VPC is read for each VPC', async () => {
  const { list, listings, readings, letAll } = newList(true);
  const all = Promise.all([
    namesOf(listings(list, inVpc('vpc-1'), reader().usage)),
    namesOf(listings(list, inVpc('vpc-2'), reader().usage)),
  ]);
  await letAll();
  await all;
  expect(readings).toHaveLength(2);
});

test('a lookup that comes later gets the pages so far too, but only while the reading is fresh', async () => {
  const { list, listings, readings, gates, wait, letAll } = newList(false);
  const first = namesOf(listings(list, inVpc('vpc-1'), reader().usage));
  while (gates.length === 0) await new Promise(setImmediate);
  gates.shift()?.();
  while (gates.length === 0) await new Promise(setImmediate);
  wait(900);
  const late = namesOf(listings(list, inVpc('vpc-1'), reader().usage));
  wait(200);
  const later = namesOf(listings(list, inVpc('vpc-1'), reader().usage));
  await letAll();
  expect(await first).toEqual(['a', 'b', 'c']);
  expect(await late).toEqual(['a', 'b', 'c']);
  expect(await later).toEqual(['a', 'b', 'c']);
  expect(readings).toHaveLength(2);
});

test('a lookup that is slower than the other gets every page, however old the reading is', async () => {
  const { list, listings, readings, wait, letAll } = newList(false);
  const [fast, slow] = [reader(), reader()].map(({ usage }) =>
    listings(list, inVpc('vpc-1'), usage)[Symbol.asyncIterator](),
  );
  const next = async (pages: AsyncIterator<Page> | undefined) => {
    const page = pages?.next();
    await letAll();
    return namesOf(
      (async function* () {
        yield (await page)?.value ?? [];
      })(),
    );
  };
  expect(await Promise.all([next(fast), next(slow)])).toEqual([['a'], ['a']]);
  wait(5_000);
  expect(await next(fast)).toEqual(['b']);
  expect(await next(fast)).toEqual(['c']);
  await next(fast);
  expect(await next(slow)).toEqual(['b']);
  expect(await next(slow)).toEqual(['c']);
  expect(readings).toHaveLength(1);
});

test('the end of one lookup is not the end of the other, and the last one ends the calls', async () => {
  const { list, listings, readings, gates, letAll } = newList(false);
  const [one, other] = [reader(), reader()];
  const left = namesOf(listings(list, inVpc('vpc-1'), one.usage));
  const stayed = namesOf(listings(list, inVpc('vpc-1'), other.usage));
  while (gates.length === 0) await new Promise(setImmediate);
  one.stop();
  await expect(left).rejects.toThrow();
  expect(readings[0]?.signal.aborted).toBe(false);
  other.stop();
  await expect(stayed).rejects.toThrow();
  expect(readings[0]?.signal.aborted).toBe(true);
  await letAll();
});

test('nothing is kept: a lookup that comes when nobody reads reads anew', async () => {
  const { list, listings, readings, letAll } = newList(false);
  for (const vpc of ['vpc-1', 'vpc-1']) {
    const names = namesOf(listings(list, inVpc(vpc), reader().usage));
    await letAll();
    expect(await names).toEqual(['a', 'b', 'c']);
  }
  expect(readings).toHaveLength(2);
});

test('a failure is everybody’s, and never reads as the end of the list', async () => {
  const failing: AttachmentList = {
    byVpc: false,
    async *read() {
      yield [resource('a')];
      throw new Error('no second page');
    },
  };
  const listings = shareListings(
    () => (async () => undefined) as unknown as Aws,
    () => 0,
  );
  const pages = [reader(), reader()].map(({ usage }) => listings(failing, inVpc('vpc-1'), usage));
  const iterators = pages.map((page) => page[Symbol.asyncIterator]());
  for (const iterator of iterators) expect((await iterator.next()).done).toBe(false);
  for (const iterator of iterators) await expect(iterator.next()).rejects.toThrow('no second page');
});
