import type { RegionBuilder } from '../build.ts';
import { type Example, eachAge, identified, identifiedById, pathOf } from './example.ts';

export function proxyExamples(tokyo: RegionBuilder): Example[] {
  addDecoys(tokyo);
  const aged = eachAge(tokyo, ({ words, suffix }, createdAt) => {
    const orders = tokyo.rdsProxy({ name: `orders${suffix}`, createdAt, event: { failedBefore: true } });
    const reports = tokyo.rdsProxyEndpoint({ name: `reports${suffix}`, proxy: orders, createdAt });
    const network = tokyo.network({ range: '10.1' });
    const branch = tokyo.rdsProxyEndpoint({ name: `branch${suffix}`, proxy: orders, network, createdAt });
    /** Both first in their VPCs: the same private addresses. */
    const ledger = tokyo.rdsProxy({ name: `ledger${suffix}`, createdAt, resolves: 'addresses' });
    const mirror = tokyo.rdsProxy({ name: `ledger-mirror${suffix}`, createdAt, resolves: 'addresses' });
    const probable = { confidence: 'probable' } as const;
    return [
      identifiedById(`an RDS proxy, ${words}`, orders),
      identifiedById(`an endpoint added to an RDS proxy, ${words}`, reports),
      identifiedById(`an endpoint added to an RDS proxy, in another VPC, ${words}`, branch),
      identifiedById(`an RDS proxy without an alias, by its addresses, ${words}`, ledger, probable),
      identifiedById(`the same addresses in another VPC: another RDS proxy, ${words}`, mirror, probable),
    ];
  });

  const old = tokyo.daysAgo(300);
  const network = tokyo.network();
  const left = tokyo.rdsProxy({ name: 'twin-left', network, createdAt: old, resolves: 'alias-chain' });
  const right = tokyo.rdsProxy({
    name: 'twin-right',
    network,
    createdAt: old,
    spelling: 'upper-case-final-dot',
  });
  const sixth = tokyo.rdsProxy({
    name: 'sixth',
    network: tokyo.network({ ipv6: true }),
    createdAt: old,
    resolves: 'ipv6-addresses',
  });
  const twoMinutesAgo = new Date(tokyo.now.getTime() - 2 * 60 * 1000);
  const fresh = tokyo.rdsProxy({ name: 'fresh', createdAt: twoMinutesAgo, event: false });
  const going = tokyo.rdsProxy({ name: 'going', status: 'deleting', createdAt: old });
  return [
    ...aged,
    identifiedById('one of two RDS proxies on the same subnets and security group', left),
    identifiedById('the other one of them', right),
    identifiedById('an RDS proxy by its IPv6 addresses', sixth, { confidence: 'probable' }),
    identifiedById('an RDS proxy so young that CloudTrail does not know yet', fresh),
    identifiedById('an RDS proxy that is being deleted', going, { action: 'wait' }),
  ];
}

export function auroraExamples(tokyo: RegionBuilder): Example[] {
  const aged = eachAge(tokyo, ({ words, suffix }, createdAt) => {
    const carts = tokyo.auroraServerless({ name: `carts${suffix}`, createdAt });
    const { owner, writerVpcEndpointId, otherVpcEndpointId } = carts;
    return [
      identified(
        `an Aurora Serverless v1 cluster by its endpoint, ${words}`,
        pathOf(writerVpcEndpointId),
        owner,
      ),
      identified(
        `an Aurora Serverless v1 cluster by its reader endpoint, ${words}`,
        pathOf(otherVpcEndpointId),
        owner,
      ),
    ];
  });
  const shared = {
    network: tokyo.network(),
    createdAt: tokyo.daysAgo(700),
    readerEndpoint: false,
  };
  const blue = tokyo.auroraServerless({ name: 'stock-blue', ...shared });
  tokyo.auroraServerless({ name: 'stock-green', ...shared });
  return [
    ...aged,
    {
      title: 'one of two Aurora Serverless v1 clusters, and nothing tells which',
      path: pathOf(blue.otherVpcEndpointId),
      expect: { status: 200, verdict: 'ambiguous', action: 'choose', candidates: 2 },
    },
  ];
}

/** More proxies than a page holds, and clusters of every engine: none of them holds a VPC endpoint. */
function addDecoys(tokyo: RegionBuilder): void {
  const network = tokyo.network({ name: 'decoys' });
  for (let index = 1; index <= 105; index += 1) {
    tokyo.rdsProxyInCreation({ name: `decoy-${String(index).padStart(3, '0')}`, network });
  }
  for (const engine of ['neptune', 'docdb', 'aurora-postgresql', 'aurora-mysql'] as const) {
    tokyo.dbCluster({ name: `decoy-${engine}`, network, engine });
  }
}
