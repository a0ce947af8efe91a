import { once } from 'node:events';
import { type Agent, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import { createRequestHandler } from '../lambda/http.ts';

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

function call(signal?: AbortSignal) {
  const { port } = server.address() as AddressInfo;
  const request = new HttpRequest({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    path: '/',
    method: 'GET',
  });
  return handler.handle(request, signal === undefined ? {} : { abortSignal: signal });
}

async function arrived(): Promise<ServerResponse> {
  if (waiting.length === 0) await once(server, 'request');
  return waiting.shift() as ServerResponse;
}

test('a call that nobody waits for any more ends at once, and leaves its connection to the next', async () => {
  const controller = new AbortController();
  const call1 = call(controller.signal);
  const response = await arrived();
  controller.abort();
  await expect(call1).rejects.toMatchObject({ name: 'AbortError' });

  const freed = once(handler.httpHandlerConfigs().httpAgent as Agent, 'free');
  response.end('an answer that nobody reads');
  await freed;
  const call2 = call();
  (await arrived()).end('read');
  expect((await call2).response.statusCode).toBe(200);
  expect(connections).toBe(1);
});

test('a call whose signal has fired is not sent', async () => {
  await expect(call(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(connections).toBe(0);
});

test('a call that fails says how, signal or not', async () => {
  const failing = call(new AbortController().signal);
  (await arrived()).destroy();
  await expect(failing).rejects.toMatchObject({ code: 'ECONNRESET' });
});
