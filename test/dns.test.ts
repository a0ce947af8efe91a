import { afterEach, describe, expect, test } from '@jest/globals';
import { createDns, endpointOfName, normalise } from '../lambda/aws/dns.ts';
import { describeFailure } from '../lambda/aws/failure.ts';
import type { Account } from '../sandbox/account.ts';
import type { DnsFault } from '../sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { beginVirtualTime } from './support/virtual-time.ts';

const suffix = 'amazonaws.com';
const endpointName = `vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce-svc-0b2f119acb23c050e.eu-west-1.vpce.${suffix}`;
const otherEndpointName = `vpce-0fedcba9876543210-1hbywnw6.vpce-svc-0b2f119acb23c050e.eu-west-1.vpce.${suffix}`;

let sandbox: Sandbox | undefined;
const controller = { current: new AbortController() };
afterEach(async () => {
  controller.current.abort();
  await sandbox?.close();
  sandbox = undefined;
});

async function dnsOf(dns: Account['dns'], fault?: DnsFault, dnsSuffix = suffix) {
  const faults = fault === undefined ? {} : { dns: fault };
  const started = await startSandbox({ accountId: '111122223333', regions: {}, dns }, { faults });
  sandbox = started;
  controller.current = new AbortController();
  const view = createDns([started.dnsServer])(controller.current.signal, dnsSuffix);
  return { ...view, queries: started.queries };
}

async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => describeFailure(error),
  );
}

describe('aliases', () => {
  test('are the whole chain, in lower case and without final dots', async () => {
    const dns = await dnsOf({
      'orders.example.com': { cname: 'Blue.Example.COM' },
      'blue.example.com': { cname: 'a.blue.example.com' },
      'a.blue.example.com': { a: ['10.0.0.4'] },
    });
    expect(await dns.aliases('ORDERS.example.com.')).toEqual(['blue.example.com', 'a.blue.example.com']);
  });

  test("end at an endpoint's name, behind which nothing is asked", async () => {
    const dns = await dnsOf({ 'orders.example.com': { cname: endpointName } });
    expect(await dns.aliases('orders.example.com')).toEqual([endpointName]);
    expect(dns.queries).toEqual([{ name: 'orders.example.com', type: 'CNAME' }]);
  });

  test("do not end at a name that only begins like an endpoint's", async () => {
    const pretended = `${endpointName}.evil.example`;
    const dns = await dnsOf({
      'orders.example.com': { cname: pretended },
      [pretended]: { cname: 'elsewhere.example.com' },
    });
    expect(await dns.aliases('orders.example.com')).toEqual([pretended, 'elsewhere.example.com']);
  });

  test("end at an endpoint's name of the partition that is asked about", async () => {
    const inChina = endpointName.replace(suffix, 'amazonaws.com.cn');
    const dns = await dnsOf({ 'orders.example.cn': { cname: inChina } }, undefined, 'amazonaws.com.cn');
    expect(await dns.aliases('orders.example.cn')).toEqual([inChina]);
    expect(dns.queries).toHaveLength(1);
  });

  test('are none for a name with addresses, and for one that does not exist', async () => {
    const dns = await dnsOf({ 'plain.example.com': { a: ['10.0.0.4'] }, 'empty.example.com': {} });
    expect(await dns.aliases('plain.example.com')).toEqual([]);
    expect(await dns.aliases('empty.example.com')).toEqual([]);
    expect(await dns.aliases('nowhere.example.com')).toEqual([]);
  });

  test('that end in a name that does not exist are those that there are', async () => {
    const dns = await dnsOf({ 'orders.example.com': { cname: 'gone.example.com' } });
    expect(await dns.aliases('orders.example.com')).toEqual(['gone.example.com']);
  });

  test('that lead in a circle are a failure', async () => {
    const dns = await dnsOf({
      'a.example.com': { cname: 'b.example.com' },
      'b.example.com': { cname: 'A.example.com' },
    });
    const reason = 'a.example.com is an alias that leads to no end';
    expect(await failureOf(dns.aliases('a.example.com'))).toEqual({
      kind: 'malformed',
      action: null,
      reason,
    });
    expect(await failureOf(dns.addresses('a.example.com'))).toMatchObject({ reason });
  });

  test.each([
    [16, 'are followed to the end'],
    [17, 'are too many'],
  ])('in a chain of %d links %s', async (links) => {
    const steps = Array.from({ length: links }, (_, index) => index);
    const dns = await dnsOf(
      Object.fromEntries(
        steps.map((step) => [`s${step}.example.com`, { cname: `s${step + 1}.example.com` }]),
      ),
    );
    const aliases = dns.aliases('s0.example.com');
    if (links === 16) expect(await aliases).toHaveLength(16);
    else expect(await failureOf(aliases)).toMatchObject({ kind: 'malformed' });
  });
});

describe('addresses', () => {
  test('are those of both families', async () => {
    const dns = await dnsOf({
      'orders.example.com': { a: ['10.0.0.4', '10.0.16.4'], aaaa: ['2001:db8::4'] },
    });
    expect(await dns.addresses('orders.example.com')).toEqual(['10.0.0.4', '10.0.16.4', '2001:db8::4']);
  });

  test('are those at the end of the aliases', async () => {
    const dns = await dnsOf({
      'orders.example.com': { cname: 'Blue.example.com' },
      'blue.example.com': { a: ['10.0.0.4'] },
    });
    expect(await dns.addresses('orders.example.com')).toEqual(['10.0.0.4']);
  });

  test('of one family alone are enough', async () => {
    const dns = await dnsOf({ 'six.example.com': { aaaa: ['2001:db8::4'] } });
    expect(await dns.addresses('six.example.com')).toEqual(['2001:db8::4']);
  });

  test('are none for a name that does not exist', async () => {
    const dns = await dnsOf({});
    expect(await dns.addresses('nowhere.example.com')).toEqual([]);
  });
});

