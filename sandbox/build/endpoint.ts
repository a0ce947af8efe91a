import type { NetworkInterface, NetworkInterfaceType, State, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Creator } from './creator.ts';
import type { Address, Network, Subnet } from './network.ts';
import type { Scope } from './scope.ts';
import { type EventOptions, recordCreation, type Tags } from './trail.ts';

/** What a test may choose of any endpoint, whatever made it. */
export interface EndpointTraits {
  readonly vpcEndpointId?: string;
  readonly createdAt?: Date;
  /** Lower case, as EC2 sends it. */
  readonly state?: 'available' | 'deleting' | 'deleted' | 'failed' | 'pending';
  /** Tags that people put on the endpoint; those that the service writes come besides. */
  readonly tags?: Tags;
  readonly ownerId?: string;
  readonly interfaceType?: 'interface' | 'vpc_endpoint';
  /** EC2 leaves the endpoint's interfaces out of lists unless asked for managed resources too. */
  readonly hiddenInterfaces?: boolean;
  /** `false` hides the creation from CloudTrail. Past 90 days it is hidden anyway. */
  readonly event?: EventOptions | false;
}

export interface EndpointOptions extends EndpointTraits {
  /** The ids are made from it. */
  readonly name: string;
  readonly network: Network;
  readonly creator: Creator;
  readonly type?: 'Interface' | 'GatewayLoadBalancer';
  readonly serviceName?: string;
  /** Tags that the service gives at the creation. */
  readonly serviceTags?: Tags;
  /** Whether the service's tags are still on the endpoint. */
  readonly tagged?: boolean;
  readonly requesterManaged?: boolean;
}

export interface Placed {
  readonly vpcEndpointId: string;
  readonly endpoint: VpcEndpoint;
  /** The regional DNS name; a Gateway Load Balancer endpoint has none. */
  readonly dnsName: string | null;
  readonly addresses: readonly Address[];
  readonly interfaces: readonly {
    readonly NetworkInterfaceId: string;
    readonly SubnetId: string;
    readonly PrivateIpAddress: string;
    readonly AvailabilityZone: string;
  }[];
}

/** An endpoint, its network interfaces, its DNS names and what CloudTrail still knows of its creation. */
export function placeEndpoint(scope: Scope, options: EndpointOptions): Placed {
  const { name, network, type = 'Interface', serviceTags = {}, tagged = true, event = {} } = options;
  const createdAt = options.createdAt ?? scope.daysAgo(5);
  const ownerId = options.ownerId ?? scope.accountId;
  const vpcEndpointId = options.vpcEndpointId ?? scope.id('vpce', name);
  const service = scope.idOf('vpce-svc', vpcEndpointId);
  const tags = { ...(tagged ? serviceTags : {}), ...options.tags };

  const spots = network.subnets.map((subnet) => ({ subnet, address: subnet.takeAddress() }));
  const { interfaceType = 'vpc_endpoint' } = options;
  const sentType = type === 'GatewayLoadBalancer' ? 'gateway_load_balancer_endpoint' : interfaceType;
  const interfaces = spots.map((spot) => {
    const { subnet, address } = spot;
    const eni = networkInterface(scope, vpcEndpointId, spot, network, sentType, ownerId);
    if (options.hiddenInterfaces === true) eni.Operator = { Managed: true, HiddenByDefault: true };
    scope.resources.networkInterfaces.push(eni);
    return {
      NetworkInterfaceId: eni.NetworkInterfaceId,
      SubnetId: subnet.subnetId,
      PrivateIpAddress: address.ipv4,
      AvailabilityZone: subnet.availabilityZone,
    };
  });
  const names =
    type === 'Interface' ? dnsNames(scope, vpcEndpointId, service, spots, options.serviceName) : [];
  for (const { dnsName, addresses } of names) scope.account.dns[dnsName] = records(addresses);
  const hostedZoneId = `Z${scope.tokenOf('hosted-zone', 13).toUpperCase()}`;

  const endpoint: VpcEndpoint = {
    VpcEndpointId: vpcEndpointId,
    VpcEndpointType: type,
    VpcId: network.vpcId,
    ServiceName: options.serviceName ?? serviceNameOf(scope, service),
    State: asSent(options.state ?? 'available'),
    RouteTableIds: [],
    SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
    Groups: type === 'Interface' ? groups(network) : [],
    IpAddressType: network.vpc.ipv6 ? 'dualstack' : 'ipv4',
    PrivateDnsEnabled: false,
    RequesterManaged: options.requesterManaged ?? true,
    NetworkInterfaceIds: interfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    DnsEntries: names.map(({ dnsName }) => ({ DnsName: dnsName, HostedZoneId: hostedZoneId })),
    CreationTimestamp: createdAt,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    OwnerId: ownerId,
    ServiceRegion: scope.region,
  };
  scope.resources.vpcEndpoints.push(endpoint);
  /** The creation of another account's endpoint is in that account's history. */
  if (event !== false && ownerId === scope.accountId) {
    recordCreation(scope, endpoint, createdAt, options.creator, serviceTags, event);
  }
  return {
    vpcEndpointId,
    endpoint,
    dnsName: names[0]?.dnsName ?? null,
    addresses: spots.map(({ address }) => address),
    interfaces,
  };
}

