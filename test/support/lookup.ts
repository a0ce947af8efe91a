/** One lookup in an account that a test has built: what the caller is answered, and what AWS was asked. */
import type { Identification } from '../../lambda/http/contract.ts';
import { newAccount, type RegionBuilder } from '../../sandbox/build.ts';
import type { Call, DnsQuery, Sandbox } from '../../sandbox/server.ts';
import { type ApiOptions, startApi } from './api.ts';
import { beginVirtualTime } from './virtual-time.ts';

export interface LookedUp {
  readonly answer: Identification;
  readonly calls: readonly Call[];
  readonly queries: readonly DnsQuery[];
  /** Of the virtual clock, where there was one. */
  readonly afterMs: number;
}

/** An empty account's Region, now. */
export function emptyRegion(name = 'ap-northeast-1'): RegionBuilder {
  return newAccount('111122223333').region(name, new Date());
}

export async function lookUp(region: RegionBuilder, id: string, options: ApiOptions = {}): Promise<LookedUp> {
  const api = await startApi(region.account, { region: region.name, ...options });
  const { calls, queries } = api.sandbox;
  try {
    return { answer: await api.identify(id), calls, queries, afterMs: 0 };
  } finally {
    await api.close();
  }
}

/**
 * The same for AWS that is slow, throttles or hangs: the time that passes costs the test none.
 *
 * @param begin what happens to AWS meanwhile, by timers of that time
 */
export async function lookUpInVirtualTime(
  region: RegionBuilder,
  id: string,
  options: ApiOptions = {},
  begin: (sandbox: Sandbox) => void = () => undefined,
): Promise<LookedUp> {
  const api = await startApi(region.account, { region: region.name, ...options });
  const { calls, queries } = api.sandbox;
  const time = beginVirtualTime(() => calls.length + queries.length);
  try {
    begin(api.sandbox);
    const answer = await time.passUntil(api.identify(id));
    return { answer, calls, queries, afterMs: time.now() };
  } finally {
    time.end();
    await api.close();
  }
}

export function checkOf(
  { checks }: Identification,
  name: string,
): Identification['checks'][number] | undefined {
  return checks.find(({ check }) => check === name);
}
