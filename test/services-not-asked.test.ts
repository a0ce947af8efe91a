/** What no resolver asks may hold the endpoint all the same: that nobody asked is no absence. */

import type { VpcEndpointType } from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import { resolvers } from '../lambda/resolvers/index.ts';
import { type OrphanOptions, serviceLinkedRole } from '../sandbox/build.ts';
import { checkOf, emptyRegion, lookUp } from './support/lookup.ts';

const reason = 'vpce-owner does not ask this service yet';

/** An endpoint that nothing in the account holds. CloudTrail remembers nothing of 120 days ago. */
async function ask(options: OrphanOptions = {}) {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(120), ...options });
  return (await lookUp(region, vpcEndpointId)).answer;
}

const notAsked = ({ checks }: Identification) =>
  checks.filter((check) => check.reason === reason).map(({ check }) => check);

/** Whatever makes Interface endpoints under the names of endpoint services, and is not asked. */
const anybodys = ['firewall-manager', 'emr', 'rosa'];

describe('an old endpoint without tags, in an account that has nothing else', () => {
  test('is no orphan: any of the services that were not asked may hold it', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      confidence: 'none',
      service: null,
      owner: null,
      complete: false,
      nextStep: { action: 'choose' },
    });
    expect(notAsked(answer)).toEqual(anybodys);
    for (const name of anybodys)
      expect(checkOf(answer, name)).toEqual({
        check: name,
        outcome: 'skipped',
        reason,
        apiCalls: 0,
        durationMs: 0,
      });
  });

  test('is looked for by hand, with commands that only read: one for each service that has one', async () => {
    const { nextStep } = await ask();
    // ROSA's own tool lists its clusters. Network Firewall is asked, but perhaps not for its NAT/Proxy firewalls, Deadline Cloud
    // not for its fleets, and License Manager not for its license servers.
    expect(nextStep.commands).toHaveLength(anybodys.length - 1 + 3);
    for (const command of nextStep.commands)
      expect(command).toMatch(/^aws [a-z-]+ (list|describe|get)-[a-z0-9-]+ --region ap-northeast-1$/);
    expect(nextStep.commands).toContain('aws network-firewall list-firewalls --region ap-northeast-1');
    expect(nextStep.summary).toMatch('look there before you ask AWS Support.');
    expect(nextStep.summary).not.toMatch('outlived');
  });

  test.each<[string, OrphanOptions]>([
    ['as it is', {}],
    ['with interfaces that EC2 hides', { hiddenInterfaces: true }],
    ['with a tag of its users', { tags: { team: 'payments' } }],
  ])('is no orphan in China either, %s', async (_, options) => {
    const region = emptyRegion('cn-north-1');
    const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(120), ...options });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'choose' } });
    expect(notAsked(answer)).toEqual(anybodys);
    expect(answer.nextStep.commands).toContain('aws emr list-clusters --region cn-north-1');
  });

  test.each<[string, OrphanOptions]>([
    ['CloudTrail has lost its creation', { createdAt: new Date(Date.now() - 5 * 86_400_000), event: false }],
    [
      'a person made it by all that CloudTrail says',
      { createdAt: new Date(Date.now() - 5 * 86_400_000), creator: { kind: 'user', name: 'alice' } },
    ],
  ])('is no orphan where %s', async (_, options) => {
    const answer = await ask(options);
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'choose' } });
    expect(notAsked(answer)).toEqual(anybodys);
  });
});

describe('a service is left out of what was not asked', () => {
  test('where its endpoints always have another service name', async () => {
    const listed = notAsked(await ask());
    expect(listed).not.toContain('elasticache-serverless');
    expect(listed).not.toContain('guardduty');
  });

  test('where the service name is somebody else’s', async () => {
    const serviceName = 'com.amazonaws.ap-northeast-1.guardduty-data';
    const answer = await ask({ serviceName });
    expect(notAsked(answer)).toEqual(['guardduty']);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'guardduty' },
      complete: false,
      nextStep: {
        action: 'delete-owner',
        commands: ['aws guardduty list-detectors --region ap-northeast-1'],
      },
    });
  });

  test('where it cannot make an endpoint of this type', async () => {
    expect(notAsked(await ask({ vpcEndpointType: 'GatewayLoadBalancer' }))).toEqual(['firewall-manager']);
  });

  test.each([
    ['RDS', serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'some-new-session')],
    ['Redshift', serviceLinkedRole('redshift', 'AWSServiceRoleForRedshift')],
  ])(
    'where CloudTrail says that %s made the endpoint, and then the answer is complete',
    async (_, creator) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.orphan({ creator });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(notAsked(answer)).toEqual([]);
      expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
    },
  );

  test('where the owner is found', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.rdsProxy({ createdAt: region.daysAgo(120) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'identified', complete: true });
    expect(notAsked(answer)).toEqual([]);
  });

  test('but not where only a tag speaks for another one: anyone can write it', async () => {
    const answer = await ask({ tags: { AWSMSKManaged: 'true' } });
    expect(answer).toMatchObject({ verdict: 'service-identified', service: { id: 'msk' }, complete: false });
    expect(notAsked(answer)).toEqual(anybodys);
  });
});

