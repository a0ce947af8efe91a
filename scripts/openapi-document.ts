/** The contract as an OpenAPI 3.1 document, made from the schemas that real answers are validated with. */
import { stringify } from 'yaml';
import { z } from 'zod';
import * as contract from '../lambda/http/contract.ts';
import { type ProblemCode, problems } from '../lambda/problem.ts';
import { homeJson, homeText } from '../lambda/render/home.ts';
import { renderTable } from '../lambda/render/rows.ts';
import { renderProblemText, renderText } from '../lambda/render/text.ts';
import {
  exampleEndpointId,
  exampleError,
  exampleIdentification,
  exampleNow,
  exampleProblem,
  exampleRegion,
  exampleSweep,
} from './openapi-examples.ts';

const exampleRequestId = 'JKJaXmPLvHcESHA=';
const codes = Object.keys(problems) as ProblemCode[];

/** What only the local server answers. */
const localCodes = ['request-too-large', 'host-not-allowed'] as const;

/** Errors of every route that looks into AWS. */
const lookupCodes: readonly ProblemCode[] = [
  'invalid-vpc-endpoint-id',
  'invalid-region',
  'invalid-parameter',
  'region-not-allowed',
  'vpc-endpoint-not-found',
  'method-not-allowed',
  ...localCodes,
  'internal-error',
  'aws-access-denied',
  'aws-error',
  'aws-throttled',
  'deadline-exceeded',
];

const tokenCodes = ['invalid-next-token', 'expired-next-token'] as const;

export function makeDocument(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'vpce-owner',
      version,
      summary: 'Names the AWS service and resource behind a requester-managed VPC endpoint.',
      description:
        'AWS refuses to delete a VPC endpoint that one of its services made: delete the resource that the service ' +
        'made it for. These answers name that resource, say how it is known and what was not checked, and what to ' +
        'do now.\n\nEvery key of an answer is always there; what is not known is `null` or empty. Fields may be ' +
        'added, and none is renamed or dropped. A path that is not in this document is answered with 404 ' +
        '`route-not-found`, and every method other than GET with 405 `method-not-allowed`. 413 and 421 are answers of the ' +
        'local server, `npm start`, only.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '{endpoint}',
        variables: {
          endpoint: {
            default: 'http://127.0.0.1:3000',
            description:
              'Where the API is served: the address that `npm start` or the deployed stack prints.',
          },
        },
      },
    ],
    paths: {
      '/vpc-endpoints/{vpcEndpointId}': {
        get: {
          operationId: 'identifyVpcEndpoint',
          summary: 'Who owns this VPC endpoint?',
          parameters: [
            {
              name: 'vpcEndpointId',
              in: 'path',
              required: true,
              description:
                '`vpce-` and 8 or 17 hexadecimal digits, in any letter case; blanks around it are ignored.',
              schema: { type: 'string' },
              example: exampleEndpointId,
            },
            regionParameter('Default: the Region of the deployment.'),
            reference('parameters', 'Format'),
          ],
          responses: {
            200: reference('responses', 'Identified'),
            ...problemResponses([...lookupCodes, 'route-not-found']),
          },
        },
      },
      '/vpc-endpoints': {
        get: {
          operationId: 'sweepVpcEndpoints',
          summary: 'Who owns the VPC endpoints of a Region that a service made?',
          parameters: [
            regionParameter('Default: the Region of the deployment.'),
            ...scopeParameters,
            reference('parameters', 'NextToken'),
            reference('parameters', 'RowFormat'),
          ],
          responses: {
            200: reference('responses', 'Swept'),
            ...problemResponses([
              ...lookupCodes.filter((code) => !/vpc-endpoint/.test(code)),
              'invalid-vpc-id',
              ...tokenCodes,
            ]),
          },
        },
      },
      '/identify': {
        get: {
          operationId: 'identifyText',
          summary: 'Who owns the VPC endpoint, or the VPC endpoints, that this text is about?',
          parameters: [
            {
              name: 'q',
              in: 'query',
              required: true,
              description:
                'What leads to endpoints: the whole error message, output of the AWS CLI, a log line, a DNS name of an ' +
                'endpoint or its owner, an ARN, a bare `vpce-…`, the `eni-…` of network interfaces; or a subnet, a security ' +
                'group, a VPC or an endpoint service. One endpoint is answered with an Identification, and what leads to ' +
                'several with a Sweep. An id counts wherever it stands, and escapes around it are undone; an id that is cut ' +
                'or hidden is never guessed.',
              schema: { type: 'string', maxLength: 4096 },
              example: exampleError,
            },
            regionParameter(
              'Default: each allowed Region that `q` names, in the order of how much it says of the endpoint, and then ' +
                'the Region of the deployment; the first that has the endpoint answers.',
            ),
            reference('parameters', 'NextToken'),
            reference('parameters', 'RowFormat'),
          ],
          responses: {
            200: reference('responses', 'IdentifiedOrSwept'),
            ...problemResponses([
              ...lookupCodes,
              'nothing-to-identify',
              'invalid-network-interface-id',
              'network-interface-not-found',
              'not-an-endpoint-interface',
              ...tokenCodes,
            ]),
          },
        },
      },
      '/': {
        get: {
          operationId: 'getHome',
          summary: 'How to ask: a page for people, a text, or the routes.',
          parameters: [reference('parameters', 'Format')],
          responses: {
            200: {
              description: 'A page with a form, ten lines of text, or the routes.',
              content: {
                'application/json': { schema: reference('schemas', 'Home'), example: homeJson() },
                'text/plain': { schema: { type: 'string' }, example: homeText() },
                'text/html': pageContent,
              },
            },
            ...problemResponses(['invalid-parameter', 'method-not-allowed', ...localCodes, 'internal-error']),
          },
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'getContract',
          summary: 'This document.',
          parameters: [
            {
              name: 'format',
              in: 'query',
              description: 'There is no other form than JSON.',
              schema: { type: 'string', enum: ['json'] },
            },
          ],
          responses: {
            200: {
              description: 'An OpenAPI 3.1 document.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
            ...problemResponses(['invalid-parameter', 'method-not-allowed', ...localCodes, 'internal-error']),
          },
        },
      },
    },
    components: {
      schemas: makeSchemas(),
      parameters: { Format: formatParameter, RowFormat: rowFormatParameter, NextToken: nextTokenParameter },
      responses: { Identified: identified, Swept: swept, IdentifiedOrSwept: identifiedOrSwept },
      examples: makeProblemExamples(),
    },
  };
}

