/** HTTP in, HTTP out. */

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Sweep } from '../answer/sweep.ts';
import type { ClientOverrides } from '../aws/clients.ts';
import type { Config } from '../config.ts';
import type { Lookup } from '../lookup.ts';
import { plainJson } from '../plain-text.ts';
import { Problem, type ProblemDocument } from '../problem.ts';
import type { Home } from '../render/home.ts';
import type { Content } from '../render/page.ts';
import { renderProblemText, renderText } from '../render/text.ts';
import type { WorldOptions } from '../world.ts';
import { type Format, mediaTypes, mostBytes, negotiateFormat, takesPacked, withoutRows } from './format.ts';
import { createLook, type Looked } from './look.ts';
import { pack } from './pack.ts';
import { isPayload2, refusePayload } from './payload.ts';
import { parseRequest } from './request.ts';

/** Lambda's own margin: what is left of the function's time when the answer must be ready. */
const marginMs = 1_000;
/** An answer is for the caller alone, and nobody else's to read: there is no CORS. A page has a policy of its own. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

export type Handler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** What there is to say of a request once it is answered. */
export interface Observation {
  readonly event: APIGatewayProxyEventV2;
  readonly context: Context;
  readonly status: number;
  /** `null` for a request that was not a lookup, or got an error. */
  readonly lookup: Lookup | null;
  /** Of many endpoints at once; `null`, or absent, for a request that was none. */
  readonly sweep?: Extract<Looked, { is: 'sweep' }> | null;
  /** The error that was answered; of an `internal-error` the cause is in it. */
  readonly problem: Problem | null;
}

export interface HandlerOptions extends WorldOptions {
  /** Where else than AWS to send requests, and as whom; the SDK's normal chain without them. */
  readonly overrides?: ClientOverrides;
  readonly observe?: (observation: Observation) => void;
  /** What the page has to say of where it is served, and to show. */
  readonly home?: Home;
}

export function createHandler(config: Config, options: HandlerOptions = {}): Handler {
  const { overrides = {}, observe = () => undefined, home } = options;
  const look = createLook(config, overrides, options);
  return async (event, context) => {
    if (!isPayload2(event)) return answerJson(refusePayload(event, context), 400, problemType);
    const format = negotiateFormat(event);
    try {
      const request = parseRequest(event, config);
      const found =
        request.route === 'identify' || request.route === 'sweep'
          ? await look(request, accountOf(event, context), {
              timeLeftMs: context.getRemainingTimeInMillis() - marginMs,
              mostBytes: mostBytes[takesPacked(event.headers) ? 'packed' : 'plain'],
            })
          : null;
      observe({ event, context, status: 200, ...observed(found), problem: null });
      if (request.route === 'openapi') return answerJson(await openApi());
      if (found === null) return await answerHome(event, withoutRows(format), home);
      if (found.is === 'sweep') {
        const swept = await answerSweep(found.sweep, format, event, home);
        return takesPacked(event.headers) ? await pack(swept) : swept;
      }
      return await answerLookup(found.lookup.identification, withoutRows(format), event, home);
    } catch (error) {
      const bug = 'This is a bug of vpce-owner. Its log has more under the request id.';
      const problem = error instanceof Problem ? error : new Problem('internal-error', bug, {}, error);
      const document = problem.toDocument(event.requestContext.requestId);
      observe({ event, context, status: document.status, lookup: null, sweep: null, problem });
      const form = withoutRows(format);
      if (form !== 'html') return answerProblem(document, form);
      const { headers, ...page } = await answerPage({ is: 'problem', problem: document }, event, home);
      return { ...page, statusCode: document.status, headers: { ...headers, ...headersOf(document) } };
    }
  };
}

function observed(found: Looked | null): Pick<Observation, 'lookup' | 'sweep'> {
  return {
    lookup: found?.is === 'lookup' ? found.lookup : null,
    sweep: found?.is === 'sweep' ? found : null,
  };
}

async function answerLookup(
  identification: Lookup['identification'],
  format: ReturnType<typeof withoutRows>,
  event: APIGatewayProxyEventV2,
  home: Home | undefined,
) {
  if (format === 'html') return answerPage({ is: 'answer', identification }, event, home);
  return format === 'text' ? answerText(renderText(identification)) : answerJson(identification);
}

/** The code of these forms is loaded by whoever first asks for one. */
async function answerSweep(
  sweep: Sweep,
  format: Format,
  event: APIGatewayProxyEventV2,
  home: Home | undefined,
) {
  if (format === 'html') return answerPage({ is: 'sweep', sweep }, event, home);
  if (format === 'json') return answer(200, jsonType, `${plainJson(sweep, 0)}\n`);
  const { renderRows, renderTable } = await import('../render/rows.ts');
  if (format === 'text') return answerText(renderTable(sweep));
  return answer(200, { 'content-type': mediaTypes[format] }, renderRows[format](sweep));
}

/** The page's code is loaded by whoever first asks for a page. */
async function answerPage(content: Content, event: APIGatewayProxyEventV2, home: Home | undefined) {
  const { pageHeaders, renderPage, rowsHeaders } = await import('../render/page.ts');
  const headers = content.is === 'sweep' ? rowsHeaders : pageHeaders;
  return answer(200, headers, renderPage(content, event, home));
}

async function answerHome(
  event: APIGatewayProxyEventV2,
  format: ReturnType<typeof withoutRows>,
  home: Home | undefined,
) {
  if (format === 'html') return answerPage({ is: 'home' }, event, home);
  const { homeJson, homeText } = await import('../render/home.ts');
  return format === 'text' ? answerText(homeText(home)) : answerJson(homeJson(home));
}

const jsonType = { 'content-type': 'application/json' };
const problemType = { 'content-type': 'application/problem+json' };

function answerProblem(
  document: ProblemDocument,
  format: 'json' | 'text',
): APIGatewayProxyStructuredResultV2 {
  const { status } = document;
  return format === 'text'
    ? answerText(renderProblemText(document), status, headersOf(document))
    : answerJson(document, status, { ...problemType, ...headersOf(document) });
}

function headersOf({ code, retryAfterSeconds }: ProblemDocument): Record<string, string> {
  return {
    ...(code === 'method-not-allowed' ? { allow: 'GET' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
}

async function openApi(): Promise<unknown> {
  const { default: document } = await import('./openapi.json', { with: { type: 'json' } });
  return document;
}

/** The account that this function runs in, and so the one it searches. */
function accountOf(event: APIGatewayProxyEventV2, context: Context): string | null {
  const [, ofFunction] = /^arn:[^:]*:lambda:[^:]*:(\d{12}):/.exec(context.invokedFunctionArn) ?? [];
  const { accountId } = event.requestContext;
  return ofFunction ?? (/^\d{12}$/.test(accountId) ? accountId : null);
}

function answerJson(value: unknown, statusCode = 200, headers: Record<string, string> = {}) {
  const body = `${plainJson(value)}\n`;
  return answer(statusCode, { ...jsonType, ...headers }, body);
}

function answerText(text: string, statusCode = 200, headers: Record<string, string> = {}) {
  return answer(statusCode, { 'content-type': 'text/plain; charset=utf-8', ...headers }, text);
}

function answer(
  statusCode: number,
  headers: Record<string, string>,
  body: string,
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { ...securityHeaders, ...headers },
    body,
  };
}
