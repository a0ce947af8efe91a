/**
 * DNS, for names that AWS returned: the whole chain of aliases of a name, and its addresses.
 *
 * Source: the given servers or the system's, over a client of our own: node:dns does not tell whose alias an alias is.
 * Missing: NXDOMAIN and an empty answer are the empty list. Errors: everything else (SERVFAIL, REFUSED, time-outs, a
 * chain that loops) is thrown: it says nothing about the name.
 */
import { setMaxListeners } from 'node:events';
import type { Dns } from '../model/world.ts';
import { addressesIn, followAliases, isHostName, lowerCase } from './dns-answer.ts';
import type { AskDns } from './dns-query.ts';
import { MalformedAnswer } from './failure.ts';

/**
 * @param servers `host:port` each; none: the system's
 * @returns makes the view of one lookup in a Region with that DNS suffix: its questions end with its signal
 */
export function createDns(servers: readonly string[]): (signal: AbortSignal, dnsSuffix: string) => Dns {
  let client: Promise<AskDns> | undefined;
  const ask: AskDns = async (question, signal) => {
    client ??= loadClient(servers);
    return (await client)(question, signal);
  };
  return (signal, dnsSuffix) => {
    // Every name that is waited for listens to it.
    setMaxListeners(0, signal);
    return {
      aliases: async (hostname) => aliasesOf(checked(hostname), ask, signal, dnsSuffix),
      addresses: async (hostname) => addressesOf(checked(hostname), ask, signal),
    };
  };
}

/** At the first name, so that no cold start waits for it. */
async function loadClient(servers: readonly string[]): Promise<AskDns> {
  const { createDnsQuery } = await import('./dns-query.ts');
  return createDnsQuery(servers);
}

/** One query for each link that a server does not answer by itself, until the name of a VPC endpoint or the end. */
async function aliasesOf(
  hostname: string,
  ask: AskDns,
  signal: AbortSignal,
  dnsSuffix: string,
): Promise<readonly string[]> {
  const isEndpoint = (name: string) => endpointOfName(name, dnsSuffix) !== null;
  let names: readonly string[] = [hostname];
  for (;;) {
    const last = names.at(-1) ?? hostname;
    const answer = await ask({ name: last, type: 'CNAME' }, signal);
    names = followAliases(names, answer, isEndpoint);
    const end = names.at(-1) ?? hostname;
    if (end === last || isEndpoint(end) || !answer.exists) return names.slice(1);
  }
}

async function addressesOf(name: string, ask: AskDns, signal: AbortSignal): Promise<readonly string[]> {
  const families = ['A', 'AAAA'] as const;
  const both = families.map(async (type) => addressesIn(await ask({ name, type }, signal), { name, type }));
  return (await Promise.all(both)).flat();
}

/**
 * The id of the VPC endpoint that a DNS name belongs to: `vpce-ID-xxxx[-ZONE].SERVICE.REGION.vpce.SUFFIX`.
 *
 * @param dnsSuffix the partition's own; under any other, a name can be anyone's
 */
export function endpointOfName(name: string, dnsSuffix: string): string | null {
  const tail = `.vpce.${dnsSuffix}`;
  const known = normalise(name);
  if (!known.endsWith(tail)) return null;
  const [, id] =
    /^(vpce-(?:[0-9a-f]{8}|[0-9a-f]{17}))-[a-z0-9-]+(?:\.[a-z0-9_-]+){2,}$/.exec(
      known.slice(0, -tail.length),
    ) ?? [];
  return id ?? null;
}

/** Lower case, without the final dot: the form in which names are compared. */
export function normalise(name: string): string {
  return lowerCase(name.trim()).replace(/\.$/, '');
}

function checked(hostname: string): string {
  const name = normalise(hostname);
  if (isHostName(name)) return name;
  throw new MalformedAnswer(`${JSON.stringify(hostname.slice(0, 100))} is not a host name`);
}
