import type { Aws } from './aws/clients.ts';
import { type Endpoint, vpcsOfEndpoints } from './aws/endpoint.ts';
import type { Unplaced } from './findings.ts';

/**
 * What may still hold the endpoint. A resource's endpoints are in one VPC: where another of them is elsewhere, this one is
 * not its.
 *
 * Cost: one call per 200 endpoints that are known; none where none is.
 */
export async function withoutOtherVpcs(
  unplaced: readonly Unplaced[],
  { vpcId }: Endpoint,
  aws: Aws,
): Promise<readonly Unplaced[]> {
  const ids = new Set(unplaced.flatMap(({ otherEndpointIds }) => otherEndpointIds));
  if (ids.size === 0 || vpcId === null) return unplaced;
  const vpcOf = await vpcsOfEndpoints(aws, [...ids]);
  return unplaced.filter(({ otherEndpointIds }) => {
    const vpcs = otherEndpointIds.flatMap((id) => vpcOf.get(id) ?? []);
    return vpcs.length === 0 || vpcs.includes(vpcId);
  });
}
