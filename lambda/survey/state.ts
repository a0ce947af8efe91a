/** What a survey knows while it goes on. */
import type { Gap } from '../model.ts';
import type { List, Service } from '../service.ts';
import type { Addresses } from './addresses.ts';
import type { Cases } from './cases.ts';
import type { CheckLog } from './check-log.ts';
import type { Sighting } from './sight.ts';
import type { World } from './world.ts';

export interface Survey {
  readonly world: World;
  readonly cases: Cases;
  readonly asked: readonly Asked[];
  readonly history: CheckLog;
  historySays: HistorySays;
  /** Resources that claims name, by ARN; `null` for one of another Region, which is not asked for. */
  readonly named: Map<string, Named | null>;
  /** Fires at the deadline, and when no case is open any more. */
  readonly until: AbortSignal;
  /** Fires `until`. */
  readonly finish: () => void;
  /** What lists have said of resources, by type and id: the ARN, and that it is being deleted. */
  readonly known: Map<string, { arn: string | null; deleting: boolean }>;
  readonly addresses: Addresses;
  /** Each name is resolved once. */
  readonly resolved: Map<string, Promise<ResolvedName>>;
  /** The likely names have been looked up, so that the others need not wait. */
  unlikelyNamesToo: boolean;
  /** The account that is searched, once anything has shown it. */
  accountId: string | null;
}

/** Why the history was not asked, or has nothing. */
export interface HistorySays {
  readonly gap: Gap | null;
  readonly skipped: string | null;
  readonly note: string | null;
}

export interface ResolvedName {
  /** The name, then what it is an alias of. */
  readonly chain: readonly string[];
  /** Asked for only where no link of the chain is an endpoint's name. */
  readonly addresses: readonly string[];
}

/** A service, its check, and what is being read of it. */
export interface Asked {
  readonly service: Service;
  readonly log: CheckLog;
  readonly readings: Reading[];
  /** Of what a claim names. */
  readonly namedReadings: Reading[];
  /** Why it was not asked. */
  skipped: string | null;
  /** What is not known of an owner that it holds. */
  note: string | null;
}

/** One list, or one resource asked for by name. */
export interface Reading {
  readonly asked: Asked;
  readonly list: List | null;
  readonly gaps: Gap[];
  /** Resources that hold no case by id, and may hold one. */
  readonly sightings: Sighting[];
  /** Names that are unlikely to be any endpoint's. */
  readonly later: (() => Promise<void>)[];
  /** Something of it could not be read, or was not read because nobody needed it any more. */
  damaged: boolean;
  /** Its last page has come. */
  read: boolean;
  /** `whole`: read to its end, and everything in it, names included. */
  end: 'whole' | 'partly' | null;
  /** The page that is asked for, until it has been offered to the cases. */
  page: Promise<unknown>;
}

export interface Named {
  readonly reading: Reading;
  /** Whether it exists, as far as is known. */
  exists: boolean;
}
