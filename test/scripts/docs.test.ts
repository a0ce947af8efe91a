import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { resolvers } from '../../lambda/resolvers/index.ts';
import { withBlock } from '../../scripts/blocks.ts';
import { generated } from '../../scripts/generated.ts';
import { servicesTable } from '../../scripts/services-table.ts';

test.each([...generated()])('%s is what `npm run docs` writes', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('every service that is asked has a row, which names its owners', () => {
  const [, , ...rows] = servicesTable().split('\n');
  expect(rows.map((row) => /^\| `([a-z-]+)`/.exec(row)?.[1])).toEqual(resolvers.map(({ id }) => id));
  expect(rows.filter((row) => !/ \| `AWS::\w+::\w+`/.test(row))).toEqual([]);
});

test('a part is put between its comments, and the rest stays', () => {
  const text = 'before\n\n<!-- cost -->\n\nold\n\n<!-- /cost -->\n\nafter\n';
  expect(withBlock(text, 'cost', 'new')).toBe(text.replace('old', 'new'));
  expect(() => withBlock(text, 'price', 'new')).toThrow('expected <!-- price --> and its end');
});
