import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseOptions } from '../../cli/options.ts';
import { sweep } from '../../cli/sweep.ts';
import { sweep as schema } from '../../lambda/http/contract.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vpce-owner-sweep-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Sweeps the sandbox. */
async function swept(args: readonly string[], isTTY = false) {
  const options = parseOptions(['sweep', '--sandbox', ...args]);
  if (options.command !== 'sweep') throw new Error(JSON.stringify(options));
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({
      isTTY,
      columns: 80,
      write: (text: string) => {
        said[name] += text;
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
  const code = await sweep(options, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...said };
}

/** CloudTrail answers two questions a second, which nobody here has to wait for. */
const withoutHistory = ['--fault', 'cloudtrail:LookupEvents=denied'] as const;

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('vpce-owner sweep', () => {
  test('writes a line for each endpoint where no terminal reads it, and a last one that says what it comes to', async () => {
    const { code, stdout, stderr } = await swept([]);
    const lines = linesOf(stdout);
    const last = lines.pop();
    expect(last).toMatchObject({ region: 'ap-northeast-1', count: lines.length, nextToken: null });
    expect(lines[0]).toMatchObject({ region: 'ap-northeast-1', vpcEndpointId: expect.any(String) });
    // The sandbox has orphans that may be a service's which is not asked.
    expect([code, stderr]).toEqual([1, '']);
  });

  test('writes a table on a terminal, and shows that it goes on', async () => {
    const { code, stdout, stderr } = await swept(
      ['--service', 'rds-proxy', '--verdict', 'identified', ...withoutHistory],
      true,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^vpc-[0-9a-f]{17}\nvpce-[0-9a-f]{17} {2}identified {2,}rds-proxy {2}/);
    expect(stderr).toContain('Region ap-northeast-1 (1 of 1)');
  });

  test.each(['json', 'csv', 'md'])(
    'writes %s, and the same into the files that it exports to',
    async (form) => {
      const file = join(folder, `out.${form}`);
      const { stdout } = await swept(['--output', form, '--export', file, '--vpc', 'vpc-00000000000000000']);
      expect(await readFile(file, 'utf8')).toBe(stdout);
      if (form === 'json') expect(schema.parse(JSON.parse(stdout)).count).toBe(0);
    },
  );

  test('without endpoints is complete, and ends with 0', async () => {
    expect((await swept(['--vpc', 'vpc-00000000000000000'])).code).toBe(0);
  });

  test('sweeps Region after Region, and says which of them could not be swept', async () => {
    const { code, stdout, stderr } = await swept(['--region', 'us-east-1,eu-west-1']);
    expect(new Set(linesOf(stdout).map(({ region }) => region))).toEqual(new Set(['us-east-1']));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error {2}403 {2}region-not-allowed\n/)]);
    const all = await swept(['--all-regions', '--output', 'json', ...withoutHistory]);
    expect(JSON.parse(all.stdout).map(({ region }: { region: string }) => region)).toEqual([
      'ap-northeast-1',
      'us-east-1',
    ]);
  });

  test('ends with 2 where there is no answer', async () => {
    const { code, stdout, stderr } = await swept([
      '--fault',
      'ec2:DescribeVpcEndpoints=denied',
      '--output',
      'csv',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error {2}502 {2}aws-access-denied\n/);
  });

  test('ends with 3 where it found what it is to fail on, and only then', async () => {
    expect((await swept(['--region', 'us-east-1', '--fail-on', 'ambiguous,identified'])).code).toBe(3);
    expect((await swept(['--region', 'us-east-1', '--fail-on', 'ambiguous'])).code).toBe(0);
  });

  test('keeps what is done, and goes on from there', async () => {
    const file = join(folder, 'state');
    const args = ['--region', 'ap-northeast-1,us-east-1', '--resume', file];
    const { stdout: whole } = await swept(args);
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines).toHaveLength(4);
    // Interrupted in the second Region.
    await writeFile(file, [lines[0], lines[1], lines[2]?.slice(0, 100)].join('\n'));
    const again = await swept([...args, '--fault', 'redshift:*=denied']);
    const regionOf = ({ region }: { region: string }) => region;
    expect(linesOf(again.stdout).map(regionOf)).toEqual(linesOf(whole).map(regionOf));
    const [first, second] = linesOf(again.stdout).filter(({ count }) => count !== undefined);
    // Only the Region that was left has been asked for.
    const failed = ({ checks }: { checks: { outcome: string }[] }) =>
      checks.some(({ outcome }) => outcome === 'failed');
    expect([failed(first), failed(second)]).toEqual([false, true]);
    await expect(swept(['--resume', file])).rejects.toThrow('expected the file of the same sweep');
  });
});
