import type { Endpoint } from '../aws/endpoint.ts';
import type { ClaimFinding } from '../findings.ts';
import type { Resolver } from '../resolver.ts';
import type { Creation } from './cloudtrail.ts';
import { recogniseKnown } from './known-services.ts';

/** What became of each resource that a claim names. */
export type NamedResources = Map<string, ClaimFinding['standing']>;

/** Every claim on the endpoint, strongest source first; a resolver's own words stand for what is known in general. */
export function claimFindings(
  resolvers: readonly Resolver[],
  endpoint: Endpoint,
  creation: Creation | null,
  named: NamedResources,
): readonly ClaimFinding[] {
  const own = resolvers.flatMap((resolver) =>
    resolver.recognise({ endpoint, creation }).claims.map((claim): ClaimFinding => {
      const service = { id: resolver.id, name: resolver.name };
      const standing = (claim.resource === undefined ? undefined : named.get(claim.resource)) ?? 'stands';
      return { ...claim, service, resolvers: [resolver.id], remove: null, standing };
    }),
  );
  const known = recogniseKnown(endpoint, creation)
    .filter((claim) => !own.some((other) => other.source === claim.source && fits(claim, other.service.id)))
    .map((claim): ClaimFinding => ({ ...claim, standing: 'stands' }));
  const rank = ({ source }: ClaimFinding) => ['service-name', 'cloudtrail', 'endpoint-tag'].indexOf(source);
  return withoutRefutedTags([...own, ...known]).sort((a, b) => rank(a) - rank(b));
}

/** Tags come from one hand: when one of them is refuted, what the others say of the same service is worth as little. */
function withoutRefutedTags(claims: readonly ClaimFinding[]): ClaimFinding[] {
  const refuted = claims.filter(
    ({ source, standing }) => source === 'endpoint-tag' && standing === 'refuted',
  );
  return claims.map((claim) =>
    claim.source === 'endpoint-tag' && refuted.some(({ service }) => service.id === claim.service.id)
      ? { ...claim, standing: 'refuted' }
      : claim,
  );
}

/** Whether a claim speaks for a resource of this service. */
export function fits(
  { service, resolvers }: Pick<ClaimFinding, 'service' | 'resolvers'>,
  id: string,
): boolean {
  return service.id === id || resolvers.includes(id);
}
