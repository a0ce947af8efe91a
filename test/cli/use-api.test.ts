import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { parseApiUrl } from '../../cli/api-url.ts';
import { makeContext, makeEvent } from '../../cli/event.ts';
import { type Server, startServer } from '../../cli/server.ts';
import { useApi } from '../../cli/use-api.ts';
import { problem } from '../../lambda/http/contract.ts';
import type { Handler } from '../../lambda/http/handler.ts';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, startApi } from '../support/api.ts';
import { behindSignature, credentials } from '../support/signed.ts';

const region = 'eu-central-1';
const surroundings = { accountId: '111122223333', region };
const builder = newAccount('111122223333', 5).region(region, new Date());
const proxy = builder.rdsProxy({ name: 'orders' });

const open: (Server | Api)[] = [];
const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, credentials, { AWS_REGION: region });
});
afterEach(async () => {
  process.env = { ...before };
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A deployment of this handler, and the local door to it. */
async function door(handler: Handler, { token, path = '' }: { token?: string; path?: string } = {}) {
  const server = await startServer({ port: 0, ...surroundings, handler });
  open.push(server);
  const url = parseApiUrl(`${server.url}${path}`);
  if (url === null) throw new Error('no URL of an API');
  const { handler: handOn } = useApi({ url, token });
  return async (target: string, accept?: string, method = 'GET') => {
    const headers = accept === undefined ? {} : { accept: [accept] };
    const answer = await handOn(
      makeEvent({ method, target, headers }, surroundings),
      makeContext(surroundings),
    );
    return { ...answer, body: String(answer.body) };
  };
}

/** A gateway that answers all by itself. */
const answering = (answer: APIGatewayProxyStructuredResultV2) => door(async () => answer);

async function deployed(): Promise<Handler> {
  const api = await startApi(builder.account, { region });
  open.push(api);
  return async (event) => {
    const { rawPath, rawQueryString, requestContext } = event;
    const { status, headers, body } = await api.ask({
      rawPath,
      rawQueryString,
      headers: event.headers as Record<string, string>,
      method: requestContext.http.method,
    });
    return { statusCode: status, headers: headers as Record<string, string>, body };
  };
}

test('a request is signed as API Gateway checks it, whatever stands in it', async () => {
  const ask = await door(behindSignature(region, await deployed()));
  for (const text of [
    proxy.vpcEndpointId,
    `‘${proxy.vpcEndpointId}’ (a+b & c=d; *e* 100% "f"/g~h!) – é`,
    `Operation is not allowed for ${proxy.vpcEndpointId}\n`,
  ]) {
    const answer = await ask(`/identify?q=${encodeURIComponent(text)}`);
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toMatchObject({ owner: { resourceId: 'orders' } });
  }
});

test('a plus sign is a blank, as the page sends it, and stays one', async () => {
  const ask = await door(behindSignature(region, await deployed()));
  const { body } = await ask(`/identify?q=please+delete+${proxy.vpcEndpointId}`);
  expect(JSON.parse(body)).toMatchObject({ vpcEndpointId: proxy.vpcEndpointId });
});

test('the page of the deployment comes with the headers that make it safe', async () => {
  const ask = await door(behindSignature(region, await deployed()));
  const { headers, body } = await ask(`/vpc-endpoints/${proxy.vpcEndpointId}`, 'text/html');
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
  });
  expect(body).toContain('orders');
});

test('a token is sent instead of a signature', async () => {
  const seen: unknown[] = [];
  const ask = await door(
    async ({ headers }) => {
      seen.push(headers['authorization'], headers['x-amz-date']);
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
    },
    { token: 'abc.def.ghi' },
  );
  await ask('/');
  expect(seen).toEqual(['Bearer abc.def.ghi', undefined]);
});

