/** APIs that the SDK has no package for, over real sockets. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRequestHandler } from '../../lambda/aws/connections.ts';
import { ownApi } from '../../lambda/aws/sdk/own-client.ts';

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

const answers: (readonly [status: number, body: string, headers?: Record<string, string>])[] = [];
let seen: Seen[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    seen.push({ request, body: await text(request) });
    const [status, body, headers = {}] = answers.shift() ?? [200, '{}'];
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  seen = [];
});

const rest = ownApi({ signingName: 'airflow', host: 'api.airflow', protocol: 'rest-json' });
const GetThing = rest.command<{ Name: string; Verbose?: number; Filter?: object }, { Thing?: unknown }>(
  'GetThing',
  {
    route: 'POST /things/{Name}',
    query: { Verbose: 'verbose' },
    input: ['Name', 'Verbose', 'Filter'],
    output: ['Thing'],
  },
);
const json = ownApi({ signingName: 'odb', host: 'odb', protocol: 'json-1.0', target: 'Odb' });
const ListThings = json.command<{ nextToken?: string }, { things?: string[]; nextToken?: string }>(
  'ListThings',
  { route: 'POST /', input: ['nextToken'], output: ['things', 'nextToken'] },
);

const settings = (more: object) => ({
  region: 'eu-west-1',
  requestHandler: createRequestHandler(),
  retryMode: 'standard' as const,
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'of the tests' },
  ...more,
});
const here = () => settings({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

test('a REST-JSON operation has its input in the path, the query and the body, and is signed for the service', async () => {
  answers.push([200, '{"Thing":{"made":1.5e9,"at":"2026-01-01T00:00:00Z"},"More":1}']);
  const answer = await new rest.Client(here()).send(
    new GetThing({ Name: 'a/b c', Verbose: 2, Filter: { Kind: 'x' } }),
  );
  const [{ request, body } = {} as Seen] = seen;
  expect(`${request.method} ${request.url}`).toBe('POST /things/a%2Fb%20c?verbose=2');
  expect(JSON.parse(body)).toEqual({ Filter: { Kind: 'x' } });
  expect(request.headers.authorization).toMatch(
    /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/airflow\/aws4_request/,
  );
  expect(answer).toMatchObject({ Thing: { made: 1.5e9, at: '2026-01-01T00:00:00Z' } });
  expect(answer).not.toHaveProperty('More');
});

test('a JSON operation is named by its target', async () => {
  answers.push([200, '{"things":["a"],"nextToken":"t"}']);
  const answer = await new json.Client(here()).send(new ListThings({ nextToken: 'before' }));
  const [{ request, body } = {} as Seen] = seen;
  expect(`${request.method} ${request.url}`).toBe('POST /');
  expect(request.headers['x-amz-target']).toBe('Odb.ListThings');
  expect(JSON.parse(body)).toEqual({ nextToken: 'before' });
  expect(request.headers.authorization).toContain('/odb/aws4_request');
  expect(answer).toMatchObject({ things: ['a'], nextToken: 't' });
});

test.each([
  ['rest', () => new rest.Client(here()).send(new GetThing({ Name: 'a' }))],
  ['json', () => new json.Client(here()).send(new ListThings({}))],
])('an error has the name that AWS gives it (%s)', async (_, send) => {
  answers.push([404, '{"__type":"x#ResourceNotFoundException","message":"no such thing"}']);
  await expect(send()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'no such thing',
    $metadata: { httpStatusCode: 404 },
  });
});

test.each([
  ['eu-west-1', {}, 'api.airflow.eu-west-1.amazonaws.com'],
  ['cn-north-1', {}, 'api.airflow.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', { useFipsEndpoint: true }, 'api.airflow-fips.us-gov-west-1.amazonaws.com'],
  ['eu-west-1', { useDualstackEndpoint: true }, 'api.airflow.eu-west-1.api.aws'],
])('in %s it is asked at the host of its partition (%o)', async (region, more, expected) => {
  const hosts: string[] = [];
  const requestHandler = {
    handle: async ({ hostname }: { readonly hostname: string }) => {
      hosts.push(hostname);
      throw new Error('not sent');
    },
  };
  const client = new rest.Client(settings({ region, requestHandler, ...more }) as never);
  await expect(client.send(new GetThing({ Name: 'a' }))).rejects.toThrow('not sent');
  expect(hosts).toEqual([expected]);
});
