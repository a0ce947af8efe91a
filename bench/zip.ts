/** How large a folder is as a zip file, without one being written. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** What the format adds to the data: to each entry a header before it and one in the directory, to all an end record. */
const localHeader = 30;
const directoryHeader = 46;
const endRecord = 22;

export async function zippedSize(directory: string): Promise<number> {
  let size = endRecord;
  for (const name of await readdir(directory)) {
    const data = deflateRawSync(await readFile(join(directory, name)), { level: 9 });
    size += data.length + localHeader + directoryHeader + 2 * Buffer.byteLength(name);
  }
  return size;
}