test('an API at a path is asked below it, also by the links of its own pages', async () => {
  const paths: string[] = [];
  const ask = await door(
    async ({ rawPath }) => {
      paths.push(rawPath);
      return { statusCode: 200, headers: { 'content-type': 'text/html' }, body: '' };
    },
    { path: '/prod' },
  );
  await ask('/');
  await ask('/identify?q=x');
  await ask('/prod/identify?q=x');
  await ask('/vpc-endpoints/a%20b%2Fc');
  expect(paths).toEqual(['/prod/', '/prod/identify', '/prod/identify', '/prod/vpc-endpoints/a b/c']);
});

test('an error of the API is handed on as it is', async () => {
  const ask = await door(behindSignature(region, await deployed()));
  const { statusCode, headers, body } = await ask('/vpc-endpoints/vpce-123');
  expect([statusCode, headers]).toEqual([400, expect.objectContaining({ 'cache-control': 'no-store' })]);
  expect(problem.parse(JSON.parse(body)).code).toBe('invalid-vpc-endpoint-id');
});

test('whoever is not let in is told who is', async () => {
  process.env['AWS_SECRET_ACCESS_KEY'] = 'of somebody else';
  const ask = await door(behindSignature(region, await deployed()));
  const { statusCode, body } = await ask('/');
  expect(statusCode).toBe(502);
  expect(problem.parse(JSON.parse(body))).toMatchObject({
    code: 'aws-access-denied',
    action: 'execute-api:Invoke',
    detail: expect.stringMatching(
      /^Expected to be let in: 127\.0\.0\.1:\d+ answered 403 "Forbidden"\. .*CallerPolicyArn/,
    ),
  });
});

test('whoever asks too often is told when to ask again', async () => {
  const ask = await answering({ statusCode: 429, body: '{"message":"Too Many Requests"}' });
  const { headers, body } = await ask('/');
  expect(headers).toMatchObject({ 'retry-after': '1' });
  expect(problem.parse(JSON.parse(body))).toMatchObject({ code: 'aws-throttled', retryAfterSeconds: 1 });
});

test.each([
  ['another API', { statusCode: 404, body: '{"message":"Not Found"}' }, '404 "Not Found"'],
  [
    'a function that fails',
    { statusCode: 500, body: '{"message":"Internal Server Error"}' },
    '500 "Internal',
  ],
  [
    'a page to sign in on',
    { statusCode: 302, headers: { location: 'https://login.example/' }, body: '' },
    '302',
  ],
  ['something that says nothing of itself', { statusCode: 200, body: 'hello' }, '200'],
])('%s is no answer of vpce-owner', async (_, gateway, said) => {
  const ask = await answering(gateway);
  const { statusCode, body } = await ask('/');
  expect(statusCode).toBe(502);
  expect(problem.parse(JSON.parse(body))).toMatchObject({
    code: 'aws-error',
    detail: expect.stringContaining(`answered ${said}`),
  });
});

test('an API that cannot be reached is a problem in the form that was asked for', async () => {
  const server = await startServer({ port: 0, ...surroundings, handler: async () => ({}) });
  const url = parseApiUrl(server.url);
  await server.close();
  if (url === null) throw new Error('no URL of an API');
  const { handler } = useApi({ url, token: 't' });
  const ask = (accept: string) =>
    handler(
      makeEvent({ method: 'GET', target: '/', headers: { accept: [accept] } }, surroundings),
      makeContext(surroundings),
    );
  expect((await ask('text/plain')).body).toMatch(/^error {2}502 {2}aws-error\n.* ECONNREFUSED 127/);
  expect((await ask('text/html')).body).toMatch(/^<!doctype html>/i);
});

test('nothing but GET is handed on', async () => {
  const asked: unknown[] = [];
  const ask = await door(async (event) => {
    asked.push(event);
    return {};
  });
  const { statusCode, body } = await ask('/vpc-endpoints', undefined, 'DELETE');
  expect([statusCode, JSON.parse(body).code, asked]).toEqual([405, 'method-not-allowed', []]);
});
