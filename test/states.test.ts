/** What EC2 says of an endpoint by itself: whether a service manages it, and its state. */
import { describe, expect, test } from '@jest/globals';
import type { Identification } from '../lambda/http/contract.ts';
import type { EndpointState, OrphanOptions, RegionBuilder } from '../sandbox/build.ts';
import type { Fault, Faults } from '../sandbox/faults.ts';
import { checkOf, emptyRegion, lookUp, lookUpInVirtualTime } from './support/lookup.ts';

const wordsOf = ({ nextStep, evidence }: Identification) =>
  [nextStep.summary, ...nextStep.warnings, ...evidence.map(({ statement }) => statement)].join('\n');

async function askOrphan(options: OrphanOptions) {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan(options);
  return lookUp(region, vpcEndpointId);
}

const old = () => emptyRegion().daysAgo(120);

describe('where EC2 leaves out whether a service manages the endpoint', () => {
  test.each(['Gateway', 'Tunnel'] as const)(
    'one of type %s is the customer’s to delete: services make none',
    async (vpcEndpointType) => {
      const { answer, calls } = await askOrphan({
        vpcEndpointType,
        requesterManaged: 'absent',
        serviceName: 'com.amazonaws.ap-northeast-1.s3',
      });
      expect(answer).toMatchObject({
        verdict: 'not-requester-managed',
        complete: true,
        endpoint: { requesterManaged: null },
        nextStep: {
          action: 'delete-endpoint',
          commands: [
            `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${answer.vpcEndpointId} --region ap-northeast-1`,
          ],
        },
      });
      expect(calls.map(({ operation }) => operation)).toEqual(['DescribeVpcEndpoints']);
    },
  );

  test.each(['Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork'] as const)(
    'one of type %s is neither called managed nor an orphan, however much is known of its maker',
    async (vpcEndpointType) => {
      for (const options of [{}, { createdAt: old() }, { event: false }] as const) {
        const { answer } = await askOrphan({ vpcEndpointType, requesterManaged: 'absent', ...options });
        expect(answer.endpoint.requesterManaged).toBeNull();
        expect(answer.verdict).not.toBe('not-requester-managed');
        expect(answer.nextStep.action).toBe('choose');
        expect(answer.nextStep.commands.join()).not.toMatch('delete');
        expect(wordsOf(answer)).not.toMatch(/is requester-managed|outlived|Please delete it/);
      }
    },
  );

  test('and everything was asked, the answer says just that', async () => {
    const { answer } = await askOrphan({ requesterManaged: 'absent' });
    expect(answer).toMatchObject({ complete: true, service: { id: 'rds-proxy' } });
    expect(answer.nextStep.summary).toMatch(
      /^EC2 does not say whether a service manages vpce-\w+, and no resource that was asked about holds it\./,
    );
  });

  test('its owner is found all the same', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.rdsProxy({ name: 'orders', requesterManaged: 'absent' });
    expect((await lookUp(region, vpcEndpointId)).answer).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: 'orders' },
      nextStep: { action: 'delete-owner' },
    });
  });
});

