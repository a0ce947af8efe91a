import type { Attachment, Firewall, FirewallStatusValue } from '@aws-sdk/client-network-firewall';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import type { Endpoint, Items, Resource } from '../model/model.ts';
import type { Aws, Removal, Scope, Service } from '../model/service.ts';
import { absent, describeEach, otherEndpoints, present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/network-firewall.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * Network Firewall: firewalls, and the VPC endpoint associations that carry one into other VPCs and accounts.
 *
 * Source: the tags `AWSNetworkFirewallManaged` and `Firewall` (the firewall's ARN) on the endpoint, which anyone may
 * write; `SyncStates` of DescribeFirewall and `AssociationSyncState` of DescribeVpcEndpointAssociation (documented), which
 * name the endpoint of every zone. That its endpoints are GatewayLoadBalancer endpoints is inferred, so others are not
 * ruled out, but asked about last: the lists cost a call for every firewall.
 * A NAT/Proxy firewall is an ordinary one by its ARN, with a NAT gateway in each zone that goes with it. That its endpoints are
 * in `SyncStates` too is inferred, and the client does not have the members that tell it from others: an Interface endpoint
 * that nothing holds may be one's.
 * Cost: one call to confirm a firewall that is named. To list: one per 100 firewalls of the VPC and one for each of
 * them; one per 100 associations of the Region, for these live in other VPCs too, and one for each of them.
 * Missing: an empty page; ResourceNotFoundException for a firewall that a tag names. One that is listed and then not
 * found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_FirewallStatus.html
 */
export const networkFirewall: Service = {
  id: 'network-firewall',
  name: 'AWS Network Firewall',
  marks: {
    principals: ['network-firewall'],
    roles: ['AWSServiceRoleForNetworkFirewall'],
    tags: { Firewall: 'arn', AWSNetworkFirewallManaged: /^true$/i },
    types: ['GatewayLoadBalancer'],
  },
  actions: {
    // A firewall that is shared through AWS RAM has its owner's account in its ARN.
    'network-firewall:DescribeFirewall': [['network-firewall', 'firewall/*', '*']],
    'network-firewall:DescribeVpcEndpointAssociation': [
      ['network-firewall', 'vpc-endpoint-association/*', '*'],
    ],
    'network-firewall:ListFirewalls': 'anything',
    'network-firewall:ListVpcEndpointAssociations': 'anything',
  },
  lists: [{ byVpc: true, read: firewalls }, { read: (aws) => associations(aws) }],
  unlisted: {
    what: 'the NAT/Proxy firewall',
    command: ['aws', 'network-firewall', 'list-firewalls'],
    types: ['Interface'],
  },
  makesFor: ['network-firewall-proxy'],
  named: {
    arn: /^arn:[a-z-]+:network-firewall:[^:]*:\d{12}:(firewall|vpc-endpoint-association)\/./,
    read: named,
  },
  console: () => 'vpcconsole/home#NetworkFirewalls:',
  removal: (resource, { region }, endpoint) =>
    resource.type === 'AWS::NetworkFirewall::VpcEndpointAssociation'
      ? removeAssociation(resource, region)
      : removeFirewall(resource, region, endpoint),
};

function removeAssociation({ id, arn }: Resource, region: string): Removal {
  return {
    summary: `Delete the VPC endpoint association ${id}; AWS then deletes the endpoint with it.`,
    commands: [
      ['aws', 'network-firewall', 'delete-vpc-endpoint-association']
        .concat(['--vpc-endpoint-association-arn', arn ?? id])
        .concat(['--region', region]),
    ],
    warnings: [],
    documentation:
      'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-endpoint-association.html',
  };
}

/** One endpoint of several goes with its subnet; the firewall itself only goes with all of them. */
function removeFirewall(resource: Resource, region: string, endpoint: Endpoint): Removal {
  const { id, arn, network, protections } = resource;
  const firewall = ['--firewall-arn', arn ?? id, '--region', region];
  // A zone whose endpoint is still being made has a subnet, and no endpoint yet.
  const others = Math.max(otherEndpoints(resource, endpoint), (network.subnetIds ?? []).length - 1);
  const [subnetId] = endpoint.subnetIds;
  const remove = ['aws', 'network-firewall', 'delete-firewall', ...firewall];
  const documentation =
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-deleting.html';
  if (others === 0 || subnetId === undefined)
    return {
      summary: `Delete the firewall ${id}; AWS then deletes the endpoint with it.`,
      commands: [remove],
      warnings: [...gatewaysToo(endpoint), refusal(protections, ['delete protection'])],
      documentation,
    };
  const leave = ['aws', 'network-firewall', 'disassociate-subnets', '--subnet-ids', subnetId, ...firewall];
  const more = `${others} more endpoint${others === 1 ? '' : 's'}`;
  return {
    summary: `Disassociate ${subnetId} from the firewall ${id}: only this endpoint goes. The second command deletes the firewall, with ${more}.`,
    commands: [leave, remove],
    warnings: [
      ...gatewaysToo(endpoint),
      refusal(protections, ['subnet change protection', 'delete protection']),
    ],
    documentation,
  };
}

/** A NAT/Proxy firewall takes the NAT gateways that it made with it (documented); an endpoint of another type hints at one. */
function gatewaysToo({ type }: Endpoint): readonly string[] {
  if (type === null || type === 'GatewayLoadBalancer') return [];
  return ['If it is a NAT/Proxy firewall, its NAT gateways and their addresses are deleted with it.'];
}

/**
 * What AWS refuses the acts for: subnet change protection keeps the subnets, delete protection the firewall (documented).
 * That logging has to be off before the firewall can be deleted is documented, too.
 */
function refusal(protections: Resource['protections'], against: readonly string[]): string {
  const on = against.filter((each) => protections?.includes(each));
  if (on.length > 0)
    return `AWS refuses while ${on.join(' and ')} ${on.length > 1 ? 'are' : 'is'} on: take it off first, and logging.`;
  // The firewall's own answer says what is on.
  return protections === undefined
    ? 'Delete protection and logging refuse it: take them off first.'
    : 'AWS refuses to delete a firewall that has logging: take it off first.';
}

async function* firewalls(aws: Aws, { vpcId }: Scope): AsyncGenerator<Items> {
  const { client, paginateListFirewalls } = await aws(sdk);
  const listed = paginateListFirewalls({ client }, vpcId === null ? {} : { VpcIds: [vpcId] });
  for await (const page of pages('network-firewall:ListFirewalls', listed, 'Firewalls')) {
    const arns = page.map(({ FirewallArn }) => required(FirewallArn, 'network-firewall:ListFirewalls'));
    yield describeEach('network-firewall:DescribeFirewall', arns, (arn) => describeFirewall(aws, arn));
  }
}

async function* associations(aws: Aws, firewallArn?: string): AsyncGenerator<Items> {
  const { client, paginateListVpcEndpointAssociations } = await aws(sdk);
  const filter = firewallArn === undefined ? {} : { FirewallArn: firewallArn };
  const listed = paginateListVpcEndpointAssociations({ client }, filter);
  const action = 'network-firewall:ListVpcEndpointAssociations';
  const describing = 'network-firewall:DescribeVpcEndpointAssociation';
  for await (const page of pages(action, listed, 'VpcEndpointAssociations')) {
    const arns = page.map((item) => required(item.VpcEndpointAssociationArn, action));
    yield describeEach(describing, arns, (arn) => describeAssociation(aws, arn));
  }
}

async function* named(aws: Aws, arn: string): AsyncGenerator<Items> {
  const isAssociation = arn.includes(':vpc-endpoint-association/');
  const resource = await (isAssociation ? describeAssociation(aws, arn) : describeFirewall(aws, arn));
  if (resource === undefined) return;
  yield [resource];
  // Its endpoints in other VPCs carry its name too.
  if (!isAssociation) yield* associations(aws, arn);
}

async function describeFirewall(aws: Aws, arn: string): Promise<Resource | undefined> {
  const { client, DescribeFirewallCommand } = await aws(sdk);
  const answer = await client.send(new DescribeFirewallCommand({ FirewallArn: arn })).catch(notFound);
  if (answer === undefined) return undefined;
  const { Firewall: firewall, FirewallStatus: status } = answer;
  if (firewall === undefined)
    throw new MalformedAnswer('network-firewall:DescribeFirewall: the answer has no Firewall');
  const subnets = firewall.SubnetMappings ?? [];
  // A firewall on a transit gateway has its endpoints in a VPC of AWS's own.
  const shown = firewall.TransitGatewayId
    ? ({ shows: {}, mostEndpoints: 'as-listed' } as const)
    : placed(status?.SyncStates, status?.Status, subnets.length);
  return {
    type: 'AWS::NetworkFirewall::Firewall',
    id: required(firewall.FirewallName, 'network-firewall:DescribeFirewall'),
    arn: firewall.FirewallArn ?? arn,
    network: {
      vpcId: firewall.VpcId,
      subnetIds: present(...subnets.map(({ SubnetId }) => SubnetId)),
    },
    protections: protectionsOf(firewall),
    ...shown,
  };
}

async function describeAssociation(aws: Aws, arn: string): Promise<Resource | undefined> {
  const { client, DescribeVpcEndpointAssociationCommand } = await aws(sdk);
  const command = new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn: arn });
  const answer = await client.send(command).catch(notFound);
  if (answer === undefined) return undefined;
  const { VpcEndpointAssociation: association, VpcEndpointAssociationStatus: status } = answer;
  if (association === undefined) {
    throw new MalformedAnswer(
      'network-firewall:DescribeVpcEndpointAssociation: the answer has no association',
    );
  }
  return {
    type: 'AWS::NetworkFirewall::VpcEndpointAssociation',
    id: association.VpcEndpointAssociationId ?? arn.split('/').at(-1) ?? arn,
    arn: association.VpcEndpointAssociationArn ?? arn,
    parentArn: association.FirewallArn ?? null,
    network: { vpcId: association.VpcId, subnetIds: present(association.SubnetMapping?.SubnetId) },
    ...placed(status?.AssociationSyncState, status?.Status),
  };
}

