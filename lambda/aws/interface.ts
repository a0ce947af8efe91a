/** Network interfaces: the endpoint behind one, and whose private addresses are. */
import type { Filter, NetworkInterface } from '@aws-sdk/client-ec2';
import type { Actions, Aws } from '../model/service.ts';
import { mostFilterValues } from './endpoint.ts';
import { MalformedAnswer } from './failure.ts';
import { pages } from './pages.ts';

const sdk = () => import('./sdk/ec2.ts');

export const actions: Actions = {
  'ec2:DescribeNetworkInterfaces': 'anything',
  'ec2:DescribeVpcEndpoints': 'anything',
};

/** What services manage, EC2 may hide from who does not ask for it (since April 2026). */
const IncludeManagedResources = true;

/** @returns `null` when EC2 does not know the id. Cost: one call. */
export async function describeInterface(aws: Aws, id: string): Promise<NetworkInterface | null> {
  const { client, DescribeNetworkInterfacesCommand } = await aws(sdk);
  try {
    const { NetworkInterfaces } = await client.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id], IncludeManagedResources }),
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
  const named = endpointInDescription(eni);
  if (named !== null) return named;
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
 * The private addresses of some interfaces, by the interfaces' ids.
 *
 * Cost: one call per 200 interfaces. Missing: an interface that EC2 does not know is not in the map.
 */
export async function addressesOfInterfaces(
  aws: Aws,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const filters = (Values: string[]) => [{ Name: 'network-interface-id', Values }];
  for await (const eni of interfacesWith(aws, ids, mostFilterValues, filters))
    found.set(eni.NetworkInterfaceId ?? '', addressesOf(eni));
  return found;
}

/**
 * The endpoints whose interfaces have some private addresses in a VPC, by address.
 *
 * Source: EC2 writes the endpoint's id into the description of its interface. A customer may write the same into one of
 * their own, so only interfaces that a requester manages count.
 * Cost: one call per 199 addresses of each family. Missing: an address that is no endpoint's is not in the map.
 */
export async function endpointsAtAddresses(
  aws: Aws,
  vpcId: string,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const endpoints = new Map<string, string>();
  const families = [
    ['addresses.private-ip-address', addresses.filter((address) => !address.includes(':'))],
    ['ipv6-addresses.ipv6-address', addresses.filter((address) => address.includes(':'))],
  ] as const;
  for (const [Name, ofFamily] of families) {
    const filters = (Values: string[]) => [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name, Values },
    ];
    for await (const eni of interfacesWith(aws, ofFamily, mostFilterValues - 1, filters)) {
      const endpointId = eni.RequesterManaged === true ? endpointInDescription(eni) : null;
      if (endpointId !== null) for (const address of addressesOf(eni)) endpoints.set(address, endpointId);
    }
  }
  return endpoints;
}

async function* interfacesWith(
  aws: Aws,
  values: readonly string[],
  atOnce: number,
  filters: (values: string[]) => Filter[],
): AsyncGenerator<NetworkInterface> {
  const { client, paginateDescribeNetworkInterfaces } = await aws(sdk);
  for (let from = 0; from < values.length; from += atOnce) {
    const Filters = filters(values.slice(from, from + atOnce));
    const listed = paginateDescribeNetworkInterfaces({ client }, { Filters, IncludeManagedResources });
    for await (const page of pages('ec2:DescribeNetworkInterfaces', listed, 'NetworkInterfaces')) yield* page;
  }
}

function endpointInDescription({ Description = '' }: NetworkInterface): string | null {
  const [, id] = /vpc endpoint interface:? *(vpce-[0-9a-f]{8,17})\b/i.exec(Description) ?? [];
  return id?.toLowerCase() ?? null;
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
