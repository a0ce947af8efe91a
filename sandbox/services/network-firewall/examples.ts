import { type Example, eachAge, identifiedById } from '../../world/example.ts';
import { type Generation, type Kind, owned, someNetwork, someTraits } from '../../world/generation.ts';
import { network as newNetwork } from '../../world/network.ts';
import type { Scope } from '../../world/scope.ts';
import { type FirewallMade, firewall, firewallTags, vpcEndpointAssociation } from './build.ts';

export function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const edge = firewall(scope, {
      name: `edge${suffix}`,
      createdAt,
      event: { later: ['DeleteVpcEndpoints'] },
    });
    const inner = firewall(scope, {
      name: `inner${suffix}`,
      createdAt,
      tagged: false,
      network: newNetwork(scope, { subnets: 2 }),
      event: { tagValues: 'text' },
    });
    const spoke = vpcEndpointAssociation(scope, { name: `spoke${suffix}`, firewall: edge, createdAt });
    const shared = vpcEndpointAssociation(scope, {
      name: `shared${suffix}`,
      firewall: { firewallArn: scope.arn('network-firewall', 'firewall/central', '444455556666') },
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

export function kinds(generation: Generation): Kind[] {
  const firewalls: FirewallMade[] = [];
  return [() => firewalls.push(someFirewall(generation)), () => associate(generation, firewalls)];
}

function someFirewall(generation: Generation): FirewallMade {
  const tagged = generation.chance.chance(0.6);
  const made = firewall(generation.build, {
    ...someTraits(generation),
    network: someNetwork(generation),
    tagged,
  });
  generation.written.push(firewallTags(made.firewallArn));
  owned(generation, made);
  return made;
}

function associate(generation: Generation, firewalls: readonly FirewallMade[]): void {
  const { build, chance } = generation;
  const some = firewalls[chance.integer(firewalls.length)];
  if (some === undefined) return;
  const made = vpcEndpointAssociation(build, {
    ...someTraits(generation),
    firewall: some,
    network: someNetwork(generation),
    tagged: chance.chance(0.5),
  });
  owned(generation, made);
}
