import type { Creator } from './creator.ts';
import { type EndpointTraits, type Placed, placeEndpoint } from './endpoint.ts';
import { type Network, network as newNetwork } from './network.ts';
import type { Scope } from './scope.ts';
import type { Tags } from './trail.ts';

export interface OrphanOptions extends EndpointTraits {
  readonly name?: string;
  /** One that nothing else uses, unless told otherwise. */
  readonly network?: Network;
  readonly creator: Creator;
  readonly type?: 'Interface' | 'GatewayLoadBalancer';
  readonly serviceTags?: Tags;
  readonly tagged?: boolean;
}

/** A requester-managed endpoint that no resource of the account holds: outlived, or of a service not looked at. */
export function orphan(scope: Scope, options: OrphanOptions): Placed {
  const { name = scope.nextName('orphan'), network = newNetwork(scope), ...rest } = options;
  return placeEndpoint(scope, { ...rest, name: `orphan/${name}`, network });
}

export interface OrdinaryOptions extends EndpointTraits {
  readonly name?: string;
  readonly network?: Network;
}

/** An endpoint that a person made for an AWS service, and may delete. */
export function customerEndpoint(
  scope: Scope,
  options: OrdinaryOptions & { readonly service?: string } = {},
): Placed {
  const {
    name = scope.nextName('customer'),
    network = newNetwork(scope),
    service = 'ssm',
    ...rest
  } = options;
  return placeEndpoint(scope, {
    serviceName: `com.amazonaws.${scope.region}.${service}`,
    requesterManaged: false,
    ...rest,
    name: `customer/${name}`,
    network,
    creator: { kind: 'user', name: 'alice' },
  });
}
