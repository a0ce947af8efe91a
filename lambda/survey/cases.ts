/** The endpoints that are asked about, one or ten thousand, and by what each can be found. */
import { mayBeManaged } from '../evidence/managed.ts';
import type { Claim, Creation, Endpoint, Match, Resource } from '../model.ts';
import { canHold } from './network.ts';
import type { Reading } from './state.ts';

/** A match, and the list that it was found in. */
export interface Found {
  readonly match: Match;
  readonly reading: Reading;
}

/** One endpoint, and what has been found so far. */
export interface OpenCase {
  readonly endpoint: Endpoint;
  creation: Creation | null;
  claims: readonly Claim[];
  /** Resources that list it, or whose hostname is an alias of it. */
  readonly found: Found[];
}

export interface Cases {
  readonly all: readonly OpenCase[];
  /** Those that EC2 does not say a customer may delete, and whose owner is not proven yet. */
  readonly open: ReadonlySet<OpenCase>;
  /** The VPC of all that are open; `null` where there are several. */
  readonly vpcId: () => string | null;
  readonly close: (one: OpenCase) => void;
  readonly byId: (id: string) => OpenCase | undefined;
  readonly byInterface: (id: string) => OpenCase | undefined;
  /** Open ones that no network which both sides name sets apart from the resource. */
  readonly near: (resource: Resource) => readonly OpenCase[];
  /** The same of those whose owner is proven. */
  readonly settledNear: (resource: Resource) => readonly OpenCase[];
}

type ByVpc = Map<string | null, Set<OpenCase>>;

export function newCases(
  endpoints: readonly Endpoint[],
  claimsOf: (endpoint: Endpoint) => readonly Claim[],
): Cases {
  const all = endpoints.map(
    (endpoint): OpenCase => ({ endpoint, creation: null, claims: claimsOf(endpoint), found: [] }),
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
