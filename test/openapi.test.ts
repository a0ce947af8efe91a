import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as contract from '../lambda/http/contract.ts';
import { parseRequest } from '../lambda/http/request.ts';
import { problems } from '../lambda/problem.ts';
import { makeDocument, toJson, toYaml } from '../scripts/openapi-document.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const document = makeDocument(version);
const { paths, components } = document;

/** Everything within, the document itself included. */
function everyNode(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [node];
  return [node, ...Object.values(node).flatMap(everyNode)];
}

const objects = everyNode(document).filter(
  (node): node is Record<string, unknown> =>
    typeof node === 'object' && node !== null && !Array.isArray(node),
);

test('both forms say the same', () => {
  expect(parse(toYaml(document))).toEqual(JSON.parse(toJson(document)));
  expect(parse(toYaml(document), { version: '1.1' })).toEqual(JSON.parse(toJson(document)));
});

test('the example answer fits the contract', () => {
  const { example } = components.responses.Identified.content['application/json'];
  expect(contract.identification.parse(example)).toEqual(example);
});

test('the example sweep fits the contract', () => {
  const { example } = components.responses.Swept.content['application/json'];
  expect(contract.sweep.parse(example)).toEqual(example);
});

test('every error code has an example in both forms, and the one of JSON fits the contract', () => {
  const codes = Object.keys(problems);
  expect(Object.keys(components.examples)).toEqual(codes.flatMap((code) => [code, `${code}.text`]));
  for (const code of codes) {
    expect(contract.problem.parse(components.examples[code]?.value)).toMatchObject({ code });
    expect(components.examples[`${code}.text`]?.value).toContain(code);
  }
});

test('every error code is listed under its status', () => {
  const listed = Object.values(paths).flatMap(({ get }) =>
    Object.entries(get.responses).flatMap(([status, response]) =>
      Object.keys(response.content?.['application/problem+json']?.examples ?? {}).map((code) => [
        code,
        Number(status),
      ]),
    ),
  );
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status])),
  );
});

test('every schema of the contract is a component, and takes fields that are added later', () => {
  const schemas = Object.entries(contract).map(([name]) => `${name[0]?.toUpperCase()}${name.slice(1)}`);
  expect(Object.keys(components.schemas).sort()).toEqual(schemas.sort());
  expect(objects.filter((node) => node['additionalProperties'] === false)).toEqual([]);
  expect(objects.filter((node) => '$schema' in node || '$id' in node)).toEqual([]);
});

test('every reference leads somewhere, and nothing lies about unused', () => {
  const references = objects.flatMap((node) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
  const places = Object.entries(components).flatMap(([kind, entries]) =>
    Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
  );
  const unused = places.filter((place) => !references.includes(place));
  expect(references.filter((reference) => !places.includes(reference))).toEqual([]);
  expect(unused).toEqual([]);
});

test('the document is OpenAPI 3.1, licensed, and can be pointed at any deployment', () => {
  const { openapi, info, servers } = document;
  expect({ openapi, version: info.version, license: info.license, url: servers[0]?.url }).toEqual({
    openapi: '3.1.0',
    version,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    url: '{endpoint}',
  });
  const operationIds = Object.values(paths).map(({ get }) => get.operationId);
  expect(new Set(operationIds).size).toBe(operationIds.length);
});

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
  readonly schema?: { readonly enum?: readonly string[] };
}

const resolve = (reference: string): Parameter =>
  (components.parameters as Record<string, Parameter>)[reference.split('/').at(-1) ?? ''] as Parameter;

test('the routes and parameters are those that requests are parsed by, with the examples given', () => {
  const answers = Object.entries(paths).map(([path, { get }]) => {
    const parameters: Parameter[] = (get.parameters as (Parameter & { $ref?: string })[]).map((parameter) =>
      parameter.$ref === undefined ? parameter : resolve(parameter.$ref),
    );
    const example = (parameter: Parameter) => String(parameter.example ?? parameter.schema?.enum?.[0]);
    const inPath = parameters.find((parameter) => parameter.in === 'path');
    // A token is one of an answer.
    const query = parameters.filter(({ name, in: place }) => place === 'query' && name !== 'nextToken');
    return parseRequest(
      {
        rawPath: inPath === undefined ? path : path.replace(`{${inPath.name}}`, example(inPath)),
        rawQueryString: query
          .map((parameter) => `${parameter.name}=${encodeURIComponent(example(parameter))}`)
          .join('&'),
        headers: {},
        requestContext: { stage: '$default', requestId: '', http: { method: 'GET' } },
      },
      { region: 'us-east-1', allowedRegions: 'any' },
    );
  });
  const subject = { kind: 'vpc-endpoint', id: 'vpce-0ce9fdcdd4aa4097e' };
  const asked = {
    route: 'identify',
    subject,
    regions: [{ region: 'ap-northeast-1', why: 'asked for with region=' }],
    notAllowed: [],
  };
  expect(answers).toEqual([
    asked,
    expect.objectContaining({
      route: 'sweep',
      verdicts: ['unidentified'],
      services: ['rds-proxy'],
      limit: 100,
    }),
    asked,
    { route: 'home' },
    { route: 'openapi' },
  ]);
});
