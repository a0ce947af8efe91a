/** One service's resources, crowded into one VPC, with endpoints among them that are none of theirs. */
import type { Identification } from '../../lambda/http/contract.ts';
import type { Account } from '../../sandbox/account.ts';
import { newAccount, type Owner } from '../../sandbox/build.ts';
import type { Call } from '../../sandbox/server.ts';
import type { Service } from '../../sandbox/services/service.ts';
import { newGeneration, type Truth } from '../../sandbox/world/generation.ts';
import { random } from '../../sandbox/world/random.ts';
import { type ApiOptions, startApi } from './api.ts';
import { beginVirtualTime } from './virtual-time.ts';

export const seed = 5;

export interface Crowd {
  readonly account: Account;
  readonly truth: ReadonlyMap<string, Truth>;
  /** Endpoints whose owner can be found, in the order in which they were made. */
  readonly owned: readonly { readonly id: string; readonly owner: Owner }[];
  /** Endpoints to which nothing leads from their owner. */
  readonly hidden: Crowd['owned'];
  /** One of each type that the service makes; nobody has them. */
  readonly strangers: readonly string[];
}

/** @param options `unmarked`: neither tags nor CloudTrail say anything, so that only lists tell the owner */
export function crowdOf(service: Service, size: number, { unmarked = false } = {}): Crowd {
  const build = newAccount('111122223333', seed).region('ap-northeast-1', new Date());
  const network = build.network();
  const generation = { ...newGeneration(build, random(seed), 1), networks: [network] } as const;
  const kinds = service.kinds?.(generation) ?? [];
  for (let index = 0; index < size; index += 1) for (const kind of kinds) kind();

  const { truth } = generation;
  const { resources } = build;
  const types = new Set(resources.vpcEndpoints.map(({ VpcEndpointType }) => VpcEndpointType));
  const elsewhere = build.network({ vpcOf: network });
  const strangers = [...types].map((vpcEndpointType = 'Interface') => {
    const { creator } = service;
    const traits = { vpcEndpointType, network: elsewhere, createdAt: build.daysAgo(400) };
    return build.orphan({ ...traits, ...(creator === undefined ? {} : { creator }) }).vpcEndpointId;
  });
  if (unmarked) {
    resources.events = [];
    for (const endpoint of resources.vpcEndpoints) endpoint.Tags = [];
  }
  const held = (is: (verdicts: Truth['verdicts']) => boolean) =>
    [...truth].flatMap(([id, { owner, verdicts }]) =>
      owner !== null && is(verdicts) ? [{ id, owner }] : [],
    );
  const owned = held((verdicts) => String(verdicts) === 'identified');
  const hidden = held((verdicts) => !verdicts.includes('identified'));
  return { account: build.account, truth, owned, hidden, strangers };
}

export interface Asked {
  readonly answers: readonly Identification[];
  readonly calls: readonly Call[];
}

/** Asks for endpoints in virtual time, one group after the other, and those of a group at once. */
export async function askFor(
  account: Account,
  groups: readonly (readonly string[])[],
  options: ApiOptions = {},
): Promise<readonly Asked[]> {
  const api = await startApi(account, options);
  const { calls, queries } = api.sandbox;
  const time = beginVirtualTime(() => calls.length + queries.length);
  const asked: Asked[] = [];
  try {
    for (const ids of groups) {
      const before = calls.length;
      const answers = await time.passUntil(Promise.all(ids.map((id) => api.identify(id))));
      asked.push({ answers, calls: calls.slice(before) });
    }
    return asked;
  } finally {
    time.end();
    await api.close();
  }
}
