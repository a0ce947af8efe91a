/** Whether a resource holds the endpoint: by id, by alias, or by address within the VPC. */

import { endpointOfName, normalise } from './aws/dns.ts';
import { canonicalAddress, type Endpoint, isNameOf } from './aws/endpoint.ts';
import type { Owner } from './http/contract.ts';
import type { Attachment } from './resolver.ts';

export type Placement =
  | { readonly kind: 'match'; readonly source: 'dns' | 'address'; readonly statement: string }
  /** All its endpoints are known, or it is in another network: it does not hold this one. */
  | { readonly kind: 'elsewhere' }
  /** It may hold the endpoint; the reason is why that cannot be told. */
  | { readonly kind: 'undecided'; readonly reason: string }
  /** Nothing says where its endpoint is, or where all of them are; `otherEndpointIds` are those that are known. */
  | { readonly kind: 'unplaced'; readonly otherEndpointIds: readonly string[] };

/** What the comparison of names and addresses has to look up. */
export interface Lookups {
  readonly aliases: (hostname: string) => Promise<readonly string[]>;
  readonly addresses: (hostname: string) => Promise<readonly string[]>;
  /** What the endpoint's DNS names end in, `amazonaws.com`. */
  readonly dnsSuffix: string;
  /** Private addresses of the endpoint's network interfaces. */
  readonly endpointAddresses: () => Promise<ReadonlySet<string>>;
}

/** A resource in an answer's words, and as a key among those of one account and Region. */
export function nameOf({ resourceType, resourceId }: Pick<Owner, 'resourceType' | 'resourceId'>): string {
  return `${resourceType} ${resourceId}`;
}

/** @returns a statement when the service's own list names the endpoint, or a network interface of it. No call. */
export function matchById(attachment: Attachment, endpoint: Endpoint): string | null {
  const holder = nameOf(attachment.owner);
  if (attachment.vpcEndpointIds?.some((id) => id.toLowerCase() === endpoint.id)) {
    return `${holder} lists ${endpoint.id}`;
  }
  const eni = attachment.networkInterfaceIds?.find((id) => endpoint.networkInterfaceIds.includes(id));
  return eni === undefined ? null : `${holder} lists ${eni}, an interface of ${endpoint.id}`;
}

/**
 * Where a resource is that `matchById` did not match. Only names that can be the endpoint's, by VPC and subnets, are
 * looked up. Equal addresses, which repeat across VPCs, count within the endpoint's own only; others are elsewhere anywhere.
 *
 * Errors: what the lookups throw, unless another of the resource's names matches.
 */
export async function place(
  attachment: Attachment,
  endpoint: Endpoint,
  lookups: Lookups,
): Promise<Placement> {
  if (!canHold(attachment, endpoint)) return { kind: 'elsewhere' };
  const others = new Set(attachment.vpcEndpointIds?.filter((id) => id.toLowerCase() !== endpoint.id));
  const found = await Promise.allSettled(
    (attachment.hostnames ?? []).map((hostname) => placeName(hostname, attachment, endpoint, lookups)),
  );
  const places = found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const match =
    places.find((at) => at.kind === 'match' && at.source === 'dns') ??
    places.find((at) => at.kind === 'match');
  if (match?.kind === 'match') return match;
  const failed = found.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const undecided = places.find((at) => at.kind === 'undecided');
  if (undecided?.kind === 'undecided') return undecided;
  if (attachment.undecided !== undefined) return { kind: 'undecided', reason: attachment.undecided };
  for (const at of places) if (at.kind === 'other') others.add(at.id);
  const known = others.size >= (attachment.endpointCount ?? 1);
  return known
    ? { kind: 'elsewhere' }
    : { kind: 'unplaced', otherEndpointIds: [...others].filter((id) => id.startsWith('vpce-')) };
}

type NamePlace =
  | Extract<Placement, { kind: 'match' | 'undecided' }>
  | { readonly kind: 'unplaced' }
  | { readonly kind: 'other'; readonly id: string };

