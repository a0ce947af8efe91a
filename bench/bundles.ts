/** The program as the stack deploys it, and whatever is compared with it, in folders of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../lib/bundle.ts';

export interface Bundle {
  readonly directory: string;
  /** What Lambda loads. */
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** @param name the entry's, without `.ts` */
export async function buildBundle(folder: string, name: string): Promise<Bundle> {
  const directory = await mkdtemp(join(tmpdir(), 'vpce-owner-bench-'));
  await bundle(directory, { entryPoint: `${folder}/${name}.ts` });
  return {
    directory,
    file: join(directory, `${name}.mjs`),
    remove: () => rm(directory, { recursive: true }),
  };
}
