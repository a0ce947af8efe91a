/** The connections to AWS, kept for the life of the instance. */
import type { Readable } from 'node:stream';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';

/** The SDK's default of 50 would make a VPC's firewalls wait for each other. */
const socketsPerHost = 200;

export function createRequestHandler(): NodeHttpHandler {
  const agentOptions = { keepAlive: true, maxSockets: socketsPerHost };
  return new PatientHandler({
    connectionTimeout: 3_000,
    throwOnRequestTimeout: true,
    httpAgent: agentOptions,
    httpsAgent: agentOptions,
  });
}

/**
 * A call that nobody waits for any more is let go, not cut off: cut off, it takes its connection with it, and most calls
 * of a lookup are still under way when the first one settles it. The next lookup would begin with as many TLS handshakes.
 *
 * Errors: an AbortError as soon as the signal fires. What comes later is read to its end and dropped; a call that never
 * ends is ended by its own time limit, which the SDK applies up to the headers, and this to the body as well.
 */
class PatientHandler extends NodeHttpHandler {
  override async handle(request: HttpRequest, options: HttpHandlerOptions = {}) {
    const { abortSignal, ...rest } = options;
    const signal = abortSignal as AbortSignal | undefined;
    if (signal?.aborted) throw abortError();
    const answered = super.handle(request, rest).then((answer) => limitBody(answer, rest.requestTimeout));
    if (signal === undefined) return answered;
    return new Promise<{ response: HttpResponse }>((resolve, reject) => {
      const letGo = () => {
        reject(abortError());
        answered.then(drain, () => undefined);
      };
      signal.addEventListener('abort', letGo, { once: true });
      answered.then(resolve, reject).finally(() => signal.removeEventListener('abort', letGo));
    });
  }
}

/** An answer may stop in the middle: the SDK would wait for the rest for ever. */
function limitBody<T extends { response: HttpResponse }>(answer: T, limitMs: number | undefined): T {
  const body: Readable = answer.response.body;
  if (limitMs === undefined) return answer;
  const late = () =>
    body.destroy(
      Object.assign(new Error(`half an answer after ${limitMs} ms`), {
        name: 'TimeoutError',
        code: 'ETIMEDOUT',
      }),
    );
  const timer = setTimeout(late, limitMs);
  body.once('close', () => clearTimeout(timer));
  return answer;
}

function drain({ response }: { response: HttpResponse }): void {
  response.body.on('error', () => undefined).resume();
}

/** One for each call, for each knows its own action. */
export function abortError(): Error {
  return Object.assign(new Error('nobody waits for this call any more'), { name: 'AbortError' });
}
