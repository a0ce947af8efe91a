import { describe, expect, test } from '@jest/globals';
import { settle } from '../lambda/answer/settle.ts';
import type { Endpoint } from '../lambda/aws/endpoint.ts';
import type { Failure } from '../lambda/aws/failure.ts';
import { claimFindings } from '../lambda/evidence/claims.ts';
import type { Creation } from '../lambda/evidence/cloudtrail.ts';
import type { CheckFinding, ClaimFinding, Findings, Match } from '../lambda/findings.ts';
import { resolvers } from '../lambda/resolvers/index.ts';

const now = new Date('2026-10-11T00:00:00Z');
const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';

function endpointWith(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'vpce-0ce9fdcdd4aa4097e',
    type: 'Interface',
    state: 'available',
    requesterManaged: true,
    serviceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
    vpcId: 'vpc-1',
    subnetIds: [],
    networkInterfaceIds: [],
    securityGroupIds: [],
    createdAt: new Date('2026-10-01T00:00:00Z'),
    ownerId: '111122223333',
    tags: {},
    dnsNames: [],
    ...changes,
  };
}

const tagged = endpointWith({ tags: { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' } });

const byRds: Creation = {
  eventTime: new Date('2026-10-01T00:00:00Z'),
  principal: 'rds.amazonaws.com',
  roleName: 'AWSServiceRoleForRDS',
  sessionNames: ['RDSSlrAssumptionSession'],
  tags: {},
  claimedBy: [],
};
const bySession = (session: string): Creation => ({ ...byRds, sessionNames: [session] });
const byPrincipal = (principal: string): Creation => ({ ...byRds, principal, roleName: null });

const sources = { confirmed: 'dns', probable: 'address', hint: 'network' } as const;

function match(id: 'rds-proxy' | 'redshift', resourceId: string, strength: Match['strength']): Match {
  const arn = `arn:aws:rds:ap-northeast-1:111122223333:db-proxy:${resourceId}`;
  const owner = { resourceType: id, resourceId, arn, parentArn: null, consoleUrl: null };
  return {
    service: { id, name: id },
    attachment: { owner },
    owner,
    strength,
    source: sources[strength],
    statement: `${resourceId} holds it`,
    removal: { summary: '', commands: [], warnings: [], documentation: '' },
  };
}

function check(name: string, ...failures: Failure[]): CheckFinding {
  const report = { check: name, outcome: 'no-match', reason: null, apiCalls: 1, durationMs: 1 } as const;
  return { report, failures, throttled: 0 };
}
const denied: Failure = { kind: 'denied', action: 'rds:DescribeDBProxies', reason: 'not allowed' };

interface Scene {
  readonly endpoint?: Endpoint;
  readonly creation?: Creation;
  readonly named?: Record<string, ClaimFinding['standing']>;
  readonly confirmed?: Match;
  readonly others?: readonly Match[];
  readonly checks?: readonly CheckFinding[];
}

/** The answer, with the real resolvers' reading of the endpoint and its creation. */
function answer({ endpoint = endpointWith(), creation, named = {}, ...scene }: Scene) {
  const findings: Findings = {
    endpoint,
    place: { region: 'ap-northeast-1', accountId: '111122223333' },
    claims: claimFindings(resolvers, endpoint, creation ?? null, new Map(Object.entries(named))),
    confirmed: scene.confirmed ?? null,
    others: scene.others ?? [],
    checks: scene.checks ?? [check('rds-proxy')],
    unplaced: [],
    creation: creation ?? null,
    now,
  };
  return settle(findings);
}

const strengths = ({ evidence }: ReturnType<typeof answer>) =>
  evidence.map(({ source, service, strength }) => `${source} ${service} ${strength}`);

describe('a tag', () => {
  test('that names a firewall which does not hold the endpoint is refuted, with the other tags of that hand', () => {
    const result = answer({ endpoint: tagged, named: { [firewallArn]: 'refuted' } });
    expect(result).toMatchObject({ verdict: 'unidentified', service: null, confidence: 'none' });
    expect(strengths(result)).toEqual([
      'endpoint-tag network-firewall refuted',
      'endpoint-tag network-firewall refuted',
    ]);
    expect(result.evidence[0]?.statement).toBe(
      `The endpoint carries the tag Firewall=${firewallArn}, but that resource does not hold the endpoint`,
    );
  });

  test('never wins over a resource that is confirmed to hold the endpoint', () => {
    const result = answer({ endpoint: tagged, confirmed: match('rds-proxy', 'orders', 'confirmed') });
    expect(result).toMatchObject({
      verdict: 'identified',
      service: { id: 'rds-proxy' },
      owner: { resourceId: 'orders' },
    });
    expect(strengths(result)).toEqual([
      'endpoint-tag network-firewall refuted',
      'endpoint-tag network-firewall refuted',
      'dns rds-proxy confirmed',
    ]);
  });

  test('of a firewall that is deleted names the service, and no resource', () => {
    const result = answer({ endpoint: tagged, named: { [firewallArn]: 'gone' } });
    expect(result).toMatchObject({
      verdict: 'service-identified',
      confidence: 'probable',
      service: { id: 'network-firewall' },
      owner: null,
      nextStep: { action: 'contact-support' },
    });
    expect(result.evidence[0]?.statement).toMatch(/, but there is no such resource any more$/);
  });

  test("of another account's firewall sends to that account, and never to support", () => {
    const foreignArn = firewallArn.replace('111122223333', '444455556666');
    const endpoint = endpointWith({ tags: { Firewall: foreignArn } });
    const result = answer({ endpoint, named: { [foreignArn]: 'foreign' } });
    expect(result).toMatchObject({ verdict: 'service-identified', owner: null });
    expect(result.nextStep.action).toBe('ask-owner-account');
    expect(result.nextStep.summary).toMatch('444455556666');
    expect(result.evidence[0]?.statement).toMatch(
      /, a resource of another account, which this one cannot read$/,
    );
  });

  test('whose value is no ARN of a firewall claims nothing', () => {
    const endpoint = endpointWith({ tags: { Firewall: 'edge', AWSNetworkFirewallManaged: 'no' } });
    expect(answer({ endpoint })).toMatchObject({ verdict: 'unidentified', evidence: [] });
  });

  test('counts after what CloudTrail and EC2 say', () => {
    const endpoint = endpointWith({ tags: { AWSMSKManaged: 'true' } });
    const result = answer({ endpoint, creation: byRds });
    expect(result.service?.id).toBe('rds-proxy');
    expect(result.evidence.map(({ source }) => source)).toEqual(['cloudtrail', 'endpoint-tag']);
  });
});

describe('the creator', () => {
  test('is told from its siblings by the name of the session', () => {
    expect(answer({ creation: byRds }).service?.id).toBe('rds-proxy');
    expect(answer({ creation: bySession('RDSAuroraServeless') }).service?.id).toBe('aurora-serverless');
    expect(answer({ creation: bySession('RDSAuroraServerless') }).service?.id).toBe('aurora-serverless');
    expect(answer({ creation: bySession('Unknown') }).service).toEqual({ id: 'rds', name: 'Amazon RDS' });
  });

  test('that is not known is named as it is', () => {
    const service = { id: 'newthing', name: 'newthing.amazonaws.com' };
    expect(answer({ creation: byPrincipal('newthing.amazonaws.com') })).toMatchObject({ service });
  });

  test('that is a person, or CloudFormation, claims nothing', () => {
    const person = { ...byRds, principal: null, roleName: 'Admin', sessionNames: ['alice'] };
    expect(answer({ creation: person }).evidence).toEqual([]);
    expect(answer({ creation: byPrincipal('cloudformation.amazonaws.com') }).evidence).toEqual([]);
  });

  test('is said with its time', () => {
    expect(answer({ creation: byRds }).evidence).toEqual([
      {
        source: 'cloudtrail',
        service: 'rds-proxy',
        strength: 'probable',
        statement: 'RDSSlrAssumptionSession (rds.amazonaws.com) created the endpoint at 2026-10-01T00:00:00Z',
      },
    ]);
  });
});

test('a service name that only one service has counts above everything else', () => {
  const endpoint = endpointWith({ serviceName: 'com.amazonaws.ap-northeast-1.transfer.server.c-0026' });
  const result = answer({ endpoint, creation: byRds });
  expect(result.service?.id).toBe('transfer');
  expect(result.evidence[0]?.source).toBe('service-name');
});

describe('equal addresses', () => {
  const orders = match('rds-proxy', 'orders', 'probable');

  test('in the VPC make one resource the probable owner', () => {
    expect(answer({ others: [orders] })).toMatchObject({
      verdict: 'identified',
      confidence: 'probable',
      owner: { resourceId: 'orders' },
      candidates: [],
    });
  });

  test('make no owner against what CloudTrail says, and no orphan either', () => {
    const result = answer({ others: [match('redshift', 'sales', 'probable')], creation: byRds });
    expect(result).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      service: { id: 'rds-proxy' },
    });
    expect(result.candidates.map(({ resourceId }) => resourceId)).toEqual(['sales']);
    expect(result.nextStep.action).not.toBe('contact-support');
  });

  test('of two resources are told apart by CloudTrail', () => {
    const others = [match('redshift', 'sales', 'probable'), orders];
    expect(answer({ others, creation: byRds })).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: 'orders' },
    });
  });

  test('of two resources are ambiguous where nothing tells them apart', () => {
    const result = answer({ others: [orders, match('rds-proxy', 'invoices', 'probable')] });
    expect(result).toMatchObject({
      verdict: 'ambiguous',
      owner: null,
      service: { id: 'rds-proxy' },
      confidence: 'probable',
    });
    expect(result.candidates.map(({ resourceId }) => resourceId)).toEqual(['orders', 'invoices']);
    expect(result.nextStep.action).toBe('choose');
  });

  test('of two services leave the service open', () => {
    const others = [orders, match('redshift', 'sales', 'probable')];
    expect(answer({ others })).toMatchObject({ verdict: 'ambiguous', service: null, confidence: 'none' });
  });
});

