/** Looks for a scope in one Region after the other. */
import { inAccount } from '../describe-subject.ts';
import { listFew } from '../model/names.ts';
import { Problem } from '../problem.ts';
import { nameOfRegion, type Search } from '../search.ts';
import type { SweepResult } from '../sweep.ts';

/** A scope, in the Regions that it may be in: the first that has anything of it answers. */
export async function searchScope(
  { regions, notAllowed }: Omit<Search, 'subject'>,
  accountId: string | null,
  lookIn: (region: string) => Promise<SweepResult>,
): Promise<SweepResult> {
  const empty: SweepResult[] = [];
  let failure: Problem | null = null;
  for (const { region } of regions) {
    try {
      const found = await lookIn(region);
      if (!isEmpty(found)) return found;
      empty.push(found);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failure ??= error;
    }
  }
  const [first] = empty;
  // What it is about may be where nobody could look.
  if (failure !== null || first === undefined) throw failure ?? new Error('no Region was asked');
  const { vpcEndpointIds } = first.sweep.scope;
  if (vpcEndpointIds.length === 0) return first;
  const elsewhere =
    notAllowed.length === 0 ? '' : ` This deployment may not look into ${notAllowed.join(', ')}.`;
  throw new Problem(
    'vpc-endpoint-not-found',
    `There is none of the VPC endpoints ${listFew(vpcEndpointIds, mostListed)} in ${inAccount(accountId)}, Region ${regions.map(nameOfRegion).join(', ')}.${elsewhere}`,
  );
}

/** An error stays short enough to read. */
const mostListed = 8;

function isEmpty({
  sweep: { vpcEndpoints, otherInterfaces, notFound, scope, complete },
}: SweepResult): boolean {
  if (scope.vpcEndpointIds.length > 0) return notFound.length === scope.vpcEndpointIds.length;
  return vpcEndpoints.length === 0 && otherInterfaces.length === 0 && complete;
}
