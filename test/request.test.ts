import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { negotiateFormat } from '../lambda/http/format.ts';
import { parseRequest, type Request, type RequestEvent } from '../lambda/http/request.ts';
import { Problem } from '../lambda/problem.ts';
import './support/seed.ts';
import { times } from './support/thorough.ts';

const id = 'vpce-0ce9fdcdd4aa4097e';
const eni = 'eni-0a1b2c3d4e5f60718';
const defaults = { region: 'eu-west-1', allowedRegions: 'any' } as const;

const event = (target: string, method = 'GET', stage = '$default'): RequestEvent => {
  const [rawPath = '', ...query] = target.split('?');
  const requestContext = { stage, requestId: 'request-1', http: { method } };
  return { rawPath, rawQueryString: query.join('?'), headers: {}, requestContext };
};

const answer = (endpointId: string, region: string): Request => ({
  route: 'identify',
  regions: [{ region, why: region === defaults.region ? "this deployment's own" : 'asked for with region=' }],
  notAllowed: [],
  subject: { kind: 'vpc-endpoint', id: endpointId },
});

const refusal = (request: RequestEvent, options: Parameters<typeof parseRequest>[1] = defaults) => {
  try {
    return parseRequest(request, options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, detail: error.message };
  }
};

describe('the path', () => {
  test('an id asks about that endpoint, in the Region of the deployment', () => {
    expect(parseRequest(event(`/vpc-endpoints/${id}`), defaults)).toEqual(answer(id, 'eu-west-1'));
  });

  test.each([
    ['in capitals', '/vpc-endpoints/VPCE-0CE9FDCDD4AA4097E', id],
    ['between blanks, encoded', `/vpc-endpoints/%20${id}%0A`, id],
    ['between blanks, as API Gateway decodes them', `/vpc-endpoints/ ${id} `, id],
    ['with a zero-width blank from a chat', `/vpc-endpoints/${id}%E2%80%8B`, id],
    ['of 8 digits', '/vpc-endpoints/vpce-032a826a', 'vpce-032a826a'],
  ])('an id %s is the same id', (_, target, expected) => {
    expect(parseRequest(event(target), defaults)).toEqual(answer(expected, 'eu-west-1'));
  });

  test('a named stage is no part of the path', () => {
    expect(parseRequest(event(`/prod/vpc-endpoints/${id}`, 'GET', 'prod'), defaults)).toEqual(
      answer(id, 'eu-west-1'),
    );
    expect(parseRequest(event('/openapi.json', 'GET', 'prod'), defaults)).toEqual({ route: 'openapi' });
    expect(refusal(event('/$default/openapi.json'))).toMatchObject({ code: 'route-not-found' });
  });

  test.each([
    '/vpc-endpoints/',
    '/vpc-endpoints/vpce-xyz',
    '/vpc-endpoints/vpce-0ce9fdcdd4aa4097',
    '/vpc-endpoints/vpc-0d1e2f3a4b5c6d7e8',
    `/vpc-endpoints/${id}-1hbywnw6`,
    `/vpc-endpoints/${id},vpce-046418ae14aad1ea0`,
  ])('%s is not the id of an endpoint', (target) => {
    expect(refusal(event(target))).toMatchObject({
      code: 'invalid-vpc-endpoint-id',
      detail: expect.stringContaining('/identify?q='),
    });
  });

  test("an endpoint service's id is told from an endpoint's", () => {
    expect(refusal(event('/vpc-endpoints/vpce-svc-0b2f119acb23c050e'))).toEqual({
      code: 'invalid-vpc-endpoint-id',
      detail:
        'Expected the id of a VPC endpoint, vpce- and 8 or 17 hexadecimal digits, such as vpce-0ce9fdcdd4aa4097e; ' +
        'got "vpce-svc-0b2f119acb23c050e". This is the id of an endpoint service, which any number of endpoints ' +
        'lead to: give the id of one endpoint.',
    });
  });

  test("a network interface's id is sent to where it is answered", () => {
    expect(refusal(event(`/vpc-endpoints/${eni}`))).toMatchObject({
      code: 'invalid-vpc-endpoint-id',
      detail: expect.stringContaining(`ask with /identify?q=${eni}`),
    });
  });

  test('malformed percent-encoding is the mistake of the request', () => {
    expect(refusal(event('/vpc-endpoints/%zz'))).toMatchObject({ code: 'invalid-vpc-endpoint-id' });
    expect(refusal(event('/identify?q=%E0%A4'))).toMatchObject({ code: 'invalid-parameter' });
  });

  test.each(['', '//', '/vpc-endpoints/a/b', '/identify/', `/vpc-endpoints/${id}/owner`, '/OPENAPI.JSON'])(
    'there is no route %p, whatever the method',
    (target) => {
      const expected = {
        code: 'route-not-found',
        detail:
          'Expected one of GET /vpc-endpoints/{vpcEndpointId}, GET /vpc-endpoints, GET /identify?q=TEXT, GET /openapi.json, GET /; ' +
          `got "${target}".`,
      };
      expect(refusal(event(target))).toEqual(expected);
      expect(refusal(event(target, 'POST'))).toEqual(expected);
    },
  );

  test.each(['POST', 'DELETE', 'HEAD', 'OPTIONS', 'get'])('%s is not allowed on a route', (method) => {
    expect(refusal(event(`/vpc-endpoints/${id}`, method))).toMatchObject({ code: 'method-not-allowed' });
  });
});

