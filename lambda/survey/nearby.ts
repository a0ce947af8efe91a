/** Finds what may be in the same network without a look at everything: thousands of endpoints meet thousands of resources. */
import type { Network } from '../model/model.ts';

export interface Nearby<T> {
  readonly add: (item: T) => void;
  readonly remove: (item: T) => void;
  /** At least those that no VPC and no subnet, as far as both sides name them, set apart from this network. */
  readonly near: (network: Network) => Iterable<T>;
  /** Of these at least those that no security group sets apart either. */
  readonly withGroups: (network: Network) => Iterable<T>;
}

/** Each item is found by what it names of its network; `undefined`: it names none. */
type Shelf<T> = Map<string | undefined, Set<T>>;

export function newNearby<T>(networkOf: (item: T) => Network): Nearby<T> {
  const all = new Set<T>();
  const byVpc: Shelf<T> = new Map();
  const bySubnet: Shelf<T> = new Map();
  const byGroup: Shelf<T> = new Map();
  const withoutSubnets: Shelf<T> = new Map();

  const placesOf = (item: T): readonly Set<T>[] => {
    const { vpcId, subnetIds = [], securityGroupIds = [] } = networkOf(item);
    return [
      all,
      on(byVpc, vpcId),
      ...subnetIds.map((id) => on(bySubnet, id)),
      ...(subnetIds.length === 0 ? [on(withoutSubnets, vpcId)] : []),
      ...orNone(securityGroupIds).map((id) => on(byGroup, id)),
    ];
  };
  const near = ({ vpcId, subnetIds = [] }: Network): Iterable<T> => {
    if (subnetIds.length === 0) return vpcId === undefined ? all : from(byVpc, [vpcId, undefined]);
    const bare = vpcId === undefined ? [...withoutSubnets.keys()] : [vpcId, undefined];
    return once(from(bySubnet, subnetIds), from(withoutSubnets, bare));
  };
  return {
    add: (item) => {
      for (const place of placesOf(item)) place.add(item);
    },
    remove: (item) => {
      for (const place of placesOf(item)) place.delete(item);
    },
    near,
    withGroups: (network) => {
      const { vpcId, subnetIds = [], securityGroupIds = [] } = network;
      const onlyGroups = vpcId === undefined && subnetIds.length === 0 && securityGroupIds.length > 0;
      return onlyGroups ? once(from(byGroup, [...securityGroupIds, undefined])) : near(network);
    },
  };
}

function on<T>(shelf: Shelf<T>, key: string | undefined): Set<T> {
  const place = shelf.get(key) ?? new Set();
  shelf.set(key, place);
  return place;
}

function* from<T>(shelf: Shelf<T>, keys: readonly (string | undefined)[]): Generator<T> {
  for (const key of keys) yield* shelf.get(key) ?? [];
}

/** What is in several of these comes once. */
function* once<T>(...groups: readonly Iterable<T>[]): Generator<T> {
  const seen = new Set<T>();
  for (const group of groups)
    for (const item of group)
      if (!seen.has(item)) {
        seen.add(item);
        yield item;
      }
}

function orNone(ids: readonly string[]): readonly (string | undefined)[] {
  return ids.length === 0 ? [undefined] : ids;
}
