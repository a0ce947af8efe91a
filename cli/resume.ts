/** What a sweep has done, kept in a file as it goes on, so that another run can go on from there. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { Sweep } from '../lambda/answer/sweep.ts';
import { plainJson } from '../lambda/plain-text.ts';
import type { SweepOptions } from './sweep-options.ts';

export interface Resume {
  /** Regions that were swept to their end. */
  readonly done: readonly Sweep[];
  readonly left: readonly (string | null)[];
  readonly keep: (page: Sweep) => Promise<void>;
}

/**
 * The first line has the question, each other line an answer. A Region of which some pages are there begins again: its
 * token may have expired.
 *
 * @throws for a file of another question, or of something else
 */
export async function openResume(asked: SweepOptions, regions: readonly (string | null)[]): Promise<Resume> {
  const { resume: file, vpcs, verdicts, services } = asked;
  if (file === undefined) return { done: [], left: regions, keep: async () => {} };
  const question = JSON.stringify({ regions, vpcs, verdicts, services });
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [first, ...lines] = text.split('\n');
  if (first !== '' && first !== question)
    throw new Error(
      `--resume ${file}: expected the file of the same sweep; got one of another. Name a new file.`,
    );
  // The last line may have been cut.
  const pages = lines.flatMap((line): Sweep[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const ended = new Set(pages.filter(({ nextToken }) => nextToken === null).map(({ region }) => region));
  const done = pages.filter(({ region }) => ended.has(region));
  await writeFile(file, [question, ...done.map((page) => plainJson(page, 0)), ''].join('\n'));
  return {
    done,
    left: regions.filter((region) => (region === null ? ended.size === 0 : !ended.has(region))),
    keep: (page) => appendFile(file, `${plainJson(page, 0)}\n`),
  };
}
