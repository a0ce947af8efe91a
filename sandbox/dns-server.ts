import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Answer, decode, encode, type Packet, type Question, RECURSION_AVAILABLE } from 'dns-packet';
import type { DnsFault } from './faults.ts';
import type { Account } from './world/account.ts';

export interface DnsQuery {
  readonly name: string;
  readonly type: string;
}

export interface DnsServer {
  /** As node:dns takes it, 127.0.0.1:PORT. */
  readonly address: string;
  close(): Promise<void>;
}

/** What a resolver says of a name; RFC 1035, 4.1.1, has the codes. */
interface Resolution {
  readonly rcode: number;
  readonly answers: readonly Answer[];
}

const noError = 0;
const serverFailure = 2;
const noSuchName = 3;
const refused = 5;
const nameExists = 6;
const notAuthoritative = 9;

/** VPC endpoints' names have been seen with this time to live, in seconds. */
const ttl = 60;

/** A recursive resolver that knows the account's names and no others, on UDP. */
export async function startDnsServer(options: {
  account: Account;
  latencyMs: number;
  fault: () => DnsFault | undefined;
  onQuery: (query: DnsQuery) => void;
}): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const timers = new Set<NodeJS.Timeout>();

  const after = (delayMs: number, work: () => void): void => {
    if (delayMs <= 0) {
      work();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  };

  socket.on('message', (message, sender) => {
    const query = read(message);
    const question = query?.questions?.[0];
    if (query === undefined || question === undefined) return;
    options.onQuery({ name: question.name, type: question.type });
    const fault = faultFor(question, options.fault());
    const resolution = resolveWithFault(options.account.dns, question, fault);
    if (resolution === undefined) return;
    const delayMs = options.latencyMs + (fault?.kind === 'slow' ? fault.delayMs : 0);
    after(delayMs, () => {
      for (const packet of packets(query, question, resolution, fault))
        socket.send(packet, sender.port, sender.address);
    });
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');

  return {
    address: `127.0.0.1:${socket.address().port}`,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function faultFor({ name }: Question, fault: DnsFault | undefined): DnsFault | undefined {
  return (fault?.name ?? name).toLowerCase() === name.toLowerCase() ? fault : undefined;
}

/** undefined: no answer at all. */
function resolveWithFault(
  zone: Account['dns'],
  question: Question,
  fault: DnsFault | undefined,
): Resolution | undefined {
  switch (fault?.kind) {
    case undefined:
    case 'slow':
    case 'garbage':
    case 'wrong-id':
      return resolve(zone, question);
    case 'nxdomain':
      return { rcode: noSuchName, answers: [] };
    case 'nodata':
      return { rcode: noError, answers: [] };
    case 'servfail':
      return { rcode: serverFailure, answers: [] };
    case 'refused':
      return { rcode: refused, answers: [] };
    case 'yxdomain':
      return { rcode: nameExists, answers: [] };
    case 'notauth':
      return { rcode: notAuthoritative, answers: [] };
    case 'drop':
      return undefined;
    case 'loop':
      return resolve(loopFrom(question.name), question);
    case 'foreign-cname':
      return { rcode: noError, answers: [aliasElsewhere(zone, question)] };
    case 'two-cnames':
      return { rcode: noError, answers: twoAliases(zone, question) };
  }
}

/** An alias that the zone has for another name. */
function aliasElsewhere(zone: Account['dns'], { name }: Question): Answer {
  const other = Object.entries(zone).find(([owner, { cname }]) => cname && owner !== name.toLowerCase());
  const [owner, { cname = 'b.sandbox.invalid' }] = other ?? ['a.sandbox.invalid', {}];
  return { type: 'CNAME', name: owner, ttl, data: cname };
}

/** Where the name leads, and where another one does. */
function twoAliases(zone: Account['dns'], question: Question): Answer[] {
  const { name } = question;
  const own = Object.hasOwn(zone, name.toLowerCase()) ? zone[name.toLowerCase()]?.cname : undefined;
  const targets = [own ?? 'c.sandbox.invalid'];
  const others = Object.values(zone).flatMap(({ cname }) => cname ?? []);
  targets.push(others.find((cname) => cname !== own) ?? 'd.sandbox.invalid');
  return targets.map((data) => ({ type: 'CNAME', name, ttl, data }));
}

/** Two names that are each other's aliases, and the one that was asked for before them. */
function loopFrom(name: string): Account['dns'] {
  const loop = {
    'loop-a.sandbox.invalid': { cname: 'loop-b.sandbox.invalid' },
    'loop-b.sandbox.invalid': { cname: 'loop-a.sandbox.invalid' },
  };
  return { [name.toLowerCase()]: { cname: 'loop-a.sandbox.invalid' }, ...loop };
}

/**
 * The chain of aliases from a name and what is at its end. As from a real resolver, a chain that leads nowhere is
 * NXDOMAIN with the aliases that there are, and one that leads back to itself ends where it would repeat.
 */
function resolve(zone: Account['dns'], { name, type }: Question): Resolution {
  const answers: Answer[] = [];
  const seen = new Set<string>();
  let owner = name;
  while (!seen.has(owner.toLowerCase())) {
    const key = owner.toLowerCase();
    seen.add(key);
    const record = Object.hasOwn(zone, key) ? zone[key] : undefined;
    if (record === undefined) return { rcode: noSuchName, answers };
    if (record.cname === undefined) {
      if (type === 'A') answers.push(...(record.a ?? []).map((data) => ({ type, name: owner, ttl, data })));
      if (type === 'AAAA')
        answers.push(...(record.aaaa ?? []).map((data) => ({ type, name: owner, ttl, data })));
      return { rcode: noError, answers };
    }
    answers.push({ type: 'CNAME', name: owner, ttl, data: record.cname });
    if (type === 'CNAME') break;
    owner = record.cname;
  }
  return { rcode: noError, answers };
}

function read(message: Buffer): Packet | undefined {
  try {
    const packet = decode(message);
    return packet.type === 'query' ? packet : undefined;
  } catch {
    // Not DNS: nobody to answer.
    return undefined;
  }
}

/** What is sent for a query, in this order. */
function packets(
  query: Packet,
  question: Question,
  resolution: Resolution,
  fault: DnsFault | undefined,
): Buffer[] {
  const answer = write(query, question, resolution);
  if (fault?.kind === 'garbage') return [Buffer.concat([answer.subarray(0, 12), Buffer.alloc(20, 0xff)])];
  if (fault?.kind !== 'wrong-id') return [answer];
  const denial = { rcode: noSuchName, answers: [] };
  return [write({ ...query, id: (query.id ?? 0) ^ 1 }, question, denial), answer];
}

function write(query: Packet, question: Question, { rcode, answers }: Resolution): Buffer {
  return encode({
    type: 'response',
    id: query.id,
    flags: (query.flags ?? 0) | RECURSION_AVAILABLE | rcode,
    questions: [question],
    answers: [...answers],
    // A query with EDNS is answered with EDNS.
    additionals: (query.additionals ?? []).filter((record) => record.type === 'OPT'),
  });
}
