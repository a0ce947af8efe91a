/** What a support case needs. */
import type { Case } from '../model/model.ts';
import { gapsOf, notAsked, stands } from './verdict.ts';

declare const proof: unique symbol;

/** Nothing is left that could hold the endpoint. `nothingLeft` alone makes one; a support case cannot be written without it. */
export interface NothingLeft {
  readonly [proof]: true;
  /** The checks that found nothing. */
  readonly checked: readonly string[];
}

/** @returns `null` where anything failed, was not asked, claims the endpoint from elsewhere, or may hold it */
export function nothingLeft(found: Case): NothingLeft | null {
  const { endpoint, owners, listedBy, probable, doubts, claims, checks } = found;
  if (endpoint.requesterManaged !== true) return null;
  if (owners.length + listedBy.length + probable.length + doubts.length > 0) return null;
  if (gapsOf(checks).length + notAsked(checks).length > 0) return null;
  if (claims.some((claim) => stands(claim) && claim.standing === 'foreign')) return null;
  const checked = checks.flatMap(({ name, coverage, matched }) =>
    coverage.read === 'whole' && !matched ? [name] : [],
  );
  return { checked } as unknown as NothingLeft;
}
