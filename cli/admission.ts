/** Which requests the local server takes: those of this machine's own programs, as large as API Gateway takes them. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream';
import { echo, plainJson } from '../lambda/plain-text.ts';
import { Problem } from '../lambda/problem.ts';
import { problemInForm } from './problem-form.ts';

/**
 * The request line and the headers, in bytes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const longestHead = 10_240;
const largestBody = 10 * 1024 * 1024;

const hosts = ['127.0.0.1', 'localhost', '[::1]'];

/** How long the rest of a refused body is read and thrown away: a client that is cut off in it misses the answer. */
const lingerMs = 1_000;

/**
 * A web page can lead a name of its own to this machine (DNS rebinding) and would read the account with the credentials
 * of whoever runs this; its requests still carry that name as their Host. What another site sends here is refused too.
 */
export function refuse(request: IncomingMessage): Problem | null {
  const port = request.socket.localPort;
  const [host, ...others] = request.headersDistinct['host'] ?? [];
  if (host === undefined || others.length > 0 || !isOwnHost(host, port)) {
    const came = host === undefined ? 'none' : echo([host, ...others].join(', '));
    return new Problem(
      'host-not-allowed',
      `Expected this machine's own name as the Host, such as 127.0.0.1:${port}; got ${came}.`,
    );
  }
  const site = request.headersDistinct['sec-fetch-site']?.join(', ') ?? 'none';
  if (site !== 'none' && site !== 'same-origin') {
    return new Problem(
      'host-not-allowed',
      `Expected a request of this server's own pages or of no page; got one of another site's (Sec-Fetch-Site: ${echo(site)}).`,
    );
  }
  const head = headLength(request);
  if (head > longestHead) return headTooLarge(`${head}`);
  const announced = Number(request.headers['content-length'] ?? 0);
  return announced > largestBody ? bodyTooLarge(`${announced}`) : null;
}

/** @returns a problem as soon as there is more than is taken; the rest is not kept */
export function readBody(request: IncomingMessage): Promise<Buffer | Problem> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largestBody) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        resolve(bodyTooLarge('more'));
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

/** The connection ends with it: what is left of the request would be taken for the next one. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const document = problem.toDocument(randomUUID());
  const [, rawQueryString = ''] = (request.url ?? '').split(/\?(.*)/s);
  const { statusCode, headers, body } = problemInForm(document, rawQueryString, request.headers.accept);
  response.writeHead(statusCode, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'apigw-requestid': document.requestId,
    connection: 'close',
  });
  response.write(body);
  const late = setTimeout(() => response.end(), lingerMs);
  finished(request, () => {
    clearTimeout(late);
    response.end();
  });
  request.resume();
}

/** What Node could not parse, and so nobody knows in which form an answer is wanted. */
export function refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (error.code !== 'HPE_HEADER_OVERFLOW') {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const body = `${plainJson(headTooLarge('more').toDocument(randomUUID()))}\n`;
  socket.end(
    'HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Type: application/problem+json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function isOwnHost(host: string, port: number | undefined): boolean {
  const [, name = '', given = '80'] = /^(.*?)(?::(\d+))?$/s.exec(host.toLowerCase()) ?? [];
  return hosts.includes(name) && given === String(port);
}

function headLength({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}\r\n`.length;
  // A colon, a blank and a line break for each pair.
  return line + rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
}

function headTooLarge(came: string): Problem {
  const expected = `Expected a request line and headers of at most ${longestHead} bytes, as API Gateway takes them`;
  return new Problem('request-too-large', `${expected}; got ${came}.`);
}

function bodyTooLarge(came: string): Problem {
  const expected = `Expected a body of at most ${largestBody} bytes, as API Gateway takes it`;
  return new Problem('request-too-large', `${expected}; got ${came}.`);
}
