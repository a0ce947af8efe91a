import type { Aws } from '../aws/clients.ts';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { consoleUrl, type Place, parseArn } from '../aws/region.ts';
import type { Attachment, Claim, Page, Resolver, Scope } from '../resolver.ts';
import { mapConcurrently } from '../time/limit.ts';
import { creationBy, named } from './common.ts';

const sdk = () => import('./sdk/network-firewall.ts');

/** Describes in flight: the lists return ARNs only, so many firewalls or associations cost a call for each. */
const describesAtOnce = 64;

/** A resource policy may hide a few firewalls; so many failures mean that the rest fails too. */
const mostFailures = 20;

/**
 * Network Firewall: firewalls, and the VPC endpoint associations that carry one into other VPCs and accounts.
 *
 * Source: the tags `AWSNetworkFirewallManaged` and `Firewall` (the firewall's ARN) on the endpoint, which anyone may
 * write; `SyncStates` of DescribeFirewall and `AssociationSyncState` of DescribeVpcEndpointAssociation (documented).
 * Cost: one call to confirm a firewall that is named. To list: one per 100 firewalls of the VPC and one for each of
 * them; one per 100 associations of the Region, for these live in other VPCs too, and one for each of them.
 * Missing: an empty page; ResourceNotFoundException for a firewall deleted meanwhile. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_FirewallStatus.html
 */
export const networkFirewall: Resolver = {
  id: 'network-firewall',
  name: 'AWS Network Firewall',
  actions: [
    'network-firewall:DescribeFirewall',
    'network-firewall:DescribeVpcEndpointAssociation',
    'network-firewall:ListFirewalls',
    'network-firewall:ListVpcEndpointAssociations',
  ],

  // That its endpoints are GatewayLoadBalancer endpoints is inferred, so others are not ruled out, but asked last: the
  // lists cost a call for every firewall.
  recognise: ({ endpoint, creation }) => {
    const claims = [
      ...tagClaims('endpoint-tag', 'The endpoint', endpoint.tags),
      ...(creation === null ? [] : tagClaims('cloudtrail', 'CreateVpcEndpoint', creation.tags)),
      ...creationBy(creation, 'network-firewall', 'AWSServiceRoleForNetworkFirewall'),
    ];
    const fitting = endpoint.type === null || endpoint.type === 'GatewayLoadBalancer';
    return { claims, unlikely: !fitting && claims.length === 0 };
  },

  attachments: [
    { byVpc: true, read: firewalls },
    { byVpc: false, read: (aws, place) => associations(aws, place) },
  ],

  async *confirm(aws, arn, place) {
    if (arn.includes(':vpc-endpoint-association/')) {
      yield await describeAssociation(aws, arn, place);
      return;
    }
    const firewall = await describeFirewall(aws, arn, place);
    yield firewall;
    if (firewall.length > 0) yield* associations(aws, place, arn);
  },

  removal: ({ resourceType, resourceId, arn }, { region }) =>
    resourceType === 'AWS::NetworkFirewall::VpcEndpointAssociation'
      ? {
          summary: `Delete the VPC endpoint association ${resourceId}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'network-firewall', 'delete-vpc-endpoint-association']
              .concat(['--vpc-endpoint-association-arn', arn ?? resourceId])
              .concat(['--region', region]),
          ],
          warnings: [
            'Traffic that a route table sends to this endpoint is dropped: change the routes first.',
          ],
          documentation:
            'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-endpoint-association.html',
        }
      : {
          summary: `Delete the firewall ${resourceId}, or disassociate it from the endpoint's subnet; AWS then deletes the endpoint with it.`,
          commands: [
            [
              'aws',
              'network-firewall',
              'delete-firewall',
              '--firewall-arn',
              arn ?? resourceId,
              '--region',
              region,
            ],
          ],
          warnings: [
            'Traffic that a route table sends to this endpoint is dropped: change the routes first.',
            'A firewall with delete protection or logging refuses: take both off first.',
          ],
          documentation:
            'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-deleting.html',
        },
};

/** CloudTrail types tag values, so `true` may come as text or boolean, and is text by now. */
function tagClaims(
  source: Claim['source'],
  subject: string,
  tags: Readonly<Record<string, string>>,
): Claim[] {
  const { Firewall, AWSNetworkFirewallManaged } = tags as Partial<Record<string, string>>;
  const verb = source === 'cloudtrail' ? 'set' : 'carries';
  const claims: Claim[] = [];
  if (Firewall !== undefined && isNameable(Firewall)) {
    claims.push({ source, statement: `${subject} ${verb} the tag Firewall=${Firewall}`, resource: Firewall });
  }
  if (AWSNetworkFirewallManaged?.toLowerCase() === 'true') {
    claims.push({ source, statement: `${subject} ${verb} the tag AWSNetworkFirewallManaged=true` });
  }
  return claims;
}

/** The two kinds of resources that hold endpoints; a tag can name anything. */
function isNameable(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'network-firewall' && /^(firewall|vpc-endpoint-association)\/./.test(arn.resource);
}

