/** The network interfaces of a place: what keeps a subnet, a security group or a VPC from being deleted. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Aws } from '../model/service.ts';
import { MalformedAnswer } from './failure.ts';

const sdk = () => import('./sdk/ec2.ts');
/** EC2's most, and more than anybody reads: the first page is enough. */
const mostInterfaces = 1_000;

export interface PlaceFilters {
  readonly vpcIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Those that AWS services made and EC2 hides by default too. Cost: one call. Errors: thrown as they come. */
export async function describeInterfacesIn(
  aws: Aws,
  { vpcIds, subnetIds, securityGroupIds }: PlaceFilters,
): Promise<readonly NetworkInterface[]> {
  const { client, DescribeNetworkInterfacesCommand } = await aws(sdk);
  const filters = [
    { Name: 'vpc-id', Values: [...vpcIds] },
    { Name: 'subnet-id', Values: [...subnetIds] },
    { Name: 'group-id', Values: [...securityGroupIds] },
  ];
  const { NetworkInterfaces } = await client.send(
    new DescribeNetworkInterfacesCommand({
      Filters: filters.filter(({ Values }) => Values.length > 0),
      MaxResults: mostInterfaces,
      IncludeManagedResources: true,
    }),
  );
  if (!Array.isArray(NetworkInterfaces))
    throw new MalformedAnswer('ec2:DescribeNetworkInterfaces: the answer has no list');
  return NetworkInterfaces;
}
