/** The VPC endpoints of a Region, as EC2 describes them. */
import type { Filter } from '@aws-sdk/client-ec2';
import type { Endpoint } from '../model/model.ts';
import type { Actions, Aws } from '../model/service.ts';
import { mostFilterValues, toEndpoint } from './endpoint.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');

export const actions: Actions = { 'ec2:DescribeVpcEndpoints': 'anything' };

/** EC2's most. */
const pageSize = 1_000;

/**
 * What EC2 filters by; empty: any. It filters by service names too, but in their own letter case, which nobody knows here:
 * an endpoint that a filter misses would be hidden without a word.
 */
export interface EndpointFilters {
  readonly ids: readonly string[];
  readonly vpcIds: readonly string[];
}

export interface Listed {
  /** Each once, in order of id. */
  readonly endpoints: readonly Endpoint[];
  /** How many came without their id. */
  readonly nameless: number;
}

/**
 * Every endpoint that fits.
 *
 * Cost: a call for each 1,000, and for each 200 ids. Missing: an id that EC2 does not know is left out. Errors: thrown
 * as they come.
 */
export async function describeEndpoints(aws: Aws, { ids, vpcIds }: EndpointFilters): Promise<Listed> {
  const found = new Map<string, Endpoint>();
  let nameless = 0;
  for (const Filters of filtersOf(ids, vpcIds)) {
    const { client, paginateDescribeVpcEndpoints } = await aws(sdk);
    const listed = paginateDescribeVpcEndpoints({ client, pageSize }, { Filters });
    for await (const page of pages('ec2:DescribeVpcEndpoints', listed, 'VpcEndpoints'))
      for (const endpoint of page) {
        const id = endpoint.VpcEndpointId?.toLowerCase();
        if (id) found.set(id, toEndpoint(id, endpoint));
        else nameless += 1;
      }
  }
  return { endpoints: [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), nameless };
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
