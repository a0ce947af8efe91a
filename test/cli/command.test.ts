import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Server, startServer } from '../../cli/server.ts';
import type { Handler } from '../../lambda/http/handler.ts';
import { demo, isFirstExample } from '../../sandbox/demo.ts';

const command = fileURLToPath(new URL('../../cli/vpce-owner.mjs', import.meta.url));
const [first] = demo(new Date()).examples.filter(isFirstExample);
const [id = ''] = /vpce-[0-9a-f]{17}/.exec(first?.path ?? '') ?? [];

const running: Server[] = [];
afterEach(async () => {
  for (const { close } of running.splice(0)) await close();
});

function start(...args: readonly string[]) {
  // As an engineer's own shell has it: another folder, and no variable of AWS.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  return spawn(process.execPath, [command, ...args], { cwd: tmpdir(), env });
}

async function ended(child: ReturnType<typeof start>) {
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code, signal] = await closed;
  return { code, signal, stdout, stderr };
}

describe('the vpce-owner command', () => {
  test('reads what another command wrote, and writes JSON for the next', async () => {
    const child = start('--sandbox', '-');
    child.stdin.end(`An error occurred (InvalidParameter): Operation is not allowed for ${id}\n`);
    const { code, stdout, stderr } = await ended(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ vpcEndpointId: id, verdict: 'identified' });
  });

  test('ends with 2 when it is called in another way than its help says, and says which', async () => {
    expect(await ended(start('--jsn', id))).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: expect.stringMatching(
        /^vpce-owner: expected --region.*; got '--jsn'\nvpce-owner --help says more\.\n$/,
      ),
    });
  });

  test('ends with 2 where nothing says whose account it is to ask', async () => {
    const child = start('--profile', 'nobody', '--region', 'eu-west-1', id);
    child.stdin.end();
    const { code, stdout, stderr } = await ended(child);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^vpce-owner: no AWS credentials in profile nobody: .*\n$/);
  });

  test('ends quietly when its reader has read enough', async () => {
    const child = start('--sandbox', id);
    child.stdout.destroy();
    const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('ends with 130 when it is interrupted', async () => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const never: Handler = () => {
      isAsked();
      return new Promise(() => {});
    };
    const server = await startServer({
      port: 0,
      accountId: '111122223333',
      region: 'eu-west-1',
      handler: never,
    });
    running.push(server);
    const child = start('--api', server.url, '--token', 't', id);
    const end = ended(child);
    await asked;
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 130, signal: null, stdout: '', stderr: '' });
  });
});
