import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { zippedSize } from '../../bench/zip.ts';

test('a folder zipped has its compressed files, and the headers of the format for each', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vpce-owner-zip-'));
  try {
    expect(await zippedSize(directory)).toBe(22);
    writeFileSync(join(directory, 'empty'), '');
    const empty = await zippedSize(directory);
    // An empty file is two bytes of DEFLATE.
    expect(empty).toBe(22 + 30 + 46 + 2 * 'empty'.length + 2);
    writeFileSync(join(directory, 'same'), 'a'.repeat(100_000));
    expect((await zippedSize(directory)) - empty).toBeLessThan(300);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
