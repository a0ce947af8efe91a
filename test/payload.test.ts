import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { problem } from '../lambda/http/contract.ts';
import { createHandler, type Handler, type Observation } from '../lambda/http/handler.ts';

/** Nobody listens there: an event that is no request must not lead to one. */
const endpoint = 'http://127.0.0.1:9';
const expected = "Expected an event of API Gateway's HTTP API, payload format version 2.0";

let written: string[];
let observed: Observation[];
let handler: Handler;

beforeEach(() => {
  written = [];
  observed = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
  handler = createHandler(
    {
      region: 'eu-west-1',
      allowedRegions: ['eu-west-1'],
      deadlineMs: 1_000,
      dnsServers: [],
      lookupEventsPerSecond: 2,
    },
    {
      overrides: { endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
      observe: (observation) => observed.push(observation),
    },
  );
});
afterEach(() => {
  jest.restoreAllMocks();
});

const context = {
  awsRequestId: 'invocation-1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:vpce-owner',
  getRemainingTimeInMillis: () => 28_000,
} as unknown as Context;

const invoke = (event: unknown, given: unknown = context) => handler(event as never, given as never);

const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl' };
const request = {
  version: '2.0',
  rawPath: '/openapi.json',
  rawQueryString: '',
  headers: { accept: '*/*' },
  requestContext: { stage: '$default', requestId: 'request-1', http },
};
const payload1 = {
  version: '1.0',
  resource: '/vpc-endpoints/{vpcEndpointId}',
  path: '/vpc-endpoints/vpce-0ce9fdcdd4aa4097e',
  httpMethod: 'GET',
  headers: { authorization: 'secret' },
  queryStringParameters: null,
  requestContext: { stage: 'prod', requestId: 'request-7', httpMethod: 'GET' },
  body: null,
  isBase64Encoded: false,
};
const { version: _, ...ofRestApi } = payload1;
const schedule = {
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  detail: { token: 'secret' },
};
const loadBalancer = {
  requestContext: { elb: { targetGroupArn: 'secret' } },
  httpMethod: 'GET',
  path: '/',
  headers: {},
  body: '',
};
const long = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, 'secret']));

describe('an event that is no request of an HTTP API is answered, and said in one line of the log', () => {
  test.each<[name: string, event: unknown, shape: string]>([
    ['null', null, 'null'],
    ['undefined', undefined, 'nothing'],
    ['an empty object', {}, 'an empty object'],
    ['a string', 'secret', 'a string'],
    ['a number', 7, 'a number'],
    ['a list', ['secret'], 'a list of 1'],
    ['a warm-up ping', { source: 'serverless-plugin-warmup' }, 'an object with source'],
    [
      "the console's test event",
      { key1: 'secret', key2: 'secret', key3: 'secret' },
      'an object with key1, key2, key3',
    ],
    ['a schedule', schedule, 'an event of EventBridge'],
    ['payload 1.0 of an HTTP API', payload1, 'payload format version 1.0'],
    ["a REST API's payload", ofRestApi, 'payload format version 1.0'],
    ["a load balancer's payload", loadBalancer, 'one of an Application Load Balancer'],
    ['records of a queue', { Records: [{ body: 'secret' }] }, 'an object with Records'],
    ['keys that are texts of their own', { 'a\nb': 1, ['x'.repeat(99)]: 1 }, 'an object with …, …'],
    ['many keys', long, `an object with ${Object.keys(long).slice(0, 12).join(', ')}, …`],
    [
      "a WebSocket API's payload",
      { requestContext: { connectionId: 'secret', routeKey: '$connect' } },
      'an object with requestContext',
    ],
  ])('%s', async (_, event, shape) => {
    const { statusCode, headers, body = '' } = await invoke(event);
    const detail = `${expected}; got ${shape}.`;
    expect([statusCode, headers?.['content-type']]).toEqual([400, 'application/problem+json']);
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status: 400, code: 'invalid-parameter', detail });
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      level: 'WARN',
      message: detail,
      functionRequestId: 'invocation-1',
    });
    expect(`${written}${body}`).not.toContain('secret');
    expect(observed).toEqual([]);
  });
});

test('an answer to payload 1.0 has the id of the request, any other that of the invocation', async () => {
  const idOf = async (event: unknown) => JSON.parse((await invoke(event)).body ?? '').requestId;
  expect(await idOf(payload1)).toBe('request-7');
  expect(await idOf(loadBalancer)).toBe('invocation-1');
});

test('a ping without a context is answered too', async () => {
  expect((await invoke(null, undefined)).statusCode).toBe(400);
});

describe('a request of an HTTP API', () => {
  test('is answered without a warning', async () => {
    expect((await invoke(request)).statusCode).toBe(200);
    expect(written).toEqual([]);
  });

  test.each<[lost: string, event: object]>([
    ['path', { rawPath: undefined }],
    ['query', { rawQueryString: undefined }],
    ['headers', { headers: undefined }],
    ['context', { requestContext: undefined }],
    ['method', { requestContext: { ...request.requestContext, http: {} } }],
    ['stage', { requestContext: { ...request.requestContext, stage: undefined } }],
    ['id', { requestContext: { ...request.requestContext, requestId: undefined } }],
  ])('that lost its %s is none', async (_, lost) => {
    const { statusCode, body } = await invoke({ ...request, ...lost });
    expect(statusCode).toBe(400);
    expect(body).toContain(expected);
  });
});
