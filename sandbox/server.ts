import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type AwsReply, type Call, createAws } from './aws.ts';
import { type DnsQuery, startDnsServer } from './dns-server.ts';
import type { Faults } from './faults.ts';
import { firstHalf } from './misbehave.ts';
import type { WireAnswer } from './protocols/protocol.ts';
import type { Account } from './world/account.ts';

export type { Call } from './aws.ts';
export type { DnsQuery } from './dns-server.ts';

export interface SandboxOptions {
  /** How long every AWS answer takes, and every DNS answer. Default: no time. */
  readonly latencyMs?: number;
  readonly dnsLatencyMs?: number;
  /** The time that CloudTrail's 90 days are counted from. */
  readonly now?: () => Date;
  /** CloudTrail's quota for LookupEvents in a Region. Default: 2, AWS's own; Infinity: none. */
  readonly lookupEventsPerSecond?: number;
  /** No page of any list is longer than this, whatever is asked for, as AWS may do too. */
  readonly maxPageItems?: number;
  readonly faults?: Faults;
  /** Sees every request that names an operation, before it is answered: the account can change in between. */
  readonly onCall?: (call: Call) => void;
}

export interface Sandbox {
  /** The endpoint of every service and Region: http://127.0.0.1:PORT. */
  readonly url: string;
  /** The resolver that knows the account's names: 127.0.0.1:PORT. */
  readonly dnsServer: string;
  /** Every request that named an operation, in order. */
  readonly calls: Call[];
  readonly queries: DnsQuery[];
  /** Takes effect on the next request: `sandbox.faults['rds:DescribeDBProxies'] = { kind: 'denied' }`. */
  readonly faults: Faults;
  /** Ends at once, with every connection; a second time, it does nothing. */
  close(): Promise<void>;
}

/** An AWS account on loopback: HTTP endpoints that speak the services' wire protocols, and a DNS server. */
export async function startSandbox(account: Account, options: SandboxOptions = {}): Promise<Sandbox> {
  const calls: Call[] = [];
  const queries: DnsQuery[] = [];
  const faults: Faults = { ...options.faults };
  const closing = new AbortController();
  // Every answer that is delayed listens to it.
  setMaxListeners(0, closing.signal);

  const aws = createAws({
    account,
    faults,
    now: options.now ?? (() => new Date()),
    lookupEventsPerSecond: options.lookupEventsPerSecond ?? 2,
    maxPageItems: options.maxPageItems ?? Number.POSITIVE_INFINITY,
    onCall: (call) => {
      calls.push(call);
      options.onCall?.(call);
    },
  });

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A client that left, or the sandbox that closes, is nobody's fault; anything else is the sandbox's.
      if (!closing.signal.aborted && !request.socket.destroyed) console.error(error);
      request.socket.destroy();
    });
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const cameAt = performance.now();
    const { method = '', url: target = '', headers } = request;
    const reply = aws({ method, target, headers, body: await text(request) });
    const delayMs = (options.latencyMs ?? 0) + reply.delayMs - (performance.now() - cameAt);
    // A timer is late by part of a millisecond, and counts whole ones.
    if (delayMs > 0) await wait(Math.floor(delayMs), undefined, { signal: closing.signal });
    send(request, response, reply);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dns = await startDnsServer({
    account,
    latencyMs: options.dnsLatencyMs ?? 0,
    fault: () => faults.dns,
    onQuery: (query) => queries.push(query),
  });

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    const ended = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await Promise.all([ended, dns.close()]);
  };

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    dnsServer: dns.address,
    calls,
    queries,
    faults,
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function send(request: IncomingMessage, response: ServerResponse, reply: AwsReply): void {
  switch (reply.connection) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'cut-off':
      begin(response, reply.answer).write(firstHalf(reply.answer.body), () =>
        request.socket.resetAndDestroy(),
      );
      return;
    case 'stalled':
      begin(response, reply.answer).write(firstHalf(reply.answer.body));
      return;
    case 'answer':
      begin(response, reply.answer).end(reply.answer.body);
  }
}

function begin(response: ServerResponse, { status, headers, body }: WireAnswer): ServerResponse {
  return response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  return address.port;
}
