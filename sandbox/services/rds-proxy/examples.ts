import { type Example, eachAge, identifiedById } from '../../world/example.ts';
import {
  type Generation,
  type Kind,
  owned,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../../world/generation.ts';
import { network as newNetwork } from '../../world/network.ts';
import type { Scope } from '../../world/scope.ts';
import { type ProxyMade, rdsProxy, rdsProxyEndpoint, rdsProxyInCreation } from './build.ts';

export function examples(scope: Scope): Example[] {
  addProxiesInCreation(scope);
  const aged = eachAge(scope, ({ words, suffix }, createdAt) => {
    const orders = rdsProxy(scope, { name: `orders${suffix}`, createdAt, event: { failedBefore: true } });
    const reports = rdsProxyEndpoint(scope, { name: `reports${suffix}`, proxy: orders, createdAt });
    const network = newNetwork(scope, { range: '10.1' });
    const branch = rdsProxyEndpoint(scope, { name: `branch${suffix}`, proxy: orders, network, createdAt });
    /** Both first in their VPCs: the same private addresses. */
    const ledger = rdsProxy(scope, { name: `ledger${suffix}`, createdAt, resolves: 'addresses' });
    const mirror = rdsProxy(scope, { name: `ledger-mirror${suffix}`, createdAt, resolves: 'addresses' });
    const probable = { confidence: 'probable' } as const;
    return [
      identifiedById(`an RDS proxy, ${words}`, orders),
      identifiedById(`an endpoint added to an RDS proxy, ${words}`, reports),
      identifiedById(`an endpoint added to an RDS proxy, in another VPC, ${words}`, branch),
      identifiedById(`an RDS proxy without an alias, by its addresses, ${words}`, ledger, probable),
      identifiedById(`the same addresses in another VPC: another RDS proxy, ${words}`, mirror, probable),
    ];
  });

  const old = scope.daysAgo(300);
  const network = newNetwork(scope);
  const left = rdsProxy(scope, { name: 'twin-left', network, createdAt: old, resolves: 'alias-chain' });
  const right = rdsProxy(scope, {
    name: 'twin-right',
    network,
    createdAt: old,
    spelling: 'upper-case-final-dot',
  });
  const sixth = rdsProxy(scope, {
    name: 'sixth',
    network: newNetwork(scope, { ipv6: true }),
    createdAt: old,
    resolves: 'ipv6-addresses',
  });
  const twoMinutesAgo = new Date(scope.now.getTime() - 2 * 60 * 1000);
  const fresh = rdsProxy(scope, { name: 'fresh', createdAt: twoMinutesAgo, event: false });
  const going = rdsProxy(scope, { name: 'going', status: 'deleting', createdAt: old });
  return [
    ...aged,
    identifiedById('one of two RDS proxies on the same subnets and security group', left),
    identifiedById('the other one of them', right),
    identifiedById('an RDS proxy by its IPv6 addresses', sixth, { confidence: 'probable' }),
    identifiedById('an RDS proxy so young that CloudTrail does not know yet', fresh),
    identifiedById('an RDS proxy that is being deleted', going, { action: 'wait' }),
  ];
}

/** More proxies than a page holds: none of them has a VPC endpoint yet. */
function addProxiesInCreation(scope: Scope): void {
  const network = newNetwork(scope, { name: 'decoys' });
  for (let index = 1; index <= 105; index += 1) {
    rdsProxyInCreation(scope, { name: `decoy-${String(index).padStart(3, '0')}`, network });
  }
}

export function kinds(generation: Generation): Kind[] {
  const proxies: ProxyMade[] = [];
  return [
    () => proxies.push(someProxy(generation)),
    () => addEndpoint(generation, proxies),
    () => perhapsInCreation(generation),
  ];
}

function someProxy(generation: Generation): ProxyMade {
  const made = rdsProxy(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation),
    network: someNetwork(generation),
  });
  owned(generation, made);
  return made;
}

function addEndpoint(generation: Generation, proxies: readonly ProxyMade[]): void {
  const { build, chance } = generation;
  const proxy = proxies[chance.integer(proxies.length)];
  if (proxy === undefined) return;
  const made = rdsProxyEndpoint(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation),
    ...(chance.chance(0.5) ? { network: someNetwork(generation) } : {}),
    proxy,
  });
  owned(generation, made);
}

function perhapsInCreation(generation: Generation): void {
  const { build, chance } = generation;
  if (chance.chance(0.1)) rdsProxyInCreation(build, { network: someNetwork(generation) });
}