describe('a shared network is a hint', () => {
  const hints = ['left', 'right'].map((name) => match('rds-proxy', name, 'hint'));

  test('that never identifies, not even with CloudTrail on its side', () => {
    const others = hints.slice(0, 1);
    expect(answer({ others })).toMatchObject({ verdict: 'unidentified', owner: null, confidence: 'none' });
    const result = answer({ others, creation: byRds });
    expect(result).toMatchObject({ verdict: 'service-identified', owner: null });
    expect(result.candidates).toHaveLength(1);
    expect(result.nextStep.action).toBe('choose');
  });

  test('of several resources is ambiguous once everything is checked', () => {
    expect(answer({ others: hints })).toMatchObject({ verdict: 'ambiguous', owner: null });
    const incomplete = answer({ others: hints, checks: [check('rds-proxy', denied)] });
    expect(incomplete).toMatchObject({ verdict: 'unidentified', complete: false });
  });

  test('counts for nothing beside equal addresses', () => {
    const others = [...hints, match('rds-proxy', 'orders', 'probable')];
    expect(answer({ others })).toMatchObject({ owner: { resourceId: 'orders' }, candidates: [] });
  });
});

describe('an answer', () => {
  test('is complete when the owner is confirmed, whatever else failed', () => {
    const confirmed = match('rds-proxy', 'orders', 'confirmed');
    expect(answer({ confirmed, checks: [check('redshift', denied)] })).toMatchObject({
      complete: true,
      confidence: 'confirmed',
    });
  });

  test('is not complete when a check failed and no owner is confirmed', () => {
    const checks = [check('rds-proxy', denied), check('redshift')];
    expect(answer({ checks }).complete).toBe(false);
    expect(answer({ checks, others: [match('redshift', 'sales', 'probable')] }).complete).toBe(false);
    expect(answer({}).complete).toBe(true);
  });

  test('for an endpoint that the customer may delete still names the service that made it', () => {
    const serviceName = 'com.amazonaws.ap-northeast-1.guardduty-data';
    const guard = endpointWith({ requesterManaged: false, serviceName, tags: { GuardDutyManaged: 'true' } });
    expect(answer({ endpoint: guard })).toMatchObject({
      verdict: 'not-requester-managed',
      service: { id: 'guardduty' },
      owner: null,
      complete: true,
    });
    const own = endpointWith({ requesterManaged: false, serviceName: 'com.amazonaws.ap-northeast-1.ssm' });
    expect(answer({ endpoint: own })).toMatchObject({ verdict: 'not-requester-managed', service: null });
  });
});
