import type {
  Attachment,
  Firewall,
  FirewallStatus,
  FirewallStatusValue,
  VpcEndpointAssociation,
  VpcEndpointAssociationStatus,
} from '@aws-sdk/client-network-firewall';
import { type Describable, rowsOf } from '../../world/account.ts';
import { type Placed, placeEndpoint } from '../../world/endpoint.ts';
import { type Network, network as newNetwork, oneSubnetOf } from '../../world/network.ts';
import { type OrphanOptions, orphan } from '../../world/orphan.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../../world/owner.ts';
import type { Scope } from '../../world/scope.ts';
import type { Tags } from '../../world/trail.ts';
import { networkFirewallCreator } from '../network-firewall-api.ts';

export const rows = rowsOf({
  firewalls: [] as ({ Firewall: Firewall; FirewallStatus: FirewallStatus } & Describable)[],
  vpcEndpointAssociations: [] as ({
    VpcEndpointAssociation: VpcEndpointAssociation;
    VpcEndpointAssociationStatus: VpcEndpointAssociationStatus;
  } & Describable)[],
});

export const creator = networkFirewallCreator;

/** What a test may choose of a firewall and of an endpoint association. */
interface HolderOptions extends ResourceOptions {
  /** Whether the two tags that Network Firewall writes are still on the endpoint; the creation had them anyway. */
  readonly tagged?: boolean;
  /**
   * How each zone's attachment is, in the order of the subnets. One that failed has a message in the place of its
   * endpoint's id, though EC2 may have the endpoint.
   */
  readonly attachments?: readonly ('READY' | 'FAILED' | 'ERROR')[];
  /** `false`: it is listed and, once it is asked for, not found. */
  readonly describable?: boolean;
}

export interface FirewallOptions extends HolderOptions {
  /** Empty: the member is there and says nothing. */
  readonly transitGatewayId?: string;
  readonly deleteProtection?: boolean;
  readonly subnetChangeProtection?: boolean;
  readonly firewallPolicyChangeProtection?: boolean;
}

export interface FirewallMade extends Made {
  readonly firewallArn: string;
  readonly firewall: Firewall;
  readonly firewallStatus: FirewallStatus;
}

/** One endpoint in each subnet of the network. */
export function firewall(scope: Scope, options: FirewallOptions = {}): FirewallMade {
  const { name = scope.nextName('firewall'), network = newNetwork(scope, { subnets: 1 }), ...rest } = options;
  const firewallArn = scope.arn('network-firewall', `firewall/${name}`);
  const [first, ...others] = network.subnets.map((_, index) => {
    const { vpcEndpointId, ...traits } = rest;
    return placeFirewallEndpoint(
      scope,
      `firewall/${name}/${index}`,
      oneSubnetOf(network, index),
      firewallArn,
      {
        ...traits,
        ...(index === 0 && vpcEndpointId !== undefined ? { vpcEndpointId } : {}),
      },
    );
  });
  if (first === undefined) throw new RangeError(`The firewall ${name} needs a subnet`);
  const row = firewallRow(scope, name, firewallArn, network, options);
  const firewallStatus: FirewallStatus = {
    Status: (rest.status ?? 'READY') as FirewallStatusValue,
    ConfigurationSyncStateSummary: 'IN_SYNC',
    SyncStates: Object.fromEntries(
      [first, ...others].map((placed, index) => [
        zoneOf(placed),
        { Attachment: attachment(placed, rest.attachments?.[index]) },
      ]),
    ),
  };
  rows(scope.resources).firewalls.push({
    Firewall: row,
    FirewallStatus: firewallStatus,
    ...describability(options),
  });
  const owner: Owner = {
    service: 'network-firewall',
    resourceType: 'AWS::NetworkFirewall::Firewall',
    resourceId: name,
    arn: firewallArn,
    parentArn: null,
  };
  return { ...made(owner, network, first, ...others), firewallArn, firewall: row, firewallStatus };
}

function firewallRow(
  scope: Scope,
  name: string,
  firewallArn: string,
  network: Network,
  options: FirewallOptions,
): Firewall {
  const { transitGatewayId } = options;
  return {
    FirewallName: name,
    FirewallArn: firewallArn,
    FirewallPolicyArn: scope.arn('network-firewall', `firewall-policy/${name}`),
    VpcId: network.vpcId,
    SubnetMappings: network.subnets.map(({ subnetId }) => ({ SubnetId: subnetId, IPAddressType: 'IPV4' })),
    DeleteProtection: options.deleteProtection ?? false,
    SubnetChangeProtection: options.subnetChangeProtection ?? false,
    FirewallPolicyChangeProtection: options.firewallPolicyChangeProtection ?? false,
    FirewallId: scope.uuidOf(`firewall/${name}`),
    Tags: [],
    NumberOfAssociations: 0,
    ...(transitGatewayId === undefined ? {} : { TransitGatewayId: transitGatewayId }),
  };
}

