import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { home, identification, problem } from '../../lambda/http/contract.ts';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, startApi } from '../support/api.ts';
import { hostileText, unsafeInText } from '../support/hostile.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

const region = newAccount('111122223333').region('ap-northeast-1', new Date());
const { vpcEndpointId } = region.rdsProxy({ name: 'orders' });
let api: Api;
beforeAll(async () => {
  api = await startApi(region.account);
});
afterAll(() => api.close());

const part = fc.oneof(
  hostileText,
  fc.constantFrom(
    vpcEndpointId,
    'vpce-0123456789abcdef0',
    'eni-0123456789abcdef0',
    'us-east-1',
    'ap-northeast-1',
    'json',
    'text',
    'html',
    '',
  ),
);
const encoded = fc.oneof(
  part.map((text) => encodeURIComponent(text.toWellFormed())),
  part,
);
const path = fc.oneof(
  fc.constantFrom('/identify', '/openapi.json', '/', `/vpc-endpoints/${vpcEndpointId}`, '/vpc-endpoints/'),
  part.map((text) => `/vpc-endpoints/${text}`),
  part.map((text) => `/${text}`),
);
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom('q', 'region', 'format', 'vpcId'), encoded), encoded), {
    maxLength: 3,
  })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const headers = fc.dictionary(
  fc.constantFrom('accept', 'Accept', 'origin', 'host', 'x-forwarded-for', 'cookie'),
  fc.oneof(
    part,
    fc.constantFrom('text/plain', 'text/html', 'application/json', '*/*;q=0', 'text/*, */*;q=0.1'),
  ),
  { maxKeys: 3 },
);
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('GET') },
  { weight: 1, arbitrary: fc.oneof(part, fc.constantFrom('POST', 'OPTIONS', 'HEAD')) },
);

/** What a body of each media type begins with. */
const shapes: Readonly<Record<string, RegExp>> = {
  'application/json': /^\{/,
  'application/problem+json': /^\{/,
  'text/html': /^<!doctype html>\n/,
  'text/plain':
    /^(error {2}[45]\d\d {2}[a-z-]+|vpce-[0-9a-f]{17} {2}.*|vpce-owner names the AWS resource .*)\n/,
};

function mediaType({ headers }: Awaited<ReturnType<Api['ask']>>): string {
  return String(headers['content-type']).replace(/;.*/, '');
}

describe('whatever is asked, however', () => {
  test('the answer is one of the contract, and never a bug', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, headers, method, async (rawPath, rawQueryString, sent, how) => {
        const answer = await api.ask({ rawPath, rawQueryString, headers: sent, method: how });
        expect(answer.status).not.toBe(500);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
        expect(answer.headers['cache-control']).toBe('no-store');
        for (const value of Object.values(answer.headers)) expect(String(value)).toMatch(/^[\x20-\x7e]*$/);
        expect(answer.body).not.toMatch(unsafeInText);
        expect(answer.body).toMatch(shapes[mediaType(answer)] ?? 'another media type');
        if (!/json$/.test(mediaType(answer))) return;
        const document: unknown = JSON.parse(answer.body);
        if (answer.status !== 200) expect(problem.parse(document).status).toBe(answer.status);
        else if (rawPath === '/') home.parse(document);
        else if (rawPath !== '/openapi.json') identification.parse(document);
      }),
      { numRuns: times(160, 800) },
    );
  });
});
