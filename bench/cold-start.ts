/** What Lambda loads before the first answer, and what of it is sent there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, buildBundle } from './bundles.ts';
import { runInstance } from './instance.ts';
import { median, type Row, ratio } from './measure.ts';
import { zippedSize } from './zip.ts';

const runs = 25;
const warmUps = 2;

export async function measureColdStart({ directory, file }: Bundle): Promise<Row[]> {
  const small = await buildBundle('bench', 'cloudtrail-only');
  const ratios: number[] = [];
  const times: number[] = [];
  for (let run = -warmUps; run < runs; run += 1) {
    const { loadMs: smallMs } = await runInstance(small.file);
    const { loadMs } = await runInstance(file);
    if (run < 0) continue;
    times.push(loadMs);
    ratios.push(loadMs / smallMs);
  }
  await small.remove();
  const clients = await clientsLoaded(directory);
  const size = (await zippedSize(directory)) / 1000;
  return [
    {
      what: 'loading the deployed bundle in a fresh process',
      against: 'a bundle of `CloudTrailClient` and `LookupEventsCommand` alone',
      toReach: '≤ 1.3',
      measured: `${ratio(median(ratios))} (${median(times).toFixed(0)} ms)`,
      met: median(ratios) <= 1.3,
    },
    {
      what: 'SDK clients that loading brings with it, whatever the number of resolvers',
      against: 'what every lookup begins with: `client-ec2`',
      toReach: 'no other',
      measured: clients.join(', '),
      met: clients.join() === 'client-ec2',
    },
    {
      what: 'deployed bundle, zipped',
      against: '–',
      toReach: '≤ 400 kB',
      measured: `${size.toFixed(0)} kB`,
      met: size <= 400,
    },
  ];
}

/** The service clients in the files that the entry imports, and these in turn, without waiting to be asked. */
async function clientsLoaded(directory: string): Promise<string[]> {
  const clients = new Set<string>();
  const files = new Set(['main.mjs']);
  for (const file of files) {
    const code = await readFile(join(directory, file), 'utf8');
    for (const [, imported = ''] of code.matchAll(/\b(?:from|import)"\.\/([^"]+)"/g)) files.add(imported);
    const { sources } = JSON.parse(await readFile(join(directory, `${file}.map`), 'utf8')) as {
      sources: readonly string[];
    };
    for (const source of sources) {
      const client = /@aws-sdk\/(client-[^/]+)\//.exec(source)?.[1];
      if (client !== undefined) clients.add(client);
    }
  }
  return [...clients].sort();
}
