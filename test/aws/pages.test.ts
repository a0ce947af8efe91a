import { expect, test } from '@jest/globals';
import { MalformedAnswer } from '../../lambda/aws/failure.ts';
import { pages } from '../../lambda/aws/pages.ts';

interface Page {
  readonly items?: readonly number[] | undefined;
  readonly NextToken?: string;
  readonly nextToken?: string;
  readonly Marker?: string;
}

/** Yields what is given, and notes how many pages were asked for. */
function paginator(...given: readonly Page[]) {
  const state = { asked: 0 };
  async function* ask() {
    for (const page of given) {
      state.asked += 1;
      yield page;
    }
  }
  return { state, pages: () => pages('rds:DescribeDBProxies', ask(), 'items') };
}

async function read(lists: AsyncIterable<readonly number[]>): Promise<number[]> {
  const all: number[] = [];
  for await (const list of lists) all.push(...list);
  return all;
}

test.each(['NextToken', 'nextToken', 'Marker'] as const)(
  'lists are followed to the end (%s)',
  async (key) => {
    const { pages: lists } = paginator(
      { items: [1], [key]: 'a' },
      { items: [], [key]: 'b' },
      { items: [2, 3] },
    );
    expect(await read(lists())).toEqual([1, 2, 3]);
  },
);

test('no page is asked for after the reader has left', async () => {
  const { state, pages: lists } = paginator({ items: [1], NextToken: 'a' }, { items: [2] });
  for await (const _ of lists()) break;
  expect(state.asked).toBe(1);
});

test('a page token that comes twice is an error, not an endless list', async () => {
  const page = { items: [1], NextToken: 'again' };
  const { state, pages: lists } = paginator(page, page, page, page);
  await expect(read(lists())).rejects.toThrow(
    new MalformedAnswer('rds:DescribeDBProxies: AWS handed out the same page token twice'),
  );
  expect(state.asked).toBe(2);
});

test('a page without its list is an error, not an empty list', async () => {
  const { pages: lists } = paginator({ items: [1], NextToken: 'a' }, {});
  await expect(read(lists())).rejects.toThrow(
    new MalformedAnswer('rds:DescribeDBProxies: the answer has no items'),
  );
});

test('an empty token is the end, as none is', async () => {
  const { pages: lists } = paginator({ items: [1], NextToken: 'a' }, { items: [2], NextToken: '' });
  expect(await read(lists())).toEqual([1, 2]);
});

/** As many pages as are asked for, each with a token of its own. */
function endless(items: readonly number[]) {
  const state = { asked: 0 };
  async function* ask(): AsyncGenerator<Page> {
    for (;;) yield { items, NextToken: `${++state.asked}` };
  }
  return { state, lists: pages('rds:DescribeDBProxies', ask(), 'items') };
}

test('a list that never ends is given up, and says after how many pages', async () => {
  const { state, lists } = endless([1]);
  await expect(read(lists)).rejects.toThrow(
    new MalformedAnswer('rds:DescribeDBProxies: given up after 1000 pages'),
  );
  expect(state.asked).toBe(1_000);
});

test('a list of empty pages is given up far sooner', async () => {
  const { state, lists } = endless([]);
  await expect(read(lists)).rejects.toThrow(
    new MalformedAnswer('rds:DescribeDBProxies: given up after 100 empty pages in a row'),
  );
  expect(state.asked).toBe(100);
});
