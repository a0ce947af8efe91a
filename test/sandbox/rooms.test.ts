/** Imports run one way: protocols and the world at the bottom, services on them, their registry, and all others on top. */
import { expect, test } from '@jest/globals';
import { findCircle, importsIn } from '../../scripts/rooms.ts';

const imports = importsIn('sandbox');
const arrows = [...imports].flatMap(([from, targets]) => [...targets].map((to) => ({ from, to })));
const registry = 'sandbox/services/registry.ts';

/** The rooms that each may import from, besides itself. What is in none may import all. */
const below = new Map([
  ['protocols', []],
  ['world', []],
  ['services', ['protocols', 'world']],
  ['demo', ['world', 'build.ts']],
  ['generate', ['world', 'build.ts']],
]);

const roomOf = (path: string) => path.split('/')[1] ?? '';

test('nothing imports what imports it', () => {
  expect(findCircle(imports)).toBeNull();
});

test('a circle would be seen', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(findCircle(circle)).toEqual(['b', 'c', 'b']);
  expect(arrows.length).toBeGreaterThan(100);
});

test('the sandbox shares no code with the program', () => {
  expect(arrows.filter(({ to }) => !to.startsWith('sandbox/'))).toEqual([]);
});

test('each room imports from those below it only', () => {
  const back = arrows.filter(({ from, to }) => {
    const allowed = below.get(roomOf(from));
    return allowed !== undefined && ![roomOf(from), ...allowed].includes(roomOf(to));
  });
  expect(back).toEqual([]);
});

test('no service knows another, nor the registry', () => {
  const services = [...(imports.get(registry) ?? [])].filter((path) => roomOf(path) === 'services');
  const entries = services.filter((path) => path !== 'sandbox/services/service.ts');
  expect(entries.length).toBeGreaterThan(10);
  const known = arrows.filter(
    ({ from, to }) => from !== registry && roomOf(from) === 'services' && [...entries, registry].includes(to),
  );
  expect(known).toEqual([]);
});
