import { afterEach, describe, expect, test } from '@jest/globals';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, type ApiOptions, startApi } from '../support/api.ts';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';

const now = new Date();
const old = new Date(now.getTime() - 300 * 86_400_000);
let api: Api;
afterEach(() => api?.close());

const tokyo = () => newAccount('111122223333').region('ap-northeast-1', now);
const operations = () => api.sandbox.calls.map(({ service, operation }) => `${service}:${operation}`);
const count = (operation: string) => api.sandbox.calls.filter((call) => call.operation === operation).length;
const centralArn = 'arn:aws:network-firewall:ap-northeast-1:444455556666:firewall/central';

async function ask(region: ReturnType<typeof tokyo>, id: string, options: ApiOptions = {}) {
  api = await startApi(region.account, options);
  const answer = await api.identify(id);
  return { answer, check: answer.checks.find(({ check }) => check === 'network-firewall') };
}

test("a firewall that the endpoint's tag names is confirmed with two calls in all", async () => {
  const region = tokyo();
  const edge = region.firewall({ name: 'edge' });
  region.firewall({ name: 'other' });
  const { answer, check } = await ask(region, edge.vpcEndpointId);
  expect(operations()).toEqual(['ec2:DescribeVpcEndpoints', 'network-firewall:DescribeFirewall']);
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    complete: true,
    service: { id: 'network-firewall', name: 'AWS Network Firewall' },
  });
  expect(answer.owner).toEqual({
    resourceType: 'AWS::NetworkFirewall::Firewall',
    resourceId: 'edge',
    arn: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/edge',
    parentArn: null,
    consoleUrl:
      'https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#NetworkFirewalls:',
  });
  expect(answer.evidence).toEqual([
    {
      source: 'endpoint-tag',
      service: 'network-firewall',
      strength: 'probable',
      statement: `The endpoint carries the tag Firewall=${edge.firewallArn}`,
    },
    {
      source: 'endpoint-tag',
      service: 'network-firewall',
      strength: 'probable',
      statement: 'The endpoint carries the tag AWSNetworkFirewallManaged=true',
    },
    {
      source: 'api',
      service: 'network-firewall',
      strength: 'confirmed',
      statement: `AWS::NetworkFirewall::Firewall edge lists ${edge.vpcEndpointId}`,
    },
  ]);
  expect(answer.nextStep.commands).toEqual([
    `aws network-firewall delete-firewall --firewall-arn ${edge.firewallArn} --region ap-northeast-1`,
    `aws ec2 describe-route-tables --filters Name=route.gateway-id,Values=${edge.vpcEndpointId} --region ap-northeast-1`,
  ]);
  expect(answer.nextStep.warnings).toHaveLength(2);
  expect(check).toMatchObject({ outcome: 'match', apiCalls: 1 });
  for (const other of answer.checks) {
    if (other.check !== 'network-firewall') {
      expect(other).toMatchObject({ outcome: 'skipped', reason: 'the owner was found first', apiCalls: 0 });
    }
  }
});

test('each endpoint of a firewall with several zones has that firewall for its owner', async () => {
  const region = tokyo();
  const edge = region.firewall({ name: 'edge', network: region.network({ subnets: 3 }), createdAt: old });
  api = await startApi(region.account);
  for (const id of edge.vpcEndpointIds) expect((await api.identify(id)).owner?.resourceId).toBe('edge');
});

describe('an endpoint that has lost its tags', () => {
  test('is found among the firewalls of its VPC, whose lists rule every database out', async () => {
    const region = tokyo();
    const edge = region.firewall({ name: 'edge', tagged: false, createdAt: old });
    const { answer } = await ask(region, edge.vpcEndpointId);
    expect(answer).toMatchObject({ confidence: 'confirmed', owner: { resourceId: 'edge' } });
    const lists = api.sandbox.calls.filter(({ operation }) => operation === 'ListFirewalls');
    expect(lists.map(({ input }) => input['VpcIds'])).toEqual([[edge.network.vpcId]]);
    expect(operations().filter((call) => /^(rds|redshift)/.test(call))).toEqual([]);
  });

  test.each([
    ['typed values and bare items', { tagValues: 'typed', lists: 'bare' }],
    ['text and lists', { tagValues: 'text', lists: 'array' }],
  ] as const)('is claimed by the tags of its creation (%s)', async (_, event) => {
    const region = tokyo();
    const edge = region.firewall({ name: 'edge', tagged: false, event });
    const slow = { kind: 'slow', delayMs: 5000 } as const;
    const faults = {
      'network-firewall:ListFirewalls': slow,
      'network-firewall:ListVpcEndpointAssociations': slow,
    };
    const { answer } = await ask(region, edge.vpcEndpointId, { faults });
    expect(answer.owner?.resourceId).toBe('edge');
    expect(answer.evidence[0]?.statement).toMatch(
      `CreateVpcEndpoint set the tag Firewall=${edge.firewallArn} at `,
    );
    expect(count('DescribeFirewall')).toBe(1);
  });
});

