/**
 * DNS, for names that AWS returned: the whole chain of aliases of a name, and its addresses.
 *
 * Source: node:dns (c-ares), over the given servers or the system's.
 * Missing: NXDOMAIN and an empty answer are the empty list. Errors: everything else (SERVFAIL, REFUSED, time-outs, a
 * chain that loops) is thrown: it says nothing about the name.
 */
import { Resolver } from 'node:dns/promises';
import { setMaxListeners } from 'node:events';
import { limitConcurrency, notWaitedFor, unlessAborted } from '../time/limit.ts';
import { MalformedAnswer } from './failure.ts';

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

/** An answer serves every lookup that asks within this time; the resolvers behind keep it for its own, longer one. */
const freshMs = 1_000;

interface Shared {
  readonly askedAt: number;
  readonly answer: Promise<readonly string[]>;
  /** Drops the queries that still wait for their turn. */
  readonly drop: () => void;
  waiters: number;
}

/**
 * @param servers `host:port` each; none: the system's. @param now in milliseconds
 * @returns makes the view of one lookup: its questions end with its signal, and are shared with other lookups' until then
 */
export function createDns(servers: readonly string[], now: () => number): (signal: AbortSignal) => Dns {
  const resolver = new Resolver({ timeout: queryTimeoutMs, tries: queryTries });
  if (servers.length > 0) resolver.setServers(servers);
  const inTurn = limitConcurrency(queriesAtOnce);
  const shared = new Map<string, Shared>();
  let waiters = 0;

  const query = (signal: AbortSignal, ask: () => Promise<string[]>): Promise<string[]> =>
    inTurn(signal, ask).catch((error: unknown) => {
      if (isAbsence(error)) return [];
      throw error;
    });

  const followAliases = async (hostname: string, dropped: AbortSignal): Promise<readonly string[]> => {
    const chain: string[] = [];
    for (let name = hostname; ; ) {
      const [alias] = await query(dropped, () => resolver.resolveCname(name));
      if (alias === undefined) return chain;
      name = normalise(alias);
      // A sloppy server answers with addresses when it is asked for an alias, which c-ares reads as one of the name itself.
      if (name === hostname && chain.length === 0 && (await findAddresses(name, dropped)).length > 0)
        return [];
      if (name === hostname || chain.includes(name) || chain.length === longestChain) {
        throw new MalformedAnswer(`${hostname} is an alias that leads to no end`);
      }
      chain.push(name);
      if (endpointOfName(name) !== null) return chain;
    }
  };

  const findAddresses = async (name: string, dropped: AbortSignal): Promise<readonly string[]> => {
    const both = await Promise.all([
      query(dropped, () => resolver.resolve4(name)),
      query(dropped, () => resolver.resolve6(name)),
    ]);
    return both.flat();
  };

  const begin = (key: string, ask: (dropped: AbortSignal) => Promise<readonly string[]>): Shared => {
    for (const [old, { askedAt }] of shared) {
      if (now() - askedAt <= freshMs) break;
      shared.delete(old);
    }
    const controller = new AbortController();
    const forget = () => {
      if (shared.get(key) === begun) shared.delete(key);
    };
    const drop = () => {
      forget();
      controller.abort(notWaitedFor);
    };
    const answer = ask(controller.signal);
    const begun: Shared = { askedAt: now(), answer, drop, waiters: 0 };
    // What failed may succeed for the next who asks.
    answer.catch(forget);
    shared.set(key, begun);
    return begun;
  };

  const wait = async (
    key: string,
    signal: AbortSignal,
    ask: (dropped: AbortSignal) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    signal.throwIfAborted();
    const known = shared.get(key);
    const entry = known !== undefined && now() - known.askedAt <= freshMs ? known : begin(key, ask);
    entry.waiters += 1;
    waiters += 1;
    try {
      return await unlessAborted(entry.answer, signal);
    } finally {
      entry.waiters -= 1;
      waiters -= 1;
      if (entry.waiters === 0 && signal.aborted) entry.drop();
      if (waiters === 0 && signal.aborted) resolver.cancel();
    }
  };

  const view = (signal: AbortSignal): Dns => ({
    aliases: async (hostname) => {
      const name = checked(hostname);
      return wait(`aliases ${name}`, signal, (dropped) => followAliases(name, dropped));
    },
    addresses: async (hostname) => {
      const name = checked(hostname);
      return wait(`addresses ${name}`, signal, (dropped) => findAddresses(name, dropped));
    },
  });
  return (signal) => {
    // Every name that is waited for listens to it.
    setMaxListeners(0, signal);
    return view(signal);
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
