import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { type DecodedPacket, decode, encode, type Packet } from 'dns-packet';
import type { Sandbox } from '../../sandbox/server.ts';
import { run } from './running.ts';
import { accountWith } from './samples.ts';

const proxy = 'orders.proxy-abc123.ap-northeast-1.rds.amazonaws.com';
const endpoint =
  'vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com';

async function start() {
  const sandbox = await run(
    accountWith(
      {},
      {
        [proxy]: { cname: 'Reader.Example.com' },
        'reader.example.com': { cname: endpoint },
        [endpoint]: { a: ['10.0.1.5', '10.0.2.5'], aaaa: ['2001:db8::5'] },
        'empty.example.com': {},
        'dangling.example.com': { cname: 'gone.example.com' },
        'circle.example.com': { cname: 'circle.example.com' },
      },
    ),
  );
  const resolver = new Resolver({ timeout: 100, tries: 1 });
  resolver.setServers([sandbox.dnsServer]);
  return { sandbox, resolver };
}

/** Asks as a resolver does, for what node:dns does not show of an answer. */
async function ask({ dnsServer }: Sandbox, query: Packet): Promise<DecodedPacket> {
  const socket = createSocket('udp4');
  const [address, port] = dnsServer.split(':');
  socket.send(encode({ type: 'query', id: 7, ...query }), Number(port), address);
  const [message]: Buffer[] = await once(socket, 'message');
  socket.close();
  return decode(message ?? Buffer.alloc(0));
}

function rcodeOf(packet: DecodedPacket): unknown {
  return 'rcode' in packet ? packet.rcode : undefined;
}

test('addresses are answered for a name that is an alias of an alias', async () => {
  const { resolver, sandbox } = await start();

  expect(await resolver.resolve4(proxy)).toEqual(['10.0.1.5', '10.0.2.5']);
  expect(await resolver.resolve6(proxy)).toEqual(['2001:db8::5']);
  expect(sandbox.queries).toEqual([
    { name: proxy, type: 'A' },
    { name: proxy, type: 'AAAA' },
  ]);
});

test('the whole chain of aliases comes with the addresses, in the letter case of the zone', async () => {
  const { sandbox } = await start();
  const packet = await ask(sandbox, { questions: [{ type: 'A', name: proxy }] });

  expect(packet.answers).toMatchObject([
    { type: 'CNAME', name: proxy, data: 'Reader.Example.com' },
    { type: 'CNAME', name: 'Reader.Example.com', data: endpoint },
    { type: 'A', name: endpoint, data: '10.0.1.5' },
    { type: 'A', name: endpoint, data: '10.0.2.5' },
  ]);
  expect(packet).toMatchObject({ id: 7, flag_qr: true, flag_ra: true });
});

test('a question for the alias is answered with that one alias', async () => {
  const { resolver } = await start();

  expect(await resolver.resolveCname(proxy)).toEqual(['Reader.Example.com']);
  expect(await resolver.resolveCname('reader.example.com')).toEqual([endpoint]);
  expect(await resolver.resolveCname('dangling.example.com')).toEqual(['gone.example.com']);
});

test('names are found in any letter case', async () => {
  const { resolver } = await start();

  expect(await resolver.resolve4(proxy.toUpperCase())).toEqual(['10.0.1.5', '10.0.2.5']);
  expect(await resolver.resolveCname('READER.example.COM')).toEqual([endpoint]);
});