describe('an endpoint that never was whole', () => {
  const meanings: readonly (readonly [EndpointState, string])[] = [
    ['failed', 'EC2 could not make it'],
    ['rejected', 'the owner of the endpoint service has rejected it'],
    ['expired', 'it was not accepted in time'],
    ['partial', 'EC2 could make only a part of it'],
  ];
  const waiting: readonly EndpointState[] = ['pending-acceptance', 'pendingAcceptance'];
  const notAccepted = 'the owner of the endpoint service has not accepted it yet';

  test.each(meanings)('has not outlived anything: %s means that %s', async (state, meaning) => {
    for (const options of [{}, { createdAt: old() }, { vpcEndpointType: 'GatewayLoadBalancer' }] as const) {
      const { answer } = await askOrphan({ state, ...options });
      expect(wordsOf(answer)).not.toMatch('outlived');
      expect(wordsOf(answer)).toMatch(`EC2 says that the endpoint is ${state}: ${meaning}.`);
    }
  });

  test.each(meanings)(
    'is given to support as what it is where nothing is left: %s',
    async (state, meaning) => {
      const { answer } = await askOrphan({ state });
      expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
      expect(answer.nextStep.summary).toMatch(
        `and its state is ${state} (${meaning}); it cannot be deleted with DeleteVpcEndpoints. Please say what it belongs to, or delete it.`,
      );
    },
  );

  test.each(waiting)('is on its way, however long that takes: %s', async (state) => {
    for (const options of [{}, { createdAt: old() }] as const) {
      const { answer } = await askOrphan({ state, ...options });
      expect(answer.nextStep.action).toBe('retry');
      expect(answer.nextStep.summary).toMatch(notAccepted);
      expect(wordsOf(answer)).not.toMatch('outlived');
    }
  });

  test.each([...meanings.map(([state]) => state), ...waiting])(
    'has its owner, and the state is said beside the command: %s',
    async (state) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.rdsProxy({ name: 'orders', state });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({
        verdict: 'identified',
        owner: { resourceId: 'orders' },
        nextStep: { action: 'delete-owner' },
      });
      expect(answer.nextStep.warnings.at(-1)).toMatch(/^EC2 says that the endpoint is /);
    },
  );

  test.each(['available', 'pending'] as const)(
    'is not one that is %s: nothing is said of that',
    async (state) => {
      const { answer } = await askOrphan({ state });
      expect(wordsOf(answer)).not.toMatch('EC2 says that the endpoint is');
      expect(answer.nextStep.action).toBe(state === 'pending' ? 'retry' : 'contact-support');
    },
  );

  test.each(['deleting', 'deleted'] as const)(
    'is waited for while it is %s, whatever failed',
    async (state) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.rdsProxy({ state });
      const faults: Faults = { 'rds:*': { kind: 'denied' } };
      expect((await lookUp(region, vpcEndpointId, { faults })).answer.nextStep.action).toBe('wait');
    },
  );
});

describe('a proxy that is being deleted is waited for', () => {
  const proxies = 'rds:DescribeDBProxies';
  const endpoints = 'rds:DescribeDBProxyEndpoints';
  const slow: Fault = { kind: 'slow', delayMs: 200 };
  const saying = {
    'both lists say so': { status: 'deleting' },
    'only the list of proxies says so': { status: 'deleting', endpointStatus: 'available' },
    'only the list of endpoints says so': { status: 'available', endpointStatus: 'deleting' },
  } as const;
  const faults: Readonly<Record<string, Faults>> = {
    'both answer at once': {},
    'proxies are slow': { [proxies]: slow },
    'endpoints are slow': { [endpoints]: slow },
  };
  const cases = Object.entries(saying).flatMap(([said, status]) =>
    Object.entries(faults).map(([how, fault]) => [said, how, status, fault] as const),
  );

  async function ask(status: object, fault: Faults) {
    const region: RegionBuilder = emptyRegion();
    const { vpcEndpointId } = region.rdsProxy({ name: 'orders', ...status });
    return (await lookUpInVirtualTime(region, vpcEndpointId, { faults: fault })).answer;
  }

  const going = {
    verdict: 'identified',
    owner: { resourceId: 'orders' },
    nextStep: { action: 'wait', commands: [] },
  };

  test.each(cases)('where %s, and %s', async (_, __, status, fault) => {
    const answer = await ask(status, fault);
    expect(answer).toMatchObject(going);
    expect(answer.nextStep.summary).toMatch(/^AWS::RDS::DBProxy orders is being deleted;/);
  });

  test.each([
    [endpoints, 'both lists say so'],
    [endpoints, 'only the list of proxies says so'],
    [proxies, 'both lists say so'],
    [proxies, 'only the list of endpoints says so'],
  ] as const)('where %s is denied, and %s', async (operation, said) => {
    expect(await ask(saying[said], { [operation]: { kind: 'denied' } })).toMatchObject(going);
  });

  test('and is deleted again with a command where neither says so', async () => {
    expect(await ask({}, {})).toMatchObject({ nextStep: { action: 'delete-owner' } });
  });
});

