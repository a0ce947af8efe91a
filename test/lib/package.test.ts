import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { demo, isFirstExample } from '../../sandbox/demo.ts';
import { startSandbox } from '../../sandbox/server.ts';

const run = promisify(execFile);

describe('the tarball that npm pack makes', () => {
  let folder: string;
  let files: readonly string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vpce-owner-'));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder]);
    const [packed] = Object.values(JSON.parse(stdout)) as { filename: string; files: { path: string }[] }[];
    if (packed === undefined) throw new Error(stdout);
    files = packed.files.map(({ path }) => path);
    // Whatever it needed beside itself would be missing.
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`], {
      cwd: folder,
    });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  test('has the command and what it was built to, and no sources', () => {
    const others = files.filter((path) => !/^dist\/[\w-]+\.mjs(\.map)?$/.test(path));
    expect(others.sort()).toEqual(
      ['LICENSE', 'README.md', 'cli/vpce-owner.mjs', 'dist/LICENSES.txt', 'package.json'].sort(),
    );
    expect(files).toContain('dist/main.mjs');
  });

  test('says under which licences all that is in it stands', async () => {
    const licences = await readFile(join(folder, 'node_modules/vpce-owner/dist/LICENSES.txt'), 'utf8');
    const names = [...licences.matchAll(/^(@?[\w./-]+) \d+\.\d+\.\d+: (.+)$/gm)];
    expect(names.map(([, name]) => name)).toEqual(
      expect.arrayContaining(['@aws-sdk/client-ec2', '@smithy/core', 'dns-packet', 'zod']),
    );
    expect([...new Set(names.map(([, , licence]) => licence))].sort()).toEqual([
      '0BSD',
      'Apache-2.0',
      'MIT',
      'MIT-0',
    ]);
  });

  test('answers in an empty folder, as in a clone', async () => {
    const [first] = demo(new Date()).examples.filter(isFirstExample);
    const [id = ''] = /vpce-[0-9a-f]{17}/.exec(first?.path ?? '') ?? [];
    const { stdout, stderr } = await run('npx', ['vpce-owner', '--sandbox', id], { cwd: folder });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ vpcEndpointId: id, verdict: 'identified', complete: true });
  });

  test('takes credentials from where a profile says, as the AWS CLI does', async () => {
    const builder = newAccount('111122223333', 5).region('eu-west-1', new Date());
    const proxy = builder.rdsProxy({ name: 'orders' });
    const sandbox = await startSandbox(builder.account);
    const keys = { Version: 1, AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: 'x', AccountId: '111122223333' };
    const program = join(folder, 'credentials.mjs');
    await writeFile(program, `console.log(${JSON.stringify(JSON.stringify(keys))})`);
    const config = join(folder, 'config');
    const profile = ['[profile ours]', 'region = eu-west-1', `credential_process = node ${program}`];
    await writeFile(config, profile.join('\n'));
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
      AWS_CONFIG_FILE: config,
      AWS_ENDPOINT_URL: sandbox.url,
      DNS_SERVERS: sandbox.dnsServer,
    };
    const args = ['vpce-owner', '--profile', 'ours', proxy.vpcEndpointId];
    const { stdout, stderr } = await run('npx', args, { cwd: folder, env }).finally(sandbox.close);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      accountId: '111122223333',
      region: 'eu-west-1',
      owner: { resourceId: 'orders' },
    });
  });
});
