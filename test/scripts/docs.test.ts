import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { resolvers, services } from '../../lambda/resolvers/index.ts';
import { withBlock } from '../../scripts/blocks.ts';
import { generated } from '../../scripts/generated.ts';
import { pageOf, servicePages } from '../../scripts/service-pages.ts';
import { servicesTable } from '../../scripts/services-table.ts';

test.each([...generated()])('%s is what `npm run docs` writes', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('every service has a row, and those that are asked name their owners in it', () => {
  const [, , ...rows] = servicesTable().split('\n');
  const idOf = (row: string) => /^\| \[`([a-z-]+)`\]/.exec(row)?.[1];
  expect(rows.map(idOf)).toEqual(services.map(({ id }) => id));
  const asked = rows.filter((row) => resolvers.some(({ id }) => id === idOf(row)));
  expect(asked.filter((row) => !/ \| `AWS::\w+::\w+`/.test(row))).toEqual([]);
});

test('every service has a page, and no page is left of another', () => {
  const pages = readdirSync('docs/services').map((name) => `docs/services/${name}`);
  expect(pages.sort()).toEqual([...servicePages().keys()].sort());
});

test.each(resolvers.map((service) => [service.id, service] as const))(
  'the page of %s says what was assumed, what is granted and what removes an endpoint',
  (_, service) => {
    const page = servicePages().get(pageOf(service)) ?? '';
    expect(page).toMatch(/## What was assumed\n\n[A-Z]/);
    expect(page).toContain('**Source:**');
    for (const action of Object.keys(service.actions)) expect(page).toContain(`\`${action}\``);
    expect(page.match(/^## To remove /gm)?.length).toBeGreaterThan(0);
    expect(page).toMatch(/^```sh\naws /m);
    expect(page).not.toMatch(/undefined|null|\[object/);
  },
);

test('a part is put between its comments, and the rest stays', () => {
  const text = 'before\n\n<!-- cost -->\n\nold\n\n<!-- /cost -->\n\nafter\n';
  expect(withBlock(text, 'cost', 'new')).toBe(text.replace('old', 'new'));
  expect(() => withBlock(text, 'price', 'new')).toThrow('expected <!-- price --> and its end');
});