describe('the parameters', () => {
  test('the page takes a format, and nothing else', () => {
    for (const target of ['/', '/?format=json', '/?format=text', '/?format=html']) {
      expect(parseRequest(event(target), defaults)).toEqual({ route: 'home' });
    }
    expect(parseRequest(event('/prod/', 'GET', 'prod'), defaults)).toEqual({ route: 'home' });
    expect(refusal(event('/?q=x'))).toMatchObject({ code: 'invalid-parameter' });
    expect(refusal(event('/', 'POST'))).toMatchObject({ code: 'method-not-allowed' });
  });

  test('the contract takes none, and format only as JSON', () => {
    expect(parseRequest(event('/openapi.json'), defaults)).toEqual({ route: 'openapi' });
    expect(parseRequest(event('/openapi.json?format=json'), defaults)).toEqual({ route: 'openapi' });
    expect(refusal(event('/openapi.json?format=text'))).toMatchObject({ code: 'invalid-parameter' });
    expect(refusal(event('/openapi.json?region=us-east-1'))).toMatchObject({ code: 'invalid-parameter' });
  });

  test('an unknown one is refused by name, with those that there are', () => {
    expect(refusal(event(`/vpc-endpoints/${id}?regoin=us-east-1&Format=text`))).toEqual({
      code: 'invalid-parameter',
      detail: 'Expected no other parameters than region, format; got "regoin, Format".',
    });
    expect(refusal(event(`/vpc-endpoints/${id}?q=x`))).toMatchObject({ code: 'invalid-parameter' });
  });

  test('a repeated one is refused, even with the same value', () => {
    expect(refusal(event(`/vpc-endpoints/${id}?region=us-east-1&region=us-east-1`))).toEqual({
      code: 'invalid-parameter',
      detail: 'Expected each parameter once; got "region" more than once.',
    });
  });

  test.each([
    [`/vpc-endpoints/${id}?region=`, 'invalid-region'],
    [`/vpc-endpoints/${id}?region`, 'invalid-region'],
    [`/vpc-endpoints/${id}?format=`, 'invalid-parameter'],
    ['/identify', 'nothing-to-identify'],
    ['/identify?q=', 'nothing-to-identify'],
    ['/identify?q=+%09', 'nothing-to-identify'],
    [`/vpc-endpoints/${id}?format=yaml`, 'invalid-parameter'],
    [`/vpc-endpoints/${id}?=`, 'invalid-parameter'],
  ])('%s is refused as %s', (target, code) => {
    expect(refusal(event(target))).toMatchObject({ code });
  });

  test.each([
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eusc-de-east-1',
    'cn-northwest-1',
    'ap-southeast-1',
  ])('%s is a Region', (region) => {
    expect(parseRequest(event(`/vpc-endpoints/${id}?region=${region.toUpperCase()}`), defaults)).toEqual(
      answer(id, region),
    );
  });

  test.each(['tokyo', 'us-east-1a', 'us-east', 'us-east-1,us-east-2', '*', 'us-east-123'])(
    '%s is not',
    (region) => {
      expect(refusal(event(`/vpc-endpoints/${id}?region=${region}`))).toEqual({
        code: 'invalid-region',
        detail: `Expected region to be the code of an AWS Region, such as ap-northeast-1; got "${region}".`,
      });
    },
  );

  test('a Region outside the allowed ones is refused, and so is the deployment\u2019s own', () => {
    const allowed = { region: 'eu-west-1', allowedRegions: ['eu-west-1', 'us-east-1'] };
    const expected = {
      code: 'region-not-allowed',
      detail:
        'Expected a Region that this deployment may look into, which are: eu-west-1, us-east-1; got "sa-east-1".',
    };
    expect(refusal(event(`/vpc-endpoints/${id}?region=sa-east-1`), allowed)).toEqual(expected);
    expect(refusal(event(`/vpc-endpoints/${id}`), { ...allowed, region: 'sa-east-1' })).toEqual(expected);
    expect(parseRequest(event(`/vpc-endpoints/${id}?region=us-east-1`), allowed)).toEqual(
      answer(id, 'us-east-1'),
    );
  });
});

