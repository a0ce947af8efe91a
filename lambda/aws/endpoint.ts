/** The VPC endpoint that is asked about, as EC2 describes it, and the endpoint behind a network interface. */
import type { NetworkInterface, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Identification } from '../http/contract.ts';
import type { Aws } from './clients.ts';
import { endpointOfName, normalise } from './dns.ts';
import { MalformedAnswer } from './failure.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');

export interface Endpoint {
  readonly id: string;
  readonly type: string | null;
  /** Lower case. EC2 documents mixed case and sends lower. */
  readonly state: string | null;
  readonly requesterManaged: boolean | null;
  readonly serviceName: string | null;
  readonly vpcId: string | null;
  readonly subnetIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly createdAt: Date | null;
  readonly ownerId: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Names that are this endpoint's, lower case; wildcards are left out: they are the whole service's. */
  readonly dnsNames: readonly string[];
}

/** @returns `null` when EC2 does not know the id. Cost: one call. */
export async function describeEndpoint(aws: Aws, id: string): Promise<Endpoint | null> {
  const { client, DescribeVpcEndpointsCommand } = await aws(sdk);
  try {
    const { VpcEndpoints } = await client.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    if (!Array.isArray(VpcEndpoints))
      throw new MalformedAnswer('ec2:DescribeVpcEndpoints: the answer has no list');
    const found = VpcEndpoints.find((endpoint) => endpoint.VpcEndpointId?.toLowerCase() === id);
    if (found !== undefined) return toEndpoint(id, found);
    if (VpcEndpoints.length > 0)
      throw new MalformedAnswer(
        'ec2:DescribeVpcEndpoints: the answer has other endpoints than the one asked for',
      );
    return null;
  } catch (error) {
    if (/^InvalidVpcEndpoint(Id)?\.(NotFound|Malformed)$/.test((error as Error).name)) return null;
    throw error;
  }
}

/** EC2 takes so many values of one filter. */
const filterValues = 200;

/**
 * The VPCs of some endpoints, by their ids.
 *
 * Cost: one call per 200 endpoints. Missing: an endpoint that EC2 does not know is not in the map.
 */
export async function vpcsOfEndpoints(
  aws: Aws,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { client, paginateDescribeVpcEndpoints } = await aws(sdk);
  const vpcs = new Map<string, string>();
  for (let from = 0; from < ids.length; from += filterValues) {
    const Values = ids.slice(from, from + filterValues);
    const listed = paginateDescribeVpcEndpoints(
      { client },
      { Filters: [{ Name: 'vpc-endpoint-id', Values }] },
    );
    for await (const page of pages('ec2:DescribeVpcEndpoints', listed, 'VpcEndpoints')) {
      for (const { VpcEndpointId, VpcId } of page) {
        if (VpcEndpointId !== undefined && VpcId !== undefined) vpcs.set(VpcEndpointId.toLowerCase(), VpcId);
      }
    }
  }
  return vpcs;
}

function toEndpoint(id: string, endpoint: VpcEndpoint): Endpoint {
  const names = (endpoint.DnsEntries ?? []).flatMap(({ DnsName }) => (DnsName ? [normalise(DnsName)] : []));
  const tags = (endpoint.Tags ?? []).flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? ''] as const] : []));
  return {
    id,
    type: endpoint.VpcEndpointType ?? null,
    state: endpoint.State?.toLowerCase() ?? null,
    requesterManaged: endpoint.RequesterManaged ?? null,
    serviceName: endpoint.ServiceName ?? null,
    vpcId: endpoint.VpcId ?? null,
    subnetIds: endpoint.SubnetIds ?? [],
    networkInterfaceIds: endpoint.NetworkInterfaceIds ?? [],
    securityGroupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    createdAt: validDate(endpoint.CreationTimestamp),
    ownerId: endpoint.OwnerId ?? null,
    tags: Object.fromEntries(tags),
    dnsNames: names.filter((name) => !name.startsWith('*')),
  };
}

function validDate(date: Date | undefined): Date | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date;
}

/** Whether a DNS name is this endpoint's: EC2 lists it, or its first label carries the endpoint's id. */
export function isNameOf(endpoint: Endpoint, name: string): boolean {
  return endpoint.dnsNames.includes(name) || endpointOfName(name) === endpoint.id;
}

