/** What a test may choose of an endpoint, as EC2 then describes it over the wire. */
import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { type EndpointTraits, newAccount, type RegionBuilder } from '../../sandbox/build.ts';
import { clientOptions, run } from './running.ts';
import { regionName } from './samples.ts';

const now = new Date();

/** An endpoint of each builder that takes every trait. */
const builders: readonly [
  string,
  (build: RegionBuilder, traits: EndpointTraits) => { vpcEndpointId: string },
][] = [
  ['an orphan', (build, traits) => build.orphan(traits)],
  ['a proxy', (build, traits) => build.rdsProxy({ ...traits, resolves: 'nowhere' })],
  ["a person's endpoint", (build, traits) => build.customerEndpoint(traits)],
  ["GuardDuty's endpoint", (build, traits) => build.guardDutyEndpoint(traits)],
  ["Transfer Family's endpoint", (build, traits) => build.transferEndpoint(traits)],
  ["MSK's endpoint", (build, traits) => build.mskEndpoint(traits)],
  ['a firewall', (build, traits) => build.firewall(traits)],
  [
    "a deleted firewall's endpoint",
    (build, traits) =>
      build.firewallOrphan({ firewallArn: 'arn:aws:network-firewall:::firewall/x', ...traits }),
  ],
];

async function described(make: (build: RegionBuilder) => { vpcEndpointId: string }) {
  const build = newAccount('111122223333').region(regionName, now);
  const { vpcEndpointId } = make(build);
  const client = new EC2Client(clientOptions(await run(build.account)));
  const command = new DescribeVpcEndpointsCommand({ VpcEndpointIds: [vpcEndpointId] });
  const { VpcEndpoints } = await client.send(command);
  return VpcEndpoints?.[0];
}

test.each(builders)('%s has the state, the type and the service name that are chosen', async (_, make) => {
  const traits = {
    state: 'rejected',
    vpcEndpointType: 'Tunnel',
    serviceName: 'com.amazonaws.ap-northeast-1.novelty',
    requesterManaged: true,
  } as const;
  expect(await described((build) => make(build, traits))).toMatchObject({
    State: 'rejected',
    VpcEndpointType: 'Tunnel',
    ServiceName: 'com.amazonaws.ap-northeast-1.novelty',
    RequesterManaged: true,
  });
});

test.each(builders)('%s may not say whether it is requester-managed', async (_, make) => {
  const endpoint = await described((build) => make(build, { requesterManaged: 'absent' }));
  expect(endpoint?.VpcEndpointId).toMatch(/^vpce-/);
  expect(endpoint).not.toHaveProperty('RequesterManaged');
});

test('a gateway endpoint has a route table and neither subnets nor names', async () => {
  const endpoint = await described((build) => build.orphan({ vpcEndpointType: 'Gateway' }));
  expect(endpoint).toMatchObject({
    RouteTableIds: [expect.stringMatching(/^rtb-/)],
    SubnetIds: [],
    DnsEntries: [],
  });
});

test.each([
  ['Resource', 'ResourceConfigurationArn'],
  ['ServiceNetwork', 'ServiceNetworkArn'],
] as const)(
  'an endpoint of the type %s leads to no service, but to its %s',
  async (vpcEndpointType, target) => {
    const endpoint = await described((build) => build.orphan({ vpcEndpointType }));
    expect(endpoint?.[target]).toMatch(/^arn:aws:vpc-lattice:ap-northeast-1:111122223333:/);
    expect(endpoint).not.toHaveProperty('ServiceName');
  },
);

test.each([1, 400])(
  'an orphan %s days old can leave nothing but a service name that says nothing',
  async (days) => {
    const build = newAccount('111122223333').region(regionName, now);
    const { endpoint } = build.orphan({ createdAt: build.daysAgo(days), event: false });
    expect(endpoint.ServiceName).toMatch(/^com\.amazonaws\.vpce\.ap-northeast-1\.vpce-svc-0[0-9a-f]{16}$/);
    expect(endpoint.Tags).toEqual([]);
    expect(build.resources.events).toEqual([]);
  },
);
