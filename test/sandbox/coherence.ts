import { isIPv4, isIPv6 } from 'node:net';
import type { Account, Region } from '../../sandbox/account.ts';

const historyMs = 90 * 24 * 60 * 60 * 1000;

/** What does not fit together in an account, one sentence each. */
export function incoherences(account: Account, now: Date): string[] {
  const regions = Object.values(account.regions);
  return [
    ...repeatedIds(regions),
    ...danglingAliases(account),
    ...malformedAddresses(account),
    ...regions.flatMap((region) => [
      ...interfaceFaults(region),
      ...nameFaults(account, region),
      ...eventFaults(region, now),
    ]),
  ];
}

function repeatedIds(regions: readonly Region[]): string[] {
  const ids = regions.flatMap((region) => [
    ...region.vpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId),
    ...region.networkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    ...region.events.map(({ EventId }) => EventId),
    ...region.dbClusters.map(({ DBClusterArn }) => DBClusterArn),
    ...region.dbProxies.map(({ DBProxyArn }) => DBProxyArn),
    ...region.dbProxyEndpoints.map(({ DBProxyEndpointArn }) => DBProxyEndpointArn),
    ...region.redshiftClusters.map(({ ClusterIdentifier }) => ClusterIdentifier),
    ...region.redshiftEndpointAccess.map(({ EndpointName }) => EndpointName),
    ...region.workgroups.map(({ workgroupArn }) => workgroupArn),
    ...region.serverlessEndpointAccess.map(({ endpointArn }) => endpointArn),
    ...region.firewalls.map(({ Firewall }) => Firewall.FirewallArn),
    ...region.vpcEndpointAssociations.map((row) => row.VpcEndpointAssociation.VpcEndpointAssociationArn),
    ...region.transferServers.map(({ Server }) => Server.ServerId),
    ...region.transferWebApps.map(({ WebApp }) => WebApp.WebAppId),
  ]);
  const seen = new Set<string | undefined>();
  return ids.flatMap((id) => {
    if (id !== undefined && !seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [`${id} is missing or twice`];
  });
}

function interfaceFaults(region: Region): string[] {
  const byId = new Map(region.networkInterfaces.map((eni) => [eni.NetworkInterfaceId, eni]));
  const spots = new Set(region.networkInterfaces.map((eni) => `${eni.VpcId} ${eni.PrivateIpAddress}`));
  const shared = spots.size === byId.size ? [] : ['two interfaces of one VPC have the same address'];
  return region.vpcEndpoints.reduce((faults, endpoint) => {
    const ids = endpoint.NetworkInterfaceIds ?? [];
    if (ids.length !== endpoint.SubnetIds?.length)
      faults.push(`${endpoint.VpcEndpointId} has subnets without interfaces`);
    for (const [index, id] of ids.entries()) {
      const eni = byId.get(id);
      const fits =
        eni?.VpcId === endpoint.VpcId &&
        eni?.SubnetId === endpoint.SubnetIds?.[index] &&
        eni?.Description?.replace(':', '') === `VPC Endpoint Interface ${endpoint.VpcEndpointId}`;
      if (!fits) faults.push(`${id} does not fit ${endpoint.VpcEndpointId}`);
    }
    return faults;
  }, shared);
}

/** The regional name has the addresses of all the interfaces; a gateway's endpoint of either kind has no name. */
function nameFaults({ dns }: Account, region: Region): string[] {
  const byId = new Map(region.networkInterfaces.map((eni) => [eni.NetworkInterfaceId, eni]));
  return region.vpcEndpoints.flatMap(
    ({ VpcEndpointId, VpcEndpointType, DnsEntries, NetworkInterfaceIds }) => {
      if (VpcEndpointType?.startsWith('Gateway')) {
        return DnsEntries?.length === 0 ? [] : [`${VpcEndpointId} has names`];
      }
      const addresses = NetworkInterfaceIds?.map((id) => byId.get(id)?.PrivateIpAddress);
      const regional = DnsEntries?.[0]?.DnsName ?? '';
      const same = String(dns[regional]?.a) === String(addresses);
      return same && regional.startsWith(`${VpcEndpointId}-`) ? [] : [`${regional} is not ${VpcEndpointId}`];
    },
  );
}

function danglingAliases({ dns, regions }: Account): string[] {
  const names = new Set(
    Object.values(regions).flatMap(({ vpcEndpoints }) =>
      vpcEndpoints.flatMap(({ DnsEntries }) => DnsEntries?.[0]?.DnsName ?? []),
    ),
  );
  return Object.keys(dns).flatMap((name) => {
    if (name !== name.toLowerCase() || name.endsWith('.')) return [`${name} is not a plain name`];
    const chain = aliasesOf(dns, name);
    const end = chain.at(-1);
    return end === undefined || names.has(end) ? [] : [`${name} ends at ${end}`];
  });
}

function malformedAddresses({ dns, regions }: Account): string[] {
  const enis = Object.values(regions).flatMap(({ networkInterfaces }) => networkInterfaces);
  const names = Object.values(dns);
  return [
    ...names.flatMap(({ a = [] }) => a).filter((address) => !isIPv4(address)),
    ...names.flatMap(({ aaaa = [] }) => aaaa).filter((address) => !isIPv6(address)),
    ...enis.flatMap(({ PrivateIpAddress = '' }) => (isIPv4(PrivateIpAddress) ? [] : [PrivateIpAddress])),
    ...enis.flatMap(({ Ipv6Addresses = [] }) =>
      Ipv6Addresses.flatMap(({ Ipv6Address = '' }) => (isIPv6(Ipv6Address) ? [] : [Ipv6Address])),
    ),
  ];
}

/** The names that a name is an alias of, to the last. */
export function aliasesOf(dns: Account['dns'], name: string): string[] {
  const chain: string[] = [];
  for (let next = dns[name]?.cname; next !== undefined && chain.length < 10; next = dns[next]?.cname)
    chain.push(next);
  return chain;
}

function eventFaults({ events, vpcEndpoints }: Region, now: Date): string[] {
  const created = new Map(
    vpcEndpoints.map((endpoint) => [endpoint.VpcEndpointId, endpoint.CreationTimestamp]),
  );
  return events.flatMap(({ EventId, EventTime, EventName, Resources, CloudTrailEvent }) => {
    const record: { eventID?: string; eventName?: string } = JSON.parse(CloudTrailEvent ?? '{}');
    if (record.eventID !== EventId || record.eventName !== EventName) return [`${EventId} is not its record`];
    const time = EventTime?.getTime() ?? 0;
    if (time > now.getTime() || now.getTime() - time > historyMs)
      return [`${EventId} is outside the history`];
    const named = (Resources ?? []).filter(({ ResourceType }) => ResourceType === 'AWS::EC2::VPCEndpoint');
    return named.flatMap(({ ResourceName }) => {
      const age = now.getTime() - (created.get(ResourceName)?.getTime() ?? 0);
      return age < historyMs ? [] : [`${EventId} tells of ${ResourceName}, which is too old`];
    });
  });
}