describe('Network Firewall, whose NAT/Proxy firewalls may not say their endpoints,', () => {
  const others = 'vpce-owner does not ask for the NAT/Proxy firewall yet';

  /** CloudTrail leaves nobody but Network Firewall. */
  async function madeByNetworkFirewall(vpcEndpointType: VpcEndpointType) {
    const region = emptyRegion();
    const creator = serviceLinkedRole('network-firewall', 'AWSServiceRoleForNetworkFirewall');
    const { vpcEndpointId } = region.orphan({ vpcEndpointType, creator });
    return (await lookUp(region, vpcEndpointId)).answer;
  }

  test('leaves the answer about an Interface endpoint incomplete by itself', async () => {
    const answer = await madeByNetworkFirewall('Interface');
    expect(notAsked(answer)).toEqual([]);
    expect(checkOf(answer, 'network-firewall')).toMatchObject({ outcome: 'no-match', reason: others });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'network-firewall' },
      complete: false,
      nextStep: {
        action: 'choose',
        commands: ['aws network-firewall list-firewalls --region ap-northeast-1'],
      },
    });
  });

  test('leaves the answer about a GatewayLoadBalancer endpoint complete: they have none', async () => {
    const answer = await madeByNetworkFirewall('GatewayLoadBalancer');
    expect(checkOf(answer, 'network-firewall')).toMatchObject({ outcome: 'no-match', reason: null });
    expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
  });
});

describe('the service name', () => {
  test.each([
    ['sagemaker-workforce', 'aws.sagemaker.ap-northeast-1.labeling'],
    ['sagemaker-workforce', 'aws.sagemaker.ap-northeast-1.labeling.vpce-svc-0123456789abcdef0'],
    ['sagemaker-workforce', 'com.amazonaws.vpce.ap-northeast-1.sagemaker-task-resources.private'],
    ['sagemaker-workforce', 'com.amazonaws.ap-northeast-1.sagemaker-task-resources'],
    ['guardduty', 'com.amazonaws.ap-northeast-1.guardduty-data-fips'],
  ])('of %s names it: %s', async (id, serviceName) => {
    const answer = await ask({ serviceName });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id },
      evidence: [{ source: 'service-name', service: id, strength: 'probable' }],
    });
    // A service that is asked is left out once it has answered.
    expect(notAsked(answer)).toEqual(resolvers.some((one) => one.id === id) ? [] : [id]);
  });

  test.each([
    ['the control plane of OpenSearch Serverless', 'com.amazonaws.ap-northeast-1.aoss'],
    ['the API of Transfer Family', 'com.amazonaws.ap-northeast-1.transfer'],
    ['the API of SageMaker', 'com.amazonaws.ap-northeast-1.sagemaker.api'],
    ['a SageMaker notebook', 'aws.sagemaker.ap-northeast-1.notebook'],
    ['the API of ElastiCache', 'com.amazonaws.ap-northeast-1.elasticache'],
    ['the API of GuardDuty', 'com.amazonaws.ap-northeast-1.guardduty'],
  ])('of %s marks nobody: customers make such endpoints', async (_, serviceName) => {
    const managed = await ask({ serviceName });
    expect(managed).toMatchObject({ verdict: 'unidentified', service: null, evidence: [] });
    const own = await ask({ serviceName, requesterManaged: false });
    expect(own).toMatchObject({
      verdict: 'not-requester-managed',
      service: null,
      evidence: [],
      nextStep: { action: 'delete-endpoint' },
    });
  });
});

describe('an endpoint of ROSA, by the tag of Red Hat,', () => {
  const tags = { 'red-hat-managed': 'true' };

  test('is of a live cluster, which loses its connection without it', async () => {
    expect(await ask({ tags })).toMatchObject({
      verdict: 'service-identified',
      service: { id: 'rosa' },
      complete: false,
      nextStep: {
        action: 'delete-owner',
        summary: expect.stringContaining('which loses its connection without this endpoint'),
        commands: [],
      },
    });
  });

  test('is not deleted without that warning where EC2 would let the customer', async () => {
    const answer = await ask({ tags, requesterManaged: false });
    expect(answer).toMatchObject({ verdict: 'not-requester-managed', service: { id: 'rosa' } });
    expect(answer.nextStep.warnings.join('\n')).toMatch('loses its connection without this endpoint');
  });
});
