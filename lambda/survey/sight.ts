/** What DNS says of a resource's names: each name once, for all endpoints. */

import { endpointOfName, normalise } from '../aws/dns.ts';
import { describeFailure } from '../aws/failure.ts';
import { canonicalAddress } from '../aws/interface.ts';
import { dnsSuffixOf } from '../aws/region.ts';
import type { Resource } from '../model/model.ts';
import type { ResolvedName, Sighting, Survey } from './state.ts';

export async function sight(it: Survey, resource: Resource): Promise<Sighting> {
  const looked = await Promise.allSettled((resource.shows.hostnames ?? []).map((name) => resolve(it, name)));
  const failed = looked.find((result) => result.status === 'rejected');
  const names = looked.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return {
    resource,
    names,
    endpoints: knownEndpoints(it, resource.shows, names),
    gap: failed === undefined ? null : describeFailure(failed.reason),
  };
}

/** The id of the endpoint that a name of this Region belongs to. */
export function endpointOf(it: Survey, name: string): string | null {
  return endpointOfName(name, dnsSuffixOf(it.world.place.region));
}

function knownEndpoints(
  it: Survey,
  { endpointIds = [] }: Resource['shows'],
  names: readonly ResolvedName[],
): Set<string> {
  const led = names.flatMap(({ chain }) => chain.flatMap((link) => endpointOf(it, link) ?? []));
  return new Set([...endpointIds, ...led].map((id) => id.toLowerCase()));
}

function resolve(it: Survey, hostname: string): Promise<ResolvedName> {
  const name = normalise(hostname);
  const known = it.resolved.get(name) ?? resolveOnce(it, name);
  it.resolved.set(name, known);
  return known;
}

async function resolveOnce(it: Survey, name: string): Promise<ResolvedName> {
  const { dns } = it.world;
  const chain = [name, ...(await dns.aliases(name))];
  if (chain.some((link) => endpointOf(it, link) !== null)) return { chain, addresses: [] };
  return { chain, addresses: (await dns.addresses(name)).map(canonicalAddress) };
}