/** The firewalls of one VPC are few: their pages are asked for one after the other. */
async function* firewalls(aws: Aws, { vpcId, ...place }: Scope): AsyncGenerator<Page> {
  const { client, paginateListFirewalls } = await aws(sdk);
  const listed = paginateListFirewalls({ client }, vpcId === null ? {} : { VpcIds: [vpcId] });
  for await (const page of pages('network-firewall:ListFirewalls', listed, 'Firewalls')) {
    const arns = page.map(({ FirewallArn }) => named(FirewallArn, 'network-firewall:ListFirewalls'));
    yield* describeEach(arns, (arn) => describeFirewall(aws, arn, place));
  }
}

/** The associations of the whole Region are many: the next page is asked for while those of the last are described. */
async function* associations(aws: Aws, place: Place, firewallArn?: string): AsyncGenerator<Page> {
  const { client, paginateListVpcEndpointAssociations } = await aws(sdk);
  const filter = firewallArn === undefined ? {} : { FirewallArn: firewallArn };
  const listed = paginateListVpcEndpointAssociations({ client }, filter);
  async function* arns(): AsyncGenerator<string> {
    const action = 'network-firewall:ListVpcEndpointAssociations';
    for await (const page of pages(action, listed, 'VpcEndpointAssociations')) {
      yield* page.map((item) => named(item.VpcEndpointAssociationArn, action));
    }
  }
  yield* describeEach(arns(), (arn) => describeAssociation(aws, arn, place));
}

/** One that may not be described does not hide the others; where many may not, none is asked for any more. */
async function* describeEach(
  arns: Iterable<string> | AsyncIterable<string>,
  describe: (arn: string) => Promise<Attachment[]>,
): AsyncGenerator<Page> {
  let failed = 0;
  const tried = mapConcurrently(arns, describesAtOnce, (arn) =>
    describe(arn).catch((error: unknown) => ({ error })),
  );
  for await (const found of tried) {
    if (Array.isArray(found)) yield found;
    else if (++failed < mostFailures) yield [found];
    else throw found.error;
  }
}

async function describeFirewall(aws: Aws, arn: string, place: Place): Promise<Attachment[]> {
  const { client, DescribeFirewallCommand } = await aws(sdk);
  const found = await client.send(new DescribeFirewallCommand({ FirewallArn: arn })).catch(absent);
  if (found === undefined) return [];
  const { Firewall, FirewallStatus } = found;
  if (Firewall === undefined)
    throw new MalformedAnswer('network-firewall:DescribeFirewall: the answer has no Firewall');
  return [
    {
      owner: {
        resourceType: 'AWS::NetworkFirewall::Firewall',
        resourceId: named(Firewall.FirewallName, 'network-firewall:DescribeFirewall'),
        arn: Firewall.FirewallArn ?? arn,
        parentArn: null,
        consoleUrl: consoleUrl(place, 'vpcconsole/home#NetworkFirewalls:'),
      },
      vpcId: Firewall.VpcId,
      subnetIds: Firewall.SubnetMappings?.flatMap(({ SubnetId }) => SubnetId ?? []),
      deleting: FirewallStatus?.Status === 'DELETING',
      // A firewall on a transit gateway has its endpoints in a VPC of AWS's own.
      ...(Firewall.TransitGatewayId === undefined
        ? placed(FirewallStatus?.SyncStates, FirewallStatus?.Status)
        : { vpcEndpointIds: [] }),
    },
  ];
}

async function describeAssociation(aws: Aws, arn: string, place: Place): Promise<Attachment[]> {
  const { client, DescribeVpcEndpointAssociationCommand } = await aws(sdk);
  const command = new DescribeVpcEndpointAssociationCommand({ VpcEndpointAssociationArn: arn });
  const found = await client.send(command).catch(absent);
  if (found === undefined) return [];
  const { VpcEndpointAssociation: association, VpcEndpointAssociationStatus: status } = found;
  if (association === undefined) {
    throw new MalformedAnswer(
      'network-firewall:DescribeVpcEndpointAssociation: the answer has no association',
    );
  }
  return [
    {
      owner: {
        resourceType: 'AWS::NetworkFirewall::VpcEndpointAssociation',
        resourceId: association.VpcEndpointAssociationId ?? arn.split('/').at(-1) ?? arn,
        arn: association.VpcEndpointAssociationArn ?? arn,
        parentArn: association.FirewallArn ?? null,
        consoleUrl: consoleUrl(place, 'vpcconsole/home#NetworkFirewalls:'),
      },
      vpcId: association.VpcId,
      subnetIds:
        association.SubnetMapping?.SubnetId === undefined ? undefined : [association.SubnetMapping.SubnetId],
      deleting: status?.Status === 'DELETING',
      ...placed(status?.AssociationSyncState, status?.Status),
    },
  ];
}

type SyncStates =
  | Record<string, { Attachment?: { EndpointId?: string | undefined } | undefined }>
  | undefined;

/** The endpoints of every Availability Zone. Those still being made have no id yet. */
function placed(syncStates: SyncStates, status: string | undefined) {
  const zones = Object.values(syncStates ?? {});
  const ids = zones.flatMap(({ Attachment }) => Attachment?.EndpointId ?? []);
  const changing = status === 'PROVISIONING' || (status === 'DELETING' && ids.length === 0);
  const unsettled = syncStates === undefined || ids.length < zones.length || changing;
  return {
    vpcEndpointIds: ids,
    undecided: unsettled
      ? `does not list the endpoint of every zone (${status ?? 'status unknown'})`
      : undefined,
  };
}

function absent(error: unknown): undefined {
  if ((error as Error).name === 'ResourceNotFoundException') return undefined;
  throw error;
}
