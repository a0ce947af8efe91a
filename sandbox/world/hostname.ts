import { type Placed, records } from './endpoint.ts';
import { ec2Rows } from './rows.ts';
import type { Scope } from './scope.ts';

export interface HostnameOptions {
  /**
   * `alias`: one CNAME to the endpoint's regional name; `alias-chain`: three; `addresses` and `ipv6-addresses`: the
   * endpoint's own addresses and no alias; `public`: addresses of the internet; `sinkhole`: private addresses that are
   * nobody's, as a firewall for DNS answers; `nowhere`: the name does not exist.
   */
  readonly resolves?:
    | 'alias'
    | 'alias-chain'
    | 'addresses'
    | 'ipv6-addresses'
    | 'public'
    | 'sinkhole'
    | 'nowhere';
  /** Of this endpoint, which may be somebody else's, the hostname is an alias. */
  readonly aliasOf?: string;
  /** How the service spells the hostname. DNS does not care. */
  readonly spelling?: 'plain' | 'upper-case' | 'final-dot' | 'upper-case-final-dot';
}

/** Makes a hostname lead to an endpoint. @returns the hostname as the service spells it. */
export function publishHostname(
  scope: Scope,
  hostname: string,
  placed: Placed,
  { resolves = 'alias', spelling = 'plain', aliasOf }: HostnameOptions,
): string {
  const { dns } = scope.account;
  const target = aliasOf === undefined ? placed.dnsName : regionalNameOf(scope, aliasOf);
  const name = hostname.toLowerCase();
  switch (resolves) {
    case 'alias':
    case 'alias-chain': {
      if (target === null)
        throw new TypeError(
          `${aliasOf ?? placed.vpcEndpointId} has no DNS name that ${name} could be an alias of`,
        );
      const steps = resolves === 'alias' ? [] : [`blue.${name}`, `a.blue.${name}`];
      for (const [index, from] of [name, ...steps].entries()) dns[from] = { cname: steps[index] ?? target };
      break;
    }
    case 'addresses':
      dns[name] = records(placed.addresses);
      break;
    case 'ipv6-addresses':
      dns[name] = { aaaa: placed.addresses.flatMap(({ ipv6 }) => ipv6 ?? []) };
      break;
    case 'public':
      dns[name] = { a: [`198.51.100.${1 + (Number.parseInt(scope.tokenOf(name, 4), 36) % 254)}`] };
      break;
    case 'sinkhole':
      dns[name] = { a: ['100.64.0.9', '10.99.99.99'] };
      break;
    case 'nowhere':
      break;
  }
  const cased = spelling.startsWith('upper-case') ? hostname.toUpperCase() : hostname;
  return spelling.endsWith('final-dot') ? `${cased}.` : cased;
}

function regionalNameOf({ resources }: Scope, vpcEndpointId: string): string | null {
  const endpoint = ec2Rows(resources).vpcEndpoints.find(
    ({ VpcEndpointId }) => VpcEndpointId === vpcEndpointId,
  );
  return endpoint?.DnsEntries?.[0]?.DnsName ?? null;
}
