import { AwsError, isRecord, type Protocol, type WireAnswer } from './protocol.ts';

/**
 * The JSON protocols, 1.0 and 1.1: the operation is in the X-Amz-Target header, the names are the API's own.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function awsJson(api: {
  version: '1.0' | '1.1';
  /** What precedes the operation in X-Amz-Target; not every client of a service says it alike. */
  targets: readonly string[];
  /** The newer APIs write times as text, the older ones as seconds since 1970. */
  timestamps: 'seconds' | 'iso8601';
  /** The service's own name for an error of its own. */
  internalError: string;
  messageField: 'message' | 'Message';
}): Protocol {
  const json = (status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${api.version}`, ...headers },
    body: JSON.stringify(body),
  });
  const target = (headers: Readonly<Record<string, string | string[] | undefined>>): string => {
    const name = headers['x-amz-target'];
    const [, prefix, operation] = /^(.+)\.(\w+)$/.exec(typeof name === 'string' ? name : '') ?? [];
    return prefix !== undefined && operation !== undefined && api.targets.includes(prefix) ? operation : '';
  };
  const errors: Protocol['errors'] = {
    denied: (message) => new AwsError('AccessDeniedException', message),
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
    internal: () => new AwsError(api.internalError, 'An internal error occurred.', 500),
    expired: () =>
      new AwsError('ExpiredTokenException', 'The security token included in the request is expired'),
    unsigned: () => new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    unknownOperation: (operation) =>
      new AwsError('UnknownOperationException', operation === '' ? '' : `Unknown operation ${operation}`),
  };
  return {
    recognises: (request) => target(request.headers) !== '',

    read(request) {
      const operation = target(request.headers);
      if (operation === '') throw errors.unknownOperation(operation);
      return { operation, input: readTimes(parseObject(request.body)) };
    },

    answer: (_operation, output) => json(200, toWire(output, api.timestamps)),

    refuse: (error) =>
      json(
        error.status,
        { __type: error.code, [api.messageField]: error.message },
        { 'x-amzn-errortype': error.code },
      ),

    errors,
  };
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  const refused = new AwsError('SerializationException', 'The request body is not a JSON object');
  try {
    const parsed: unknown = JSON.parse(body);
    if (isRecord(parsed)) return parsed;
  } catch {
    throw refused;
  }
  throw refused;
}

/** Requests carry times as seconds since 1970, in fields called `…Time`. */
function readTimes(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) =>
      name.endsWith('Time') && typeof value === 'number' ? [name, new Date(value * 1000)] : [name, value],
    ),
  );
}

function toWire(value: unknown, timestamps: 'seconds' | 'iso8601'): unknown {
  if (value instanceof Date) return timestamps === 'seconds' ? value.getTime() / 1000 : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toWire(item, timestamps));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toWire(item, timestamps)]));
}
