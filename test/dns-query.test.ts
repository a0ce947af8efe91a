import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type DecodedPacket, type Packet, TRUNCATED_RESPONSE } from 'dns-packet';
import { createDns } from '../lambda/aws/dns.ts';
import {
  answerTo,
  link,
  reasonOf,
  type Script,
  type ScriptedDns,
  startScriptedDns,
} from './support/scripted-dns.ts';
import { beginVirtualTime } from './support/virtual-time.ts';

const name = 'orders.example.com';
const alias = 'blue.example.com';

const open: ScriptedDns[] = [];
let controller = new AbortController();
afterEach(async () => {
  controller.abort();
  controller = new AbortController();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(script: Script, host?: '127.0.0.1' | '::1'): Promise<ScriptedDns> {
  const server = await startScriptedDns(script, host);
  open.push(server);
  return server;
}

const ask = (...servers: readonly Pick<ScriptedDns, 'address'>[]) =>
  createDns(servers.map(({ address }) => address))(controller.signal, 'amazonaws.com');

/** Any name is an alias of one, and that of none. */
const right = (query: DecodedPacket) =>
  answerTo(query, { answers: query.questions?.[0]?.name === name ? [link(name, alias)] : [] });
const wrong = (query: DecodedPacket, different: Packet = {}) =>
  answerTo(query, { answers: [link(name, 'evil.example.com')], ...different });
const refusing: Script = (query) => [answerTo(query, { flags: 5 })];
const silent: Script = () => [];

async function closedPort(): Promise<{ address: string }> {
  const server = await startScriptedDns(silent);
  await server.close();
  return server;
}

describe('a query', () => {
  test('says how much it takes, wants recursion, and has a port and an id of its own', async () => {
    const server = await start((query) => [right(query)]);
    const dns = ask(server);
    for (let times = 0; times < 8; times += 1) await dns.aliases(name);
    const [first] = server.asked;
    expect(first?.query).toMatchObject({ flag_rd: true, questions: [{ name, type: 'CNAME', class: 'IN' }] });
    expect(first?.query.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
    expect(new Set(server.asked.map(({ query }) => query.id)).size).toBeGreaterThan(8);
    expect(new Set(server.asked.map(({ port }) => port)).size).toBeGreaterThan(8);
  });

  test('reaches a server over IPv6', async () => {
    const server = await start((query) => [right(query)], '::1');
    expect(await ask(server).aliases(name)).toEqual([alias]);
  });

  test('waits for its turn among 64', async () => {
    const server = await start(silent);
    const dns = ask(server);
    const asked = Array.from({ length: 70 }, (_, index) => reasonOf(dns.aliases(`n${index}.example.com`)));
    while (server.asked.length < 64) await new Promise(setImmediate);
    for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
    expect(server.asked).toHaveLength(64);
    controller.abort();
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['a call timed out']));
    expect(server.asked).toHaveLength(64);
  });
});

describe('an answer is not taken', () => {
  const other = { name: 'others.example.com', type: 'CNAME' } as const;
  test.each<[string, (query: DecodedPacket) => Buffer]>([
    ['with another id', (query) => wrong(query, { id: (query.id ?? 0) ^ 0x8000 })],
    ['to a question for another name', (query) => wrong(query, { questions: [other] })],
    ['to a question for another type', (query) => wrong(query, { questions: [{ name, type: 'A' }] })],
    ['to two questions', (query) => wrong(query, { questions: [{ name, type: 'CNAME' }, other] })],
    ['to no question', (query) => wrong(query, { questions: [] })],
    ['that is a question', (query) => wrong(query, { type: 'query' })],
    ['to something else than a query', (query) => wrong(query, { flags: 4 << 11 })],
    ['that cannot be read, with another id', (query) => Buffer.from([0, (query.id ?? 0) ^ 1, 0x81, 0x80])],
  ])('%s', async (_, first) => {
    const server = await start((query) => [first(query), right(query)]);
    expect(await ask(server).aliases(name)).toEqual([alias]);
  });

  test('from another port', async () => {
    const forger = createSocket('udp4');
    const server: ScriptedDns = await start((query) => {
      const { port = 0 } = server.asked.at(-1) ?? {};
      forger.send(wrong(query), port, '127.0.0.1');
      return [];
    });
    const time = beginVirtualTime(() => server.asked.length);
    try {
      const reason = await time.passUntil(reasonOf(ask(server).aliases(name)));
      expect(reason).toBe(`the DNS server did not answer in time (${name})`);
    } finally {
      time.end();
      const closed = once(forger, 'close');
      forger.close();
      await closed;
    }
  });
});

describe('an answer that does not fit into a packet', () => {
  const cut = (query: DecodedPacket) => answerTo(query, { flags: TRUNCATED_RESPONSE });

  test('is asked for again over TCP, where others are not taken either', async () => {
    const other = (query: DecodedPacket) => wrong(query, { id: (query.id ?? 0) ^ 1 });
    const server = await start((query, way) =>
      way === 'udp' ? [cut(query).subarray(0, 20)] : [other(query), right(query)],
    );
    expect(await ask(server).aliases(name)).toEqual([alias]);
    expect(server.asked.map(({ way }) => way)).toEqual(['udp', 'tcp', 'udp', 'tcp']);
  });

  test('and not over TCP either is a failure', async () => {
    const server = await start((query) => [cut(query)]);
    expect(await reasonOf(ask(server).aliases(name))).toBe(`the DNS server's answer has no end (${name})`);
  });

  test('is waited for as long as any other', async () => {
    const server = await start((query, way) => (way === 'udp' ? [cut(query)] : []));
    const time = beginVirtualTime(() => server.asked.length);
    try {
      const reason = await time.passUntil(reasonOf(ask(server).aliases(name)));
      expect(reason).toBe(`the DNS server did not answer in time (${name})`);
      expect(time.now()).toBe(4_500);
    } finally {
      time.end();
    }
  });
});

describe('of several servers', () => {
  test('the next is asked when one refuses, is not there or keeps silent', async () => {
    const servers = [await start(refusing), await closedPort(), await start(silent)];
    const last = await start((query) => [right(query)]);
    const time = beginVirtualTime(() => open.reduce((sum, { asked }) => sum + asked.length, 0));
    try {
      expect(await time.passUntil(ask(...servers, last).aliases(name))).toEqual([alias]);
    } finally {
      time.end();
    }
  });

  test('the next is not asked for a name that does not exist, nor when an answer is unsound', async () => {
    const next = await start((query) => [wrong(query)]);
    const denying = await start((query) => [answerTo(query, { flags: 3 })]);
    expect(await ask(denying, next).aliases(name)).toEqual([]);
    const unsound = await start((query) => [answerTo(query, { answers: [link('a.example', 'b.example')] })]);
    expect(await reasonOf(ask(unsound, next).aliases(name))).toMatch(/for other names only/);
    expect(next.asked).toEqual([]);
  });

  test('one that refused is not asked again', async () => {
    const [first, second] = [await start(refusing), await start(refusing)];
    expect(await reasonOf(ask(first, second).aliases(name))).toBe(
      `the DNS server answered REFUSED (${name})`,
    );
    expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
  });
});

test('a server that is not there is a failure that says so', async () => {
  expect(await reasonOf(ask(await closedPort()).aliases(name))).toBe(
    `the DNS server could not be reached: ECONNREFUSED (${name})`,
  );
});

test('a lookup that ends leaves no socket and no timer behind', async () => {
  const held = () =>
    process
      .getActiveResourcesInfo()
      .filter((resource) => /^(UDP|TCP|Timeout)/.test(resource))
      .sort();
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  };
  await turns();
  const before = held();
  const server = await start((query, way) =>
    way === 'udp' ? [answerTo(query, { flags: TRUNCATED_RESPONSE })] : [],
  );
  const reason = reasonOf(ask(server).aliases(name));
  while (server.asked.length < 2) await new Promise(setImmediate);
  expect(held().length).toBeGreaterThan(before.length + 2);
  controller.abort();
  expect(await reason).toBe('a call timed out');
  await server.close();
  open.length = 0;
  await turns();
  expect(held()).toEqual(before);
});
