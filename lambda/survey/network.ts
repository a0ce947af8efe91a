/** What networks say of a resource and an endpoint. Pure. */
import type { Endpoint, Resource } from '../model/model.ts';

/** False only when the networks that both sides name differ. */
export function canHold({ network }: Resource, endpoint: Endpoint): boolean {
  const { vpcId, subnetIds = [] } = network;
  if (vpcId !== undefined && endpoint.vpcId !== null && vpcId !== endpoint.vpcId) return false;
  return (
    subnetIds.length === 0 || endpoint.subnetIds.length === 0 || intersect(subnetIds, endpoint.subnetIds)
  );
}

/** A security group is in one VPC, so a shared one proves the VPC where a service does not name it. */
export function isInVpcOf({ network }: Resource, endpoint: Endpoint): boolean {
  const { vpcId, securityGroupIds = [] } = network;
  return vpcId === undefined
    ? intersect(securityGroupIds, endpoint.securityGroupIds)
    : endpoint.vpcId !== null && vpcId === endpoint.vpcId;
}

/** The endpoint's subnets are all the resource's; where one of both names none, they are in one VPC. */
export function isWithin(resource: Resource, endpoint: Endpoint): boolean {
  const { subnetIds = [] } = resource.network;
  if (!canHold(resource, endpoint)) return false;
  if (subnetIds.length === 0 || endpoint.subnetIds.length === 0) return isInVpcOf(resource, endpoint);
  return endpoint.subnetIds.every((id) => subnetIds.includes(id));
}

/** Same VPC, all of the endpoint's subnets, and a shared security group, as far as both sides name them: a hint, no more. */
export function sharesNetwork(resource: Resource, endpoint: Endpoint): boolean {
  const { subnetIds = [], securityGroupIds = [] } = resource.network;
  if (!isInVpcOf(resource, endpoint)) return false;
  const subnetsKnown = subnetIds.length > 0 && endpoint.subnetIds.length > 0;
  const groupsKnown = securityGroupIds.length > 0 && endpoint.securityGroupIds.length > 0;
  if (subnetsKnown && !endpoint.subnetIds.every((id) => subnetIds.includes(id))) return false;
  if (groupsKnown && !intersect(securityGroupIds, endpoint.securityGroupIds)) return false;
  return subnetsKnown || groupsKnown;
}

/** Whether the names of a resource are looked up before others: no endpoint is listed for it, and no group differs. */
export function isLikely({ shows, network }: Resource, endpoint: Endpoint): boolean {
  const { securityGroupIds = [] } = network;
  const groupsKnown = securityGroupIds.length > 0 && endpoint.securityGroupIds.length > 0;
  return (
    (shows.endpointIds ?? []).length === 0 &&
    (!groupsKnown || intersect(securityGroupIds, endpoint.securityGroupIds))
  );
}

/** How long before its resource's own creation time an endpoint may have been made. */
const creationSlackMs = 3_600_000;

/** A resource that was restored or resized has a new creation time: this orders, and excludes nothing. */
export function wasMadeAfter({ createdAt }: Resource, endpoint: Endpoint): boolean {
  return (
    createdAt !== undefined &&
    endpoint.createdAt !== null &&
    createdAt.getTime() > endpoint.createdAt.getTime() + creationSlackMs
  );
}

function intersect(some: readonly string[], others: readonly string[]): boolean {
  return some.some((item) => others.includes(item));
}
