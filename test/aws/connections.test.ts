import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import { createRequestHandler } from '../../lambda/aws/connections.ts';
import { beginVirtualTime } from '../support/virtual-time.ts';

let connections = 0;
let waiting: ServerResponse[] = [];
const server = createServer((_, response) => waiting.push(response));
server.on('connection', () => {
  connections += 1;
});
const handler = createRequestHandler();

beforeEach(async () => {
  connections = 0;
  waiting = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  handler.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function call(signal?: AbortSignal, requestTimeout?: number) {
  const { port } = server.address() as AddressInfo;
  const request = new HttpRequest({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    path: '/',
    method: 'GET',
  });
  return handler.handle(request, {
    ...(signal === undefined ? {} : { abortSignal: signal }),
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
  });
}

async function arrived(): Promise<ServerResponse> {
  if (waiting.length === 0) await once(server, 'request');
  return waiting.shift() as ServerResponse;
}

test('a call that nobody waits for any more is cut off at once', async () => {
  const controller = new AbortController();
  const stopped = call(controller.signal);
  const response = await arrived();
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  await once(response, 'close');
});

test('a call whose signal has fired is not sent', async () => {
  await expect(call(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(connections).toBe(0);
});

test('an answer that stops in the middle fails as a call that never answers does', async () => {
  const time = beginVirtualTime(() => waiting.length);
  try {
    const answered = call(undefined, 7_000);
    const answer = await arrived();
    answer.writeHead(200, { 'content-length': '10' });
    answer.write('half');
    const { response } = await answered;
    const late = expect(text(response.body)).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'ETIMEDOUT',
    });
    await time.passUntil(late);
    expect(time.now()).toBe(7_000);
  } finally {
    time.end();
  }
});

test('an answer that is cut off in the middle fails at once', async () => {
  const answered = call(undefined, 7_000);
  const answer = await arrived();
  answer.writeHead(200, { 'content-length': '10' });
  answer.write('half', () => answer.socket?.resetAndDestroy());
  const { response } = await answered;
  await expect(text(response.body)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a page for browsers is not read as an answer of AWS', async () => {
  const answered = call();
  (await arrived()).writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html></html>');
  await expect(answered).rejects.toThrow('a page for browsers');
});

test('an answer that comes whole is not ended by its time limit', async () => {
  const answered = call(undefined, 5_000);
  (await arrived()).end('whole');
  const { response } = await answered;
  expect(await text(response.body)).toBe('whole');
});

test('a call that fails says how, signal or not', async () => {
  const failing = call(new AbortController().signal);
  (await arrived()).destroy();
  await expect(failing).rejects.toMatchObject({ code: 'ECONNRESET' });
});
