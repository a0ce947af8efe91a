import { AwsError, type Input, isRecord, type Protocol, type WireAnswer } from './protocol.ts';

export interface RestJson {
  /** `GET /graphs/{graphIdentifier}`, by the name of each operation. */
  readonly routes: Readonly<Record<string, string>>;
  /** Names of the query that the API calls otherwise. */
  readonly query?: Readonly<Record<string, string>>;
  /** Whether the members have the API's own names, or those with a small first letter. */
  readonly members: 'as-they-are' | 'small-first-letter';
  readonly timestamps: 'seconds' | 'iso8601';
  /** The service's own names for what any operation can answer. */
  readonly errorNames: Readonly<
    Record<'denied' | 'throttled' | 'internal', readonly [code: string, status: number]>
  >;
}

/**
 * REST-JSON: the operation is in the method and the path, the input in the path, the query and a JSON body.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson(api: RestJson): Protocol {
  const routes = Object.entries(api.routes).map(([operation, route]) => ({ operation, ...readRoute(route) }));
  const errorOf = (kind: keyof RestJson['errorNames'], message: string) => {
    const [code, status] = api.errorNames[kind];
    return new AwsError(code, message, status);
  };
  const errors: Protocol['errors'] = {
    denied: (message) => errorOf('denied', message),
    throttled: () => errorOf('throttled', 'Rate exceeded'),
    internal: () => errorOf('internal', 'An internal error occurred.'),
    expired: () =>
      new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403),
    unsigned: () => new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403),
    unknownOperation: (operation) =>
      new AwsError(
        'UnknownOperationException',
        operation === '' ? '' : `Unknown operation ${operation}`,
        404,
      ),
  };
  const find = ({ method = '', target = '' }: { readonly method?: string; readonly target?: string }) => {
    const [path = ''] = target.split('?');
    for (const { operation, method: known, pattern, labels } of routes) {
      const match = known === method ? pattern.exec(path) : null;
      if (match === null) continue;
      const values = match.slice(1).map(decodeURIComponent);
      return { operation, input: Object.fromEntries(labels.map((label, index) => [label, values[index]])) };
    }
    return null;
  };
  return {
    // Without a signature nothing tells whose path it is.
    recognises: (request) => find(request) !== null,

    read(request) {
      const found = find(request);
      if (found === null) throw errors.unknownOperation(`${request.method} ${request.target}`);
      const [, query = ''] = (request.target ?? '').split(/\?(.*)/s);
      return {
        operation: found.operation,
        input: { ...found.input, ...readQuery(query, api.query), ...readBody(request.body) },
      };
    },

    answer: (_operation, output) => json(200, toWire(output, api)),

    refuse: (error) => json(error.status, { message: error.message }, { 'x-amzn-errortype': error.code }),

    errors,
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A path's last slash is part of it. */
function readRoute(route: string) {
  const [method = '', path = ''] = route.split(' ');
  const labels = Array.from(path.matchAll(/\{(\w+)\}/g), ([, label = '']) => label);
  const pattern = new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`);
  return { method, pattern, labels };
}

/** Numbers are digits, and everything else is text. */
function readQuery(query: string, names: RestJson['query'] = {}): Input {
  return Object.fromEntries(
    [...new URLSearchParams(query)].map(([name, value]) => [
      names[name] ?? name,
      /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );
}

function readBody(body: string): Input {
  if (body === '') return {};
  const refused = new AwsError('SerializationException', 'The request body is not a JSON object');
  try {
    const parsed: unknown = JSON.parse(body);
    if (isRecord(parsed)) return parsed;
  } catch {
    throw refused;
  }
  throw refused;
}

function toWire(value: unknown, api: RestJson): unknown {
  if (value instanceof Date)
    return api.timestamps === 'seconds' ? value.getTime() / 1000 : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toWire(item, api));
  if (!isRecord(value)) return value;
  const nameOf = (name: string) =>
    api.members === 'as-they-are' ? name : `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [nameOf(name), toWire(item, api)]));
}
