import {
  DescribeFirewallCommand,
  DescribeVpcEndpointAssociationCommand,
  ListFirewallsCommand,
  ListVpcEndpointAssociationsCommand,
  NetworkFirewallClient,
} from '@aws-sdk/client-network-firewall';
import { expect, test } from '@jest/globals';
import type { Region } from '../../sandbox/account.ts';
import { clientOptions, refused, run } from './running.ts';
import { accountWith } from './samples.ts';

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
