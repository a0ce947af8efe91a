/** Answers from a deployed API, handed on as they come. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { echo } from '../lambda/plain-text.ts';
import { Problem } from '../lambda/problem.ts';
import { type Api, type AskApi, connectApi, explain } from './api.ts';
import { problemInForm } from './problem-form.ts';
import type { OpenSource } from './source.ts';

/** What an answer of vpce-owner says of itself; the gateway's own headers say nothing here. */
const passedOn = [
  'allow',
  'cache-control',
  'content-disposition',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'referrer-policy',
  'retry-after',
  'x-content-type-options',
];

export function useApi(api: Api, fallbackRegion?: string): OpenSource {
  const ask = connectApi(api, fallbackRegion);
  return {
    handler: async (event) => {
      try {
        return await handOn(event, api.url, ask);
      } catch (error) {
        const problem = error instanceof Problem ? error : unreachable(api.url, error);
        const document = problem.toDocument(event.requestContext.requestId);
        return problemInForm(document, event.rawQueryString, event.headers['accept']);
      }
    },
    // The API knows these of itself.
    accountId: 'unknown',
    region: 'unknown',
    name: `the API ${api.url.href}`,
    regions: async () => {
      throw new Error(
        'which Regions the deployment may look into is not known here: name them with --region',
      );
    },
    close: async () => {},
  };
}

async function handOn(
  event: APIGatewayProxyEventV2,
  url: URL,
  ask: AskApi,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (method !== 'GET')
    throw new Problem(
      'method-not-allowed',
      `Expected GET, for every request only reads; got ${echo(method)}.`,
    );
  const query = new URLSearchParams(event.rawQueryString);
  const answer = await ask(pathBelow(url, event.rawPath), query, event.headers['accept']);
  const body = await answer.text();
  if (!isOfTheApi(answer)) throw ofTheGateway(url, answer, body);
  const headers = passedOn.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { statusCode: answer.status, headers: Object.fromEntries(headers), body };
}

/** The pages of an API with a stage, or at a path of a domain, lead to that path: it is the root here. */
function pathBelow({ pathname: base }: URL, rawPath: string): string {
  const path = rawPath.startsWith(base) ? rawPath.slice(base.length) : rawPath.slice(1);
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Every answer of the function has this header, and a gateway's error is plain JSON. */
function isOfTheApi({ status, headers }: Response): boolean {
  if (headers.get('x-content-type-options') !== 'nosniff') return false;
  if (status < 400) return status === 200;
  return !/^application\/json\b/.test(headers.get('content-type') ?? '');
}

function fieldsOf(body: string): { readonly message?: unknown } {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

/** API Gateway refuses in its own words, `{"message":"Forbidden"}`, whoever is not let in or asks too often. */
function ofTheGateway(url: URL, { status }: Response, body: string): Problem {
  const { message } = fieldsOf(body);
  const came = `${url.host} answered ${status}${typeof message === 'string' ? ` ${echo(message)}` : ''}`;
  if (status === 401 || status === 403)
    return new Problem(
      'aws-access-denied',
      `Expected to be let in: ${came}. Who may ask has the policy CallerPolicyArn of the stack, or a token of its issuer.`,
      { action: 'execute-api:Invoke' },
    );
  if (status === 429)
    return new Problem('aws-throttled', `${came}. Ask again in a second.`, { retryAfterSeconds: 1 });
  return new Problem(
    'aws-error',
    `Expected an answer of vpce-owner; ${came}. The address is the output ApiUrl of the stack.`,
  );
}

function unreachable(url: URL, error: unknown): Problem {
  if ((error as Error).name === 'TimeoutError')
    return new Problem('deadline-exceeded', `${url.host} did not answer in time. Ask again.`);
  return new Problem('aws-error', `${url.host} could not be asked: ${explain(error)}.`);
}
