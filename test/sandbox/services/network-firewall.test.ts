import {
  DescribeFirewallCommand,
  DescribeVpcEndpointAssociationCommand,
  ListFirewallsCommand,
  ListVpcEndpointAssociationsCommand,
  NetworkFirewallClient,
} from '@aws-sdk/client-network-firewall';
import { expect, test } from '@jest/globals';
import type { Region } from '../../../sandbox/account.ts';
import { newAccount } from '../../../sandbox/build.ts';
import { clientOptions, refused, run } from '../running.ts';
import { accountWith, regionName } from '../samples.ts';

const arn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/';

function firewall(FirewallName: string, VpcId: string): Region['firewalls'][number] {
  return {
    Firewall: {
      FirewallName,
      FirewallArn: `${arn}${FirewallName}`,
      FirewallPolicyArn: 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall-policy/all',
      VpcId,
      SubnetMappings: [],
      FirewallId: FirewallName,
    },
    FirewallStatus: { Status: 'READY', ConfigurationSyncStateSummary: 'IN_SYNC' },
  };
}

const association: Region['vpcEndpointAssociations'][number] = {
  VpcEndpointAssociation: {
    VpcEndpointAssociationArn:
      'arn:aws:network-firewall:ap-northeast-1:111122223333:vpc-endpoint-association/1',
    FirewallArn: `${arn}edge`,
    VpcId: 'vpc-3',
    SubnetMapping: { SubnetId: 'subnet-1' },
  },
  VpcEndpointAssociationStatus: { Status: 'READY' },
};

async function start() {
  const firewalls = [firewall('edge', 'vpc-1'), firewall('core', 'vpc-2')];
  const sandbox = await run(accountWith({ firewalls, vpcEndpointAssociations: [association] }));
  return new NetworkFirewallClient(clientOptions(sandbox));
}

test('the list of firewalls has names and ARNs only, and can be narrowed to VPCs', async () => {
  const client = await start();
  const list = async (VpcIds?: string[]) =>
    (await client.send(new ListFirewallsCommand({ VpcIds }))).Firewalls;

  expect(await list()).toEqual([
    { FirewallName: 'edge', FirewallArn: `${arn}edge` },
    { FirewallName: 'core', FirewallArn: `${arn}core` },
  ]);
  expect(await list(['vpc-2', 'vpc-3'])).toEqual([{ FirewallName: 'core', FirewallArn: `${arn}core` }]);
  expect(await list(['vpc-3'])).toEqual([]);
  for (const MaxResults of [0, 101]) {
    await expect(client.send(new ListFirewallsCommand({ MaxResults }))).rejects.toMatchObject(
      refused('InvalidRequestException'),
    );
  }
});

test('a firewall is described by its ARN, its name, or both where they agree', async () => {
  const client = await start();
  const describe = async (input: DescribeFirewallCommand['input']) =>
    (await client.send(new DescribeFirewallCommand(input))).Firewall?.FirewallName;

  expect(await describe({ FirewallArn: `${arn}edge` })).toBe('edge');
  expect(await describe({ FirewallName: 'core' })).toBe('core');
  for (const input of [
    { FirewallName: 'none' },
    { FirewallArn: `${arn}none` },
    { FirewallName: 'edge', FirewallArn: `${arn}core` },
  ]) {
    await expect(describe(input)).rejects.toMatchObject(refused('ResourceNotFoundException'));
  }
  await expect(describe({})).rejects.toMatchObject(refused('InvalidRequestException'));
});

test('endpoint associations are listed by ARN, for one firewall or all', async () => {
  const client = await start();
  const { VpcEndpointAssociationArn } = association.VpcEndpointAssociation;
  const list = async (FirewallArn?: string) =>
    (await client.send(new ListVpcEndpointAssociationsCommand({ FirewallArn }))).VpcEndpointAssociations;

  expect(await list()).toEqual([{ VpcEndpointAssociationArn }]);
  expect(await list(`${arn}edge`)).toEqual([{ VpcEndpointAssociationArn }]);
  expect(await list(`${arn}core`)).toEqual([]);
  await expect(
    client.send(new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn: 'arn:aws:none' })),
  ).rejects.toMatchObject(refused('ResourceNotFoundException'));
  await expect(
    client.send(new ListVpcEndpointAssociationsCommand({ MaxResults: 101 })),
  ).rejects.toMatchObject(refused('InvalidRequestException'));
});

