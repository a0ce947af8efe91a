import { expect, test } from '@jest/globals';
import { lastUsed } from '../lambda/last-used.ts';

test('what was used last is kept, and no more than allowed', () => {
  const names = lastUsed<number>(2);
  names.set('a', 1);
  names.set('b', 2);
  expect(names.get('a')).toBe(1);
  names.set('c', 3);
  expect([names.get('a'), names.get('b'), names.get('c')]).toEqual([1, undefined, 3]);
  names.set('c', 4);
  expect([names.get('a'), names.get('c')]).toEqual([1, 4]);
});
