/**
 * DNS messages: what is asked, and what an answer says of the name that was asked for.
 *
 * Source: RFC 1035 and RFC 6891 (messages and codes), RFC 2308 (absence). dns-packet reads and writes the bytes.
 * Missing: NXDOMAIN, and NOERROR without records. Errors: every other code, and an answer that contradicts itself or is
 * not about the name, is thrown: it says nothing about the name.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import { DnsFailure, MalformedAnswer } from './failure.ts';

export interface Question {
  /** Lower case, without the final dot. */
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
}

export interface DnsRecord {
  /** The name that the record is about, in lower case. */
  readonly owner: string;
  readonly type: string;
  /** An address, or a name in lower case; empty for the types that nobody asks for. */
  readonly data: string;
}

export interface Answer {
  /** False for NXDOMAIN: there is nothing at the end of the chain. */
  readonly exists: boolean;
  readonly records: readonly DnsRecord[];
}

/** Resolvers give up far earlier; AWS's own chains have one or two links. */
const longestChain = 16;

/** What fits into a UDP packet that no network cuts up (DNS flag day 2020). */
const udpPayloadSize = 1232;

const noError = 0;
const noSuchName = 3;

/** https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-6 */
const codeNames: Readonly<Record<number, string>> = {
  1: 'FORMERR',
  2: 'SERVFAIL',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  11: 'DSOTYPENI',
  16: 'BADVERS',
  17: 'BADKEY',
  18: 'BADTIME',
  19: 'BADMODE',
  20: 'BADNAME',
  21: 'BADALG',
  22: 'BADTRUNC',
  23: 'BADCOOKIE',
};

/** Codes that are about the server and not about the name, so that another server may know better. */
const serversOwn: readonly number[] = [2, 5];

export function writeQuery(id: number, { name, type }: Question): Buffer {
  const edns = { udpPayloadSize, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ name, type, class: 'IN' }],
    additionals: [{ type: 'OPT', name: '.', ...edns }],
  });
}

/**
 * @returns `null` for a message that answers another question, or none
 *
 * Errors: `DnsFailure` for a code that is no answer; `MalformedAnswer` for bytes that cannot be read, a referral to
 * other servers, and records that are all about other names.
 */
export function readAnswer(message: Buffer, id: number, question: Question): Answer | 'truncated' | null {
  const flags = message.length < 4 ? null : message.readUInt16BE(2);
  if (flags !== null && (message.readUInt16BE(0) !== id || !isResponse(flags))) return null;
  if (flags !== null && (flags & 0x0200) !== 0) return 'truncated';
  const packet = read(message, question);
  const { questions = [], answers = [], authorities = [] } = packet;
  const code = codeOf(packet);
  const isAnswer = code === noError || code === noSuchName;
  // A server that could not read the question may leave it out.
  const isOurs = questions.length === 0 ? !isAnswer : isSame(questions, question);
  if (!isOurs) return null;
  if (!isAnswer) {
    const reason = `the DNS server answered ${codeNames[code] ?? `RCODE ${code}`} (${question.name})`;
    throw new DnsFailure(reason, { anotherMayKnow: serversOwn.includes(code) });
  }
  const records = answers.flatMap(toRecord);
  if (answers.length === 0 && code === noError && isReferral(authorities)) {
    throw new MalformedAnswer(`the DNS server only named other servers (${question.name})`);
  }
  if (answers.length > 0 && !records.some(({ owner }) => owner === question.name)) {
    throw new MalformedAnswer(`the DNS server answered for other names only (${question.name})`);
  }
  return { exists: code === noError, records };
}

/**
 * Follows the CNAME records of one answer.
 *
 * @param names from the one that was asked for to the last that is known
 * @param isLast behind which nothing is followed
 * @returns the names, and those that the last one leads to
 */
export function followAliases(
  names: readonly string[],
  { records }: Answer,
  isLast: (name: string) => boolean = () => false,
): readonly string[] {
  const followed = [...names];
  for (;;) {
    const alias = aliasOf(followed.at(-1) ?? '', records);
    if (alias === null) return followed;
    if (followed.includes(alias) || followed.length > longestChain) {
      throw new MalformedAnswer(`${followed[0]} is an alias that leads to no end`);
    }
    followed.push(alias);
    if (isLast(alias)) return followed;
  }
}

/** The addresses of a name, or of the end of its chain of aliases. */
export function addressesIn(answer: Answer, { name, type }: Question): readonly string[] {
  const end = followAliases([name], answer).at(-1);
  const found = answer.records.flatMap((record) =>
    record.owner === end && record.type === type ? [record.data] : [],
  );
  const isAddress = type === 'A' ? isIPv4 : isIPv6;
  if (!found.every(isAddress)) throw unreadable(name);
  if (found.length > 0 && !answer.exists) {
    throw new MalformedAnswer(`the DNS server answered addresses of a name that does not exist (${name})`);
  }
  return found;
}

/** As DNS compares names: other letters than these are never equal. */
export function lowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** @param name in lower case */
export function isHostName(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/.test(name);
}

function aliasOf(name: string, records: readonly DnsRecord[]): string | null {
  const own = records.filter(({ owner, type }) => owner === name && type === 'CNAME');
  const [alias, ...others] = new Set(own.map(({ data }) => data));
  if (alias === undefined) return null;
  if (others.length > 0) throw new MalformedAnswer(`${name} is an alias of two names at once`);
  if (!isHostName(alias)) throw new MalformedAnswer(`${name} is an alias of what is no host name`);
  return alias;
}

/** A response to a plain query. */
function isResponse(flags: number): boolean {
  return (flags & 0xf800) === 0x8000;
}

function isSame(questions: NonNullable<DecodedPacket['questions']>, { name, type }: Question): boolean {
  return questions.every(
    (asked) => lowerCase(asked.name) === name && asked.type === type && asked.class === 'IN',
  );
}

function read(message: Buffer, { name }: Question): DecodedPacket & { readonly rcode: number } {
  try {
    const packet = decode(message);
    // Addresses are read past the end of the message without an error.
    if (decode.bytes <= message.length) return { ...packet, rcode: message.readUInt16BE(2) & 0xf };
  } catch {
    // dns-packet throws plain errors that say no more.
  }
  throw unreadable(name);
}

function unreadable(name: string): MalformedAnswer {
  return new MalformedAnswer(`the DNS server's answer cannot be read (${name})`);
}

/** With the upper bits that EDNS has for it. */
function codeOf({ rcode, additionals = [] }: ReturnType<typeof read>): number {
  const edns = additionals.find((record) => record.type === 'OPT');
  return rcode + (edns === undefined ? 0 : edns.extendedRcode * 16);
}

function isReferral(authorities: NonNullable<DecodedPacket['authorities']>): boolean {
  const types = new Set(authorities.map(({ type }) => type));
  return types.has('NS') && !types.has('SOA');
}

function toRecord(record: NonNullable<DecodedPacket['answers']>[number]): readonly DnsRecord[] {
  if (record.type === 'OPT' || record.class !== 'IN') return [];
  const { type, name, data } = record;
  const isText = type === 'A' || type === 'AAAA' || type === 'CNAME';
  return [{ owner: lowerCase(name), type, data: isText ? lowerCase(data) : '' }];
}