function protectionsOf(firewall: Firewall): readonly string[] {
  const on = (name: string, value: boolean | undefined) => (value === true ? [name] : []);
  return [
    ...on('delete protection', firewall.DeleteProtection),
    ...on('subnet change protection', firewall.SubnetChangeProtection),
    ...on('policy change protection', firewall.FirewallPolicyChangeProtection),
  ];
}

type SyncStates = Record<string, { Attachment?: Attachment | undefined }> | undefined;

/** The endpoint of every Availability Zone. Those still being made have no id yet; one that could not be made has none. */
function placed(
  syncStates: SyncStates,
  status: FirewallStatusValue | undefined,
  subnets = 0,
): Pick<Resource, 'shows' | 'state' | 'mostEndpoints'> {
  const zones = Object.values(syncStates ?? {});
  const endpointIds = zones.flatMap(({ Attachment: zone }) => present(zone?.EndpointId));
  const failed = zones.filter(({ Attachment: zone }) => !zone?.EndpointId && hasFailed(zone)).length;
  const changing = status === 'PROVISIONING' || (status === 'DELETING' && endpointIds.length === 0);
  const open =
    syncStates === undefined || endpointIds.length + failed < Math.max(zones.length, subnets) || changing;
  const going = status === 'DELETING' ? 'deleting' : undefined;
  // One that goes says so, whatever else it does not list any more.
  if (open && going !== undefined && endpointIds.length > 0) return { shows: { endpointIds }, state: going };
  return {
    shows: { endpointIds },
    mostEndpoints: 'as-listed',
    state: open ? unsettled('does not list the endpoint of every zone', status) : going,
  };
}

function hasFailed(zone: Attachment | undefined): boolean {
  return zone?.Status === 'FAILED' || zone?.Status === 'ERROR';
}