/** openapi.yaml. Quoted so that readers of YAML 1.1 do not take times for dates. */
export function toYaml(document: object): string {
  return stringify(document, {
    aliasDuplicateObjects: false,
    blockQuote: 'literal',
    compat: 'yaml-1.1',
    lineWidth: 0,
  });
}

/** lambda/http/openapi.json */
export function toJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

const regionParameter = (otherwise: string) => ({
  name: 'region',
  in: 'query',
  description: `The code of an AWS Region, in any letter case. ${otherwise}`,
  schema: { type: 'string' },
  example: exampleRegion,
});

const formatParameter = {
  name: 'format',
  in: 'query',
  description:
    'Beats the `Accept` header. Default: what `Accept` prefers, and JSON where it has no preference.',
  schema: { type: 'string', enum: ['json', 'text', 'html'] },
};

const rowFormatParameter = {
  ...formatParameter,
  description: `${formatParameter.description} What leads to one endpoint has no other rows than its own.`,
  schema: { type: 'string', enum: ['json', 'text', 'html', 'csv', 'ndjson', 'markdown'] },
};

const nextTokenParameter = {
  name: 'nextToken',
  in: 'query',
  description: 'That of the answer before, to go on where it ended: with the same request, within an hour.',
  schema: { type: 'string' },
};

const several = (name: string, what: string, example: string) => ({
  name,
  in: 'query',
  description: `${what} Several with commas.`,
  schema: { type: 'string' },
  example,
});

const scopeParameters = [
  several('vpcId', 'Only endpoints in this VPC.', 'vpc-0d1e2f3a4b5c6d7e8'),
  several('subnetId', 'Only endpoints in this subnet.', 'subnet-0a1b2c3d4e5f60718'),
  several('securityGroupId', 'Only endpoints with this security group.', 'sg-0c3d4e5f60718293a'),
  several('serviceName', 'Only endpoints that lead to this endpoint service.', 'vpce-svc-0b2f119acb23c050e'),
  several('verdict', 'Shows these only; everything is checked all the same.', 'unidentified'),
  several('service', 'Shows the endpoints of this service only.', 'rds-proxy'),
  {
    name: 'limit',
    in: 'query',
    description: 'How many endpoints one answer is about at most; `nextToken` goes on.',
    schema: { type: 'integer', minimum: 1, maximum: 20_000, default: 20_000 },
    example: 100,
  },
];