export interface AssociationMade extends Made {
  readonly association: VpcEndpointAssociation;
}

/** The firewall may be another account's, shared through RAM. */
export function vpcEndpointAssociation(
  scope: Scope,
  options: Omit<HolderOptions, 'network'> & {
    readonly firewall: { readonly firewallArn: string };
    /** Of another VPC than the firewall's; the first subnet counts. */
    readonly network?: Network;
  },
): AssociationMade {
  const {
    name = scope.nextName('association'),
    network = newNetwork(scope, { subnets: 1 }),
    ...rest
  } = options;
  const { firewall, ...traits } = rest;
  const { firewallArn } = firewall;
  const subnet = oneSubnetOf(network);
  const placed = placeFirewallEndpoint(scope, `association/${name}`, subnet, firewallArn, traits);
  const id = scope.uuidOf(`association/${name}`);
  const association: VpcEndpointAssociation = {
    VpcEndpointAssociationId: id,
    VpcEndpointAssociationArn: scope.arn('network-firewall', `vpc-endpoint-association/${id}`),
    FirewallArn: firewallArn,
    VpcId: network.vpcId,
    SubnetMapping: { SubnetId: subnet.subnets[0]?.subnetId, IPAddressType: 'IPV4' },
    Description: name,
    Tags: [],
  };
  rows(scope.resources).vpcEndpointAssociations.push({
    VpcEndpointAssociation: association,
    VpcEndpointAssociationStatus: {
      Status: (rest.status ?? 'READY') as FirewallStatusValue,
      AssociationSyncState: {
        [zoneOf(placed)]: { Attachment: attachment(placed, rest.attachments?.[0]) },
      },
    },
    ...describability(options),
  });
  const own = rows(scope.resources).firewalls.find(
    ({ Firewall }) => Firewall.FirewallArn === firewallArn,
  )?.Firewall;
  if (own !== undefined) own.NumberOfAssociations = (own.NumberOfAssociations ?? 0) + 1;
  const owner: Owner = {
    service: 'network-firewall',
    resourceType: 'AWS::NetworkFirewall::VpcEndpointAssociation',
    resourceId: id,
    arn: association.VpcEndpointAssociationArn ?? null,
    parentArn: firewallArn,
  };
  return { ...made(owner, network, placed), association };
}

/** The tags that Network Firewall writes. */
export function firewallTags(firewallArn: string): Tags {
  return { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' };
}

/** What a deleted firewall left behind. */
export function firewallOrphan(
  scope: Scope,
  options: Partial<OrphanOptions> & { readonly firewallArn: string },
): Placed {
  const { firewallArn, network = newNetwork(scope, { subnets: 1 }), ...rest } = options;
  return orphan(scope, {
    creator,
    type: 'GatewayLoadBalancer',
    serviceTags: firewallTags(firewallArn),
    ...rest,
    network,
  });
}

function placeFirewallEndpoint(
  scope: Scope,
  name: string,
  network: Network,
  firewallArn: string,
  traits: Omit<HolderOptions, 'name' | 'network'>,
): Placed {
  const serviceTags = firewallTags(firewallArn);
  return placeEndpoint(scope, {
    ...traits,
    name,
    network,
    creator,
    type: 'GatewayLoadBalancer',
    serviceTags,
  });
}

function attachment(
  { vpcEndpointId, interfaces }: Placed,
  status: Attachment['Status'] = 'READY',
): Attachment {
  const SubnetId = interfaces[0]?.SubnetId;
  return status === 'READY'
    ? { SubnetId, EndpointId: vpcEndpointId, Status: status }
    : {
        SubnetId,
        Status: status,
        StatusMessage: 'The endpoint could not be made: the subnet has no free address.',
      };
}

function describability({ describable }: HolderOptions): Describable {
  return describable === undefined ? {} : { describable };
}

function zoneOf({ interfaces }: Placed): string {
  return interfaces[0]?.AvailabilityZone ?? '';
}
