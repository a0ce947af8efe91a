/** Serves a handler on this machine, as API Gateway and Lambda would. */
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Handler } from '../lambda/http/handler.ts';
import { Problem } from '../lambda/problem.ts';
import { answerProblem, longestHead, readBody, refuse, refuseUnparsed } from './admission.ts';
import { type Message, makeContext, makeEvent, type Surroundings, timeoutMs } from './event.ts';

export interface ServerOptions extends Surroundings {
  readonly handler: Handler;
  /** 0: any free port. */
  readonly port: number;
  /** Gets what the handler threw, which the caller never sees. */
  readonly logError?: (error: unknown) => void;
}

export interface Server {
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  readonly close: () => Promise<void>;
}

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
  options: ServerOptions & Required<Pick<ServerOptions, 'logError'>>,
): Promise<void> {
  const body = refuse(request) ?? (await readBody(request));
  if (body instanceof Problem) return answerProblem(request, response, body);
  const event = makeEvent(messageOf(request, body), options);
  try {
    answer(response, event, await options.handler(event, makeContext(options)));
  } catch (error) {
    options.logError(error);
    const message = JSON.stringify({ message: 'Internal Server Error' });
    const headers = { 'content-type': 'application/json' };
    answer(response, event, { statusCode: 500, headers, body: message });
  }
}

function messageOf(request: IncomingMessage, body: Buffer): Message {
  const { method = '', url = '', headersDistinct: headers, httpVersion } = request;
  return { method, target: url, headers, httpVersion, sourceIp: request.socket.remoteAddress ?? '', body };
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
