/** From what was found to a verdict. Pure. */
import { mayBeManaged } from '../evidence/managed.ts';
import type { Case, Check, Doubt, Gap, JudgedClaim, Match, ServiceRef } from '../model/model.ts';
import type { Strength, VerdictName } from './identification.ts';

/** A resource that may be the owner, and how much speaks for it. */
export interface Candidate {
  readonly service: ServiceRef;
  readonly resource: Match['resource'];
  readonly strength: Exclude<Strength, 'refuted'>;
  /** The match that speaks for it; `null`: only its network does. */
  readonly match: Match | null;
}

/** A verdict with what it stands on, as the next step needs it. */
export interface Verdict {
  readonly is: VerdictName;
  readonly service: ServiceRef | null;
  /** The match that owns the endpoint. */
  readonly owner: Match | null;
  readonly candidates: readonly Candidate[];
  /** The claim that names the service where no owner does. */
  readonly claim: JudgedClaim | null;
  /** No check that could have changed the answer failed, ran out of time, or was never made. */
  readonly complete: boolean;
}

export function reachVerdict(found: Case): Verdict {
  const { endpoint, owners, listedBy } = found;
  const standing = found.claims.filter(stands);
  const claim = standing[0] ?? null;
  const none = { owner: null, candidates: [], claim };
  const [owner, other] = owners;

  if (!mayBeManaged(endpoint))
    return { ...none, is: 'not-requester-managed', service: claim?.service ?? null, complete: true };
  if (owner !== undefined && other === undefined)
    return { ...none, is: 'identified', service: owner.service, owner, complete: true };
  if (owner !== undefined) {
    const candidates = owners.map((match) => candidateOf(match, 'confirmed'));
    return { ...none, is: 'ambiguous', service: sharedService(owners), candidates, complete: true };
  }
  const failed = gapsOf(found.checks).length > 0;
  // The service lists the endpoint, but what of it could not be read may be the narrower owner.
  const [holder] = listedBy;
  if (holder !== undefined) {
    const candidates = listedBy.map((match) => candidateOf(match, 'probable'));
    const complete = !failed && notAsked(found.checks).length === 0;
    return { ...none, is: 'service-identified', service: holder.service, candidates, complete };
  }
  return probableOrNetwork(found, claim, failed);
}

function probableOrNetwork(found: Case, claim: JudgedClaim | null, failed: boolean): Verdict {
  // What EC2 and CloudTrail say cannot be written by a customer as a tag can: it narrows what is merely likely.
  const narrowing = found.claims.filter((each) => stands(each) && !each.written);
  const probable = found.probable.filter(({ service }) => narrowing.every((each) => fits(each, service.id)));
  const [only, second] = probable;
  // Whatever was not asked cannot have the addresses of this endpoint's interfaces, too.
  if (only !== undefined && second === undefined && !mayShareService(found, only))
    return { is: 'identified', service: only.service, owner: only, candidates: [], claim, complete: !failed };
  const complete = !failed && notAsked(found.checks).length === 0;
  const candidates = candidatesFrom(found, probable);
  if (candidates.length > 1 && (!failed || probable.length > 1)) {
    const service = claim?.service ?? sharedService(probable);
    return { is: 'ambiguous', service, owner: null, candidates, claim, complete };
  }
  const is = claim === null ? 'unidentified' : 'service-identified';
  return { is, service: claim?.service ?? null, owner: null, candidates, claim, complete };
}

/**
 * That an endpoint service leads to one resource alone is inferred: it names the owner only where each other resource of the
 * service that may hold the endpoint was read, and names endpoint services of its own.
 */
function mayShareService({ checks, doubts }: Case, { by, service }: Match): boolean {
  if (by !== 'service-name') return false;
  const own = checks.filter(({ name }) => name === service.id);
  const isUntold = ({ service: { id }, resource }: Doubt) =>
    id === service.id && (resource.shows.serviceNames ?? []).length === 0;
  return gapsOf(own).length > 0 || doubts.some(isUntold);
}

/**
 * A shared network says less than any claim. Probable matches that speak against CloudTrail make no owner, but no orphan either.
 * Other endpoints of a resource, and the time it was made, order the candidates and remove none.
 */
function candidatesFrom(found: Case, probable: readonly Match[]): readonly Candidate[] {
  const narrowing = narrowingOf(found);
  const hints = likeliestFirst(found.doubts)
    .filter(
      ({ sharesNetwork, service }) => sharesNetwork && narrowing.every((each) => fits(each, service.id)),
    )
    .map(({ service, resource }): Candidate => ({ service, resource, strength: 'hint', match: null }));
  const likely = (matches: readonly Match[]) => matches.map((match) => candidateOf(match, 'probable'));
  const groups = [likely(probable), hints, likely(found.probable)];
  return groups.find(({ length }) => length > 0) ?? [];
}

/** Creation times and endpoints that are known order the doubts, and remove none. */
export function likeliestFirst(doubts: readonly Doubt[]): readonly Doubt[] {
  return [...doubts].sort((a, b) => Number(a.lessLikely) - Number(b.lessLikely));
}

export function stands({ standing }: JudgedClaim): boolean {
  return standing !== 'refuted' && standing !== 'unfit';
}

/** The claims that say whose resources come into question: a tag, which anyone can write, where there is no other. */
export function narrowingOf({ claims }: Case): readonly JudgedClaim[] {
  const standing = claims.filter(stands);
  const own = standing.filter(({ written }) => !written);
  return own.length > 0 ? own : standing;
}

/** Whether a claim speaks for a resource of this service. */
export function fits({ service, speaksFor }: JudgedClaim, id: string): boolean {
  return service.id === id || speaksFor.includes(id);
}

/** What failed and could have changed the answer. */
export function gapsOf(checks: readonly Check[]): readonly Gap[] {
  return checks.flatMap(({ coverage }) => (coverage.read === 'partly' ? coverage.gaps : []));
}

/** Checks that were never made, or not for everything. */
export function notAsked(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ coverage }) =>
    coverage.read === 'whole'
      ? coverage.without !== null
      : coverage.read === 'not' && coverage.because === 'not-asked',
  );
}

function candidateOf(match: Match, strength: Candidate['strength']): Candidate {
  return { service: match.service, resource: match.resource, strength, match };
}

/** The one service that every candidate is of. */
function sharedService([first, ...rest]: readonly Match[]): ServiceRef | null {
  return first !== undefined && rest.every(({ service }) => service.id === first.service.id)
    ? first.service
    : null;
}