async function placeName(
  hostname: string,
  attachment: Attachment,
  endpoint: Endpoint,
  lookups: Lookups,
): Promise<NamePlace> {
  const chain = [normalise(hostname), ...(await lookups.aliases(hostname))];
  const own = chain.find((name) => isNameOf(endpoint, name, lookups.dnsSuffix));
  if (own !== undefined) {
    const name = normalise(hostname);
    const verb = own === name ? 'is a DNS name of the endpoint itself' : `is an alias of ${own}`;
    return { kind: 'match', source: 'dns', statement: `${name} ${verb}` };
  }
  const other = chain.map((name) => endpointOfName(name, lookups.dnsSuffix)).find((id) => id !== null);
  if (other) return { kind: 'other', id: other };
  const addresses = (await lookups.addresses(hostname)).map(canonicalAddress);
  if (addresses.length === 0) return { kind: 'unplaced' };
  const own_ = await lookups.endpointAddresses();
  const shared = addresses.filter((address) => own_.has(address));
  const listed = addresses.join(', ');
  // Another VPC may have the same addresses.
  if (shared.length > 0 && !isInVpcOf(attachment, endpoint)) return { kind: 'unplaced' };
  if (shared.length === addresses.length) {
    const statement = `${normalise(hostname)} has the addresses of the endpoint's network interfaces in ${endpoint.vpcId} (${listed})`;
    return { kind: 'match', source: 'address', statement };
  }
  if (shared.length > 0)
    return { kind: 'undecided', reason: `shares only some of its addresses (${listed})` };
  // Public addresses say nothing of the private ones behind them.
  return addresses.some(isPrivate) ? { kind: 'other', id: listed } : { kind: 'unplaced' };
}

/** False only when the networks that both sides name differ. */
export function canHold({ vpcId, subnetIds = [] }: Attachment, endpoint: Endpoint): boolean {
  if (vpcId !== undefined && endpoint.vpcId !== null && vpcId !== endpoint.vpcId) return false;
  return (
    subnetIds.length === 0 || endpoint.subnetIds.length === 0 || intersect(subnetIds, endpoint.subnetIds)
  );
}

/** Whether a resource is to be placed first: no endpoint is listed for it and no group differs, or it has no names to look up. */
export function isLikely(
  { vpcEndpointIds = [], securityGroupIds = [], hostnames = [] }: Attachment,
  endpoint: Endpoint,
): boolean {
  if (hostnames.length === 0) return true;
  const groupsKnown = securityGroupIds.length > 0 && endpoint.securityGroupIds.length > 0;
  return (
    vpcEndpointIds.length === 0 && (!groupsKnown || intersect(securityGroupIds, endpoint.securityGroupIds))
  );
}

/** A security group is in one VPC, so a shared one proves the VPC where a service does not name it. */
function isInVpcOf({ vpcId, securityGroupIds = [] }: Attachment, endpoint: Endpoint): boolean {
  return vpcId === undefined
    ? intersect(securityGroupIds, endpoint.securityGroupIds)
    : endpoint.vpcId !== null && vpcId === endpoint.vpcId;
}

/** How long before its resource's own creation time an endpoint may have been made. */
const creationSlackMs = 3_600_000;

/** False for a resource that was made after the endpoint. */
export function existedBefore({ createdAt }: Attachment, endpoint: Endpoint): boolean {
  return (
    !createdAt || !endpoint.createdAt || createdAt.getTime() <= endpoint.createdAt.getTime() + creationSlackMs
  );
}

/** Same VPC, all of the endpoint's subnets, a shared security group, and not made before the resource: a hint, no more. */
export function sharesNetwork(attachment: Attachment, endpoint: Endpoint): boolean {
  const { subnetIds = [], securityGroupIds = [] } = attachment;
  if (!isInVpcOf(attachment, endpoint)) return false;
  const subnetsKnown = subnetIds.length > 0 && endpoint.subnetIds.length > 0;
  const groupsKnown = securityGroupIds.length > 0 && endpoint.securityGroupIds.length > 0;
  if (subnetsKnown && !endpoint.subnetIds.every((id) => subnetIds.includes(id))) return false;
  if (groupsKnown && !intersect(securityGroupIds, endpoint.securityGroupIds)) return false;
  return existedBefore(attachment, endpoint) && (subnetsKnown || groupsKnown);
}

function intersect(some: readonly string[], others: readonly string[]): boolean {
  return some.some((item) => others.includes(item));
}

/** RFC 1918, RFC 6598 and IPv6's unique local addresses. */
function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/.test(
    address,
  );
}
