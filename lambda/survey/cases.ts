/** The endpoints that are asked about, one or ten thousand, and by what each can be found. */

import { mayBeManaged } from '../evidence/managed.ts';
import type { Claim, Endpoint, Resource } from '../model/model.ts';
import { canHold } from './network.ts';
import type { Cases, OpenCase } from './state.ts';

type ByVpc = Map<string | null, Set<OpenCase>>;

export function newCases(
  endpoints: readonly Endpoint[],
  claimsOf: (endpoint: Endpoint) => readonly Claim[],
): Cases {
  const all = endpoints.map(
    (endpoint): OpenCase => ({
      endpoint,
      creation: null,
      claims: claimsOf(endpoint),
      historySays: null,
      found: [],
    }),
  );
  const open = new Set(all.filter(({ endpoint }) => mayBeManaged(endpoint)));
  const ids = new Map([...open].map((one) => [one.endpoint.id, one]));
  const interfaces = new Map(
    [...open].flatMap((one) => one.endpoint.networkInterfaceIds.map((id) => [id, one] as const)),
  );
  const vpcs: ByVpc = new Map();
  const settled: ByVpc = new Map();
  for (const one of open) put(one, vpcs);

  return {
    all,
    open,
    vpcId: () => {
      const [only = null, ...others] = vpcs.keys();
      return others.length === 0 ? only : null;
    },
    close: (one) => {
      open.delete(one);
      vpcs.get(one.endpoint.vpcId)?.delete(one);
      put(one, settled);
    },
    byId: (id) => ids.get(id.toLowerCase()),
    byInterface: (id) => interfaces.get(id),
    near: (resource) => nearIn(vpcs, resource),
    settledNear: (resource) => nearIn(settled, resource),
  };
}

function put(one: OpenCase, vpcs: ByVpc): void {
  const { vpcId } = one.endpoint;
  vpcs.set(vpcId, (vpcs.get(vpcId) ?? new Set()).add(one));
}

function nearIn(vpcs: ByVpc, resource: Resource): readonly OpenCase[] {
  const { vpcId } = resource.network;
  const inVpc =
    vpcId === undefined
      ? [...vpcs.values()].flatMap((cases) => [...cases])
      : [...(vpcs.get(vpcId) ?? []), ...(vpcs.get(null) ?? [])];
  return inVpc.filter(({ endpoint }) => canHold(resource, endpoint));
}