/** For people: what it looks like is no promise. */
const pageContent = { schema: { type: 'string', description: 'The same as a page for browsers.' } };

const identified = {
  description: 'The question was answered, whatever the verdict.',
  content: {
    'application/json': { schema: reference('schemas', 'Identification'), example: exampleIdentification },
    'text/plain': {
      schema: {
        type: 'string',
        description:
          'For people. The first line: id, verdict, service, resource, ARN, with two blanks between.',
      },
      example: renderText(exampleIdentification),
    },
    'text/html': pageContent,
  },
};

const rows = (description: string) => ({ schema: { type: 'string', description } });

const sweptContent = {
  'text/csv': rows('RFC 4180, with a header. A cell that a spreadsheet would run begins with an apostrophe.'),
  'application/x-ndjson': rows('A line for each endpoint, and a last one with all else of the Sweep.'),
  'text/markdown': rows('A table, and what it comes to.'),
};

const swept = {
  description: 'Every endpoint in scope that a service made, or one page of them.',
  content: {
    'application/json': { schema: reference('schemas', 'Sweep'), example: exampleSweep },
    'text/plain': { ...rows('A table for each VPC.'), example: renderTable(exampleSweep, exampleNow) },
    'text/html': pageContent,
    ...sweptContent,
  },
};

const identifiedOrSwept = {
  description: `${identified.description} What leads to several endpoints has an answer for each.`,
  content: {
    ...identified.content,
    'application/json': {
      schema: { oneOf: [reference('schemas', 'Identification'), reference('schemas', 'Sweep')] },
      example: exampleIdentification,
    },
    ...sweptContent,
  },
};

/** One response per status, which lists its codes and shows an error of each. */
function problemResponses(listed: readonly ProblemCode[]) {
  const statuses = [...new Set(listed.map((code) => problems[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => listed.includes(code) && problems[code].status === status);
      const examples = (suffix: string) =>
        Object.fromEntries(ofStatus.map((code) => [code, reference('examples', `${code}${suffix}`)]));
      return [
        status,
        {
          description: ofStatus.map((code) => `\`${code}\`: ${problems[code].title}.`).join('\n'),
          ...(status in statusHeaders ? { headers: statusHeaders[status] } : {}),
          content: {
            'application/problem+json': { schema: reference('schemas', 'Problem'), examples: examples('') },
            'text/plain': { schema: { type: 'string' }, examples: examples('.text') },
            'text/html': pageContent,
          },
        },
      ];
    }),
  );
}

function makeProblemExamples() {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const document = exampleProblem(code).toDocument(exampleRequestId);
      return [
        [code, { value: document }],
        [`${code}.text`, { value: renderProblemText(document) }],
      ];
    }),
  );
}

const statusHeaders: Record<number, object> = {
  405: { Allow: { description: 'What is allowed.', schema: { type: 'string', const: 'GET' } } },
  503: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer', minimum: 0 } } },
};

function reference(kind: 'schemas' | 'parameters' | 'responses' | 'examples', name: string) {
  return { $ref: `#/components/${kind}/${name}` };
}

/** The contract's schemas under their own names. Clients have to put up with fields that they do not know. */
function makeSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  const named = {
    Identification: contract.identification,
    Verdict: contract.verdict,
    Confidence: contract.confidence,
    Service: contract.service,
    Owner: contract.owner,
    Candidate: contract.candidate,
    Strength: contract.strength,
    Evidence: contract.evidence,
    Check: contract.check,
    Endpoint: contract.endpoint,
    NextStep: contract.nextStep,
    Sweep: contract.sweep,
    SweepRow: contract.sweepRow,
    Scope: contract.scope,
    OtherInterface: contract.otherInterface,
    Home: contract.home,
    Problem: contract.problem,
  };
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    uri: (id) => reference('schemas', id).$ref,
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      delete jsonSchema.propertyNames;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]));
}
