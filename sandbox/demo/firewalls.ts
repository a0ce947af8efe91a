import type { RegionBuilder } from '../build.ts';
import { type Example, eachAge, identifiedById } from './example.ts';

export function firewallExamples(tokyo: RegionBuilder): Example[] {
  return eachAge(tokyo, ({ words, suffix }, createdAt) => {
    const edge = tokyo.firewall({
      name: `edge${suffix}`,
      createdAt,
      event: { later: ['DeleteVpcEndpoints'] },
    });
    const inner = tokyo.firewall({
      name: `inner${suffix}`,
      createdAt,
      tagged: false,
      network: tokyo.network({ subnets: 2 }),
      event: { tagValues: 'text' },
    });
    const spoke = tokyo.vpcEndpointAssociation({ name: `spoke${suffix}`, firewall: edge, createdAt });
    const shared = tokyo.vpcEndpointAssociation({
      name: `shared${suffix}`,
      firewall: { firewallArn: `arn:aws:network-firewall:${tokyo.name}:444455556666:firewall/central` },
      createdAt,
      tagged: false,
    });
    return [
      identifiedById(`a firewall that the endpoint's tag names, ${words}`, edge),
      identifiedById(`a firewall whose endpoint has lost its tags, ${words}`, inner),
      identifiedById(`a VPC endpoint association, in another VPC than its firewall's, ${words}`, spoke),
      identifiedById(`a VPC endpoint association with another account's firewall, ${words}`, shared),
    ];
  });
}
