import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';

const region = newAccount('111122223333').region('eu-west-1', new Date());
const { row } = region.graphEndpoint();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(region.account);
});
afterAll(() => sandbox.close());

const authorization =
  'AWS4-HMAC-SHA256 Credential=sandbox/20261001/eu-west-1/neptune-graph/aws4_request, SignedHeaders=host, Signature=0';

async function ask(target: string, init: RequestInit = { headers: { authorization } }) {
  const response = await fetch(`${sandbox.url}${target}`, init);
  const { status, headers } = response;
  return { status, error: headers.get('x-amzn-errortype'), body: await response.json() };
}

test('the operation is in the method and the path, the input in the path and the query', async () => {
  expect(await ask('/graphs?maxResults=1')).toMatchObject({ status: 200, body: { graphs: [row.graph] } });
  expect(await ask(`/graphs/${row.graph.id}/endpoints/`)).toMatchObject({
    status: 200,
    body: { privateGraphEndpoints: row.endpoints },
  });
});

test.each([
  ['another path', '/graph', { headers: { authorization } }, 404, 'UnknownOperationException'],
  [
    'another method',
    '/graphs',
    { method: 'DELETE', headers: { authorization } },
    404,
    'UnknownOperationException',
  ],
  [
    'a size that is too large',
    '/graphs?maxResults=101',
    { headers: { authorization } },
    400,
    'ValidationException',
  ],
  [
    'what does not exist',
    '/graphs/g-0123456789/endpoints/',
    { headers: { authorization } },
    404,
    'ResourceNotFoundException',
  ],
  [
    'a token of another list',
    '/graphs?nextToken=x',
    { headers: { authorization } },
    400,
    'ValidationException',
  ],
  ['no signature', '/graphs', {}, 403, 'MissingAuthenticationTokenException'],
])('%s is refused by name', async (_, target, init, status, error) => {
  expect(await ask(target, init)).toMatchObject({ status, error, body: { message: expect.any(String) } });
});
