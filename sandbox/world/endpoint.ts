import type { State, VpcEndpoint, VpcEndpointType } from '@aws-sdk/client-ec2';
import type { Creator } from './creator.ts';
import { groups, type PlacedInterface, placeInterfaces, type Spot } from './interfaces.ts';
import type { Address, Network } from './network.ts';
import { ec2Rows } from './rows.ts';
import type { Scope } from './scope.ts';
import { type EventOptions, recordCreation, type Tags } from './trail.ts';

/** Lower case, as EC2 sends it; of a pending acceptance two spellings are documented, and none was seen. */
export type EndpointState =
  | 'pending-acceptance'
  | 'pendingAcceptance'
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'rejected'
  | 'failed'
  | 'expired'
  | 'partial';

/** What a test may choose of any endpoint, whatever made it. */
export interface EndpointTraits {
  readonly vpcEndpointId?: string;
  readonly createdAt?: Date;
  readonly state?: EndpointState;
  /** Of any type, whatever the builder makes otherwise. */
  readonly vpcEndpointType?: VpcEndpointType;
  readonly serviceName?: string;
  /** `absent`: EC2 leaves the member out. */
  readonly requesterManaged?: boolean | 'absent';
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
  /** What the builder makes, where the test does not choose. */
  readonly type?: 'Interface' | 'GatewayLoadBalancer';
  /** Tags that the service gives at the creation. */
  readonly serviceTags?: Tags;
  /** Whether the service's tags are still on the endpoint. */
  readonly tagged?: boolean;
}

export interface Placed {
  readonly vpcEndpointId: string;
  readonly endpoint: VpcEndpoint;
  /** The regional DNS name; a Gateway Load Balancer endpoint has none. */
  readonly dnsName: string | null;
  readonly addresses: readonly Address[];
  readonly interfaces: readonly PlacedInterface[];
}

/** An endpoint, its network interfaces, its DNS names and what CloudTrail still knows of its creation. */
export function placeEndpoint(scope: Scope, options: EndpointOptions): Placed {
  const { name, serviceTags = {}, event = {}, ownerId = scope.accountId } = options;
  const createdAt = options.createdAt ?? scope.daysAgo(5);
  const vpcEndpointId = options.vpcEndpointId ?? scope.id('vpce', name);
  const service = scope.idOf('vpce-svc', vpcEndpointId);
  const type = options.vpcEndpointType ?? options.type ?? 'Interface';
  /** A gateway is a route, and has no interface. */
  const network = type === 'Gateway' ? { ...options.network, subnets: [] } : options.network;

  const spots = network.subnets.map((subnet) => ({ subnet, address: subnet.takeAddress() }));
  const interfaces = placeInterfaces(scope, network, spots, {
    holder: vpcEndpointId,
    description: `VPC Endpoint Interface${lattice.includes(type) ? ':' : ''} ${vpcEndpointId}`,
    type:
      type === 'GatewayLoadBalancer'
        ? 'gateway_load_balancer_endpoint'
        : (options.interfaceType ?? 'vpc_endpoint'),
    ownerId,
    hidden: options.hiddenInterfaces === true,
  });
  const names = nameless.includes(type)
    ? []
    : dnsNames(scope, vpcEndpointId, service, spots, options.serviceName);
  for (const { dnsName, addresses } of names) scope.account.dns[dnsName] = records(addresses);

  const endpoint: VpcEndpoint = {
    ...endpointRow(scope, network, type, options),
    VpcEndpointId: vpcEndpointId,
    ...target(scope, vpcEndpointId, type, options.serviceName),
    NetworkInterfaceIds: interfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    DnsEntries: dnsEntries(scope, names),
    CreationTimestamp: createdAt,
    OwnerId: ownerId,
  };
  ec2Rows(scope.resources).vpcEndpoints.push(endpoint);
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

/** Types without DNS names. That the others have some is documented of interfaces and tunnels only. */
const nameless: readonly VpcEndpointType[] = ['Gateway', 'GatewayLoadBalancer'];
/** VPC Lattice's types: EC2 describes their interfaces with a colon. */
const lattice: readonly VpcEndpointType[] = ['Resource', 'ServiceNetwork'];

/** What the options say by themselves. */
function endpointRow(
  scope: Scope,
  network: Network,
  type: VpcEndpointType,
  options: EndpointOptions,
): VpcEndpoint {
  const { serviceTags = {}, tagged = true, requesterManaged = true } = options;
  const tags = { ...(tagged ? serviceTags : {}), ...options.tags };
  return {
    VpcEndpointType: type,
    VpcId: network.vpcId,
    State: asSent(options.state ?? 'available'),
    RouteTableIds: type === 'Gateway' ? [scope.idOf('rtb', network.vpcId)] : [],
    SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
    Groups: nameless.includes(type) ? [] : groups(network),
    IpAddressType: network.vpc.ipv6 ? 'dualstack' : 'ipv4',
    PrivateDnsEnabled: false,
    ...(requesterManaged === 'absent' ? {} : { RequesterManaged: requesterManaged }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ServiceRegion: scope.region,
  };
}

/** What an endpoint leads to: a service, and for VPC Lattice's types a resource or a network of services. */
function target(scope: Scope, id: string, type: VpcEndpointType, serviceName?: string): VpcEndpoint {
  const given = serviceName === undefined ? {} : { ServiceName: serviceName };
  switch (type) {
    case 'Resource': {
      const resource = `resourceconfiguration/${scope.idOf('rcfg', id)}`;
      return { ...given, ResourceConfigurationArn: scope.arn('vpc-lattice', resource) };
    }
    case 'ServiceNetwork': {
      const serviceNetwork = `servicenetwork/${scope.idOf('sn', id)}`;
      return { ...given, ServiceNetworkArn: scope.arn('vpc-lattice', serviceNetwork) };
    }
    default:
      return { ServiceName: serviceNameOf(scope, scope.idOf('vpce-svc', id)), ...given };
  }
}

function dnsEntries(scope: Scope, names: readonly { readonly dnsName: string }[]) {
  const HostedZoneId = `Z${scope.tokenOf('hosted-zone', 13).toUpperCase()}`;
  return names.map(({ dnsName }) => ({ DnsName: dnsName, HostedZoneId }));
}

export function records(addresses: readonly Address[]): { a: string[]; aaaa?: string[] } {
  const aaaa = addresses.flatMap(({ ipv6 }) => ipv6 ?? []);
  return { a: addresses.map(({ ipv4 }) => ipv4), ...(aaaa.length === 0 ? {} : { aaaa }) };
}

/** China's services put their own two letters first. */
export function serviceNameOf(scope: Scope, service: string): string {
  return `${scope.partition === 'aws-cn' ? 'cn.' : ''}com.amazonaws.vpce.${scope.region}.${service}`;
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

/** The SDK's type has the documentation's capitals; the wire has none. */
function asSent(state: string): State {
  return state as State;
}
