/** HTTP in, HTTP out. */

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type ClientOverrides, connect } from '../aws/clients.ts';
import { createRequestHandler } from '../aws/connections.ts';
import { createDns } from '../aws/dns.ts';
import type { Place } from '../aws/region.ts';
import type { Config } from '../config.ts';
import { rememberCreations } from '../evidence/cloudtrail.ts';
import type { Surroundings } from '../identify.ts';
import { shareInFlight } from '../in-flight.ts';
import { lastUsed } from '../last-used.ts';
import { shareListings } from '../listings.ts';
import { type Lookup, lookUp } from '../lookup.ts';
import { plainJson } from '../plain-text.ts';
import { Problem } from '../problem.ts';
import { renderProblemText, renderText } from '../render/text.ts';
import { resolvers } from '../resolvers/index.ts';
import { afterAnswer, limitRate, limitTime, notWaitedFor } from '../time/limit.ts';
import type { ProblemDocument } from './contract.ts';
import { isPayload2, refusePayload } from './payload.ts';
import type { Subject } from './question.ts';
import { type Format, negotiateFormat, parseRequest, type Request } from './request.ts';

/** Lambda's own margin: what is left of the function's time when the answer must be ready. */
const marginMs = 1_000;
/** LookupEvents has been seen to take 35 s; past this the answer does without it. */
const cloudTrailShareMs = 15_000;
/** AWS counts seconds by its own clock. */
const cloudTrailWindowMs = 1_050;

/** Above the number of AWS's Regions: where every Region may be asked, a caller can make names up. */
const mostRegions = 64;

/** An answer is for the caller alone, is no page, and is nobody else's to read: there is no CORS. */
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
  /** The error that was answered; of an `internal-error` the cause is in it. */
  readonly problem: Problem | null;
}

export interface HandlerOptions {
  /** Where else than AWS to send requests, and as whom; the SDK's normal chain without them. */
  readonly overrides?: ClientOverrides;
  readonly observe?: (observation: Observation) => void;
}

export function createHandler(config: Config, options: HandlerOptions = {}): Handler {
  const { overrides = {}, observe = () => undefined } = options;
  const connectTo = createConnections(config, overrides);
  const dns = createDns(config.dnsServers, () => performance.now());
  const findCreation = rememberCreations();
  const inFlight = shareInFlight<Lookup>(
    ({ identification }) => identification.complete,
    () => performance.now(),
  );

  const identify = async (
    { region, subject }: Extract<Request, { route: 'identify' }>,
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<Lookup> => {
    const place = { region, accountId: accountOf(event, context) };
    const timeLeftMs = Math.min(config.deadlineMs, context.getRemainingTimeInMillis() - marginMs);
    const key = JSON.stringify([place, subject]);
    return inFlight(key, timeLeftMs, (deadline) => lookUpBy(deadline, subject, place));
  };

  const lookUpBy = async (deadline: AbortSignal, subject: Subject, place: Place): Promise<Lookup> => {
    const ended = new AbortController();
    const cloudTrailShare = limitTime(cloudTrailShareMs);
    try {
      return await lookUp(subject, place, {
        resolvers,
        ...connectTo(place.region),
        findCreation,
        dns: dns(AbortSignal.any([deadline, ended.signal])),
        now: () => new Date(),
        deadline,
        cloudTrailDeadline: cloudTrailShare.signal,
      });
    } finally {
      afterAnswer(() => ended.abort(notWaitedFor));
      cloudTrailShare.lift();
    }
  };

  return async (event, context) => {
    if (!isPayload2(event)) return answerProblem(refusePayload(event, context), 'json');
    const format = negotiateFormat(event);
    try {
      const request = parseRequest(event, config);
      const lookup = request.route === 'openapi' ? null : await identify(request, event, context);
      observe({ event, context, status: 200, lookup, problem: null });
      if (lookup === null) return answerJson(await openApi());
      const { identification } = lookup;
      return format === 'text' ? answerText(renderText(identification)) : answerJson(identification);
    } catch (error) {
      const bug = 'This is a bug of vpce-owner. Its log has more under the request id.';
      const problem = error instanceof Problem ? error : new Problem('internal-error', bug, {}, error);
      const document = problem.toDocument(event.requestContext.requestId);
      observe({ event, context, status: document.status, lookup: null, problem });
      return answerProblem(document, format);
    }
  };
}

/** Each Region's clients and their connections, kept for the life of the instance. */
function createConnections({ lookupEventsPerSecond }: Config, overrides: ClientOverrides) {
  const requestHandler = createRequestHandler();
  const regions = lastUsed<Pick<Surroundings, 'connect' | 'listings'>>(mostRegions);
  const now = () => performance.now();
  return (region: string): Pick<Surroundings, 'connect' | 'listings'> => {
    const known = regions.get(region);
    if (known !== undefined) return known;
    const cloudTrailTurn = limitRate(lookupEventsPerSecond, cloudTrailWindowMs, now);
    const view = connect({ region, requestHandler, cloudTrailTurn, overrides });
    const connection = { connect: view, listings: shareListings(view, now) };
    regions.set(region, connection);
    return connection;
  };
}

function answerProblem(document: ProblemDocument, format: Format): APIGatewayProxyStructuredResultV2 {
  const { status, code, retryAfterSeconds } = document;
  const headers = {
    ...(code === 'method-not-allowed' ? { allow: 'GET' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  return format === 'text'
    ? answerText(renderProblemText(document), status, headers)
    : answerJson(document, status, { 'content-type': 'application/problem+json', ...headers });
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
  return answer(statusCode, { 'content-type': 'application/json', ...headers }, body);
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
