/** `vpce-owner sweep`: the endpoints of some Regions, each with its owner. */
import { writeFile } from 'node:fs/promises';
import type { Sweep } from '../lambda/answer/sweep.ts';
import { plainJson } from '../lambda/plain-text.ts';
import { renderRows, renderTable } from '../lambda/render/rows.ts';
import { renderProblemText } from '../lambda/render/text.ts';
import { readAnswer } from './answer.ts';
import { exitCodes, type Streams } from './ask.ts';
import { makeContext, makeEvent } from './event.ts';
import { openSource } from './open-source.ts';
import type { Options } from './options.ts';
import { showProgress } from './progress.ts';
import { openResume } from './resume.ts';
import type { OpenSource } from './source.ts';
import type { Output } from './sweep-options.ts';
import { newSweepProgress } from './sweep-progress.ts';

type Asked = Extract<Options, { command: 'sweep' }>;

/** As long as Lambda would go on; on this machine nobody waits behind a gateway. */
const timeoutMs = 15 * 60_000;

/**
 * Rows go to standard output as they come where they are lines, and at the end where they are one document; problems go to
 * standard error.
 *
 * @returns the exit code
 * @throws an `Error` that says what to do: no Region, no credentials, a file that cannot be read or written
 */
export async function sweep(
  asked: Asked,
  { stdout, stderr }: Pick<Streams, 'stdout' | 'stderr'>,
): Promise<number> {
  const [first] = asked.regions === 'all' ? [] : asked.regions;
  const progress = newSweepProgress(() => performance.now());
  const source = await openSource(asked.source, {
    fallbackRegion: first,
    timeoutMs,
    progress: progress.take,
  });
  const wait = () => showProgress(progress.describe, stderr);
  const output = asked.output ?? (stdout.isTTY ? 'table' : 'ndjson');
  const done: Sweep[] = [];
  let failed = false;
  const take = async (page: Sweep) => {
    done.push(page);
    if (output === 'ndjson') stdout.write(renderRows.ndjson(page));
    for (const { file, output: form } of asked.exports) await writeFile(file, render(form, done));
  };
  try {
    const regions = await regionsOf(asked, source);
    const resume = await openResume(asked, regions);
    for (const page of resume.done) await take(page);
    for (const [index, region] of resume.left.entries()) {
      progress.begin(region ?? 'of the API', index, resume.left.length);
      const problem = await sweepRegion(asked, source, region, wait, async (page) => {
        await resume.keep(page);
        await take(page);
      });
      if (problem !== null) stderr.write(problem);
      failed ||= problem !== null;
    }
  } finally {
    await source.close();
  }
  if (output !== 'ndjson' && (done.length > 0 || !failed)) stdout.write(render(output, done));
  if (done.some(({ vpcEndpoints }) => vpcEndpoints.some(({ verdict }) => asked.failOn.includes(verdict))))
    return exitCodes.found;
  if (done.length === 0 && failed) return exitCodes.unanswered;
  return !failed && done.every(({ complete }) => complete) ? exitCodes.complete : exitCodes.incomplete;
}

async function regionsOf(
  { regions }: Asked,
  { region, regions: all }: OpenSource,
): Promise<readonly (string | null)[]> {
  if (regions === 'all') return all();
  if (regions.length > 0) return regions;
  // The API knows its own.
  return [region === 'unknown' ? null : region];
}

/** @returns why the Region could not be swept to its end, or `null` */
async function sweepRegion(
  asked: Asked,
  source: OpenSource,
  region: string | null,
  wait: () => () => void,
  keep: (page: Sweep) => Promise<void>,
): Promise<string | null> {
  for (let nextToken: string | null = ''; nextToken !== null; ) {
    const event = toEvent(asked, region, nextToken, source);
    const ended = wait();
    const answer = await source.handler(event, makeContext(source)).then(readAnswer).finally(ended);
    if (answer.is === 'problem') return renderProblemText(answer.problem);
    if (answer.is !== 'sweep') throw new Error('expected a sweep, but got the answer to one endpoint');
    nextToken = answer.sweep.nextToken;
    await keep(answer.sweep);
  }
  return null;
}

function toEvent(asked: Asked, region: string | null, nextToken: string, source: OpenSource) {
  const parameters = {
    region: region ?? '',
    vpcId: asked.vpcs.join(','),
    verdict: asked.verdicts.join(','),
    service: asked.services.join(','),
    nextToken,
  };
  const query = Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const target = `/vpc-endpoints?${query.join('&')}`;
  // A packed page has room for more rows, and each page reads every list again.
  const headers = { accept: ['application/json'], 'accept-encoding': ['gzip'] };
  return makeEvent({ method: 'GET', target, headers }, source);
}

function render(output: Output, pages: readonly Sweep[]): string {
  switch (output) {
    case 'table':
      return pages.map((page) => renderTable(page)).join('\n');
    case 'json':
      return `${plainJson(pages.length === 1 ? pages[0] : pages)}\n`;
    case 'ndjson':
      return renderRows.ndjson(...pages);
    case 'csv':
      return renderRows.csv(...pages);
    case 'md':
      return renderRows.markdown(...pages);
  }
}