/** An interface that is no endpoint's: an EC2 instance's. */
export function placeInstanceInterface(scope: Scope, network: Network): { networkInterfaceId: string } {
  const [subnet] = network.subnets;
  if (subnet === undefined) throw new RangeError(`${network.vpcId} has no subnet`);
  const instanceId = scope.id('i', 'instance');
  const spot = { subnet, address: subnet.takeAddress() };
  const eni = networkInterface(scope, instanceId, spot, network, 'interface', scope.accountId);
  eni.Description = '';
  eni.RequesterManaged = false;
  eni.Attachment = {
    InstanceId: instanceId,
    InstanceOwnerId: scope.accountId,
    Status: 'attached',
    DeviceIndex: 0,
  };
  scope.resources.networkInterfaces.push(eni);
  return { networkInterfaceId: eni.NetworkInterfaceId };
}

export function records(addresses: readonly Address[]): { a: string[]; aaaa?: string[] } {
  const aaaa = addresses.flatMap(({ ipv6 }) => ipv6 ?? []);
  return { a: addresses.map(({ ipv4 }) => ipv4), ...(aaaa.length === 0 ? {} : { aaaa }) };
}

/** China's services put their own two letters first. */
export function serviceNameOf(scope: Scope, service: string): string {
  return `${scope.partition === 'aws-cn' ? 'cn.' : ''}com.amazonaws.vpce.${scope.region}.${service}`;
}

interface Spot {
  readonly subnet: Subnet;
  readonly address: Address;
}

/** The regional name first. An AWS service that is public by name puts its name where others have a `vpce-svc-…`. */
function dnsNames(scope: Scope, id: string, service: string, spots: readonly Spot[], serviceName?: string) {
  const [, known] = /^com\.amazonaws\.[a-z0-9-]+\.([a-z0-9-]+)$/.exec(serviceName ?? '') ?? [];
  const label = `${id}-${scope.idOf('dns', id).slice(-8)}`;
  const suffix = `${known ?? service}.${scope.region}.vpce.${scope.dnsSuffix}`;
  return [
    { dnsName: `${label}.${suffix}`, addresses: spots.map(({ address }) => address) },
    ...spots.map(({ subnet, address }) => ({
      dnsName: `${label}-${subnet.availabilityZone}.${suffix}`,
      addresses: [address],
    })),
  ];
}

function networkInterface(
  scope: Scope,
  holder: string,
  { subnet, address }: Spot,
  network: Network,
  type: NetworkInterfaceType,
  ownerId: string,
): NetworkInterface & { NetworkInterfaceId: string } {
  return {
    NetworkInterfaceId: scope.idOf('eni', `${holder}/${subnet.subnetId}`),
    AvailabilityZone: subnet.availabilityZone,
    Description: `VPC Endpoint Interface ${holder}`,
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

function groups(network: Network) {
  return network.securityGroupIds.map((GroupId) => ({ GroupId, GroupName: 'default' }));
}

/** The SDK's type has the documentation's capitals; the wire has none. */
function asSent(state: string): State {
  return state as State;
}
