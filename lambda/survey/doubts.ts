/** What the sightings of a service's resources leave open about a case that nobody was proven to hold. */

import { describeFailure } from '../aws/failure.ts';
import type { Doubt, Endpoint, Gap, Match, Resource } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import type { Usage } from '../model/world.ts';
import { type Nearby, newNearby } from './nearby.ts';
import { canHold, isInVpcOf, isWithin, sharesNetwork, wasMadeAfter } from './network.ts';
import type { Asked, Sighting, Survey } from './state.ts';

export interface Remains {
  readonly probable: readonly Match[];
  readonly doubts: readonly Doubt[];
  readonly gaps: readonly Gap[];
}

/** Cost: what the addresses of names have to be compared with, and the VPCs of other endpoints, where there are any. */
export async function remainsOf(it: Survey, asked: Asked, endpoint: Endpoint): Promise<Remains> {
  const { service, log } = asked;
  const ref = { id: service.id, name: service.name };
  const { vpcId, subnetIds } = endpoint;
  const near = [...leftOf(it, asked).near({ vpcId: vpcId ?? undefined, subnetIds })].filter(({ resource }) =>
    canHold(resource, endpoint),
  );
  const probable: Match[] = [];
  const doubts: Doubt[] = [];
  const gaps: Gap[] = [];
  const compared = await Promise.all(
    near.map(async (sighting) => ({
      sighting,
      relation: await relate(it, sighting, endpoint, log.atTheEnd()),
    })),
  );
  for (const { sighting, relation } of compared) {
    const { resource } = sighting;
    if (relation.kind === 'holds') {
      probable.push({ service: ref, resource, by: relation.by, statement: relation.statement });
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
  return { probable, doubts, gaps };
}

type Relation =
  | { readonly kind: 'holds'; readonly by: Match['by']; readonly statement: string }
  /** All the endpoints that it can have are known, and this is none of them. */
  | { readonly kind: 'elsewhere' }
  /** `gap`: what would tell could not be learned. */
  | { readonly kind: 'open'; readonly gap: Gap | null; readonly knownElsewhere: boolean };

async function relate(it: Survey, sighting: Sighting, endpoint: Endpoint, usage: Usage): Promise<Relation> {
  try {
    return await compare(it, sighting, endpoint, usage);
  } catch (error) {
    // The lists have been read by now: nothing else says that this could not be compared, not even at the deadline.
    return { kind: 'open', gap: describeFailure(error), knownElsewhere: false };
  }
}

/** Errors: of the calls that would tell. */
async function compare(it: Survey, sighting: Sighting, endpoint: Endpoint, usage: Usage): Promise<Relation> {
  const { resource, endpoints, gap } = sighting;
  const named = compareServiceNames(resource, endpoint);
  if (named !== null) return { kind: 'holds', by: 'service-name', statement: named };
  const by = await compareAddresses(it, sighting, endpoint, usage);
  if (by !== null && 'statement' in by) return { kind: 'holds', by: 'address', statement: by.statement };
  if (gap !== null) return { kind: 'open', gap, knownElsewhere: false };
  if (by !== null) return undecided(resource, by.reason);
  const { state, mostEndpoints } = resource;
  if (typeof state === 'object') return undecided(resource, state.unsure);
  const open: Relation = { kind: 'open', gap: null, knownElsewhere: endpoints.size > 0 };
  // Where a listed endpoint is says nothing of another one, unless there are no more than a documented number.
  if (typeof mostEndpoints !== 'number') return open;
  const others = new Set(endpoints);
  for (const id of await endpointsOfAddresses(it, sighting, endpoint, usage)) others.add(id);
  others.delete(endpoint.id);
  const elsewhere =
    others.size >= mostEndpoints || (await isElsewhere(it, resource, others, endpoint, usage));
  return elsewhere ? { kind: 'elsewhere' } : { ...open, knownElsewhere: others.size > 0 };
}

function undecided(resource: Resource, reason: string): Relation {
  const gap = { kind: 'undecided', action: null, reason: `${nameOf(resource)} ${reason}` } as const;
  return { kind: 'open', gap, knownElsewhere: false };
}

/** An endpoint service of the resource may serve other VPCs too: its name counts only within the resource's own network. */
function compareServiceNames(resource: Resource, endpoint: Endpoint): string | null {
  const { serviceName } = endpoint;
  const names = resource.shows.serviceNames ?? [];
  const own = names.find((name) => name.toLowerCase() === serviceName?.toLowerCase());
  if (own === undefined || !isWithin(resource, endpoint)) return null;
  return `${nameOf(resource)} names the endpoint service ${own}, and is in the endpoint's network`;
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
  const at = await it.addresses.endpointsAt(vpcId, addresses, usage);
  return addresses.flatMap((address) => at.get(address) ?? []);
}

/**
 * An Aurora cluster has two endpoints in one VPC, and RDS does not say which. If one is known, a single
 * DescribeVpcEndpoints call tells.
 */
async function isElsewhere(
  it: Survey,
  resource: Resource,
  others: ReadonlySet<string>,
  { vpcId }: Endpoint,
  usage: Usage,
): Promise<boolean> {
  if (resource.network.vpcId !== undefined || vpcId === null || others.size === 0) return false;
  const vpcOf = await it.addresses.vpcsOf([...others], usage);
  const vpcs = [...others].flatMap((id) => vpcOf.get(id) ?? []);
  return vpcs.length > 0 && !vpcs.includes(vpcId);
}

function leftOf({ left }: Survey, asked: Asked): Nearby<Sighting> {
  const known = left.get(asked);
  if (known !== undefined) return known;
  const nearby = newNearby<Sighting>(({ resource }) => resource.network);
  const readings = [...asked.namedReadings, ...asked.readings];
  for (const sighting of distinct(readings.flatMap(({ sightings }) => sightings))) nearby.add(sighting);
  left.set(asked, nearby);
  return nearby;
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
