import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Server, startServer } from '../../cli/server.ts';
import { problem } from '../../lambda/http/contract.ts';

let server: Server;
let asked: APIGatewayProxyEventV2[];
let port: string;

beforeEach(async () => {
  asked = [];
  const handler = async (event: APIGatewayProxyEventV2) => {
    asked.push(event);
    return { body: 'let in' };
  };
  server = await startServer({
    handler,
    port: 0,
    accountId: '111122223333',
    region: 'eu-west-1',
    logError: () => undefined,
  });
  port = new URL(server.url).port;
});
afterEach(() => server.close());

/** Bytes as they are: clients that are well-behaved cannot send these. */
async function send(head: readonly string[], body = '', target = '/'): Promise<string> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`${[`GET ${target} HTTP/1.1`, ...head].join('\r\n')}\r\n\r\n${body}`);
  return text(socket);
}

const askedAs = (...hosts: readonly string[]) =>
  send([...hosts.map((host) => `Host: ${host.replace('PORT', port)}`), 'Connection: close']);

function refused(answer: string, status: number, code: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head.toLowerCase()).toContain('\r\ncontent-type: application/problem+json\r\n');
  expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code });
  expect(asked).toEqual([]);
  return JSON.parse(body).detail as string;
}

test('the local server says an address that leads nowhere else, as localhost may', () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

describe('the local server answers', () => {
  test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LocalHost:PORT', '[::1]:PORT'])(
    'to this machine by the name %s',
    async (host) => {
      expect(await askedAs(host)).toMatch(/^HTTP\/1\.1 200 .*let in$/s);
    },
  );

  test.each([
    ['a name that leads here', ['vpce-owner.example.com:PORT']],
    ['a name that begins like one of its own', ['localhost.example.com:PORT']],
    ['a name that ends like one of its own', ['not-localhost:PORT']],
    ['another address', ['192.0.2.7:PORT']],
    ['an address that means the same', ['0.0.0.0:PORT']],
    ['another port', ['127.0.0.1:1']],
    ['no port', ['localhost']],
    ['an empty port', ['localhost:']],
    ['no name', ['']],
    ['two names', ['127.0.0.1:PORT', 'vpce-owner.example.com']],
    ['the same name twice', ['127.0.0.1:PORT', '127.0.0.1:PORT']],
    ['no Host at all', []],
  ])('to no other Host: %s %j', async (_, hosts) => {
    const detail = refused(await askedAs(...hosts), 421, 'host-not-allowed');
    expect(detail).toContain(`such as 127.0.0.1:${port}; got ${hosts.length === 0 ? 'none' : '"'}`);
  });

  test.each(['cross-site', 'same-site'])('to no page of another site: %s', async (site) => {
    const head = [`Host: 127.0.0.1:${port}`, `Sec-Fetch-Site: ${site}`];
    expect(refused(await send(head), 421, 'host-not-allowed')).toContain(`Sec-Fetch-Site: "${site}"`);
  });

  test.each(['none', 'same-origin'])('to a browser that says %s', async (site) => {
    const answer = await fetch(server.url, { headers: { 'sec-fetch-site': site } });
    expect([answer.status, await answer.text()]).toEqual([200, 'let in']);
  });

  test('in text where text was asked for', async () => {
    for (const [target, accept] of [['/?format=text', '*/*'] as const, ['/', 'text/plain'] as const]) {
      const answer = await send(['Host: elsewhere', `Accept: ${accept}`], '', target);
      expect(answer).toMatch(
        /content-type: text\/plain; charset=utf-8\r\n.*\r\n\r\nerror {2}421 {2}host-not-allowed\n/s,
      );
    }
    expect(asked).toEqual([]);
  });
});

describe('what API Gateway would not take is refused', () => {
  const largest = 10 * 1024 * 1024;

  test('where the body is announced to be too large, before it is sent', async () => {
    const head = [`Host: 127.0.0.1:${port}`, `Content-Length: ${largest + 1}`];
    const detail = refused(await send(head, 'the beginning of it'), 413, 'request-too-large');
    expect(detail).toContain(`at most ${largest} bytes, as API Gateway takes it; got ${largest + 1}.`);
  });

  test('where the body goes on and on, while it is still being sent', async () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const answer = text(socket).catch(String);
    socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    await writeChunks(socket, largest + 1);
    // The last chunk never comes.
    refused(await answer, 413, 'request-too-large');
  });

  test('but not the largest that it takes', async () => {
    const answer = await fetch(server.url, { method: 'POST', body: new Uint8Array(largest) });
    expect(await answer.text()).toBe('let in');
    expect(asked[0]?.body).toHaveLength(Math.ceil(largest / 3) * 4);
  });

  /** A request whose line and headers are as long as this together. */
  const ofLength = (length: number) => {
    const head = [`Host: 127.0.0.1:${port}`, 'Connection: close', 'X: '];
    const rest = ['GET / HTTP/1.1', ...head].reduce((sum, line) => sum + line.length + 2, 0);
    return send([...head.slice(0, 2), `X: ${'x'.repeat(length - rest)}`]);
  };

  test('where request line and headers are too long together', async () => {
    expect(await ofLength(10_240)).toMatch(/let in$/);
    asked = [];
    expect(refused(await ofLength(10_241), 413, 'request-too-large')).toMatch(/got 10241\.$/);
  });

  test('where they are so long that nobody reads them to the end', async () => {
    expect(refused(await ofLength(200_000), 413, 'request-too-large')).toMatch(/got more\.$/);
  });

  test('and what is no HTTP ends with its connection', async () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('hello\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

async function writeChunks(socket: Socket, length: number): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024);
  for (let sent = 0; sent < length; sent += chunk.length) {
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    if (!socket.write('\r\n')) await once(socket, 'drain');
  }
}