describe('a refusal is not an absence', () => {
  const known = {
    'orders.example.com': { cname: endpointName },
    'others.example.com': { cname: otherEndpointName },
  };
  const answered = (text: string) => `the DNS server ${text} (orders.example.com)`;

  test.each([
    ['servfail', 'unreachable', answered('answered SERVFAIL')],
    ['refused', 'unreachable', answered('answered REFUSED')],
    ['yxdomain', 'unreachable', answered('answered YXDOMAIN')],
    ['notauth', 'unreachable', answered('answered NOTAUTH')],
    ['loop', 'malformed', 'orders.example.com is an alias that leads to no end'],
    ['foreign-cname', 'malformed', answered('answered for other names only')],
    ['two-cnames', 'malformed', 'orders.example.com is an alias of two names at once'],
    ['garbage', 'malformed', "the DNS server's answer cannot be read (orders.example.com)"],
  ] as const)('when what the server answers is %s', async (kind, failure, reason) => {
    const dns = await dnsOf(known, { kind });
    const expected = { kind: failure, action: null, reason };
    expect(await failureOf(dns.aliases('orders.example.com'))).toEqual(expected);
    expect(await failureOf(dns.addresses('orders.example.com'))).toEqual(expected);
  });

  test('when no server answers in its time, and again in twice that', async () => {
    const dns = await dnsOf(known, { kind: 'drop' });
    const time = beginVirtualTime(() => dns.queries.length);
    try {
      const reason = answered('did not answer in time');
      const failure = failureOf(dns.aliases('orders.example.com'));
      expect(await time.passUntil(failure)).toMatchObject({ kind: 'unreachable', reason });
      expect(time.now()).toBe(4_500);
    } finally {
      time.end();
    }
    expect(dns.queries).toHaveLength(2);
  });

  test('when the server does not answer before the wait is ended', async () => {
    const dns = await dnsOf(known, { kind: 'drop' });
    const failure = failureOf(dns.aliases('orders.example.com'));
    while (dns.queries.length === 0) await new Promise(setImmediate);
    controller.current.abort();
    expect(await failure).toMatchObject({ kind: 'timed-out' });
  });

  test.each(['nxdomain', 'nodata'] as const)('while %s is one', async (kind) => {
    const dns = await dnsOf(known, { kind });
    expect(await dns.aliases('orders.example.com')).toEqual([]);
    expect(await dns.addresses('orders.example.com')).toEqual([]);
  });
});

test('an answer with the id of another question is nobody’s', async () => {
  const dns = await dnsOf({ 'orders.example.com': { cname: endpointName } }, { kind: 'wrong-id' });
  expect(await dns.aliases('orders.example.com')).toEqual([endpointName]);
});

test('nothing is asked once the wait is over', async () => {
  const dns = await dnsOf({});
  controller.current.abort();
  await expect(dns.aliases('orders.example.com')).rejects.toThrow();
  expect(dns.queries).toEqual([]);
});

test.each([
  '',
  'localhost',
  'has blank.example.com',
  'a'.repeat(300),
  `${'a'.repeat(64)}.example`,
  '../etc.example',
  '10.0.0.4:53',
])('%j is not looked up, for it is no host name', async (hostname) => {
  const dns = await dnsOf({});
  expect(await failureOf(dns.aliases(hostname))).toMatchObject({ kind: 'malformed' });
  expect(dns.queries).toEqual([]);
});

describe("an endpoint's DNS name", () => {
  test('carries its id, regional or zonal, old or new', () => {
    const id = 'vpce-0ce9fdcdd4aa4097e';
    expect(endpointOfName(endpointName, suffix)).toBe(id);
    expect(endpointOfName(`${endpointName.toUpperCase()}.`, suffix)).toBe(id);
    expect(
      endpointOfName(`vpce-032a826a-1hbywnw6-us-east-1a.data.iot.us-east-1.vpce.${suffix}`, suffix),
    ).toBe('vpce-032a826a');
    expect(endpointOfName(endpointName.replace(suffix, 'amazonaws.com.cn'), 'amazonaws.com.cn')).toBe(id);
  });

  test.each([
    `vpce-svc-0b2f119acb23c050e.eu-west-1.vpce.${suffix}`,
    'vpce-0ce9fdcdd4aa4097e.example.com',
    'orders.proxy-abc.eu-west-1.rds.amazonaws.com',
    `${endpointName}.evil.example`,
    `${endpointName}.cn`,
    endpointName.replace(suffix, 'evil.example'),
    endpointName.replace(suffix, `not${suffix}`),
    endpointName.replace(`.vpce.${suffix}`, `.evil-vpce.${suffix}`),
    `a.${endpointName}`,
    endpointName.replace('-1hbywnw6', ''),
    endpointName.replace('097e-', '09-'),
    `vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce.${suffix}`,
    `vpce-0ce9fdcdd4aa4097e-1hbywnw6.s3.vpce.${suffix}`,
  ])('is not %s', (name) => {
    expect(endpointOfName(name, suffix)).toBeNull();
  });

  test('is compared in lower case and without the final dot', () => {
    expect(normalise(' Orders.Example.COM. ')).toBe('orders.example.com');
    // The sign for kelvin, which other rules make a k.
    expect(normalise('bac\u212a.example')).toBe('bac\u212a.example');
  });
});
