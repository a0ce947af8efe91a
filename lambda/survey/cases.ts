/** The endpoints that are asked about, one or ten thousand, and by what each can be found. */

import { mayBeManaged } from '../evidence/managed.ts';
import type { Claim, Endpoint, Network, Resource } from '../model/model.ts';
import { newNearby } from './nearby.ts';
import { canHold, isLikely } from './network.ts';
import type { Cases, OpenCase } from './state.ts';

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
  const vpcIds = new Set([...open].map(({ endpoint }) => endpoint.vpcId));
  const [openNearby, settledNearby] = [newNearby(networkOf), newNearby(networkOf)];
  for (const one of open) openNearby.add(one);

  return {
    all,
    open,
    vpcId: () => {
      const [only = null, ...others] = vpcIds;
      return others.length === 0 ? only : null;
    },
    close: (one) => {
      open.delete(one);
      openNearby.remove(one);
      settledNearby.add(one);
    },
    byId: (id) => ids.get(id.toLowerCase()),
    byInterface: (id) => interfaces.get(id),
    near: (resource) => near(openNearby.near(resource.network), resource),
    likely: (resource) => likely(openNearby.withGroups(resource.network), resource),
    settledLikely: (resource) => likely(settledNearby.withGroups(resource.network), resource),
  };
}

function networkOf({ endpoint }: OpenCase): Network {
  const { vpcId, subnetIds, securityGroupIds } = endpoint;
  return { vpcId: vpcId ?? undefined, subnetIds, securityGroupIds };
}

function* near(cases: Iterable<OpenCase>, resource: Resource): Generator<OpenCase> {
  for (const one of cases) if (canHold(resource, one.endpoint)) yield one;
}

function* likely(cases: Iterable<OpenCase>, resource: Resource): Generator<OpenCase> {
  for (const one of near(cases, resource)) if (isLikely(resource, one.endpoint)) yield one;
}
