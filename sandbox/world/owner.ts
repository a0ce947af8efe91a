import type { EndpointTraits, Placed } from './endpoint.ts';
import type { HostnameOptions } from './hostname.ts';
import type { Network } from './network.ts';

/** The owner of an endpoint, in the words of the API's answer. */
export interface Owner {
  /** The service's id in `sandbox/services/`. */
  readonly service: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly arn: string | null;
  readonly parentArn: string | null;
}

export interface Made {
  /** The first of them. */
  readonly vpcEndpointId: string;
  readonly vpcEndpointIds: readonly string[];
  readonly owner: Owner;
  readonly network: Network;
}

/** What a test may choose of any resource that holds an endpoint. */
export interface ResourceOptions extends EndpointTraits {
  readonly name?: string;
  readonly network?: Network;
  /** The resource's own status, in its service's words. */
  readonly status?: string;
  /** When the service says that the resource was made, where that is not when its endpoint was: resized, restored. */
  readonly resourceCreatedAt?: Date;
}

export interface NamedResourceOptions extends ResourceOptions, HostnameOptions {}

export interface ListedOptions extends NamedResourceOptions {
  /** Whether the service's own API lists the endpoint; where it does not, only the hostname leads there. */
  readonly listed?: boolean;
  /** Further endpoints that the service lists for the resource, behind its own one or in front of it. */
  readonly alsoLists?: readonly AlsoListed[];
}

export interface AlsoListed {
  readonly vpcEndpointId: string;
  readonly vpcId: string;
  readonly first?: boolean;
}

/** The list of a resource's endpoints, in the words of its service. */
export function listOf<T>(
  own: T,
  { listed = true, alsoLists = [] }: ListedOptions,
  wordsOf: (other: AlsoListed) => T,
): T[] {
  const others = (first: boolean) =>
    alsoLists.filter((other) => (other.first ?? false) === first).map(wordsOf);
  return [...others(true), ...(listed ? [own] : []), ...others(false)];
}

export function made(owner: Owner, network: Network, first: Placed, ...others: readonly Placed[]): Made {
  const vpcEndpointIds = [first, ...others].map(({ vpcEndpointId }) => vpcEndpointId);
  return { vpcEndpointId: first.vpcEndpointId, vpcEndpointIds, owner, network };
}
