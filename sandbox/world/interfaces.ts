import type { NetworkInterface, NetworkInterfaceType } from '@aws-sdk/client-ec2';
import type { Address, Network, Subnet } from './network.ts';
import { ec2Rows } from './rows.ts';
import type { Scope } from './scope.ts';

/** One address in one subnet. */
export interface Spot {
  readonly subnet: Subnet;
  readonly address: Address;
}

export interface PlacedInterface {
  readonly NetworkInterfaceId: string;
  readonly SubnetId: string;
  readonly PrivateIpAddress: string;
  readonly AvailabilityZone: string;
}

/** Whose interfaces they are, and how EC2 shows them. */
export interface InterfaceTraits {
  readonly holder: string;
  readonly description: string;
  readonly type: NetworkInterfaceType;
  readonly ownerId: string;
  readonly hidden?: boolean;
}

/** An interface of a service's in each of the spots. */
export function placeInterfaces(
  scope: Scope,
  network: Network,
  spots: readonly Spot[],
  traits: InterfaceTraits,
): readonly PlacedInterface[] {
  return spots.map((spot) => {
    const eni = networkInterface(scope, spot, network, traits);
    if (traits.hidden === true) eni.Operator = { Managed: true, HiddenByDefault: true };
    ec2Rows(scope.resources).networkInterfaces.push(eni);
    return {
      NetworkInterfaceId: eni.NetworkInterfaceId,
      SubnetId: spot.subnet.subnetId,
      PrivateIpAddress: spot.address.ipv4,
      AvailabilityZone: spot.subnet.availabilityZone,
    };
  });
}

/** An interface that is no endpoint's: an EC2 instance's. */
export function placeInstanceInterface(scope: Scope, network: Network): { networkInterfaceId: string } {
  const [subnet] = network.subnets;
  if (subnet === undefined) throw new RangeError(`${network.vpcId} has no subnet`);
  const instanceId = scope.id('i', 'instance');
  const spot = { subnet, address: subnet.takeAddress() };
  const eni = networkInterface(scope, spot, network, {
    holder: instanceId,
    description: '',
    type: 'interface',
    ownerId: scope.accountId,
  });
  eni.RequesterManaged = false;
  eni.Attachment = {
    InstanceId: instanceId,
    InstanceOwnerId: scope.accountId,
    Status: 'attached',
    DeviceIndex: 0,
  };
  ec2Rows(scope.resources).networkInterfaces.push(eni);
  return { networkInterfaceId: eni.NetworkInterfaceId };
}

function networkInterface(
  scope: Scope,
  { subnet, address }: Spot,
  network: Network,
  { holder, description, type, ownerId }: InterfaceTraits,
): NetworkInterface & { NetworkInterfaceId: string } {
  return {
    NetworkInterfaceId: scope.idOf('eni', `${holder}/${subnet.subnetId}`),
    AvailabilityZone: subnet.availabilityZone,
    Description: description,
    Groups: type === 'gateway_load_balancer_endpoint' ? [] : groups(network),
    InterfaceType: type,
    Ipv6Addresses: address.ipv6 === null ? [] : [{ Ipv6Address: address.ipv6 }],
    OwnerId: ownerId,
    PrivateIpAddress: address.ipv4,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address.ipv4 }],
    RequesterManaged: true,
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: subnet.subnetId,
    TagSet: [],
    VpcId: network.vpcId,
  };
}

export function groups(network: Network) {
  return network.securityGroupIds.map((GroupId) => ({ GroupId, GroupName: 'default' }));
}
