import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { resolvers } from '../lambda/resolvers/index.ts';
import { withCounts } from '../scripts/reliability-counts.ts';

const readme = readFileSync('README.md', 'utf8');

test('the README has a row for each resolver, with its name and its IAM actions, and no other', () => {
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` *\| ([^|]+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, id, name = '', actions = '']) => ({ id, name: name.trim(), actions: actions.trim().split(' ') }),
  );
  expect(rows).toEqual(
    resolvers.map(({ id, name, actions }) => ({
      id,
      name,
      actions: Object.keys(actions).map((action) => `\`${action}\``),
    })),
  );
});

test('the README counts the tests of reliability as they are', () => {
  expect(withCounts(readme)).toBe(readme);
});

test('every file that the README links to exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path = '']) => path);
  expect(links).not.toEqual([]);
  for (const path of links) expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
});
