/** The connections to AWS, kept for the life of the instance. */
import type { Readable } from 'node:stream';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';

/** The SDK's default of 50 would make a VPC's firewalls wait for each other. */
const socketsPerHost = 200;

export function createRequestHandler(): NodeHttpHandler {
  const agentOptions = { keepAlive: true, maxSockets: socketsPerHost };
  return new WholeAnswers({
    connectionTimeout: 3_000,
    throwOnRequestTimeout: true,
    httpAgent: agentOptions,
    httpsAgent: agentOptions,
  });
}

/** An answer that stops in the middle fails, and so does one that is not AWS's. */
class WholeAnswers extends NodeHttpHandler {
  override async handle(request: HttpRequest, options: HttpHandlerOptions = {}) {
    const answer: { response: HttpResponse } = await super.handle(request, options);
    const { requestTimeout } = options;
    refusePage(answer.response);
    if (requestTimeout !== undefined) limitBody(answer.response.body, requestTimeout);
    return answer;
  }
}

/** A proxy's page to log in, for instance: the SDK can read it as XML, as an answer without anything in it. */
function refusePage({ statusCode, headers, body }: HttpResponse): void {
  if (statusCode >= 500 || !headers['content-type']?.startsWith('text/html')) return;
  body.destroy();
  throw new SyntaxError('a page for browsers, which AWS does not send');
}

/** The SDK limits the time to the headers of an answer; this, the time from there to its end as well. */
function limitBody(body: Readable, limitMs: number): void {
  const late = Object.assign(new Error(`half an answer after ${limitMs} ms`), {
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  });
  const timer = setTimeout(() => body.destroy(late), limitMs);
  body.once('close', () => clearTimeout(timer));
}
