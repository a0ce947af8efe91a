/** The VPC endpoint that is asked about, as EC2 describes it. */
import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../model/model.ts';
import type { Actions, Aws } from '../model/service.ts';
import { MalformedAnswer } from './failure.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');

/** EC2's describe calls know no resources. */
export const actions: Actions = { 'ec2:DescribeVpcEndpoints': 'anything' };

/** @returns `null` when EC2 does not know the id. Cost: one call. */
export async function describeEndpoint(aws: Aws, id: string): Promise<Endpoint | null> {
  const { client, DescribeVpcEndpointsCommand } = await aws(sdk);
  try {
    const { VpcEndpoints } = await client.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    if (!Array.isArray(VpcEndpoints))
      throw new MalformedAnswer('ec2:DescribeVpcEndpoints: the answer has no list');
    const found = VpcEndpoints.find((endpoint) => endpoint.VpcEndpointId?.toLowerCase() === id);
    if (found !== undefined) return toEndpoint(id, found);
    if (VpcEndpoints.length > 0)
      throw new MalformedAnswer(
        'ec2:DescribeVpcEndpoints: the answer has other endpoints than the one asked for',
      );
    return null;
  } catch (error) {
    if (/^InvalidVpcEndpoint(Id)?\.(NotFound|Malformed)$/.test((error as Error).name)) return null;
    throw error;
  }
}

/** EC2 takes so many filter values in one call. */
export const mostFilterValues = 200;

/**
 * The VPCs of some endpoints, by their ids.
 *
 * Cost: one call per 200 endpoints. Missing: an endpoint that EC2 does not know is not in the map.
 */
export async function vpcsOfEndpoints(
  aws: Aws,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { client, paginateDescribeVpcEndpoints } = await aws(sdk);
  const vpcs = new Map<string, string>();
  for (let from = 0; from < ids.length; from += mostFilterValues) {
    const Values = ids.slice(from, from + mostFilterValues);
    const listed = paginateDescribeVpcEndpoints(
      { client },
      { Filters: [{ Name: 'vpc-endpoint-id', Values }] },
    );
    for await (const page of pages('ec2:DescribeVpcEndpoints', listed, 'VpcEndpoints')) {
      for (const { VpcEndpointId, VpcId } of page) {
        if (VpcEndpointId !== undefined && VpcId !== undefined) vpcs.set(VpcEndpointId.toLowerCase(), VpcId);
      }
    }
  }
  return vpcs;
}

/** @param id in lower case */
export function toEndpoint(id: string, endpoint: VpcEndpoint): Endpoint {
  const tags = (endpoint.Tags ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? ''] as const] : []));
  return {
    id,
    type: endpoint.VpcEndpointType ?? null,
    state: endpoint.State?.toLowerCase() ?? null,
    requesterManaged: endpoint.RequesterManaged ?? null,
    serviceName: endpoint.ServiceName ?? null,
    vpcId: endpoint.VpcId ?? null,
    subnetIds: endpoint.SubnetIds ?? [],
    networkInterfaceIds: endpoint.NetworkInterfaceIds ?? [],
    securityGroupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    createdAt: validDate(endpoint.CreationTimestamp),
    ownerId: endpoint.OwnerId ?? null,
    tags: Object.fromEntries(tags),
  };
}

function validDate(date: Date | undefined): Date | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date;
}
