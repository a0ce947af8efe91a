import type { EndpointTraits, Placed } from './endpoint.ts';
import type { HostnameOptions } from './hostname.ts';
import type { Network } from './network.ts';

/** The owner of an endpoint, in the words of the API's answer. */
export interface Owner {
  readonly service:
    | 'aurora-serverless'
    | 'network-firewall'
    | 'rds-proxy'
    | 'redshift'
    | 'redshift-serverless';
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
}

export interface NamedResourceOptions extends ResourceOptions, HostnameOptions {}

export function made(owner: Owner, network: Network, first: Placed, ...others: readonly Placed[]): Made {
  const vpcEndpointIds = [first, ...others].map(({ vpcEndpointId }) => vpcEndpointId);
  return { vpcEndpointId: first.vpcEndpointId, vpcEndpointIds, owner, network };
}
