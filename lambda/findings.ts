/** What a lookup has found, before a verdict is made of it. */

import type { Endpoint } from './aws/endpoint.ts';
import type { Failure } from './aws/failure.ts';
import type { Place } from './aws/region.ts';
import type { Creation } from './evidence/cloudtrail.ts';
import type { Check, Evidence, Owner, Service } from './http/contract.ts';
import type { Attachment, Claim, Removal } from './resolver.ts';

/** A resource that holds the endpoint, or may. */
export interface Match {
  readonly service: Service;
  readonly attachment: Attachment;
  readonly owner: Owner;
  readonly strength: 'confirmed' | 'probable' | 'hint';
  readonly source: Evidence['source'];
  readonly statement: string;
  readonly removal: Removal;
}

/** A resource that nothing speaks for, but nothing says where its own endpoint is either. */
export interface Unplaced {
  readonly service: Service;
  readonly owner: Owner;
  /** Those of its endpoints that are known. */
  readonly otherEndpointIds: readonly string[];
}

/** A claim, and what became of it. */
export interface ClaimFinding extends Claim {
  readonly service: Service;
  /** Resolvers whose resources the claim fits. */
  readonly resolvers: readonly string[];
  /** What to delete by hand; `null` where a resolver says it, or nobody knows. */
  readonly remove: string | null;
  /**
   * `stands` (also: nobody could ask), `refuted` (the resource that it names does not hold the endpoint), `gone` (that
   * resource does not exist) or `foreign` (it is another account's, and could not be read).
   */
  readonly standing: 'stands' | 'refuted' | 'gone' | 'foreign';
}

export interface CheckFinding {
  readonly report: Check;
  readonly failures: readonly Failure[];
  /** Requests that AWS throttled, whether or not a retry went through. */
  readonly throttled: number;
}

export interface Findings {
  readonly endpoint: Endpoint;
  /** The account is the one that was searched. */
  readonly place: Place;
  readonly claims: readonly ClaimFinding[];
  /** The match that the service's own API or DNS confirms. */
  readonly confirmed: Match | null;
  /** Every other match, each resource once. */
  readonly others: readonly Match[];
  readonly unplaced: readonly Unplaced[];
  readonly checks: readonly CheckFinding[];
  readonly creation: Creation | null;
  readonly now: Date;
}