/** The contract's `endpoint`. */
export function presentEndpoint(endpoint: Endpoint): Identification['endpoint'] {
  const { type, state, requesterManaged, serviceName, vpcId, ownerId } = endpoint;
  return {
    type,
    state,
    requesterManaged,
    serviceName,
    vpcId,
    subnetIds: [...endpoint.subnetIds],
    networkInterfaceIds: [...endpoint.networkInterfaceIds],
    securityGroupIds: [...endpoint.securityGroupIds],
    createdAt: endpoint.createdAt === null ? null : toSeconds(endpoint.createdAt),
    ownerId,
    tags: { ...endpoint.tags },
  };
}

/** `2026-10-01T03:12:44Z` */
export function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** @returns `null` when EC2 does not know the id. Cost: one call. */
export async function describeInterface(aws: Aws, id: string): Promise<NetworkInterface | null> {
  const { client, DescribeNetworkInterfacesCommand } = await aws(sdk);
  try {
    const { NetworkInterfaces } = await client.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
    );
    if (!Array.isArray(NetworkInterfaces)) {
      throw new MalformedAnswer('ec2:DescribeNetworkInterfaces: the answer has no list');
    }
    const found = NetworkInterfaces.find(
      ({ NetworkInterfaceId }) => NetworkInterfaceId?.toLowerCase() === id,
    );
    if (found === undefined && NetworkInterfaces.length > 0)
      throw new MalformedAnswer(
        'ec2:DescribeNetworkInterfaces: the answer has other interfaces than the one asked for',
      );
    return found ?? null;
  } catch (error) {
    if (/^InvalidNetworkInterfaceI[Dd]\.(NotFound|Malformed)$/.test((error as Error).name)) return null;
    throw error;
  }
}

/**
 * The endpoint that a network interface belongs to.
 *
 * Source: EC2 writes the endpoint's id into the description of the interface (documented; with a colon for the
 * endpoint types of VPC Lattice). Anyone may write such a description, so the caller asks the endpoint whether the
 * interface is its own. Where there is none, the endpoints of the VPC are listed.
 * Cost: none, or one call per 1,000 endpoints of the VPC.
 */
export async function endpointOfInterface(aws: Aws, eni: NetworkInterface): Promise<string | null> {
  const [, named] = /vpc endpoint interface:? *(vpce-[0-9a-f]{8,17})\b/i.exec(eni.Description ?? '') ?? [];
  if (named !== undefined) return named.toLowerCase();
  if (eni.InterfaceType !== 'vpc_endpoint' && eni.InterfaceType !== 'gateway_load_balancer_endpoint')
    return null;
  if (eni.VpcId === undefined || eni.NetworkInterfaceId === undefined) return null;
  const { client, paginateDescribeVpcEndpoints } = await aws(sdk);
  const listed = paginateDescribeVpcEndpoints(
    { client },
    { Filters: [{ Name: 'vpc-id', Values: [eni.VpcId] }] },
  );
  for await (const endpoints of pages('ec2:DescribeVpcEndpoints', listed, 'VpcEndpoints')) {
    const found = endpoints.find((endpoint) =>
      endpoint.NetworkInterfaceIds?.includes(eni.NetworkInterfaceId ?? ''),
    );
    if (found?.VpcEndpointId !== undefined) return found.VpcEndpointId.toLowerCase();
  }
  return null;
}

/**
 * The private addresses of the endpoint's interfaces.
 *
 * Cost: one call. Errors: an interface that is missing, or has no address, is malformed: without it no other resource's
 * addresses can be told to be different.
 */
export async function interfaceAddresses(aws: Aws, endpoint: Endpoint): Promise<ReadonlySet<string>> {
  const { networkInterfaceIds } = endpoint;
  if (networkInterfaceIds.length === 0) {
    throw new MalformedAnswer(
      'ec2:DescribeVpcEndpoints: the endpoint has no interfaces to compare addresses with',
    );
  }
  const { client, DescribeNetworkInterfacesCommand } = await aws(sdk);
  const { NetworkInterfaces } = await client.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [...networkInterfaceIds] }),
  );
  const addresses = (NetworkInterfaces ?? []).map(addressesOf);
  if (addresses.length < networkInterfaceIds.length || addresses.some(({ length }) => length === 0)) {
    throw new MalformedAnswer('ec2:DescribeNetworkInterfaces: an interface is missing or has no address');
  }
  return new Set(addresses.flat());
}

function addressesOf(eni: NetworkInterface): string[] {
  return [
    eni.PrivateIpAddress,
    ...(eni.PrivateIpAddresses ?? []).map(({ PrivateIpAddress }) => PrivateIpAddress),
    ...(eni.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address),
  ].flatMap((address) => (address ? [canonicalAddress(address)] : []));
}

/** One spelling for each address: IPv6 has many. */
export function canonicalAddress(address: string): string {
  if (!address.includes(':')) return address;
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return address.toLowerCase();
  }
}
