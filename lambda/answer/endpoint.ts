import type { Endpoint } from '../model/model.ts';
import type { Identification } from './identification.ts';

/** The contract's `endpoint`. */
export function presentEndpoint(endpoint: Endpoint): Identification['endpoint'] {
  const { type, state, requesterManaged, serviceName, vpcId, ownerId } = endpoint;
  return {
    type,
    state,
    requesterManaged,
    serviceName,
    vpcId,
    subnetIds: [...endpoint.subnetIds],
    networkInterfaceIds: [...endpoint.networkInterfaceIds],
    securityGroupIds: [...endpoint.securityGroupIds],
    createdAt: endpoint.createdAt === null ? null : toSeconds(endpoint.createdAt),
    ownerId,
    tags: { ...endpoint.tags },
  };
}

/** `2026-10-01T03:12:44Z` */
export function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
