/** What went wrong with a call, told apart: a refusal, a throttle, a time-out and an unreadable answer are not an absence. */
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { Gap, GapKind } from '../model/model.ts';
import { isMissingIn, isOptIn } from './availability.ts';

type SdkError = Parameters<typeof isThrottlingError>[0];

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

/** What an error is of. */
export interface Call {
  /** The IAM action. */
  readonly action: string;
  readonly region: string;
}

/** Of an error: a symbol, for a service may name a member of its errors anything. */
const ofCall = Symbol('the call that an error is of');

/** @returns the error, which knows its call now; one that other calls got too, such as that of credentials, is told apart */
export function noteCall(error: unknown, call: Call): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const own: object = Object.isExtensible(error) && !(ofCall in error) ? error : Object.create(error);
  return Object.defineProperty(own, ofCall, { value: call });
}

function callOf(error: unknown): Call | null {
  const noted = typeof error === 'object' && error !== null && ofCall in error;
  return noted ? (error[ofCall] as Call) : null;
}

const deniedNames = new Set([
  'AccessDenied',
  'AccessDeniedException',
  // Amazon MQ and MSK
  'ForbiddenException',
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

/** What these errors also are in a Region that the account has not enabled. */
const notEnabledNames = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClientException',
]);

/** @param error whatever was thrown */
export function describeFailure(error: unknown): Gap {
  const { name, message, code, hostname, status } = fields(error);
  const call = callOf(error);
  const action = call?.action ?? null;
  const of = action ?? 'a call';
  const fail = (kind: GapKind, reason: string): Gap => ({ kind, action, reason });

  if (error instanceof OutOfTime) return fail('timed-out', message);
  if (error instanceof MalformedAnswer) return fail('malformed', message);
  if (error instanceof DnsFailure) return fail('unreachable', message);
  if (deniedNames.has(name)) return fail('denied', `${of} ${refusal(message)}`);
  if (credentialNames.has(name)) return fail('credentials', `${of}: ${notAccepted(name, call)}`);
  if (isThrottling(error)) return fail('throttled', `${of} was throttled`);
  if (code === 'ENOTFOUND' && call !== null && isMissingIn(call.region, hostname))
    return fail('not-in-region', `AWS has no ${prefixOf(call)} endpoint in ${call.region}`);
  if (code !== '' && code !== 'ETIMEDOUT' && isTransientError(error as SdkError))
    return fail('unreachable', `${of}: no connection (${code})`);
  if (name === 'TimeoutError' || name === 'AbortError') return fail('timed-out', `${of} timed out`);
  if (status >= 500) return fail('error', `${of}: AWS failed (HTTP ${status})`);
  if (error instanceof SyntaxError || / parse error|Deserialization error/.test(message)) {
    return fail('malformed', `${of}: the answer could not be read`);
  }
  if (code !== '' && isTransientError(error as SdkError))
    return fail('unreachable', `${of}: no connection (${code})`);
  return fail('error', `${of}: ${name}`);
}

/**
 * Which policy it is that refuses. Where none is named, or it is the caller's own that lacks a statement, the permission
 * is missing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function refusal(message: string): string {
  const policy =
    '(?:service control|resource control|session|VPC endpoint|(?:identity|resource)-based) policy';
  const find = (form: string) => new RegExp(form, 'i').exec(message)?.[1];
  const denies = find(`with an explicit deny in (an? (?:${policy}|permissions boundary))`);
  if (denies !== undefined) return `is denied by ${denies}`;
  const allowsNot = find(`because no (${policy}|permissions boundary) allows`);
  return allowsNot === undefined || allowsNot.includes('-based')
    ? 'is not allowed'
    : `is not allowed: no ${allowsNot} allows it`;
}

function notAccepted(name: string, call: Call | null): string {
  return call !== null && notEnabledNames.has(name) && isOptIn(call.region)
    ? `the Region ${call.region} may not be enabled for this account (${name})`
    : `AWS did not accept the credentials (${name})`;
}

function prefixOf({ action }: Call): string {
  return action.slice(0, action.indexOf(':'));
}

function isThrottling(error: unknown): boolean {
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
    hostname: string(e['hostname']),
    status: metadata.httpStatusCode ?? 0,
  };
}