test('a name without such a record is not a name that does not exist', async () => {
  const { resolver } = await start();

  await expect(resolver.resolve4('empty.example.com')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolveCname(endpoint)).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('none.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolveCname('none.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(resolver.resolve4('constructor')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('an alias of a name that does not exist is answered, and so is that it does not', async () => {
  const { sandbox, resolver } = await start();
  const packet = await ask(sandbox, { questions: [{ type: 'A', name: 'dangling.example.com' }] });

  expect(rcodeOf(packet)).toBe('NXDOMAIN');
  expect(packet.answers).toMatchObject([{ type: 'CNAME', data: 'gone.example.com' }]);
  await expect(resolver.resolve4('dangling.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('an alias of itself is answered once', async () => {
  const { sandbox, resolver } = await start();
  const packet = await ask(sandbox, { questions: [{ type: 'A', name: 'circle.example.com' }] });

  expect(packet.answers).toMatchObject([{ type: 'CNAME', data: 'circle.example.com' }]);
  expect(await resolver.resolveCname('circle.example.com')).toEqual(['circle.example.com']);
});

test('a question with EDNS is answered with EDNS', async () => {
  const { sandbox } = await start();
  const option = {
    type: 'OPT' as const,
    name: '.' as const,
    udpPayloadSize: 4096,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const packet = await ask(sandbox, { questions: [{ type: 'A', name: endpoint }], additionals: [option] });

  expect(packet.answers).toHaveLength(2);
  expect(packet.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 4096 }]);
});

test('what is not DNS gets no answer and does no harm', async () => {
  const { sandbox, resolver } = await start();
  const socket = createSocket('udp4');
  const [address, port] = sandbox.dnsServer.split(':');
  await new Promise((sent) => socket.send('GET / HTTP/1.1', Number(port), address, sent));
  socket.close();

  expect(await resolver.resolve4(endpoint)).toEqual(['10.0.1.5', '10.0.2.5']);
});

test('faults of DNS are for all names, or for one', async () => {
  const { resolver, sandbox } = await start();

  sandbox.faults.dns = { kind: 'nxdomain' };
  await expect(resolver.resolve4(proxy)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  sandbox.faults.dns = { kind: 'servfail' };
  await expect(resolver.resolveCname(proxy)).rejects.toMatchObject({ code: 'ESERVFAIL' });
  sandbox.faults.dns = { kind: 'refused' };
  await expect(resolver.resolveCname(proxy)).rejects.toMatchObject({ code: 'EREFUSED' });
  sandbox.faults.dns = { kind: 'nodata' };
  await expect(resolver.resolveCname(proxy)).rejects.toMatchObject({ code: 'ENODATA' });
  sandbox.faults.dns = { kind: 'slow', delayMs: 20 };
  expect(await resolver.resolve4(proxy)).toHaveLength(2);
  sandbox.faults.dns = { kind: 'drop' };
  await expect(resolver.resolve4(proxy)).rejects.toMatchObject({ code: 'ETIMEOUT' });
  sandbox.faults.dns = { kind: 'servfail', name: proxy };
  await expect(resolver.resolve4(proxy)).rejects.toMatchObject({ code: 'ESERVFAIL' });
  expect(await resolver.resolve4(endpoint)).toHaveLength(2);
  delete sandbox.faults.dns;
  expect(await resolver.resolve4(proxy)).toHaveLength(2);
});

test('answers can be about other names, contradict themselves, or have another code', async () => {
  const { sandbox } = await start();
  const query: Packet = { questions: [{ type: 'CNAME', name: proxy }] };

  sandbox.faults.dns = { kind: 'foreign-cname' };
  expect((await ask(sandbox, query)).answers).toMatchObject([
    { type: 'CNAME', name: 'reader.example.com', data: endpoint },
  ]);
  sandbox.faults.dns = { kind: 'two-cnames' };
  expect((await ask(sandbox, query)).answers).toMatchObject([
    { type: 'CNAME', name: proxy, data: 'Reader.Example.com' },
    { type: 'CNAME', name: proxy, data: endpoint },
  ]);
  sandbox.faults.dns = { kind: 'yxdomain' };
  expect(rcodeOf(await ask(sandbox, query))).toBe('YXDOMAIN');
  sandbox.faults.dns = { kind: 'notauth' };
  expect(rcodeOf(await ask(sandbox, query))).toBe('NOTAUTH');
  sandbox.faults.dns = { kind: 'garbage' };
  await expect(ask(sandbox, query)).rejects.toThrow('Cannot decode');
});

test('an answer to nobody can come first, and denies the name', async () => {
  const { sandbox, resolver } = await start();
  sandbox.faults.dns = { kind: 'wrong-id' };

  const packet = await ask(sandbox, { questions: [{ type: 'CNAME', name: proxy }] });
  expect(packet.id).not.toBe(7);
  expect(rcodeOf(packet)).toBe('NXDOMAIN');
  expect(await resolver.resolveCname(proxy)).toEqual(['Reader.Example.com']);
});

test('a loop of aliases can be followed for ever', async () => {
  const { resolver, sandbox } = await start();
  sandbox.faults.dns = { kind: 'loop' };

  const chain = [proxy];
  for (const name of chain) {
    if (chain.length < 5) chain.push(...(await resolver.resolveCname(name)));
  }
  expect(chain).toEqual([
    proxy,
    'loop-a.sandbox.invalid',
    'loop-b.sandbox.invalid',
    'loop-a.sandbox.invalid',
    'loop-b.sandbox.invalid',
  ]);
  const packet = await ask(sandbox, { questions: [{ type: 'A', name: proxy }] });
  expect(packet.answers?.map((answer) => answer.type)).toEqual(['CNAME', 'CNAME', 'CNAME']);
});
