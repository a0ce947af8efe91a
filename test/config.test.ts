import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../lambda/config.ts';

const AWS_REGION = 'ap-northeast-1';

test('the Region alone is enough', () => {
  expect(readConfig({ AWS_REGION })).toEqual({
    region: 'ap-northeast-1',
    allowedRegions: ['ap-northeast-1'],
    deadlineMs: 25_000,
    elsewhere: [],
    servicesOff: [],
    dnsServers: [],
    lookupEventsPerSecond: 2,
  });
});

test('every variable is read, and blanks around the words of a list do not matter', () => {
  expect(
    readConfig({
      AWS_REGION,
      ALLOWED_REGIONS: 'us-east-1, ap-northeast-1,',
      DEADLINE_SECONDS: '0.5',
      DNS_SERVERS: '127.0.0.1:5353, [::1]:53,10.0.0.2, ::1',
      LOOKUP_EVENTS_PER_SECOND: '0.5',
      AWS_ENDPOINT_URL_NETWORK_FIREWALL: 'http://127.0.0.1:4566',
      SERVICES_OFF: 'msk, transfer',
      TOKEN_KEY: 'a key',
    }),
  ).toEqual({
    region: 'ap-northeast-1',
    allowedRegions: ['us-east-1', 'ap-northeast-1'],
    deadlineMs: 500,
    elsewhere: ['network-firewall'],
    servicesOff: ['msk', 'transfer'],
    dnsServers: ['127.0.0.1:5353', '[::1]:53', '10.0.0.2', '::1'],
    lookupEventsPerSecond: 0.5,
    tokenKey: 'a key',
  });
});

test('an endpoint of ones own may be for every API', () => {
  expect(readConfig({ AWS_REGION, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }).elsewhere).toBe('all');
});

test('a star allows every Region', () => {
  expect(readConfig({ AWS_REGION, ALLOWED_REGIONS: '*' }).allowedRegions).toBe('any');
});

describe('a variable that cannot be read is named, with what was expected and what came', () => {
  test('the Region', () => {
    expect(() => readConfig({})).toThrow(
      'AWS_REGION: expected a Region such as us-east-1, but it is not set',
    );
  });

  test.each(['0', '-1', '30', 'soon', 'Infinity', ''])('a deadline of "%s"', (DEADLINE_SECONDS) => {
    expect(() => readConfig({ AWS_REGION, DEADLINE_SECONDS })).toThrow(
      `DEADLINE_SECONDS: expected a number above 0 and up to 29, such as 25, but got ${DEADLINE_SECONDS}`,
    );
  });

  test.each(['0', 'two', '1001'])('a share of %s lookups', (LOOKUP_EVENTS_PER_SECOND) => {
    expect(() => readConfig({ AWS_REGION, LOOKUP_EVENTS_PER_SECOND })).toThrow(
      `LOOKUP_EVENTS_PER_SECOND: expected a number above 0 and up to 1000, such as 2, but got ${LOOKUP_EVENTS_PER_SECOND}`,
    );
  });

  test.each(['dns.example', '127.0.0.1:99999', '127.0.0.1:', '[::1'])('the DNS server %s', (server) => {
    expect(() => readConfig({ AWS_REGION, DNS_SERVERS: `127.0.0.1:53,${server}` })).toThrow(
      `DNS_SERVERS: expected addresses such as 127.0.0.1:5353,[::1]:53, but got ${server}`,
    );
  });
});
