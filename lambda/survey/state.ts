/** What a survey knows while it goes on. */

import type { Claim, Creation, Endpoint, Gap, Match, Resource } from '../model/model.ts';
import type { List, Service } from '../model/service.ts';
import type { Usage, World } from '../model/world.ts';
import type { CheckLog } from './check-log.ts';
import type { Nearby } from './nearby.ts';

export interface Survey {
  readonly world: World;
  readonly cases: Cases;
  readonly asked: readonly Asked[];
  readonly history: CheckLog;
  /** Resources that claims name, by ARN; `null` for one of another Region, which is not asked for. */
  readonly named: Map<string, Named | null>;
  /** Fires at the deadline, and when no case is open any more. */
  readonly until: AbortSignal;
  /** Fires `until`. */
  readonly finish: () => void;
  /** What lists have said of resources, by type and id: the ARN, and that it is being deleted. */
  readonly known: Map<string, { arn: string | null; deleting: boolean }>;
  readonly addresses: Addresses;
  /** What is left of the resources of each service once its lists have been read: each once. */
  readonly left: Map<Asked, Nearby<Sighting>>;
  /** An owner with what its list does not say of it. */
  readonly details: (asked: Asked, resource: Resource) => Promise<Detailed>;
  /** Each name is resolved once. */
  readonly resolved: Map<string, Promise<ResolvedName>>;
  /** The likely names have been looked up, so that the others need not wait. */
  unlikelyNamesToo: boolean;
  /** The account that is searched, once anything has shown it. */
  accountId: string | null;
}

/** What the history said, or why it was not asked. */
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
}

export interface Detailed {
  readonly resource: Resource;
  /** What of it is not known, and why. */
  readonly note: string | null;
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
  /** A page has come: the service is there. */
  answered: boolean;
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
  /** It was seen, and may own endpoints itself: it is not merely what another resource, with an endpoint, leads to. */
  mayOwn: boolean;
}

/** A match, and the list that it was found in. */
export interface Found {
  readonly match: Match;
  readonly reading: Reading;
}

/** One endpoint, and what has been found so far. */
export interface OpenCase {
  readonly endpoint: Endpoint;
  creation: Creation | null;
  claims: readonly Claim[];
  /** `null`: it has not been asked for this endpoint, or has not answered. */
  historySays: HistorySays | null;
  /** Resources that list it, or whose hostname is an alias of it. */
  readonly found: Found[];
}

export interface Cases {
  readonly all: readonly OpenCase[];
  /** Those that EC2 does not say a customer may delete, and whose owner is not proven yet. */
  readonly open: ReadonlySet<OpenCase>;
  /** The VPC of all that are open; `null` where there are several. */
  readonly vpcId: () => string | null;
  readonly close: (one: OpenCase) => void;
  readonly byId: (id: string) => OpenCase | undefined;
  readonly byInterface: (id: string) => OpenCase | undefined;
  /** Open ones that no network which both sides name sets apart from the resource. */
  readonly near: (resource: Resource) => Iterable<OpenCase>;
  /** Of these the ones that make it worth to look up its names before others. */
  readonly likely: (resource: Resource) => Iterable<OpenCase>;
  /** The same of those whose owner is proven. */
  readonly settledLikely: (resource: Resource) => Iterable<OpenCase>;
}

export interface Sighting {
  readonly resource: Resource;
  readonly names: readonly ResolvedName[];
  /** The endpoints of the resource that its list names, or that its names are aliases of; in lower case. */
  readonly endpoints: ReadonlySet<string>;
  /** A name that could not be looked up: it may lead anywhere. */
  readonly gap: Gap | null;
}

export interface Addresses {
  /**
   * The endpoint's own. Cost: one call per 200 interfaces of all open cases, the first time.
   * Errors: an interface that is missing, or has no address: no other address can be told to be different.
   */
  readonly of: (endpoint: Endpoint, usage: Usage) => Promise<ReadonlySet<string>>;
  /**
   * The endpoints whose interfaces have these addresses in the VPC, as EC2 says. Cost: one call per 200 addresses.
   * Missing: what is nobody's, or no endpoint's, is not in the map.
   */
  readonly endpointsAt: (
    vpcId: string,
    addresses: readonly string[],
    usage: Usage,
  ) => Promise<ReadonlyMap<string, string>>;
  /** The VPCs of other endpoints, by their ids. Cost: one call per 200 endpoints. */
  readonly vpcsOf: (ids: readonly string[], usage: Usage) => Promise<ReadonlyMap<string, string>>;
}
