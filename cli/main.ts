/** The `vpce-owner` command. */
import { constants } from 'node:os';
import { ask, exitCodes } from './ask.ts';
import { parseOptions } from './options.ts';

const options = parseOptions(process.argv.slice(2), process.env);
// Whoever reads the answer may have read enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

switch (options.command) {
  case 'help':
    process.stdout.write(options.text);
    break;
  case 'refuse':
    fail(`${options.message}\nvpce-owner --help says more.`);
    break;
  case 'serve':
  case 'sweep':
  case 'ask':
    if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
    await run(options).catch((error: Error) => fail(error.message));
}

async function run(chosen: Exclude<typeof options, { command: 'help' | 'refuse' }>): Promise<void> {
  if (chosen.command === 'serve') {
    const { serve } = await import('./serve.ts');
    return serve(chosen.source, chosen.port);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      process.exit(128 + constants.signals[signal]);
    });
  }
  process.exitCode =
    chosen.command === 'sweep'
      ? await (await import('./sweep.ts')).sweep(chosen, process)
      : await ask(chosen, process);
  // Connections to AWS, and the sandbox, would keep the process.
  await flush(process.stdout);
  process.exit();
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

function fail(message: string): void {
  process.stderr.write(`vpce-owner: ${message}\n`);
  process.exitCode = exitCodes.unanswered;
}
