import { expect, test } from '@jest/globals';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { mapToLines } from '../../lib/source-map.ts';

test('a map to lines keeps the first word of each line, and whose line it is', () => {
  const mappings = encode([
    [[0, 0, 4, 2, 0], [5, 0, 4, 9, 1], [9, 0, 6, 0], [12], [14, 0, 4, 3], [20, 1, 4, 3]],
    [],
  ]);
  const map = mapToLines({ version: 3, sources: ['a.ts', 'b.ts'], names: ['lookUp', 'x'], mappings });
  expect(map).toMatchObject({ version: 3, sources: ['a.ts', 'b.ts'], names: [] });
  expect(decode(map.mappings)).toEqual([
    [
      [0, 0, 4, 0],
      [9, 0, 6, 0],
      [14, 0, 4, 0],
      [20, 1, 4, 0],
    ],
    [],
  ]);
});
