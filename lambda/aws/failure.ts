/** What went wrong with a call, told apart: a refusal, a throttle, a time-out and an unreadable answer are not an absence. */
import { isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isThrottlingError>[0];

export interface Failure {
  readonly kind:
    | 'denied'
    | 'throttled'
    | 'credentials'
    | 'timed-out'
    | 'malformed'
    | 'unreachable'
    | 'undecided'
    | 'error';
  /** The IAM action of the call, `ec2:DescribeVpcEndpoints`, where the failure was that of an AWS call. */
  readonly action: string | null;
  /** One clause that a person can act on. */
  readonly reason: string;
}

/** AWS answered, but not with what its API promises. */
export class MalformedAnswer extends Error {}

/** The deadline, or the check's own time box, ended the wait. */
export class OutOfTime extends Error {}

/** DNS said nothing of a name; the message is why, and which name. */
export class DnsFailure extends Error {
  /** It is about the server that was asked, so that another one may know. */
  readonly anotherMayKnow: boolean;

  constructor(message: string, { anotherMayKnow = false } = {}) {
    super(message);
    this.anotherMayKnow = anotherMayKnow;
  }
}

const actions = new WeakMap<object, string>();

/** Remembers which call an error came from, and returns the error. */
export function noteAction(error: unknown, action: string): unknown {
  if (typeof error === 'object' && error !== null && !actions.has(error)) actions.set(error, action);
  return error;
}

const deniedNames = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'Client.UnauthorizedOperation',
  'NotAuthorized',
  'UnauthorizedException',
]);

const credentialNames = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

/** @param error whatever was thrown */
export function describeFailure(error: unknown): Failure {
  const { name, message, code, status } = fields(error);
  const action = (typeof error === 'object' && error !== null && actions.get(error)) || null;
  const of = action ?? 'a call';
  const fail = (kind: Failure['kind'], reason: string): Failure => ({ kind, action, reason });

  if (error instanceof OutOfTime) return fail('timed-out', message);
  if (error instanceof MalformedAnswer) return fail('malformed', message);
  if (error instanceof DnsFailure) return fail('unreachable', message);
  if (deniedNames.has(name)) return fail('denied', `${of} is not allowed`);
  if (credentialNames.has(name))
    return fail('credentials', `${of}: AWS did not accept the credentials (${name})`);
  if (isThrottling(error)) return fail('throttled', `${of} was throttled`);
  if (code !== '' && code !== 'ETIMEDOUT' && isTransientError(error as SdkError))
    return fail('unreachable', `${of}: no connection (${code})`);
  if (name === 'TimeoutError' || name === 'AbortError') return fail('timed-out', `${of} timed out`);
  if (error instanceof SyntaxError || / parse error|Deserialization error/.test(message)) {
    return fail('malformed', `${of}: the answer could not be read`);
  }
  if (status >= 500) return fail('error', `${of}: AWS failed (HTTP ${status})`);
  if (code !== '' && isTransientError(error as SdkError))
    return fail('unreachable', `${of}: no connection (${code})`);
  return fail('error', `${of}: ${name}`);
}

export function isThrottling(error: unknown): boolean {
  return isThrottlingError(error as SdkError);
}

function fields(error: unknown) {
  const e = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const string = (value: unknown) => (typeof value === 'string' ? value : '');
  const metadata = (e['$metadata'] ?? {}) as { httpStatusCode?: number };
  return {
    name: string(e['name']) || 'Error',
    message: string(e['message']),
    code: string(e['code']),
    status: metadata.httpStatusCode ?? 0,
  };
}
