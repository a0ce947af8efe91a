import { type Creator, creators } from './creator.ts';
import { type EndpointTraits, type Placed, placeEndpoint } from './endpoint.ts';
import { firewallTags } from './firewall.ts';
import { type Network, network as newNetwork } from './network.ts';
import type { Scope } from './scope.ts';
import type { Tags } from './trail.ts';

export interface OrphanOptions extends EndpointTraits {
  readonly name?: string;
  /** One that nothing else uses, unless told otherwise. */
  readonly network?: Network;
  readonly creator?: Creator;
  readonly type?: 'Interface' | 'GatewayLoadBalancer';
  readonly serviceTags?: Tags;
  readonly tagged?: boolean;
}

/** A requester-managed endpoint that no resource of the account holds: outlived, or of a service not looked at. */
export function orphan(scope: Scope, options: OrphanOptions = {}): Placed {
  const { name = scope.nextName('orphan'), network = newNetwork(scope), ...rest } = options;
  return placeEndpoint(scope, { creator: creators.rdsProxy, ...rest, name: `orphan/${name}`, network });
}

/** What a deleted firewall left behind. */
export function firewallOrphan(
  scope: Scope,
  options: OrphanOptions & { readonly firewallArn: string },
): Placed {
  const { firewallArn, network = newNetwork(scope, { subnets: 1 }), ...rest } = options;
  return orphan(scope, {
    creator: creators.networkFirewall,
    type: 'GatewayLoadBalancer',
    serviceTags: firewallTags(firewallArn),
    ...rest,
    network,
  });
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

/** GuardDuty's Runtime Monitoring makes one in each VPC, and leaves it to the customer to delete. */
export function guardDutyEndpoint(scope: Scope, options: OrdinaryOptions = {}): Placed {
  const { name = scope.nextName('guardduty'), network = newNetwork(scope), ...rest } = options;
  return placeEndpoint(scope, {
    serviceName: `com.amazonaws.${scope.region}.guardduty-data`,
    requesterManaged: false,
    ...rest,
    name: `guardduty/${name}`,
    network,
    creator: creators.guardDuty,
    serviceTags: { GuardDutyManaged: 'true' },
  });
}

/** Transfer Family's servers have service names of their own, and no tags. */
export function transferEndpoint(scope: Scope, options: OrdinaryOptions = {}): Placed {
  const { name = scope.nextName('transfer'), ...rest } = options;
  const serviceName = `com.amazonaws.${scope.region}.transfer.server.c-0026`;
  return orphan(scope, { serviceName, ...rest, name, creator: creators.transfer });
}

/** MSK writes two tags; `tagged: false` leaves CloudTrail alone to tell. */
export function mskEndpoint(
  scope: Scope,
  options: OrdinaryOptions & { readonly tagged?: boolean } = {},
): Placed {
  const { name = scope.nextName('msk'), ...rest } = options;
  const clusterArn = scope.arn('kafka', `cluster/${name}/${scope.uuidOf(`msk/${name}`)}-s1`);
  const serviceTags = { AWSMSKManaged: 'true', ClusterArn: clusterArn };
  return orphan(scope, { ...rest, name, creator: creators.kafka, serviceTags });
}
