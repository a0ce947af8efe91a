/**
 * DNS, for names that AWS returned: the whole chain of aliases of a name, and its addresses.
 *
 * Source: node:dns (c-ares), over the given servers or the system's.
 * Missing: NXDOMAIN and an empty answer are the empty list. Errors: everything else (SERVFAIL, REFUSED, time-outs, a
 * chain that loops) is thrown: it says nothing about the name.
 */
import { Resolver } from 'node:dns/promises';
import { MalformedAnswer } from './failure.ts';
import { limitConcurrency } from './limit.ts';

export interface Dns {
  /** The names that `hostname` is an alias of, first to last, lower case, without the final dot. */
  aliases(hostname: string): Promise<readonly string[]>;
  /** IPv4 and IPv6 addresses of `hostname`. */
  addresses(hostname: string): Promise<readonly string[]>;
}

/** One try; c-ares doubles it for the second. */
const queryTimeoutMs = 1500;
const queryTries = 2;
/** Queries in flight per process: a resolver in a VPC takes 1,024 packets a second from an interface. */
const queriesAtOnce = 64;
/** Resolvers give up far earlier; AWS's own chains have one or two steps. */
const longestChain = 16;

const inTurn = limitConcurrency(queriesAtOnce);

/** @param servers `host:port` each; none: the system's. @param signal ends every query under way. */
export function createDns(servers: readonly string[], signal: AbortSignal): Dns {
  const resolver = new Resolver({ timeout: queryTimeoutMs, tries: queryTries });
  if (servers.length > 0) resolver.setServers(servers);
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });

  const query = (ask: () => Promise<string[]>): Promise<string[]> =>
    inTurn(signal, ask).catch((error: unknown) => {
      if (isAbsence(error)) return [];
      throw error;
    });

  const known = new Map<string, Promise<readonly string[]>>();
  const once = (key: string, ask: () => Promise<readonly string[]>) => {
    let answer = known.get(key);
    if (answer === undefined) {
      answer = ask();
      known.set(key, answer);
    }
    return answer;
  };

  const followAliases = async (hostname: string): Promise<readonly string[]> => {
    const chain: string[] = [];
    for (let name = hostname; ; ) {
      const [alias] = await query(() => resolver.resolveCname(name));
      if (alias === undefined) return chain;
      name = normalise(alias);
      if (name === hostname || chain.includes(name) || chain.length === longestChain) {
        throw new MalformedAnswer(`${hostname} is an alias that leads to no end`);
      }
      chain.push(name);
      if (endpointOfName(name) !== null) return chain;
    }
  };

  return {
    aliases: async (hostname) => {
      const name = checked(hostname);
      return once(`aliases ${name}`, () => followAliases(name));
    },
    addresses: async (hostname) => {
      const name = checked(hostname);
      return once(`addresses ${name}`, async () => {
        const both = await Promise.all([
          query(() => resolver.resolve4(name)),
          query(() => resolver.resolve6(name)),
        ]);
        return both.flat();
      });
    },
  };
}

/** The id of the VPC endpoint that a DNS name belongs to: `vpce-ID-….SERVICE.REGION.vpce.amazonaws.com`. */
export function endpointOfName(name: string): string | null {
  const [, id] = /^(vpce-(?:[0-9a-f]{8}|[0-9a-f]{17}))-[^.]+\..*\.vpce\./.exec(normalise(name)) ?? [];
  return id ?? null;
}

/** Lower case, without the final dot: the form in which names are compared. */
export function normalise(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '');
}

function checked(hostname: string): string {
  const name = normalise(hostname);
  if (name.length > 253 || !/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(name)) {
    throw new MalformedAnswer(`${JSON.stringify(hostname.slice(0, 100))} is not a host name`);
  }
  return name;
}

function isAbsence(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ENOTFOUND' || code === 'ENODATA';
}
