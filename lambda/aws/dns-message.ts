/**
 * DNS messages: the bytes of a question, and what the bytes of an answer hold.
 *
 * Source: RFC 1035 and RFC 6891 (messages and codes), RFC 2308 (absence). dns-packet reads and writes the bytes.
 * Missing: NXDOMAIN, and NOERROR without records. Errors: every other code, and an answer that is not about the name,
 * is thrown: it says nothing about the name.
 */
import { type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import { type Answer, type DnsRecord, lowerCase, type Question, unreadable } from './dns-answer.ts';
import { DnsFailure, MalformedAnswer } from './failure.ts';

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
