import { describe, expect, test } from '@jest/globals';
import {
  DnsFailure,
  describeFailure,
  MalformedAnswer,
  noteCall,
  OutOfTime,
} from '../../lambda/aws/failure.ts';

const action = 'rds:DescribeDBProxies';
const call = { action, region: 'eu-west-1' };

/** An error as the SDK throws it, from a call that is known. */
function sdkError(name: string, more: object = {}, of = call): unknown {
  return noteCall(Object.assign(new Error('message of AWS'), { name }, more), of);
}

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

  test.each([
    ['with an explicit deny in a service control policy', 'is denied by a service control policy'],
    [
      'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/p-1',
      'is denied by a service control policy',
    ],
    ['with an explicit deny in an identity-based policy', 'is denied by an identity-based policy'],
    ['with an explicit deny in a permissions boundary', 'is denied by a permissions boundary'],
    ['with an explicit deny in a VPC endpoint policy', 'is denied by a VPC endpoint policy'],
    [
      `because no service control policy allows the ${action} action`,
      'is not allowed: no service control policy allows it',
    ],
    [
      `because no permissions boundary allows the ${action} action`,
      'is not allowed: no permissions boundary allows it',
    ],
    [`because no session policy allows the ${action} action`, 'is not allowed: no session policy allows it'],
    [`because no identity-based policy allows the ${action} action`, 'is not allowed'],
  ])('that is refused "%s" %s', (why, reason) => {
    const message = `User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ${action} ${why}`;
    expect(describeFailure(sdkError('AccessDenied', { message }))).toEqual({
      kind: 'denied',
      action,
      reason: `${action} ${reason}`,
    });
  });

  test.each(['OptInRequired', 'AuthFailure', 'InvalidClientTokenId', 'UnrecognizedClientException'])(
    'that is called %s in a Region that has to be enabled first says that it may not be',
    (name) => {
      const failed = (region: string) => describeFailure(sdkError(name, {}, { action, region }));
      expect(failed('me-central-1')).toEqual({
        kind: 'credentials',
        action,
        reason: `${action}: the Region me-central-1 may not be enabled for this account (${name})`,
      });
      for (const region of ['us-east-1', 'cn-north-1', 'us-gov-west-1'])
        expect(failed(region).reason).toContain('did not accept the credentials');
    },
  );

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
    const unread = noteCall(new SyntaxError('Unexpected token < in JSON'), call);
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

  test('on the side of AWS is that whatever the answer is written in', () => {
    const error = Object.assign(new SyntaxError('Unexpected token < in JSON'), {
      $metadata: { httpStatusCode: 503 },
    });
    expect(describeFailure(noteCall(error, call))).toMatchObject({
      kind: 'error',
      reason: 'rds:DescribeDBProxies: AWS failed (HTTP 503)',
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

test('a failure of DNS is told in its own words, which name what could not be looked up', () => {
  const reason = 'the DNS server answered SERVFAIL (orders.example)';
  expect(describeFailure(new DnsFailure(reason))).toEqual({ kind: 'unreachable', action: null, reason });
});

test('an answer that breaks a promise of its API is malformed, in its own words', () => {
  const error = noteCall(new MalformedAnswer('rds:DescribeDBProxies: the answer has no DBProxies'), call);
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

describe('a host that does not exist', () => {
  function notFound(action: string, region: string, hostname: string) {
    const error = Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname });
    return describeFailure(noteCall(error, { action, region }));
  }

  test('is a service that the Region does not have, where AWS lists none', () => {
    const host = 'redshift-serverless.me-south-1.amazonaws.com';
    expect(notFound('redshift-serverless:ListWorkgroups', 'me-south-1', host)).toEqual({
      kind: 'not-in-region',
      action: 'redshift-serverless:ListWorkgroups',
      reason: 'AWS has no redshift-serverless endpoint in me-south-1',
    });
    const apiHost = 'api.airflow.mx-central-1.amazonaws.com';
    expect(notFound('airflow:ListEnvironments', 'mx-central-1', apiHost).kind).toBe('not-in-region');
    const isolated = 'network-firewall.us-isof-east-1.csp.hci.ic.gov';
    expect(notFound('network-firewall:ListFirewalls', 'us-isof-east-1', isolated).kind).toBe('not-in-region');
  });

  test.each([
    ['AWS lists the service there', 'eu-west-1', 'redshift-serverless.eu-west-1.amazonaws.com'],
    ["the Region is newer than AWS's list", 'eu-west-9', 'redshift-serverless.eu-west-9.amazonaws.com'],
    ["the endpoint is of one's own", 'me-south-1', 'aws.example.com'],
    [
      'the endpoint is one in a VPC',
      'me-south-1',
      'vpce-1.redshift-serverless.me-south-1.vpce.amazonaws.com',
    ],
  ])('is no more than that where %s', (_, region, hostname) => {
    expect(notFound('redshift-serverless:ListWorkgroups', region, hostname)).toEqual({
      kind: 'unreachable',
      action: 'redshift-serverless:ListWorkgroups',
      reason: 'redshift-serverless:ListWorkgroups: no connection (ENOTFOUND)',
    });
  });
});

describe('the call of an error', () => {
  test('leaves what is thrown as it is', () => {
    const error = new Error('same');
    expect(noteCall(error, call)).toBe(error);
    expect(noteCall('text', call)).toBe('text');
  });

  test('is its own where several calls fail with the same error', () => {
    const error = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
    const others = { ...call, action: 'redshift:DescribeClusters' };
    const [one, other] = [noteCall(error, call), noteCall(error, others)].map(describeFailure);
    expect(one).toMatchObject({ kind: 'credentials', action });
    expect(other).toMatchObject({ kind: 'credentials', action: 'redshift:DescribeClusters' });
  });
});
