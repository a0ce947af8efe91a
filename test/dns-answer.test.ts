import { afterEach, describe, expect, test } from '@jest/globals';
import { createDns } from '../lambda/aws/dns.ts';
import {
  answerTo,
  link,
  reasonOf,
  type Script,
  type ScriptedDns,
  startScriptedDns,
} from './support/scripted-dns.ts';

const name = 'orders.example.com';
const alias = 'blue.example.com';

const open: ScriptedDns[] = [];
const controller = new AbortController();
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function start(script: Script): Promise<ScriptedDns> {
  const server = await startScriptedDns(script);
  open.push(server);
  return server;
}

const ask = ({ address }: ScriptedDns) => createDns([address])(controller.signal, 'amazonaws.com');

const edns = (extendedRcode: number) => ({
  ...{ type: 'OPT' as const, name: '.', udpPayloadSize: 1232, extendedRcode, ednsVersion: 0, flags: 0 },
  ...{ flag_do: false, options: [] },
});

describe('a code that is neither NOERROR nor NXDOMAIN is a failure with its name', () => {
  test.each([
    [1, 'FORMERR'],
    [2, 'SERVFAIL'],
    [4, 'NOTIMP'],
    [5, 'REFUSED'],
    [6, 'YXDOMAIN'],
    [7, 'YXRRSET'],
    [8, 'NXRRSET'],
    [9, 'NOTAUTH'],
    [10, 'NOTZONE'],
    [12, 'RCODE 12'],
    [16, 'BADVERS'],
    [19, 'BADMODE'],
    [3841, 'RCODE 3841'],
  ])('%d', async (code, text) => {
    const additionals = [edns(code >> 4)];
    const server = await start((query) => [answerTo(query, { flags: code & 15, additionals })]);
    const reason = `the DNS server answered ${text} (${name})`;
    expect(await reasonOf(ask(server).aliases(name))).toBe(reason);
    expect(await reasonOf(ask(server).addresses(name))).toBe(reason);
  });

  test('and may come without the question, which the server could not read', async () => {
    const server = await start((query) => [answerTo(query, { flags: 1, questions: [] })]);
    expect(await reasonOf(ask(server).aliases(name))).toBe(`the DNS server answered FORMERR (${name})`);
  });
});

test('a referral to other servers is not an absence', async () => {
  const authorities = [{ type: 'NS' as const, name: 'example.com', data: 'ns.example.com' }];
  const server = await start((query) => [answerTo(query, { authorities })]);
  expect(await reasonOf(ask(server).aliases(name))).toBe(`the DNS server only named other servers (${name})`);
});

test('several links in one answer are followed, and then the last of them is asked for', async () => {
  const links = [link('b.example.com', 'C.example.com'), link(name, 'b.example.com')];
  const server = await start((query) => [
    answerTo(query, { answers: query.questions?.[0]?.name === name ? links : [] }),
  ]);
  expect(await ask(server).aliases(name)).toEqual(['b.example.com', 'c.example.com']);
  expect(server.asked.map(({ query }) => query.questions?.[0]?.name)).toEqual([name, 'c.example.com']);
});

test('addresses of another name than the end of the chain are not taken', async () => {
  const address = (owner: string, data: string) => ({ type: 'A' as const, name: owner, data });
  const server = await start((query) => {
    const answers = [link(name, alias), address(name, '10.9.9.9'), address('other.example.com', '10.8.8.8')];
    return [answerTo(query, { answers: [...answers, address(alias.toUpperCase(), '10.0.0.4')] })];
  });
  expect(await ask(server).addresses(name)).toEqual(['10.0.0.4']);
});
