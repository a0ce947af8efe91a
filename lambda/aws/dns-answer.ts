/**
 * What the answer to a DNS question says of the name that was asked for.
 *
 * Source: RFC 1035. Errors: an answer that contradicts itself or is not about the name is thrown: it says nothing about
 * the name.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { MalformedAnswer } from './failure.ts';

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

export function unreadable(name: string): MalformedAnswer {
  return new MalformedAnswer(`the DNS server's answer cannot be read (${name})`);
}
