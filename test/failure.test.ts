import { describe, expect, test } from '@jest/globals';
import {
  DnsFailure,
  describeFailure,
  MalformedAnswer,
  noteAction,
  OutOfTime,
} from '../lambda/aws/failure.ts';

/** An error as the SDK throws it, from a call that is known. */
function sdkError(name: string, more: object = {}, action = 'rds:DescribeDBProxies'): unknown {
  return noteAction(Object.assign(new Error('message of AWS'), { name }, more), action);
}

const action = 'rds:DescribeDBProxies';

describe('a failure of an AWS call', () => {
  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthorizationError',
    'NotAuthorized',
  ])('that is called %s is a refusal that names the action', (name) => {
    expect(describeFailure(sdkError(name))).toEqual({
      kind: 'denied',
      action,
      reason: 'rds:DescribeDBProxies is not allowed',
    });
  });

  test.each(['ExpiredToken', 'ExpiredTokenException', 'UnrecognizedClientException', 'AuthFailure'])(
    'that is called %s is about the credentials, not a refusal',
    (name) => {
      expect(describeFailure(sdkError(name))).toEqual({
        kind: 'credentials',
        action,
        reason: `rds:DescribeDBProxies: AWS did not accept the credentials (${name})`,
      });
    },
  );

  test.each(['ThrottlingException', 'Throttling', 'RequestLimitExceeded', 'TooManyRequestsException'])(
    'that is called %s is a throttle',
    (name) => {
      expect(describeFailure(sdkError(name))).toEqual({
        kind: 'throttled',
        action,
        reason: 'rds:DescribeDBProxies was throttled',
      });
    },
  );

  test.each(['TimeoutError', 'AbortError'])('that is called %s is a time-out', (name) => {
    expect(describeFailure(sdkError(name))).toMatchObject({
      kind: 'timed-out',
      reason: 'rds:DescribeDBProxies timed out',
    });
  });

  test('with an answer that nobody can read is malformed', () => {
    const unread = noteAction(new SyntaxError('Unexpected token < in JSON'), action);
    expect(describeFailure(unread)).toEqual({
      kind: 'malformed',
      action,
      reason: 'rds:DescribeDBProxies: the answer could not be read',
    });
  });

  test('on the side of AWS has its HTTP status', () => {
    const error = sdkError('InternalFailure', { $metadata: { httpStatusCode: 500 } });
    expect(describeFailure(error)).toMatchObject({
      kind: 'error',
      reason: 'rds:DescribeDBProxies: AWS failed (HTTP 500)',
    });
  });

  test('without a connection has the code of the socket', () => {
    // The SDK's own name for a connection that was reset is TimeoutError.
    expect(describeFailure(sdkError('TimeoutError', { code: 'ECONNRESET' }))).toMatchObject({
      kind: 'unreachable',
      reason: 'rds:DescribeDBProxies: no connection (ECONNRESET)',
    });
  });

  test('of any other kind has its name, and not a message that may quote secrets', () => {
    expect(describeFailure(sdkError('InvalidParameterValue'))).toEqual({
      kind: 'error',
      action,
      reason: 'rds:DescribeDBProxies: InvalidParameterValue',
    });
  });
});

test('a failure of DNS says in its own words which name could not be looked up', () => {
  const error = new DnsFailure('the DNS server answered SERVFAIL (orders.example)');
  expect(describeFailure(error)).toEqual({
    kind: 'unreachable',
    action: null,
    reason: 'the DNS server answered SERVFAIL (orders.example)',
  });
});

test('an answer that breaks a promise of its API is malformed, in its own words', () => {
  const error = noteAction(new MalformedAnswer('rds:DescribeDBProxies: the answer has no DBProxies'), action);
  expect(describeFailure(error)).toEqual({
    kind: 'malformed',
    action,
    reason: 'rds:DescribeDBProxies: the answer has no DBProxies',
  });
});

test('running out of time is a time-out, in its own words', () => {
  expect(describeFailure(new OutOfTime('ran out of time'))).toEqual({
    kind: 'timed-out',
    action: null,
    reason: 'ran out of time',
  });
});

test.each(['thrown text', 42, {}])('whatever else is thrown (%p) is an error', (thrown) => {
  expect(describeFailure(thrown)).toEqual({ kind: 'error', action: null, reason: 'a call: Error' });
});

describe('the action of an error', () => {
  test('is that of the call nearest to it', () => {
    const error = new Error();
    noteAction(noteAction(error, 'rds:DescribeDBProxies'), 'rds:DescribeDBClusters');
    expect(describeFailure(error).action).toBe('rds:DescribeDBProxies');
  });

  test('leaves what is thrown as it is', () => {
    const error = new Error('same');
    expect(noteAction(error, action)).toBe(error);
    expect(noteAction('text', action)).toBe('text');
  });
});
