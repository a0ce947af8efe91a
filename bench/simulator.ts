/**
 * The account simulator as a process of its own, so that its work is not the program's:
 * `simulator.ts SIZE LATENCY_MS DNS_LATENCY_MS ENDPOINTS OTHER_SERVICES`. Says where it listens, and what it was asked when it is asked that.
 */
import { startSandbox } from '../sandbox/server.ts';
import { benchAccount, type Fewest, type Subject } from './account.ts';

export interface Ready {
  readonly url: string;
  readonly dnsServer: string;
  readonly orphanId: string | null;
  readonly rounds: readonly (readonly Subject[])[];
  readonly fewest: Fewest;
}

/** The AWS operations since the last time. */
export type Asked = readonly string[];

const [size = 30, latencyMs = 0, dnsLatencyMs = 0, endpoints = 0, others = 0] = process.argv
  .slice(2)
  .map(Number);
const { account, orphanId, rounds, fewest } = benchAccount(size, new Date(), {
  endpoints,
  otherServices: others === 1,
});
const lookupEventsPerSecond = Number.POSITIVE_INFINITY;
const sandbox = await startSandbox(account, { latencyMs, dnsLatencyMs, lookupEventsPerSecond });

process.on('message', () => {
  const asked = sandbox.calls.splice(0).map(({ service, operation }) => `${service}:${operation}`);
  process.send?.(asked satisfies Asked);
});
process.on('disconnect', () => process.exit());
process.send?.({ url: sandbox.url, dnsServer: sandbox.dnsServer, orphanId, rounds, fewest } satisfies Ready);
