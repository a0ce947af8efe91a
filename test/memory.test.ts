import { expect, test } from '@jest/globals';
import { measureMemory } from '../scripts/measure-memory.ts';

/** A deadline's timer that held a lookup for its 25 s took 75 kB for each. */
const allowedGrowthMb = 6;

test('an instance that answers lookup after lookup needs no more memory for it', async () => {
  const [, warm = 0, , last = Number.POSITIVE_INFINITY] = await measureMemory(320, 4);
  expect(last - warm).toBeLessThan(allowedGrowthMb);
});
