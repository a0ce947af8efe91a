/** The program's rooms: imports run one way, and no file imports itself around a corner. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { purposes } from '../scripts/architecture.ts';
import { findCircle, readHouse } from '../scripts/rooms.ts';

describe('the rooms of the program', () => {
  const house = readHouse('lambda');

  test('stand on eight floors at most', () => {
    expect(house.floors.length).toBeLessThanOrEqual(8);
  });

  test('import from lower floors only', () => {
    expect(findCircle(house.imports)).toBeNull();
    expect(house.floors.flat().sort()).toEqual([...house.arrows.keys()].sort());
  });

  test('have the words at the bottom, and what Lambda runs at the top', () => {
    expect(house.floors[0]).toContain('model/');
    expect(house.floors.at(-1)).toEqual(['main.ts']);
  });

  test('keep HTTP out of the engine, the services and the answer', () => {
    for (const room of ['survey/', 'resolvers/', 'evidence/', 'answer/', 'aws/']) {
      const below = [...(house.arrows.get(room) ?? [])];
      expect(below.filter((other) => /^(http|render|telemetry)\//.test(other))).toEqual([]);
    }
  });

  test('keep each service out of the others', () => {
    const services = [...house.imports].filter(([file]) => /^resolvers\/[a-z-]+\.ts$/.test(file));
    const shared = ['index', 'helpers', 'families', 'unasked'].map((name) => `resolvers/${name}.ts`);
    for (const [file, targets] of services.filter(([file]) => !shared.includes(file)))
      for (const target of targets)
        if (target.startsWith('resolvers/') && !target.startsWith('resolvers/sdk/'))
          expect({ file, target: shared.includes(target) }).toEqual({ file, target: true });
  });

  test('meet the sandbox on the wire alone', () => {
    for (const folder of ['lambda', 'sandbox']) {
      const [other] = ['sandbox', 'lambda'].filter((name) => name !== folder);
      for (const file of readHouse(folder).imports.keys())
        expect(readFileSync(`${folder}/${file}`, 'utf8')).not.toMatch(`../${other}/`);
    }
  });
});

test.each(['lib', 'cli', 'bench', 'scripts'])('%s has no circle of imports', (folder) => {
  expect(findCircle(readHouse(folder).imports)).toBeNull();
});

test('the drawing of the rooms says what each is for', () => {
  expect(Object.keys(purposes).sort()).toEqual([...readHouse('lambda').arrows.keys()].sort());
});
