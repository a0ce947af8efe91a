import { request as sendRequest } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type Server, startServer } from '../../cli/server.ts';
import type { Handler } from '../../lambda/http/handler.ts';

const running: Server[] = [];
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()));
});

/** A promise that a test resolves. */
function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

async function serve(
  handler: Handler,
  region = 'ap-northeast-1',
  logError: (error: unknown) => void = () => {},
) {
  const server = await startServer({ handler, port: 0, accountId: '111122223333', region, logError });
  running.push(server);
  return server.url;
}

/** Serves one request and hands back what the handler was called with. */
async function called(target: string, init: RequestInit = {}, region?: string) {
  const calls: (readonly [APIGatewayProxyEventV2, Context])[] = [];
  const url = await serve(async (...call) => {
    calls.push(call);
    return { statusCode: 204 };
  }, region);
  await fetch(`${url}${target}`, { ...init, headers: { 'user-agent': 'curl/8.0', ...init.headers } });
  const [call] = calls;
  if (call === undefined) throw new Error('the handler was not called');
  const [event, context] = call;
  return { event, context, host: url.replace('http://', '') };
}

async function answered(result: APIGatewayProxyStructuredResultV2): Promise<Response> {
  return fetch(await serve(async () => result));
}

test('a request becomes the event that API Gateway makes of it', async () => {
  const before = Date.now();
  const { event, host } = await called('/vpc-endpoints/a%20b?region=us-east-1&q=a+b%2C&q=c', {
    headers: { Accept: 'text/plain', 'X-Odd-Name': 'Kept As It Is', cookie: 'a=1; b=2' },
  });
  expect(event).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/vpc-endpoints/a b',
    rawQueryString: 'region=us-east-1&q=a+b%2C&q=c',
    cookies: ['a=1', 'b=2'],
    headers: expect.objectContaining({
      accept: 'text/plain',
      'x-odd-name': 'Kept As It Is',
      host,
      'user-agent': 'curl/8.0',
    }),
    queryStringParameters: { region: 'us-east-1', q: 'a b,,c' },
    requestContext: {
      accountId: '111122223333',
      apiId: 'localhost00',
      domainName: 'localhost00.execute-api.ap-northeast-1.amazonaws.com',
      domainPrefix: 'localhost00',
      http: {
        method: 'GET',
        path: '/vpc-endpoints/a b',
        protocol: 'HTTP/1.1',
        sourceIp: expect.stringMatching(/^(::1|(::ffff:)?127\.0\.0\.1)$/),
        userAgent: 'curl/8.0',
      },
      requestId: uuid,
      routeKey: '$default',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    isBase64Encoded: false,
  });
  expect(event.headers).not.toHaveProperty('cookie');
  expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
});

test('without a query there are no parameters', async () => {
  const { event } = await called('/');
  expect(event).toMatchObject({ rawPath: '/', rawQueryString: '' });
  expect(event).not.toHaveProperty('queryStringParameters');
});

test('a path with malformed percent-encoding comes as it was sent', async () => {
  const { event } = await called('/vpc-endpoints/%zz');
  expect(event.rawPath).toBe('/vpc-endpoints/%zz');
});

test('repeated headers are joined with commas', async () => {
  const headers: unknown[] = [];
  const url = await serve(async (event) => {
    headers.push(event.headers['accept']);
    return {};
  });
  await new Promise<void>((resolve, reject) => {
    sendRequest(url, { headers: { Accept: ['text/plain', 'application/json'] } }, (response) =>
      response.resume().on('end', resolve),
    )
      .on('error', reject)
      .end();
  });
  expect(headers).toEqual(['text/plain,application/json']);
});

test('a text body is handed over as text, and any other in base64', async () => {
  const text = { method: 'POST', body: '{"é":1}', headers: { 'content-type': 'application/json' } };
  expect((await called('/', text)).event).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
  const bytes = { method: 'POST', body: new Uint8Array([0, 255]), headers: { 'content-type': 'image/png' } };
  expect((await called('/', bytes)).event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
});

test('the context is that of the function, in the partition of its Region', async () => {
  const { context } = await called('/', {}, 'cn-north-1');
  expect(context).toMatchObject({
    functionName: 'vpce-owner',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws-cn:lambda:cn-north-1:111122223333:function:vpce-owner',
    awsRequestId: uuid,
  });
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(20_000);
  expect(context.getRemainingTimeInMillis()).toBeLessThanOrEqual(30_000);
});

test('the result becomes the response', async () => {
  const headers = { 'content-type': 'text/plain', 'Retry-After': 5 };
  const response = await answered({ statusCode: 503, headers, cookies: ['a=1', 'b=2'], body: 'später' });
  expect({
    status: response.status,
    body: await response.text(),
    type: response.headers.get('content-type'),
    after: response.headers.get('retry-after'),
    cookies: response.headers.getSetCookie(),
    id: response.headers.get('apigw-requestid'),
  }).toEqual({
    status: 503,
    body: 'später',
    type: 'text/plain',
    after: '5',
    cookies: ['a=1', 'b=2'],
    id: uuid,
  });
});

test('a body in base64 is sent as the bytes it stands for', async () => {
  const response = await answered({ body: 'AP8=', isBase64Encoded: true });
  expect(response.status).toBe(200);
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
});

test('what a handler throws is logged and stays hidden', async () => {
  const logged: unknown[] = [];
  const thrown = new Error('secret');
  const url = await serve(
    async () => {
      throw thrown;
    },
    'us-east-1',
    (error) => logged.push(error),
  );
  const response = await fetch(url);
  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  expect(logged).toEqual([thrown]);
});

test('a response that HTTP cannot carry is an internal error too', async () => {
  expect((await answered({ statusCode: 200, headers: { odd: 'a\nb' } })).status).toBe(500);
  expect((await answered({ statusCode: 99_999 })).status).toBe(500);
});

test('every request has ids of its own', async () => {
  const ids: string[] = [];
  const url = await serve(async (event, context) => {
    ids.push(event.requestContext.requestId, context.awsRequestId);
    return {};
  });
  await Promise.all([fetch(url), fetch(url)]);
  expect(new Set(ids).size).toBe(4);
});

test('a client that leaves in the middle of its request does not end the server', async () => {
  const logged: unknown[] = [];
  const url = await serve(
    async () => ({ body: 'still here' }),
    'us-east-1',
    (error) => logged.push(error),
  );
  await new Promise<void>((resolve) => {
    const request = sendRequest(url, { method: 'POST', headers: { 'content-length': 10 } });
    request.on('error', () => resolve());
    request.write('half', () => request.destroy(new Error('gone')));
  });
  expect(await (await fetch(url)).text()).toBe('still here');
});

test('closing waits for requests under way', async () => {
  const arrived = gate();
  const released = gate();
  const url = await serve(async () => {
    arrived.resolve();
    await released.promise;
    return { body: 'done' };
  });
  const response = fetch(url);
  await arrived.promise;
  const closed = Promise.all(running.splice(0).map(({ close }) => close()));
  released.resolve();
  expect(await (await response).text()).toBe('done');
  await closed;
  await expect(fetch(url)).rejects.toThrow();
});

test('a port that is taken is an error', async () => {
  const url = await serve(async () => ({}));
  const again = startServer({
    handler: async () => ({}),
    port: Number(new URL(url).port),
    accountId: '',
    region: 'us-east-1',
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
