import { afterEach, describe, expect, test } from '@jest/globals';
import { createDns, endpointOfName, normalise } from '../lambda/aws/dns.ts';
import { describeFailure } from '../lambda/aws/failure.ts';
import type { Account } from '../sandbox/account.ts';
import type { DnsFault } from '../sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';

const endpointName =
  'vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce-svc-0b2f119acb23c050e.eu-west-1.vpce.amazonaws.com';

let sandbox: Sandbox;
const controller = { current: new AbortController() };
afterEach(async () => {
  controller.current.abort();
  await sandbox.close();
});

async function dnsOf(dns: Account['dns'], fault?: DnsFault) {
  const faults = fault === undefined ? {} : { dns: fault };
  sandbox = await startSandbox({ accountId: '111122223333', regions: {}, dns }, { faults });
  controller.current = new AbortController();
  return createDns([sandbox.dnsServer], () => performance.now())(controller.current.signal);
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
    expect(sandbox.queries).toEqual([{ name: 'orders.example.com', type: 'CNAME' }]);
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
    expect(await failureOf(dns.aliases('a.example.com'))).toEqual({
      kind: 'malformed',
      action: null,
      reason: 'a.example.com is an alias that leads to no end',
    });
  });

  test('without an end are a failure', async () => {
    const steps = Array.from({ length: 30 }, (_, index) => index);
    const dns = await dnsOf(
      Object.fromEntries(
        steps.map((step) => [`s${step}.example.com`, { cname: `s${step + 1}.example.com` }]),
      ),
    );
    expect(await failureOf(dns.aliases('s0.example.com'))).toMatchObject({ kind: 'malformed' });
  });
});

describe('addresses', () => {
  test('are those of both families', async () => {
    const dns = await dnsOf({
      'orders.example.com': { a: ['10.0.0.4', '10.0.16.4'], aaaa: ['2001:db8::4'] },
    });
    expect(await dns.addresses('orders.example.com')).toEqual(['10.0.0.4', '10.0.16.4', '2001:db8::4']);
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

test('each name is asked for once, however often and in whatever spelling', async () => {
  const dns = await dnsOf({ 'orders.example.com': { cname: endpointName } });
  await Promise.all([
    dns.aliases('orders.example.com'),
    dns.aliases('Orders.Example.com.'),
    dns.aliases('orders.example.com'),
  ]);
  await dns.aliases('orders.example.com');
  expect(sandbox.queries).toHaveLength(1);
});

describe('a refusal is not an absence', () => {
  const known = { 'orders.example.com': { cname: endpointName } };

  test('when the server answers SERVFAIL', async () => {
    const dns = await dnsOf(known, { kind: 'servfail' });
    expect(await failureOf(dns.aliases('orders.example.com'))).toEqual({
      kind: 'unreachable',
      action: null,
      reason: 'the DNS server answered SERVFAIL (orders.example.com)',
    });
    expect(await failureOf(dns.addresses('orders.example.com'))).toMatchObject({ kind: 'unreachable' });
  });

  test('when the server does not answer before the wait is ended', async () => {
    const dns = await dnsOf(known, { kind: 'drop' });
    const failure = failureOf(dns.aliases('orders.example.com'));
    while (sandbox.queries.length === 0) await new Promise(setImmediate);
    controller.current.abort();
    expect(await failure).toMatchObject({ kind: 'timed-out' });
  });

  test('when an alias leads back to itself', async () => {
    const dns = await dnsOf(known, { kind: 'loop' });
    expect(await failureOf(dns.aliases('orders.example.com'))).toMatchObject({ kind: 'malformed' });
  });

  test('while NXDOMAIN is one', async () => {
    const dns = await dnsOf(known, { kind: 'nxdomain' });
    expect(await dns.aliases('orders.example.com')).toEqual([]);
  });
});

describe('the same name', () => {
  test('is asked for once by lookups at the same time, and the end of one is not the end of the other', async () => {
    sandbox = await startSandbox({
      accountId: '111122223333',
      regions: {},
      dns: { 'orders.example.com': { cname: endpointName } },
    });
    controller.current = new AbortController();
    const view = createDns([sandbox.dnsServer], () => performance.now());
    const leaving = new AbortController();
    const left = view(leaving.signal).aliases('orders.example.com');
    const stayed = view(controller.current.signal).aliases('orders.example.com');
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect(await stayed).toEqual([endpointName]);
    expect(sandbox.queries).toHaveLength(1);
  });

  test('is asked for again once the answer is a second old', async () => {
    sandbox = await startSandbox({ accountId: '111122223333', regions: {}, dns: {} });
    controller.current = new AbortController();
    let now = 0;
    const dns = createDns([sandbox.dnsServer], () => now)(controller.current.signal);
    for (now of [0, 900, 1_100]) await dns.aliases('orders.example.com');
    expect(sandbox.queries).toHaveLength(2);
  });

  test('is asked for again where it failed', async () => {
    const dns = await dnsOf({ 'orders.example.com': { cname: endpointName } }, { kind: 'servfail' });
    await expect(dns.aliases('orders.example.com')).rejects.toThrow();
    delete sandbox.faults.dns;
    expect(await dns.aliases('orders.example.com')).toEqual([endpointName]);
  });
});

test('nothing is asked once the wait is over', async () => {
  const dns = await dnsOf({});
  controller.current.abort();
  await expect(dns.aliases('orders.example.com')).rejects.toThrow();
  expect(sandbox.queries).toEqual([]);
});

test.each(['', 'localhost', 'has blank.example.com', 'a'.repeat(300), '../etc.example', '10.0.0.4:53'])(
  '%j is not looked up, for it is no host name',
  async (hostname) => {
    const dns = await dnsOf({});
    expect(await failureOf(dns.aliases(hostname))).toMatchObject({ kind: 'malformed' });
    expect(sandbox.queries).toEqual([]);
  },
);

test("an endpoint's DNS name carries its id, regional or zonal, old or new", async () => {
  sandbox = await startSandbox({ accountId: '111122223333', regions: {}, dns: {} });
  expect(endpointOfName(endpointName)).toBe('vpce-0ce9fdcdd4aa4097e');
  expect(endpointOfName(`${endpointName.toUpperCase()}.`)).toBe('vpce-0ce9fdcdd4aa4097e');
  expect(endpointOfName('vpce-032a826a-1hbywnw6-us-east-1a.data.iot.us-east-1.vpce.amazonaws.com')).toBe(
    'vpce-032a826a',
  );
  expect(endpointOfName('vpce-svc-0b2f119acb23c050e.eu-west-1.vpce.amazonaws.com')).toBeNull();
  expect(endpointOfName('vpce-0ce9fdcdd4aa4097e.example.com')).toBeNull();
  expect(endpointOfName('orders.proxy-abc.eu-west-1.rds.amazonaws.com')).toBeNull();
  expect(normalise(' Orders.Example.COM. ')).toBe('orders.example.com');
});
