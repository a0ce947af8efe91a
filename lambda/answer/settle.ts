/** From findings to the answer. Pure. */

import { presentEndpoint, toSeconds } from '../aws/endpoint.ts';
import { fits } from '../evidence/claims.ts';
import type { ClaimFinding, Findings, Match } from '../findings.ts';
import type { Candidate, Evidence, Identification, Owner, Service } from '../http/contract.ts';
import { nextStep } from './next-step.ts';

/** A verdict with what it stands on, as the next step needs it. */
export interface Settlement {
  readonly verdict: Identification['verdict'];
  readonly service: Service | null;
  /** The match that owns the endpoint. */
  readonly owner: Match | null;
  readonly candidates: readonly Match[];
  /** The claim that names the service where no owner does. */
  readonly claim: ClaimFinding | null;
  readonly complete: boolean;
}

export function settle(findings: Findings): Identification {
  const { endpoint, place } = findings;
  const settlement = reachVerdict(findings);
  const { verdict, service, owner, candidates, complete } = settlement;
  return {
    vpcEndpointId: endpoint.id,
    accountId: place.accountId,
    region: place.region,
    verdict,
    confidence: owner?.strength === 'confirmed' ? 'confirmed' : service !== null ? 'probable' : 'none',
    service,
    owner: owner?.owner ?? null,
    candidates: candidates.map(toCandidate),
    evidence: evidenceOf(findings, settlement),
    checks: findings.checks.map(({ report }) => report),
    complete,
    endpoint: presentEndpoint(endpoint),
    nextStep: nextStep(findings, settlement),
  };
}

export function reachVerdict(findings: Findings): Settlement {
  const { endpoint, confirmed, others, claims, checks } = findings;
  const standing = claims.filter(({ standing }) => standing !== 'refuted');
  const claim = standing[0] ?? null;
  const none = { owner: null, candidates: [], claim };

  if (endpoint.requesterManaged === false) {
    return { ...none, verdict: 'not-requester-managed', service: claim?.service ?? null, complete: true };
  }
  if (confirmed !== null) {
    return { ...none, verdict: 'identified', service: confirmed.service, owner: confirmed, complete: true };
  }

  const complete = checks.every(({ failures }) => failures.length === 0);
  // The service lists the endpoint, but what of it could not be read may be the narrower owner.
  const listed = others.filter(({ strength }) => strength === 'confirmed');
  const [holder] = listed;
  if (holder !== undefined) {
    return { ...none, verdict: 'service-identified', service: holder.service, candidates: listed, complete };
  }
  // What EC2 and CloudTrail say cannot be written by a customer as a tag can: it narrows what is merely likely.
  const narrowing = standing.filter(({ source }) => source !== 'endpoint-tag');
  const byAnyAddress = others.filter(({ strength }) => strength === 'probable');
  const byAddress = byAnyAddress.filter(({ service }) => narrowing.every((other) => fits(other, service.id)));
  const [only, second] = byAddress;
  if (only !== undefined && second === undefined) {
    return { ...none, verdict: 'identified', service: only.service, owner: only, complete };
  }
  // A shared network says less than any claim. Addresses that speak against CloudTrail make no owner, but no orphan either.
  const hints = others.filter(
    ({ strength, service }) => strength === 'hint' && standing.every((other) => fits(other, service.id)),
  );
  const candidates = [byAddress, hints, byAnyAddress].find(({ length }) => length > 0) ?? [];
  if (candidates.length > 1 && (complete || byAddress.length > 1)) {
    const service = claim?.service ?? sharedService(byAddress);
    return { verdict: 'ambiguous', service, owner: null, candidates, claim, complete };
  }
  const verdict = claim === null ? 'unidentified' : 'service-identified';
  return { verdict, service: claim?.service ?? null, owner: null, candidates, claim, complete };
}

/** The one service that every candidate is of. */
function sharedService([first, ...rest]: readonly Match[]): Service | null {
  return first !== undefined && rest.every(({ service }) => service.id === first.service.id)
    ? first.service
    : null;
}

function toCandidate({ owner, service, strength }: Match): Candidate {
  return { ...owner, service, strength: strength === 'confirmed' ? 'probable' : strength };
}

function evidenceOf(findings: Findings, { owner, candidates }: Settlement): Evidence[] {
  const matches = owner === null ? candidates : [owner];
  return [
    ...findings.claims.map((claim): Evidence => {
      const contradicted = owner !== null && !fits(claim, owner.service.id);
      const refuted =
        claim.standing === 'refuted' || contradicted || namesAnother(claim, owner?.owner ?? null);
      return {
        source: claim.source,
        service: claim.service.id,
        strength: refuted ? 'refuted' : 'probable',
        statement: `${claim.statement}${when(claim, findings)}${aftermath(claim)}`,
      };
    }),
    ...matches.map(
      ({ source, service, strength, statement }): Evidence => ({
        source,
        service: service.id,
        strength: owner === null && strength === 'confirmed' ? 'probable' : strength,
        statement,
      }),
    ),
  ];
}

/** A claim that names another resource than the owner, or its parent. */
function namesAnother({ resource }: ClaimFinding, owner: Owner | null): boolean {
  return resource !== undefined && owner !== null && resource !== owner.arn && resource !== owner.parentArn;
}

function when({ source }: ClaimFinding, { creation }: Findings): string {
  return source === 'cloudtrail' && creation?.eventTime ? ` at ${toSeconds(creation.eventTime)}` : '';
}

function aftermath({ standing }: ClaimFinding): string {
  switch (standing) {
    case 'stands':
      return '';
    case 'refuted':
      return ', but that resource does not hold the endpoint';
    case 'gone':
      return ', but there is no such resource any more';
    case 'foreign':
      return ', a resource of another account, which this one cannot read';
  }
}