describe('a VPC endpoint association', () => {
  test.each([true, false])(
    'owns its endpoint in another VPC than its firewall (tagged: %s)',
    async (tagged) => {
      const region = tokyo();
      const edge = region.firewall({ name: 'edge', createdAt: old });
      const spoke = region.vpcEndpointAssociation({ name: 'spoke', firewall: edge, tagged, createdAt: old });
      const { answer } = await ask(region, spoke.vpcEndpointId);
      expect(answer.owner).toEqual({
        resourceType: 'AWS::NetworkFirewall::VpcEndpointAssociation',
        resourceId: spoke.owner.resourceId,
        arn: spoke.owner.arn,
        parentArn: edge.firewallArn,
        consoleUrl:
          'https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#NetworkFirewalls:',
      });
      expect(answer.nextStep.commands).toEqual([
        `aws network-firewall delete-vpc-endpoint-association --vpc-endpoint-association-arn ${spoke.owner.arn} --region ap-northeast-1`,
        `aws ec2 describe-route-tables --filters Name=route.gateway-id,Values=${spoke.vpcEndpointId} --region ap-northeast-1`,
      ]);
      expect(answer.evidence.filter(({ strength }) => strength === 'refuted')).toEqual([]);
    },
  );

  test("with another account's firewall is this account's to delete", async () => {
    const region = tokyo();
    const shared = region.vpcEndpointAssociation({ firewall: { firewallArn: centralArn }, createdAt: old });
    const { answer } = await ask(region, shared.vpcEndpointId);
    expect(answer).toMatchObject({
      confidence: 'confirmed',
      owner: { resourceId: shared.owner.resourceId, parentArn: centralArn },
      nextStep: { action: 'delete-owner' },
    });
  });
});

describe('what is not the owner', () => {
  test('is a firewall that a tag names and that does not list the endpoint', async () => {
    const region = tokyo();
    const { firewallArn } = region.firewall({ name: 'accused', createdAt: old });
    const tags = { Firewall: firewallArn, AWSNetworkFirewallManaged: 'true' };
    const invoices = region.rdsProxy({ name: 'invoices', createdAt: old, tags });
    const { answer } = await ask(region, invoices.vpcEndpointId);
    expect(answer).toMatchObject({ service: { id: 'rds-proxy' }, owner: { resourceId: 'invoices' } });
    expect(answer.evidence.map(({ source, strength }) => `${source} ${strength}`)).toEqual([
      'endpoint-tag refuted',
      'endpoint-tag refuted',
      'dns confirmed',
    ]);
  });

  test('is a firewall that is deleted: its name stays evidence, and who else makes such endpoints is said', async () => {
    const region = tokyo();
    const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/demolished';
    const orphan = region.firewallOrphan({ firewallArn, createdAt: old });
    const { answer } = await ask(region, orphan.vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      complete: false,
      nextStep: { action: 'choose', commands: ['aws fms list-policies --region ap-northeast-1'] },
    });
    expect(answer.evidence[0]?.statement).toMatch(/, but there is no such resource any more$/);
  });

  test("is another account's firewall: that account is asked, and not support", async () => {
    const region = tokyo();
    const orphan = region.firewallOrphan({ firewallArn: centralArn, createdAt: old });
    const { answer } = await ask(region, orphan.vpcEndpointId);
    expect(answer).toMatchObject({ owner: null, nextStep: { action: 'ask-owner-account' } });
    expect(answer.nextStep.summary).toMatch('444455556666');
  });

  test('is a firewall of the same VPC that lists another endpoint', async () => {
    const region = tokyo();
    const network = region.network({ subnets: 1 });
    region.firewall({ name: 'edge', network, createdAt: old });
    const orphan = region.orphan({ network, type: 'GatewayLoadBalancer', createdAt: old });
    const { answer } = await ask(region, orphan.vpcEndpointId);
    expect(answer).toMatchObject({ verdict: 'unidentified', owner: null, candidates: [] });
    expect(answer.nextStep.summary).not.toMatch('edge');
  });
});

test.each([true, false])(
  'a firewall that is being deleted takes the endpoint along (tagged: %s)',
  async (tagged) => {
    const region = tokyo();
    const going = region.firewall({ name: 'going', status: 'DELETING', tagged, createdAt: old });
    const { answer } = await ask(region, going.vpcEndpointId);
    expect(answer).toMatchObject({
      owner: { resourceId: 'going' },
      nextStep: { action: 'wait', commands: [] },
    });
  },
);

test('a firewall that does not list all its endpoints yet may hold this one, so nobody says that it has no owner', async () => {
  const region = tokyo();
  const network = region.network({ subnets: 1 });
  const { firewallStatus } = region.firewall({ name: 'young', network, status: 'PROVISIONING' });
  const orphan = region.orphan({ network, type: 'GatewayLoadBalancer', createdAt: old });
  delete firewallStatus.SyncStates;
  const { answer, check } = await ask(region, orphan.vpcEndpointId);
  expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
  expect(check?.reason).toBe(
    'AWS::NetworkFirewall::Firewall young does not list the endpoint of every zone (PROVISIONING)',
  );
});