describe('the form of the answer', () => {
  const negotiate = (rawQueryString: string, accept?: string) =>
    negotiateFormat({ rawQueryString, headers: accept === undefined ? {} : { accept } });

  test.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['application/problem+json', 'json'],
    ['text/plain', 'text'],
    ['text/*', 'text'],
    ['TEXT/PLAIN; charset=utf-8', 'text'],
    ['text/plain, application/json', 'json'],
    ['application/json;q=0.5, text/plain;q=0.9', 'text'],
    ['application/json;q=0.9, text/plain;q=0.5', 'json'],
    ['text/plain, */*;q=0.1', 'text'],
    ['application/json;q=0, */*', 'text'],
    ['text/plain;q=0, */*', 'json'],
    ['text/html', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/html;q=0.5, application/json;q=0.4', 'html'],
    ['text/html;q=0.4, application/json;q=0.5', 'json'],
    ['text/html;q=0.4, text/plain;q=0.5', 'text'],
    ['text/plain;q=0.4, text/*', 'html'],
    ['text/html, text/plain', 'text'],
    ['text/html, application/json', 'json'],
    ['text/html, */*', 'json'],
    ['text/html;q=0, */*', 'json'],
    ['application/xhtml+xml', 'json'],
    ['image/png', 'json'],
    ['text/plain;q=high', 'json'],
    [';;,,=', 'json'],
  ] as const)('Accept: %s means %s', (accept, format) => {
    expect(negotiate('', accept)).toBe(format);
  });

  test('the format parameter beats Accept', () => {
    expect(negotiate('format=text', 'application/json')).toBe('text');
    expect(negotiate('format=html', 'application/json')).toBe('html');
    expect(negotiate('format=json', 'text/html')).toBe('json');
    expect(negotiate('region=us-east-1&format=json', 'text/plain')).toBe('json');
  });

  test.each(['format=yaml', 'format=', 'format=json&format=json', 'format=%'])(
    'where %s cannot be used, Accept decides',
    (query) => {
      expect(negotiate(query, 'text/plain')).toBe('text');
      expect(negotiate(query)).toBe('json');
    },
  );

  test('header names are read in any letter case', () => {
    expect(negotiateFormat({ rawQueryString: '', headers: { Accept: 'text/plain' } })).toBe('text');
  });
});

/** fast-check prints the seed of a failure. */
describe('any request', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'vpce-',
      id,
      eni,
      'vpce-svc-',
      '%',
      '%20',
      '&',
      '=',
      'q=',
      'region=',
      'format=',
      'us-east-1',
      '.',
    ),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const path = fc.oneof(
    text,
    fc.constantFrom('/', '/identify', '/openapi.json'),
    text.map((end) => `/vpc-endpoints/${end}`),
  );
  const events = fc.record<RequestEvent>({
    rawPath: path,
    rawQueryString: fc.oneof(
      text,
      text.map((value) => `q=${encodeURIComponent(value.toWellFormed())}`),
    ),
    headers: fc.dictionary(fc.constantFrom('accept', 'Accept', 'host'), fc.option(text, { nil: undefined })),
    requestContext: fc.record({
      stage: fc.constantFrom('$default', 'prod', ''),
      requestId: fc.string(),
      http: fc.record({ method: fc.oneof(fc.constant('GET'), fc.string()) }),
    }),
  });

  test('is parsed, or refused with a short detail that is safe to show', () => {
    fc.assert(
      fc.property(events, (request) => {
        expect(['json', 'text', 'html']).toContain(negotiateFormat(request));
        const parsed = refusal(request);
        if (!('detail' in parsed)) return;
        expect(parsed.detail).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(parsed.detail.length).toBeLessThan(1000);
      }),
      { numRuns: times(400, 2_000) },
    );
  });
});
