/** What the sightings of a service's resources leave open about a case that nobody was proven to hold. */

import type { Usage } from '../aws/clients.ts';
import { vpcsOfEndpoints } from '../aws/endpoint.ts';
import { describeFailure } from '../aws/failure.ts';
import type { Doubt, Endpoint, Gap, Match } from '../model.ts';
import { canHold, isInVpcOf, nameOf, sharesNetwork, wasMadeAfter } from './network.ts';
import { endpointsShown, type Sighting } from './sight.ts';
import type { Asked, Survey } from './state.ts';

export interface Remains {
  readonly byAddress: readonly Match[];
  readonly doubts: readonly Doubt[];
  readonly gaps: readonly Gap[];
}

/** Cost: what the addresses of names have to be compared with, and the VPCs of other endpoints, where there are any. */
export async function remainsOf(
  it: Survey,
  { service, readings, namedReadings }: Asked,
  endpoint: Endpoint,
  usage: Usage,
): Promise<Remains> {
  const ref = { id: service.id, name: service.name };
  const sightings = [...namedReadings, ...readings].flatMap((reading) => reading.sightings);
  const open = distinct(sightings).filter(({ resource }) => canHold(resource, endpoint));
  const byAddress: Match[] = [];
  const doubts: Doubt[] = [];
  const gaps: Gap[] = [];
  const compared = await Promise.all(
    open.map(async (sighting) => ({ sighting, relation: await relate(it, sighting, endpoint, usage) })),
  );
  for (const { sighting, relation } of compared) {
    const { resource } = sighting;
    if (relation.kind === 'holds') {
      byAddress.push({ service: ref, resource, by: 'address', statement: relation.statement });
      continue;
    }
    if (relation.kind === 'elsewhere') continue;
    if (relation.gap !== null) gaps.push(relation.gap);
    doubts.push({
      service: ref,
      resource,
      sharesNetwork: sharesNetwork(resource, endpoint),
      lessLikely: relation.knownElsewhere || wasMadeAfter(resource, endpoint),
    });
  }
  return { byAddress, doubts, gaps };
}

type Relation =
  | { readonly kind: 'holds'; readonly statement: string }
  /** All the endpoints that it can have are known, and this is none of them. */
  | { readonly kind: 'elsewhere' }
  /** `gap`: what would tell could not be learned. */
  | { readonly kind: 'open'; readonly gap: Gap | null; readonly knownElsewhere: boolean };

async function relate(it: Survey, sighting: Sighting, endpoint: Endpoint, usage: Usage): Promise<Relation> {
  const { resource } = sighting;
  const open = (gap: Gap | null): Relation => ({ kind: 'open', gap, knownElsewhere: false });
  const undecided = (reason: string): Relation =>
    open({ kind: 'undecided', action: null, reason: `${nameOf(resource)} ${reason}` });
  try {
    const by = await compareAddresses(it, sighting, endpoint, usage);
    if (by !== null && 'statement' in by) return { kind: 'holds', statement: by.statement };
    if (sighting.gap !== null) return open(sighting.gap);
    if (by !== null) return undecided(by.reason);
  } catch (error) {
    return open(it.world.clock.deadline.aborted ? null : describeFailure(error));
  }
  const { state, mostEndpoints } = resource;
  if (typeof state === 'object') return undecided(state.unsure);
  const others = new Set(endpointsShown(it, sighting));
  if (mostEndpoints === 'as-listed') return { kind: 'elsewhere' };
  if (mostEndpoints === undefined) return { kind: 'open', gap: null, knownElsewhere: others.size > 0 };
  for (const id of await endpointsOfAddresses(it, sighting, endpoint, usage)) others.add(id);
  // Its addresses may be this endpoint's own, and prove nothing as long as its VPC is not known.
  others.delete(endpoint.id);
  if (others.size >= mostEndpoints || (await isElsewhere(it, sighting, [...others], endpoint, usage)))
    return { kind: 'elsewhere' };
  return { kind: 'open', gap: null, knownElsewhere: others.size > 0 };
}

/** Equal addresses, which repeat across VPCs, count within the endpoint's own only. Others prove nothing. */
async function compareAddresses(
  it: Survey,
  { resource, names }: Sighting,
  endpoint: Endpoint,
  usage: Usage,
): Promise<{ readonly statement: string } | { readonly reason: string } | null> {
  let some: { readonly reason: string } | null = null;
  for (const { chain, addresses } of names) {
    if (addresses.length === 0) continue;
    const own = await it.addresses.of(endpoint, usage);
    const shared = addresses.filter((address) => own.has(address));
    if (shared.length === 0 || !isInVpcOf(resource, endpoint)) continue;
    const listed = addresses.join(', ');
    if (shared.length === addresses.length) {
      const statement = `${chain[0]} has the addresses of the endpoint's network interfaces in ${endpoint.vpcId} (${listed})`;
      return { statement };
    }
    some ??= { reason: `shares only some of its addresses (${listed})` };
  }
  return some;
}

/** An address leads to another endpoint only where EC2 says whose it is. What it does not say excludes nothing. */
async function endpointsOfAddresses(
  it: Survey,
  { names }: Sighting,
  { vpcId }: Endpoint,
  usage: Usage,
): Promise<readonly string[]> {
  const addresses = names.flatMap((name) => name.addresses);
  if (addresses.length === 0 || vpcId === null) return [];
  const at = await it.addresses.endpointsAt(vpcId, addresses, usage).catch(() => new Map<string, string>());
  return addresses.flatMap((address) => at.get(address) ?? []);
}

/**
 * An Aurora cluster has two endpoints in one VPC, and RDS does not say which. If one is known, a single
 * DescribeVpcEndpoints call tells.
 */
async function isElsewhere(
  it: Survey,
  { resource }: Sighting,
  others: readonly string[],
  { vpcId }: Endpoint,
  usage: Usage,
): Promise<boolean> {
  if (resource.network.vpcId !== undefined || vpcId === null || others.length === 0) return false;
  const vpcOf = await vpcsOfEndpoints(it.world.connect(usage), others).catch(() => new Map<string, string>());
  const vpcs = others.flatMap((id) => vpcOf.get(id) ?? []);
  return vpcs.length > 0 && !vpcs.includes(vpcId);
}

/** Each resource once: of two sightings the one that says more. */
function distinct(sightings: readonly Sighting[]): readonly Sighting[] {
  const best = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const key = nameOf(sighting.resource);
    const known = best.get(key);
    if (known === undefined || known.resource.lacks !== undefined) best.set(key, sighting);
  }
  return [...best.values()];
}