describe('pages', () => {
  async function askFirewallNumber(index: number) {
    const region = tokyo();
    const network = region.network({ subnets: 1 });
    const edges = Array.from({ length: 4 }, () =>
      region.firewall({ network, tagged: false, createdAt: old }),
    );
    const { vpcEndpointId = '', owner } = edges[index] ?? {};
    const { answer } = await ask(region, vpcEndpointId, { maxPageItems: 1 });
    expect(answer.owner?.resourceId).toBe(owner?.resourceId);
  }

  test('are read to the last', async () => {
    await askFirewallNumber(3);
    expect(count('ListFirewalls')).toBe(4);
  });

  test('are not asked for after the match', async () => {
    await askFirewallNumber(1);
    expect(count('ListFirewalls')).toBe(2);
    expect(count('DescribeFirewall')).toBe(2);
  });
});

describe('when Network Firewall may not be asked', () => {
  const denied = { kind: 'denied' } as const;

  test('for associations, a firewall is still named', async () => {
    const region = tokyo();
    const edge = region.firewall({ name: 'edge', tagged: false, createdAt: old });
    const faults = { 'network-firewall:ListVpcEndpointAssociations': denied };
    const { answer } = await ask(region, edge.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ complete: true, owner: { resourceId: 'edge' } });
  });

  test.each([
    ['ListFirewalls', false],
    ['DescribeFirewall', false],
    ['DescribeFirewall', true],
  ] as const)('with %s, the endpoint is no orphan (tagged: %s)', async (operation, tagged) => {
    const region = tokyo();
    const edge = region.firewall({ name: 'edge', tagged, createdAt: old });
    const faults = { [`network-firewall:${operation}`]: denied };
    const { answer, check } = await ask(region, edge.vpcEndpointId, { faults });
    expect(answer).toMatchObject({ owner: null, complete: false, nextStep: { action: 'grant-permission' } });
    expect(check).toMatchObject({
      outcome: 'failed',
      reason: `network-firewall:${operation} is not allowed`,
    });
    expect(answer.nextStep.summary).toMatch(`Allow network-firewall:${operation} to the role`);
  });
});

describe('what to do about one of several endpoints of a firewall', () => {
  test('is to leave its subnet: the firewall would take the others along, and that is said', async () => {
    const region = tokyo();
    const network = region.network({ subnets: 3 });
    const edge = region.firewall({ name: 'edge', network, createdAt: old });
    const { answer } = await ask(region, edge.vpcEndpointId);
    const [subnetId] = answer.endpoint.subnetIds;
    expect(answer.nextStep.commands).toEqual([
      `aws network-firewall disassociate-subnets --subnet-ids ${subnetId} --firewall-arn ${edge.firewallArn} --region ap-northeast-1`,
      `aws network-firewall delete-firewall --firewall-arn ${edge.firewallArn} --region ap-northeast-1`,
      `aws ec2 describe-route-tables --filters Name=route.gateway-id,Values=${edge.vpcEndpointId} --region ap-northeast-1`,
    ]);
    expect(answer.nextStep.summary).toBe(
      `Disassociate ${subnetId} from the firewall edge: only this endpoint goes. The second command deletes the firewall, with 2 more endpoints.`,
    );
  });

  test.each([
    [
      { deleteProtection: true, subnetChangeProtection: true },
      3,
      'subnet change protection and delete protection are',
    ],
    [{ subnetChangeProtection: true }, 3, 'subnet change protection is'],
    [{ deleteProtection: true }, 1, 'delete protection is'],
  ])('names the protections that refuse it (%j)', async (protections, subnets, said) => {
    const region = tokyo();
    const network = region.network({ subnets });
    const edge = region.firewall({ ...protections, network, createdAt: old });
    const { answer } = await ask(region, edge.vpcEndpointId);
    expect(answer.nextStep.warnings).toContain(
      `AWS refuses while ${said} on: take it off first, and logging.`,
    );
  });

  test.each([[{}], [{ firewallPolicyChangeProtection: true }]])(
    'names no protection that is off, or refuses something else (%j)',
    async (protections) => {
      const region = tokyo();
      const edge = region.firewall({
        ...protections,
        network: region.network({ subnets: 1 }),
        createdAt: old,
      });
      const { answer } = await ask(region, edge.vpcEndpointId);
      expect(answer.nextStep.warnings).toEqual([
        'Traffic of routes to it is dropped: the last command shows the routes.',
        'AWS refuses to delete a firewall that has logging: take it off first.',
      ]);
    },
  );
});

test.each([
  ['Interface', 1],
  ['GatewayLoadBalancer', 0],
] as const)('NAT gateways are warned of where the endpoint is of another type (%s)', async (type, times) => {
  const region = tokyo();
  const { vpcEndpointId } = region.firewall({ vpcEndpointType: type });
  const { answer } = await ask(region, vpcEndpointId);
  expect(answer.nextStep).toMatchObject({ action: 'delete-owner' });
  expect(answer.nextStep.warnings.filter((text) => text.includes('NAT gateways'))).toHaveLength(times);
});

behavesLikeAService('network-firewall');