function tokyo() {
  return newAccount('111122223333').region(regionName, new Date());
}

async function clientFor({ account }: ReturnType<typeof tokyo>) {
  return new NetworkFirewallClient(clientOptions(await run(account)));
}

test.each(['FAILED', 'ERROR'] as const)(
  'a zone whose attachment is %s has a message and no endpoint, and the other zone has its own',
  async (status) => {
    const build = tokyo();
    const attachments = ['READY', status] as const;
    const edge = build.firewall({ name: 'edge', network: build.network({ subnets: 2 }), attachments });
    const far = build.vpcEndpointAssociation({ firewall: edge, attachments: [status] });
    const client = await clientFor(build);
    const { FirewallStatus } = await client.send(new DescribeFirewallCommand({ FirewallName: 'edge' }));
    const { VpcEndpointAssociationArn } = far.association;
    const described = await client.send(
      new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn }),
    );
    const failed = { SubnetId: expect.any(String), Status: status, StatusMessage: expect.any(String) };
    const { AssociationSyncState } = described.VpcEndpointAssociationStatus ?? {};
    expect(Object.values(FirewallStatus?.SyncStates ?? {}).map(({ Attachment }) => Attachment)).toEqual([
      { SubnetId: expect.any(String), EndpointId: edge.vpcEndpointId, Status: 'READY' },
      failed,
    ]);
    expect(Object.values(AssociationSyncState ?? {})).toEqual([{ Attachment: failed }]);
  },
);

test('what is deleted between the list and the question about it is listed and not found', async () => {
  const build = tokyo();
  const edge = build.firewall({ name: 'edge', describable: false });
  const core = build.firewall({ name: 'core' });
  const { association } = build.vpcEndpointAssociation({ firewall: core, describable: false });
  const { VpcEndpointAssociationArn } = association;
  const client = await clientFor(build);
  const { Firewalls } = await client.send(new ListFirewallsCommand({}));
  expect(Firewalls?.map(({ FirewallName }) => FirewallName)).toEqual(['edge', 'core']);
  expect(await client.send(new ListVpcEndpointAssociationsCommand({}))).toMatchObject({
    VpcEndpointAssociations: [{ VpcEndpointAssociationArn }],
  });
  const describe = (FirewallArn: string) => client.send(new DescribeFirewallCommand({ FirewallArn }));
  expect((await describe(core.firewallArn)).Firewall?.FirewallName).toBe('core');
  await expect(describe(edge.firewallArn)).rejects.toMatchObject(refused('ResourceNotFoundException'));
  await expect(
    client.send(new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn })),
  ).rejects.toMatchObject(refused('ResourceNotFoundException'));
});

test('a firewall can be protected, and can have a transit gateway without a name', async () => {
  const build = tokyo();
  build.firewall({ name: 'plain' });
  build.firewall({
    name: 'edge',
    transitGatewayId: '',
    deleteProtection: true,
    subnetChangeProtection: true,
    firewallPolicyChangeProtection: true,
  });
  const client = await clientFor(build);
  const describe = async (FirewallName: string) =>
    (await client.send(new DescribeFirewallCommand({ FirewallName }))).Firewall;
  const protection = (all: boolean) => ({
    DeleteProtection: all,
    SubnetChangeProtection: all,
    FirewallPolicyChangeProtection: all,
  });
  expect(await describe('edge')).toMatchObject({ ...protection(true), TransitGatewayId: '' });
  expect(await describe('plain')).toMatchObject(protection(false));
  expect(await describe('plain')).not.toHaveProperty('TransitGatewayId');
});
