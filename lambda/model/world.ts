/** What a survey works with. Nothing in this folder reads the environment, the clock or the network but through it. */
import type { Creation, Endpoint, Place } from './model.ts';
import type { Aws, Service } from './service.ts';

export interface World {
  readonly place: Place;
  readonly services: readonly Service[];
  readonly history: History;
  readonly connect: (usage: Usage) => Aws;
  readonly dns: Dns;
  readonly clock: Clock;
  /** Told what goes on, for whoever waits. */
  readonly progress?: ((progress: Progress) => void) | undefined;
}

export type Progress =
  /** So many endpoints are looked at. */
  | { readonly is: 'endpoints'; readonly count: number }
  /** The lists of a service, by its id. */
  | { readonly is: 'reading' | 'read'; readonly service: string }
  /** One endpoint more is answered. */
  | { readonly is: 'answered' };

export interface Clock {
  readonly now: () => Date;
  /** Ends early, without an error, when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly timeLeftMs: () => number;
  /** Fires when the answer is due. */
  readonly deadline: AbortSignal;
  /** Fires when the event history has had its share of the time. */
  readonly historyDeadline: AbortSignal;
}

/** Who made an endpoint: an event history. */
export interface History {
  /** @returns why it cannot know the creation any more, or `null` */
  readonly outOfReach: (endpoint: Endpoint, now: Date) => string | null;
  /** Errors: thrown as they come. @returns `null` when it has no record of the creation */
  readonly find: (aws: Aws, region: string, endpoint: Endpoint) => Promise<Creation | null>;
  /** The same for many endpoints at once, each as soon as it is known. Errors: thrown, and the rest is not known then. */
  readonly findAll: (aws: Aws, endpoints: readonly Endpoint[]) => AsyncIterable<Remembered>;
  /** @returns why what it said is no evidence, or `null` */
  readonly note: (endpoint: Endpoint, creation: Creation | null, now: Date) => string | null;
}

/** `error`: of this endpoint's record alone. */
export type Remembered = { readonly endpoint: Endpoint } & (
  | { readonly creation: Creation | null }
  | { readonly error: unknown }
);

export interface Dns {
  /** The names that `hostname` is an alias of, first to last, lower case, without the final dot. */
  readonly aliases: (hostname: string) => Promise<readonly string[]>;
  /** IPv4 and IPv6 addresses of `hostname`. */
  readonly addresses: (hostname: string) => Promise<readonly string[]>;
}

/** One check's account of what it sent, the signal that ends it, and its time. */
export interface Usage {
  /** Requests sent, retries included. */
  apiCalls: number;
  /** Those of them that AWS throttled. */
  throttled: number;
  /** What it waits for: each gives the IAM actions of calls under way. */
  readonly waitingFor: Set<() => readonly string[]>;
  readonly signal: AbortSignal;
  /** Of `performance.now()`. Throttled calls are tried again in between, as long as there is time. */
  readonly startedAt: number;
  readonly endsAt: number;
}
