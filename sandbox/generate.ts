/** A random account of any size, and what is true of each of its endpoints. */
import type { Account } from './account.ts';
import { newAccount } from './build.ts';
import { ownerlessKinds } from './generate/ownerless.ts';
import { services } from './services/registry.ts';
import { newGeneration, type Truth } from './world/generation.ts';
import { random } from './world/random.ts';

export type { Truth, Verdict } from './world/generation.ts';

export interface GenerateOptions {
  readonly seed: number;
  /** How many resources of each kind. */
  readonly size: number;
  readonly now: Date;
  readonly region?: string;
}

export interface Generated {
  readonly account: Account;
  readonly region: string;
  /** By endpoint id. */
  readonly truth: ReadonlyMap<string, Truth>;
}

export function generate({ seed, size, now, region = 'ap-northeast-1' }: GenerateOptions): Generated {
  const builder = newAccount('111122223333', seed);
  const build = builder.region(region, now);
  const generation = newGeneration(build, random(seed), size);
  const kinds = [
    ...services.flatMap((service) => service.kinds?.(generation) ?? []),
    ...ownerlessKinds(generation, build),
  ];
  // One of each kind in turn: what one writes, the next ones of every other can lie with.
  for (let index = 0; index < size; index += 1) {
    for (const kind of kinds) kind();
  }
  return { account: builder.account, region, truth: generation.truth };
}
