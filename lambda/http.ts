/** The connections to AWS, kept for the life of the instance. */
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
 * ends is ended by its own time limit.
 */
class PatientHandler extends NodeHttpHandler {
  override async handle(request: HttpRequest, options: HttpHandlerOptions = {}) {
    const { abortSignal, ...rest } = options;
    const signal = abortSignal as AbortSignal | undefined;
    if (signal === undefined) return super.handle(request, rest);
    if (signal.aborted) throw abortError();
    const answered = super.handle(request, rest);
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

function drain({ response }: { response: HttpResponse }): void {
  response.body.on('error', () => undefined).resume();
}

function abortError(): Error {
  return Object.assign(new Error('nobody waits for this call any more'), { name: 'AbortError' });
}
