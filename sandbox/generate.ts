/** A random account of any size, and what is true of each of its endpoints. */
import type { Account } from './account.ts';
import { random } from './build/random.ts';
import { newAccount } from './build.ts';
import { kinds } from './generate/kinds.ts';
import { newWorld, type Truth } from './generate/world.ts';

export type { Truth, Verdict } from './generate/world.ts';

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
  const world = newWorld(builder.region(region, now), random(seed), size);
  for (const kind of kinds) {
    for (let index = 0; index < size; index += 1) kind(world);
  }
  return { account: builder.account, region, truth: world.truth };
}
