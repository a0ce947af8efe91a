/** The network interfaces of a place: what keeps a subnet, a security group or a VPC from being deleted. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Actions, Aws } from '../model/service.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');

export const actions: Actions = { 'ec2:DescribeNetworkInterfaces': 'anything' };

/** EC2's most in a page, and more than anybody reads. */
const mostInterfaces = 1_000;

export interface PlaceFilters {
  readonly vpcIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/**
 * Those that AWS services made and EC2 hides by default too; `more`: these are the first of them.
 *
 * Cost: one call, and further ones for what EC2 filtered out of its pages. Errors: thrown as they come.
 */
export async function describeInterfacesIn(
  aws: Aws,
  { vpcIds, subnetIds, securityGroupIds }: PlaceFilters,
): Promise<{ readonly interfaces: readonly NetworkInterface[]; readonly more: boolean }> {
  const { client, paginateDescribeNetworkInterfaces } = await aws(sdk);
  const filters = [
    { Name: 'vpc-id', Values: [...vpcIds] },
    { Name: 'subnet-id', Values: [...subnetIds] },
    { Name: 'group-id', Values: [...securityGroupIds] },
  ];
  const listed = paginateDescribeNetworkInterfaces(
    { client, pageSize: mostInterfaces },
    { Filters: filters.filter(({ Values }) => Values.length > 0), IncludeManagedResources: true },
  );
  const interfaces: NetworkInterface[] = [];
  for await (const page of pages('ec2:DescribeNetworkInterfaces', listed, 'NetworkInterfaces')) {
    interfaces.push(...page);
    if (interfaces.length > mostInterfaces)
      return { interfaces: interfaces.slice(0, mostInterfaces), more: true };
  }
  return { interfaces, more: false };
}
