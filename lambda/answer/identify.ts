/** From a case to the answer. Pure. */

import { consoleUrl } from '../aws/region.ts';
import type { Case, Check, JudgedClaim, Match, Place, Resource } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import type { Service } from '../model/service.ts';
import type { Asker } from './asker.ts';
import { presentEndpoint, toSeconds } from './endpoint.ts';
import type { CheckReport, Evidence, Identification, Owner } from './identification.ts';
import { nextStep } from './next-step.ts';
import { type Candidate, fits, reachVerdict, stands, type Verdict } from './verdict.ts';

export function identify(found: Case, asker: Asker): Identification {
  const { endpoint } = found;
  const { place, services } = asker;
  const verdict = reachVerdict(found);
  const { service, owner, candidates, complete } = verdict;
  const shown = (each: Pick<Candidate, 'service' | 'resource'>) =>
    present(
      each.resource,
      services.find(({ id }) => id === each.service.id),
      place,
    );
  return {
    vpcEndpointId: endpoint.id,
    accountId: place.accountId,
    region: place.region,
    verdict: verdict.is,
    confidence: owner !== null && isSure(owner) ? 'confirmed' : service !== null ? 'probable' : 'none',
    service,
    owner: owner === null ? null : shown(owner),
    candidates: candidates.map((each) => ({
      ...shown(each),
      service: each.service,
      strength: each.strength,
    })),
    evidence: evidenceOf(found, verdict),
    checks: found.checks.map(report),
    complete,
    endpoint: presentEndpoint(endpoint),
    nextStep: nextStep(found, verdict, asker),
  };
}

function present(resource: Resource, service: Service | undefined, place: Place): Owner {
  const { type, id, arn, parentArn = null } = resource;
  const page = service?.console?.(resource) ?? null;
  return {
    resourceType: type,
    resourceId: id,
    arn,
    parentArn,
    consoleUrl: page === null ? null : consoleUrl(place, page),
  };
}

/** How many reasons of one check are told. */
const mostReasons = 3;

export function report({ name, coverage, matched, apiCalls, durationMs }: Check): CheckReport {
  const done = (outcome: CheckReport['outcome'], reason: string | null): CheckReport => ({
    check: name,
    outcome,
    reason,
    apiCalls,
    durationMs,
  });
  switch (coverage.read) {
    case 'whole': {
      const without =
        coverage.without === null ? null : `vpce-owner does not ask for ${coverage.without} yet`;
      const reason = [coverage.note, without].flatMap((text) => text ?? []).join('; ') || null;
      return done(matched ? 'match' : 'no-match', reason);
    }
    case 'partly': {
      const reasons = [...new Set(coverage.gaps.map(({ reason }) => reason))];
      const more = reasons.length > mostReasons ? [`${reasons.length - mostReasons} more`] : [];
      return done('failed', [...reasons.slice(0, mostReasons), ...more].join('; '));
    }
    case 'not':
      return done('skipped', coverage.reason);
  }
}

function evidenceOf(found: Case, { owner, candidates }: Verdict): Evidence[] {
  return [
    ...found.claims.map((claim): Evidence => {
      const contradicted = owner !== null && !fits(claim, owner.service.id);
      const refuted = !stands(claim) || contradicted || namesAnother(claim, owner);
      return {
        source: claim.source,
        service: claim.service.id,
        strength: refuted ? 'refuted' : 'probable',
        statement: `${claim.statement}${when(claim, found)}${aftermath(claim, found)}`,
      };
    }),
    ...(owner === null ? candidates.map(evidenceFor) : [evidenceOfMatch(owner)]),
  ];
}

const sources = { id: 'api', alias: 'dns', 'service-name': 'api', address: 'address' } as const;

function isSure({ by }: Match): boolean {
  return by === 'id' || by === 'alias';
}

function evidenceOfMatch(
  match: Match,
  strength: Evidence['strength'] = isSure(match) ? 'confirmed' : 'probable',
): Evidence {
  const { service, by, statement } = match;
  return { source: sources[by], service: service.id, strength, statement };
}

function evidenceFor({ match, service, resource, strength }: Candidate): Evidence {
  if (match !== null) return evidenceOfMatch(match, strength);
  const statement = `${nameOf(resource)} shares the endpoint's network, and nothing says where its own endpoint is`;
  return { source: 'network', service: service.id, strength, statement };
}

/** A claim that names another resource than the owner, or its parent. */
function namesAnother({ names }: JudgedClaim, owner: Match | null): boolean {
  if (names === undefined || owner === null) return false;
  return names !== owner.resource.arn && names !== owner.resource.parentArn;
}

function when({ source }: JudgedClaim, { creation }: Case): string {
  return source === 'cloudtrail' && creation?.eventTime ? ` at ${toSeconds(creation.eventTime)}` : '';
}

function aftermath({ standing, service }: JudgedClaim, { endpoint }: Case): string {
  switch (standing) {
    case 'stands':
      return '';
    case 'refuted':
      return ', but that resource does not hold the endpoint';
    case 'unfit':
      return `, but EC2 says that this is an endpoint of type ${endpoint.type} for ${endpoint.serviceName}, which is not how ${service.name} makes them`;
    case 'gone':
      return ', but there is no such resource any more';
    case 'foreign':
      return ', a resource of another account, which this one cannot read';
  }
}
