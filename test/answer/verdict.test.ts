import { describe, expect, test } from '@jest/globals';
import { identify } from '../../lambda/answer/identify.ts';
import { claimsOf } from '../../lambda/evidence/claims.ts';
import type {
  Case,
  Creation,
  Doubt,
  Endpoint,
  JudgedClaim,
  Match,
  Resource,
} from '../../lambda/model/model.ts';
import { services } from '../../lambda/resolvers/index.ts';
import * as cases from '../support/cases.ts';
import { byRds, checkOf, denied, now, place } from '../support/cases.ts';

const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge';

function endpointWith(changes: Partial<Endpoint> = {}): Endpoint {
  const nowhere = { subnetIds: [], networkInterfaceIds: [], securityGroupIds: [] };
  return cases.endpointWith({ ...nowhere, createdAt: new Date('2026-10-01T00:00:00Z'), ...changes });
}

const tagged = endpointWith({ tags: { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' } });

const bySession = (session: string): Creation => ({ ...byRds, sessionNames: [session] });
const byPrincipal = (principal: string): Creation => ({ ...byRds, principal, roleName: null });

const resource = (type: string, id: string): Resource =>
  cases.resourceWith({ type, id, arn: `arn:aws:rds:ap-northeast-1:111122223333:db-proxy:${id}` });

type Id = 'rds-proxy' | 'redshift';
const match = (id: Id, resourceId: string, by: Match['by']): Match =>
  cases.matchOf(resource(id, resourceId), by, { id, name: id });
const doubt = (id: Id, resourceId: string, changes: Partial<Doubt> = {}): Doubt =>
  cases.doubtOf(resource(id, resourceId), { service: { id, name: id }, ...changes });

interface Scene extends Partial<Omit<Case, 'claims'>> {
  /** What became of each claim, by its source; it stands unless it is told. */
  readonly standing?: Partial<Record<JudgedClaim['source'], JudgedClaim['standing']>>;
}

/** The answer, with the real services' reading of the endpoint and its creation. */
function answer({ endpoint = endpointWith(), creation = null, standing = {}, ...found }: Scene) {
  const claims = claimsOf(services, endpoint, creation).map((claim): JudgedClaim => {
    return { ...claim, standing: standing[claim.source] ?? 'stands' };
  });
  return identify(cases.caseOf({ endpoint, creation, claims, ...found }), { place, services, now });
}

const strengths = ({ evidence }: ReturnType<typeof answer>) =>
  evidence.map(({ source, service, strength }) => `${source} ${service} ${strength}`);

describe('a tag', () => {
  test('that names a firewall which does not hold the endpoint is refuted, with the other tags of that hand', () => {
    const result = answer({ endpoint: tagged, standing: { 'endpoint-tag': 'refuted' } });
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
    const result = answer({ endpoint: tagged, owners: [match('rds-proxy', 'orders', 'alias')] });
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
    const result = answer({ endpoint: tagged, standing: { 'endpoint-tag': 'gone' } });
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
    const result = answer({ endpoint, standing: { 'endpoint-tag': 'foreign' } });
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

  test('that speaks against what EC2 says of the endpoint is refuted, and names no service', () => {
    const result = answer({ endpoint: tagged, standing: { 'endpoint-tag': 'unfit' } });
    expect(result).toMatchObject({ verdict: 'unidentified', service: null, confidence: 'none' });
    expect(result.evidence[1]).toEqual({
      source: 'endpoint-tag',
      service: 'network-firewall',
      strength: 'refuted',
      statement:
        'The endpoint carries the tag AWSNetworkFirewallManaged=true, but EC2 says that this is an endpoint of type Interface for com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e, which is not how AWS Network Firewall makes them',
    });
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

  test('that is a person claims nothing', () => {
    const person = { ...byRds, principal: null, roleName: 'Admin', sessionNames: ['alice'] };
    expect(answer({ creation: person }).evidence).toEqual([]);
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
  const orders = match('rds-proxy', 'orders', 'address');

  test('in the VPC make one resource the probable owner', () => {
    expect(answer({ probable: [orders] })).toMatchObject({
      verdict: 'identified',
      confidence: 'probable',
      owner: { resourceId: 'orders' },
      candidates: [],
    });
  });

  test('make no owner against what CloudTrail says, and no orphan either', () => {
    const result = answer({ probable: [match('redshift', 'sales', 'address')], creation: byRds });
    expect(result).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      service: { id: 'rds-proxy' },
    });
    expect(result.candidates.map(({ resourceId }) => resourceId)).toEqual(['sales']);
    expect(result.nextStep.action).not.toBe('contact-support');
  });

  test('of two resources are told apart by CloudTrail', () => {
    const probable = [match('redshift', 'sales', 'address'), orders];
    expect(answer({ probable, creation: byRds })).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: 'orders' },
    });
  });

  test('of two resources are ambiguous where nothing tells them apart', () => {
    const result = answer({ probable: [orders, match('rds-proxy', 'invoices', 'address')] });
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
    const probable = [orders, match('redshift', 'sales', 'address')];
    expect(answer({ probable })).toMatchObject({ verdict: 'ambiguous', service: null, confidence: 'none' });
  });
});

const refused = denied('rds:DescribeDBProxies');

describe('a shared network is a hint', () => {
  const hints = ['left', 'right'].map((name) => doubt('rds-proxy', name));

  test('that never identifies, not even with CloudTrail on its side', () => {
    const doubts = hints.slice(0, 1);
    expect(answer({ doubts })).toMatchObject({ verdict: 'unidentified', owner: null, confidence: 'none' });
    const result = answer({ doubts, creation: byRds });
    expect(result).toMatchObject({ verdict: 'service-identified', owner: null });
    expect(result.candidates).toHaveLength(1);
    expect(result.nextStep.action).toBe('choose');
  });

  test('of several resources is ambiguous once everything is checked', () => {
    expect(answer({ doubts: hints })).toMatchObject({ verdict: 'ambiguous', owner: null });
    const incomplete = answer({ doubts: hints, checks: [checkOf('rds-proxy', refused)] });
    expect(incomplete).toMatchObject({ verdict: 'unidentified', complete: false });
  });

  test('comes after others, and is not left out, where another endpoint of the resource is known', () => {
    const doubts = [doubt('rds-proxy', 'left', { lessLikely: true }), doubt('rds-proxy', 'right')];
    const { verdict, candidates } = answer({ doubts });
    expect(verdict).toBe('ambiguous');
    expect(candidates.map(({ resourceId }) => resourceId)).toEqual(['right', 'left']);
  });

  test('counts for nothing beside equal addresses', () => {
    const probable = [match('rds-proxy', 'orders', 'address')];
    expect(answer({ doubts: hints, probable })).toMatchObject({
      owner: { resourceId: 'orders' },
      candidates: [],
    });
  });
});

describe('an answer', () => {
  test('is complete when the owner is confirmed, whatever else failed', () => {
    const owners = [match('rds-proxy', 'orders', 'alias')];
    expect(answer({ owners, checks: [checkOf('redshift', refused)] })).toMatchObject({
      complete: true,
      confidence: 'confirmed',
    });
  });

  test('is not complete when a check failed and no owner is confirmed', () => {
    const checks = [checkOf('rds-proxy', refused), checkOf('redshift')];
    expect(answer({ checks }).complete).toBe(false);
    expect(answer({ checks, probable: [match('redshift', 'sales', 'address')] }).complete).toBe(false);
    expect(answer({}).complete).toBe(true);
  });

  test('is not complete while a service that may have made the endpoint is not asked', () => {
    const result = answer({ checks: [checkOf('rds-proxy'), cases.notAsked('msk')] });
    expect(result.complete).toBe(false);
    expect(result.checks[1]).toMatchObject({
      check: 'msk',
      outcome: 'skipped',
      reason: 'vpce-owner does not ask this service yet',
    });
    expect(result.nextStep.action).not.toBe('contact-support');
  });

  test('with two confirmed owners is ambiguous, and names both', () => {
    const owners = [match('rds-proxy', 'orders', 'alias'), match('redshift', 'sales', 'id')];
    const result = answer({ owners });
    expect(result).toMatchObject({ verdict: 'ambiguous', owner: null, service: null, complete: true });
    expect(result.candidates.map(({ resourceId, strength }) => `${resourceId} ${strength}`)).toEqual([
      'orders confirmed',
      'sales confirmed',
    ]);
    expect(result.nextStep.action).toBe('choose');
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
