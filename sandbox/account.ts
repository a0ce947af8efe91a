/** The account with the lists of every service, as tests look at it and spoil it. */
import type { Region } from './services/registry.ts';
import type * as world from './world/account.ts';

export type { Region } from './services/registry.ts';
export type { DnsName } from './world/account.ts';

export interface Account extends world.Account {
  readonly regions: Record<string, Region>;
}
