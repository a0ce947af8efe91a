/** `vpce-owner TEXT`: one question, one answer, and the exit code that says which. */
import { findRegions } from '../lambda/http/regions.ts';
import { unescapeText } from '../lambda/http/unescape.ts';
import { plainJson } from '../lambda/plain-text.ts';
import { renderTable } from '../lambda/render/rows.ts';
import { renderProblemText, renderText } from '../lambda/render/text.ts';
import { type Answer, readAnswer } from './answer.ts';
import { makeContext, makeEvent } from './event.ts';
import { openSource } from './open-source.ts';
import type { Options } from './options.ts';
import { paint } from './paint.ts';
import { showProgress } from './progress.ts';
import { shorten } from './shorten.ts';

type Asked = Extract<Options, { command: 'ask' }>;

/** Where the text may come from and the answer goes to: the process's own, and tests have others. */
export interface Streams {
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Answered and complete, answered and not complete, not answered; and a sweep that found what it is to fail on. */
export const exitCodes = { complete: 0, incomplete: 1, unanswered: 2, found: 3 } as const;

/**
 * The answer goes to standard output, and a problem to standard error.
 *
 * @returns the exit code
 * @throws an `Error` that says what to do: no Region, no credentials, a text that is too long
 */
export async function ask(asked: Asked, { stdin, stdout, stderr }: Streams): Promise<number> {
  const { source, region } = asked;
  const text = asked.text === '-' ? await readAll(stdin, stderr) : asked.text;
  const question = shorten(text);
  const [named] = findRegions(unescapeText(question));
  const { handler, close, ...surroundings } = await openSource(source, {
    fallbackRegion: region ?? named?.region,
  });

  const ended = showProgress(surroundings.name, stderr);
  const answer = await handler(toEvent(question, region, surroundings), makeContext(surroundings))
    .then(readAnswer)
    .finally(async () => {
      ended();
      await close();
    });
  const form = asked.form ?? (stdout.isTTY ? 'text' : 'json');
  if (answer.is === 'problem') {
    stderr.write(renderProblemText(answer.problem));
    if (form === 'json') stdout.write(`${plainJson(answer.problem)}\n`);
    return exitCodes.unanswered;
  }
  const said = answer.is === 'sweep' ? answer.sweep : answer.identification;
  stdout.write(form === 'json' ? `${plainJson(said)}\n` : toText(answer, stdout));
  return said.complete ? exitCodes.complete : exitCodes.incomplete;
}

async function readAll(stdin: Streams['stdin'], stderr: Streams['stderr']): Promise<string> {
  if (stdin.isTTY) stderr.write('vpce-owner: type or paste the text; Ctrl-D ends it\n');
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function toEvent(
  question: string,
  region: string | undefined,
  surroundings: Parameters<typeof makeEvent>[1],
) {
  const parameters = { q: question, ...(region === undefined ? {} : { region }) };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const target = `/identify?${query.join('&')}`;
  return makeEvent({ method: 'GET', target, headers: { accept: ['application/json'] } }, surroundings);
}

function toText(answer: Exclude<Answer, { is: 'problem' }>, stdout: Streams['stdout']): string {
  if (answer.is === 'sweep') return renderTable(answer.sweep);
  const text = renderText(answer.identification);
  return stdout.isTTY && stdout.hasColors() ? paint(text) : text;
}
