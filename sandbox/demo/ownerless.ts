import type { RegionBuilder } from '../build.ts';
import { type Example, identifiedById, pathOf } from '../world/example.ts';

/** Endpoints that no resource of this account holds, or that need no owner. */
export function ownerlessExamples(tokyo: RegionBuilder): Example[] {
  const young = tokyo.daysAgo(8);
  const old = tokyo.daysAgo(500);
  const outlived = tokyo.orphan({ name: 'outlived', createdAt: young });
  const forgotten = tokyo.orphan({ name: 'forgotten', createdAt: old });
  const demolished = tokyo.firewallOrphan({
    name: 'demolished',
    firewallArn: `arn:aws:network-firewall:${tokyo.name}:${tokyo.accountId}:firewall/demolished`,
    createdAt: young,
    tagged: false,
  });
  const leaving = tokyo.orphan({ name: 'leaving', createdAt: young, state: 'deleting' });
  const foreign = tokyo.orphan({ name: 'foreign', createdAt: old, ownerId: '444455556666' });
  const own = tokyo.customerEndpoint({ name: 'own', createdAt: young });
  const byService = { status: 200, verdict: 'service-identified', confidence: 'probable' } as const;
  const support = { action: 'contact-support' };
  return [
    {
      title: 'an orphan whose creation CloudTrail remembers',
      path: pathOf(outlived.vpcEndpointId),
      expect: { ...byService, service: 'rds-proxy', ...support },
    },
    {
      title: 'an orphan that nothing remembers',
      path: pathOf(forgotten.vpcEndpointId),
      expect: {
        status: 200,
        verdict: 'unidentified',
        confidence: 'none',
        service: null,
        action: 'choose',
      },
    },
    {
      title: 'an orphan of a firewall that is deleted',
      path: pathOf(demolished.vpcEndpointId),
      expect: { ...byService, service: 'network-firewall', ...support },
    },
    {
      title: 'an endpoint that is being deleted',
      path: pathOf(leaving.vpcEndpointId),
      expect: { ...byService, service: 'rds-proxy', action: 'wait' },
    },
    {
      title: 'an endpoint of another account',
      path: pathOf(foreign.vpcEndpointId),
      expect: { status: 200, verdict: 'unidentified', action: 'ask-owner-account' },
    },
    {
      title: "a customer's own endpoint",
      path: pathOf(own.vpcEndpointId),
      expect: { status: 200, verdict: 'not-requester-managed', service: null, action: 'delete-endpoint' },
    },
    lyingTag(tokyo),
  ];
}

function lyingTag(tokyo: RegionBuilder): Example {
  const { firewallArn } = tokyo.firewall({ name: 'accused', createdAt: tokyo.daysAgo(120) });
  const invoices = tokyo.rdsProxy({
    name: 'invoices',
    createdAt: tokyo.daysAgo(120),
    tags: { AWSNetworkFirewallManaged: 'true', Firewall: firewallArn },
  });
  return identifiedById('an RDS proxy whose endpoint is tagged with the name of a firewall', invoices);
}
