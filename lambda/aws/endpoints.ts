/** The VPC endpoints of a Region, as EC2 describes them. */
import type { Filter } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../model/model.ts';
import type { Aws } from '../model/service.ts';
import { mostFilterValues, toEndpoint } from './endpoint.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');
/** EC2's most. */
const pageSize = 1_000;

/** What EC2 filters by; empty: any. */
export interface EndpointFilters {
  readonly ids: readonly string[];
  readonly vpcIds: readonly string[];
}

/**
 * Every endpoint that fits, each once, in order of id.
 *
 * Cost: a call for each 1,000, and for each 200 ids. Missing: an id that EC2 does not know is left out. Errors: thrown
 * as they come.
 */
export async function describeEndpoints(
  aws: Aws,
  { ids, vpcIds }: EndpointFilters,
): Promise<readonly Endpoint[]> {
  const found = new Map<string, Endpoint>();
  for (const Filters of filtersOf(ids, vpcIds)) {
    const { client, paginateDescribeVpcEndpoints } = await aws(sdk);
    const listed = paginateDescribeVpcEndpoints({ client, pageSize }, { Filters });
    for await (const page of pages('ec2:DescribeVpcEndpoints', listed, 'VpcEndpoints'))
      for (const endpoint of page) {
        const id = endpoint.VpcEndpointId?.toLowerCase();
        if (id !== undefined) found.set(id, toEndpoint(id, endpoint));
      }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** EC2 takes so many values of a filter in one call. */
function filtersOf(ids: readonly string[], vpcIds: readonly string[]): readonly Filter[][] {
  const inVpcs: Filter[] = vpcIds.length === 0 ? [] : [{ Name: 'vpc-id', Values: [...vpcIds] }];
  if (ids.length === 0) return [inVpcs];
  const parts = Array.from({ length: Math.ceil(ids.length / mostFilterValues) }, (_, part) =>
    ids.slice(part * mostFilterValues, (part + 1) * mostFilterValues),
  );
  return parts.map((Values) => [...inVpcs, { Name: 'vpc-endpoint-id', Values }]);
}
