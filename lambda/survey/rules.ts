/** Which services an endpoint can belong to. Pure. */
import { hasNameOf } from '../evidence/claims.ts';
import type { Claim, Endpoint } from '../model/model.ts';
import type { Service } from '../model/service.ts';

interface Asked {
  readonly endpoint: Endpoint;
  readonly claims: readonly Claim[];
}

/** A tag, the service name or CloudTrail says that it is this service's: it is asked first. */
export function isClaimed({ id }: Service, { claims }: Asked): boolean {
  return claims.some(({ speaksFor }) => speaksFor.includes(id));
}

/** A service is asked last if the endpoint is of another type than it makes, or lacks its tags, or if asking it costs many calls and settles little. */
export function isLikely(service: Service, asked: Asked): boolean {
  const { askedLast = false, marks } = service;
  const isLast = makesOthers(service, asked) || marks.tagsAlways || askedLast;
  return !isLast || isClaimed(service, asked);
}

/** The endpoint is of another type than this service is known to make. */
function makesOthers({ marks: { types } }: Service, { endpoint: { type } }: Asked): boolean {
  return types !== undefined && type !== null && !types.includes(type);
}

/**
 * Why the service is not even asked. That CloudTrail's record names the creator is inferred for every service, so it excludes
 * only services that are known to make endpoints of another type.
 */
export function notToAsk(service: Service, services: readonly Service[], asked: Asked): string | null {
  const claims = makesOthers(service, asked) ? asked.claims : [];
  return ruledOut(service, services, { endpoint: asked.endpoint, claims });
}

/** Why the endpoint cannot be this service's: only what EC2 and CloudTrail say, for tags can be written by anyone. */
export function ruledOut(service: Service, services: readonly Service[], asked: Asked): string | null {
  const { endpoint, claims } = asked;
  const { never, serviceNameAlways } = service.marks;
  const named = services.find((other) => hasNameOf(other, endpoint));
  if (named !== undefined && named !== service && !named.makesFor?.includes(service.id))
    return `ruled out: the service name ${endpoint.serviceName} is ${named.name}'s`;
  if (serviceNameAlways && endpoint.serviceName !== null && named !== service)
    return `ruled out: its endpoints have other service names than ${endpoint.serviceName}`;
  const created = claims.filter(({ source, written }) => source === 'cloudtrail' && !written);
  const [maker] = created;
  if (maker !== undefined && !created.some((claim) => mayMean(claim, service, services)))
    return `ruled out: CloudTrail says that ${maker.service.name} made this ${endpoint.type} endpoint`;
  const reason = endpoint.type === null ? undefined : never?.[endpoint.type];
  return reason === undefined ? null : `ruled out: ${reason}`;
}

/** The principal is CloudTrail's own word; the session that tells a family's services apart was merely observed. */
function mayMean(claim: Claim, { id, marks }: Service, services: readonly Service[]): boolean {
  if (claim.speaksFor.includes(id)) return true;
  const named = services.find((service) => service.id === claim.service.id);
  return marks.family !== undefined && named?.marks.family?.id === marks.family.id;
}