describe('what Network Firewall says of a firewall by halves', () => {
  const gateway = { createdAt: new Date(Date.now() - 120 * 86_400_000), tagged: false } as const;

  test('an empty transit gateway is none: the firewall owns its endpoints', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.firewall({ name: 'edge', ...gateway, transitGatewayId: '' });
    expect((await lookUp(region, vpcEndpointId)).answer).toMatchObject({
      verdict: 'identified',
      owner: { resourceId: 'edge' },
    });
  });

  test('a firewall on a transit gateway has none in this account', async () => {
    const region = emptyRegion();
    const options = { name: 'edge', ...gateway, transitGatewayId: 'tgw-0123456789abcdef0' };
    const { vpcEndpointId } = region.firewall(options);
    expect((await lookUp(region, vpcEndpointId)).answer).toMatchObject({ owner: null });
  });

  test.each(['FAILED', 'ERROR'] as const)(
    'a zone whose attachment is %s leaves the answer as whole as it is without it',
    async (attachment) => {
      const region = emptyRegion();
      const network = region.network();
      region.firewall({ name: 'edge', network, ...gateway, attachments: ['READY', attachment] });
      const { vpcEndpointId } = region.firewallOrphan({
        network,
        firewallArn: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/gone',
      });
      const { answer } = await lookUp(region, vpcEndpointId);
      expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
      expect(checkOf(answer, 'network-firewall')).toMatchObject({ outcome: 'no-match', reason: null });
    },
  );

  test('the other zones of such a firewall are its own', async () => {
    const region = emptyRegion();
    const network = region.network();
    const options = { name: 'edge', network, ...gateway, attachments: ['FAILED', 'READY'] } as const;
    const [, second = ''] = region.firewall(options).vpcEndpointIds;
    expect((await lookUp(region, second)).answer).toMatchObject({ owner: { resourceId: 'edge' } });
  });

  test('ten firewalls that are still being made are one warning, with one example and their number', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.orphan({
      network,
      createdAt: region.daysAgo(120),
      vpcEndpointType: 'GatewayLoadBalancer',
    });
    for (let index = 0; index < 10; index += 1)
      region.firewall({ name: `edge-${index}`, network, ...gateway, status: 'PROVISIONING' });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(answer.nextStep.warnings).toEqual([
      expect.stringMatching(
        /^AWS::NetworkFirewall::Firewall edge-\d does not list the endpoint of every zone \(PROVISIONING\) \(and 9 more like it\)$/,
      ),
    ]);
    expect(checkOf(answer, 'network-firewall')?.reason).toMatch(/; 7 more$/);
  });

  test('a single one is named without a number', async () => {
    const region = emptyRegion();
    const options = { name: 'edge', ...gateway, status: 'PROVISIONING', attachments: ['FAILED'] } as const;
    const { vpcEndpointId } = region.firewall(options);
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer.nextStep.warnings).toEqual([
      'AWS::NetworkFirewall::Firewall edge does not list the endpoint of every zone (PROVISIONING)',
    ]);
  });

  test('ten firewalls that may not be described are one permission, asked for once', async () => {
    const region = emptyRegion();
    const network = region.network();
    const { vpcEndpointId } = region.firewallOrphan({
      network,
      firewallArn: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/gone',
    });
    for (let index = 0; index < 10; index += 1)
      region.firewall({ name: `edge-${index}`, network, ...gateway });
    const faults: Faults = { 'network-firewall:DescribeFirewall': { kind: 'denied' } };
    const { answer } = await lookUp(region, vpcEndpointId, { faults });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'grant-permission', warnings: [] } });
    expect(answer.nextStep.summary.match(/network-firewall:DescribeFirewall/g)).toHaveLength(1);
    expect(checkOf(answer, 'network-firewall')?.reason).toBe(
      'network-firewall:DescribeFirewall is not allowed',
    );
  });

  test('ten firewalls that are listed and not found are one warning', async () => {
    const region = emptyRegion();
    const network = region.network();
    const made = Array.from({ length: 10 }, (_, index) =>
      region.firewall({ name: `edge-${index}`, network, ...gateway, describable: false }),
    );
    const { answer } = await lookUp(region, made[0]?.vpcEndpointId ?? '');
    expect(answer.nextStep.warnings).toEqual([
      expect.stringMatching(/is listed, but was not found when it was described \(and 9 more like it\)$/),
    ]);
  });
});

test.each([
  ['servfail', 'the DNS server answered SERVFAIL'],
  ['two-cnames', 'is an alias of two names at once'],
  ['loop', 'is an alias that leads to no end'],
] as const)('ten names that DNS says %s of are one warning', async (kind, text) => {
  const region = emptyRegion();
  const network = region.network();
  const { vpcEndpointId } = region.orphan({ network, createdAt: region.daysAgo(120) });
  for (let index = 0; index < 10; index += 1) region.rdsProxy({ name: `proxy-${index}`, network });
  const { answer } = await lookUp(region, vpcEndpointId, { faults: { dns: { kind } } });
  expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
  expect(answer.nextStep.warnings).toHaveLength(1);
  expect(answer.nextStep.warnings[0]).toMatch(text);
  expect(answer.nextStep.warnings[0]).toMatch(/ \(and 9 more like it\)$/);
});
