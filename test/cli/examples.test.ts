import { expect, test } from '@jest/globals';
import { firstScreen } from '../../cli/examples.ts';
import { rowsOf } from '../../lambda/render/lines.ts';
import { demo, isFirstExample } from '../../sandbox/demo.ts';

const url = 'http://127.0.0.1:3000';
const { examples } = demo(new Date());
const first = examples.filter(isFirstExample);
const screen = firstScreen(url, first);

test('npm start begins with five answers of different kinds', () => {
  const kinds = first.map(({ expect: { verdict, service } }) => `${verdict} ${service ?? ''}`.trim());
  expect(kinds.sort()).toEqual([
    'ambiguous',
    'identified network-firewall',
    'identified rds-proxy',
    'identified rds-proxy',
    'unidentified',
  ]);
});

test('what it prints fits 24 lines of 80 columns, below what npm prints and the addresses', () => {
  const above = 10;
  expect(above + rowsOf(screen)).toBeLessThanOrEqual(24);
});

test('the error is pasted as EC2 writes it', () => {
  expect(screen).toMatch(/--data-urlencode 'q=vpce-[0-9a-f]{17} - Operation is not allowed for [^'%]+'$/);
});

test('it says where the page is', () => {
  expect(screen).toContain(`${url}/\n`);
});
