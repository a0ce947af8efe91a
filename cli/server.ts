/** API Gateway and Lambda, as far as one function behind an HTTP API's `$default` route sees them. */
import { randomUUID } from 'node:crypto';
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { partition } from '@aws-sdk/core/client';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Handler } from '../lambda/http/handler.ts';
import { Problem } from '../lambda/problem.ts';
import { answerProblem, longestHead, readBody, refuse, refuseUnparsed } from './admission.ts';

export interface ServerOptions {
  readonly handler: Handler;
  /** 0: any free port. */
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  /** Gets what the handler threw, which the caller never sees. */
  readonly logError?: (error: unknown) => void;
}

export interface Server {
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  readonly close: () => Promise<void>;
}

const functionName = 'vpce-owner';
const apiId = 'localhost00';
/** API Gateway's HTTP APIs give up at 30 s. */
const timeoutMs = 30_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @throws when the port is taken */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { port, logError = console.error } = options;
  const underWay = new Set<ServerResponse>();
  // Headers past API Gateway's limit are still parsed, so that the refusal comes in the form that they ask for. A request
  // without a Host is refused here, in our words.
  const server = createServer({ maxHeaderSize: 4 * longestHead, requireHostHeader: false });
  server.on('clientError', refuseUnparsed);
  server.on('request', (request, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (!server.listening && underWay.size === 0) server.closeAllConnections();
    });
    serve(request, response, { ...options, logError }).catch((error: unknown) => {
      logError(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    // Not `localhost`: where that is ::1 first, it can lead to somebody else's server on the same port.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => close(server, underWay),
  };
}

/** Connections on which nothing was asked (browsers keep some open) are not waited for. */
function close(server: HttpServer, underWay: ReadonlySet<ServerResponse>): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), timeoutMs);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearTimeout(late);
      if (error === undefined) resolve();
      else reject(error);
    });
    if (underWay.size === 0) server.closeAllConnections();
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: Required<ServerOptions>,
): Promise<void> {
  const body = refuse(request) ?? (await readBody(request));
  if (body instanceof Problem) return answerProblem(request, response, body);
  const event = makeEvent(request, body, options);
  try {
    answer(response, event, await options.handler(event, makeContext(options)));
  } catch (error) {
    options.logError(error);
    const message = JSON.stringify({ message: 'Internal Server Error' });
    const headers = { 'content-type': 'application/json' };
    answer(response, event, { statusCode: 500, headers, body: message });
  }
}

function makeEvent(
  request: IncomingMessage,
  body: Buffer,
  { accountId, region }: ServerOptions,
): APIGatewayProxyEventV2 {
  const [path = '', ...query] = (request.url ?? '').split('?');
  const rawPath = decodePath(path);
  const rawQueryString = query.join('?');
  const { cookie, ...headers } = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
  const parameters = joinRepeated(new URLSearchParams(rawQueryString));
  const isText = /^(text\/|application\/(json|javascript|xml)\b)/i.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(rawQueryString === '' ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId,
      apiId,
      domainName: `${apiId}.execute-api.${region}.${partition(region).dnsSuffix}`,
      domainPrefix: apiId,
      http: {
        method: request.method ?? '',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: toLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** HTTP APIs hand the path over percent-decoded, whatever `rawPath` is called (observed), and the query as it came. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function joinRepeated(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** `12/Mar/2020:19:03:58 +0000` */
function toLogTime(date: Date): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(date.toISOString()) ?? [];
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}

function makeContext({ accountId, region }: ServerOptions): Context {
  const deadline = Date.now() + timeoutMs;
  const old = () => {
    throw new Error('a handler that returns a promise does not call context.done, fail or succeed');
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:${partition(region).name}:lambda:${region}:${accountId}:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: old,
    fail: old,
    succeed: old,
  };
}

function answer(
  response: ServerResponse,
  event: APIGatewayProxyEventV2,
  {
    statusCode = 200,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  }: APIGatewayProxyStructuredResultV2,
): void {
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.setHeader('apigw-requestid', event.requestContext.requestId);
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}
