import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** As a user's shell starts it: whoever runs these tests with npm leaves npm's variables in the environment. */
function start(command: string, args: readonly string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The rest of the first line that begins so. */
  const said = async (begin: string): Promise<string> => {
    for (let line = await lines.next(); line.done !== true; line = await lines.next())
      if (line.value.startsWith(begin)) return line.value.slice(begin.length).trim();
    throw new Error(`ended without saying "${begin}"`);
  };
  return { child, said, exited: once(child, 'exit') };
}

const waitingServer = () => start(process.execPath, ['scripts/run.mjs', 'test/cli/waiting-server.ts']);

describe('a signal', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the server when the answers under way are finished',
    async (signal) => {
      const { child, said, exited } = waitingServer();
      const url = await said('listening on');
      const answer = fetch(url);
      await said('asked');
      child.kill(signal);
      await said('closing');
      child.stdin?.end();
      expect(await (await answer).text()).toBe('answered');
      expect(await exited).toEqual([0, null]);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  test('does not wait for connections on which nothing was asked', async () => {
    const { child, said, exited } = waitingServer();
    const { hostname, port } = new URL(await said('listening on'));
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await closed;
  });

  test('given twice ends the server at once', async () => {
    const { child, said, exited } = waitingServer();
    const answer = fetch(await said('listening on'));
    const lost = expect(answer).rejects.toThrow();
    await said('asked');
    child.kill('SIGTERM');
    await said('closing');
    child.kill('SIGINT');
    expect(await exited).toEqual([130, null]);
    await lost;
  });
});

describe('npm start', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)('leaves no server behind when npm gets %s', async (signal) => {
    const { child, said } = start('npm', ['start', '--ignore-scripts', '--', '--port', '0']);
    const url = await said('listening on');
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
    // Every process that npm started has it as its own: it closes with the last of them.
    const ended = once(child.stdout ?? child, 'close');
    child.stdout?.resume();
    child.kill(signal);
    await ended;
    await expect(fetch(url)).rejects.toThrow();
  });
});
