import type { NatGateway, NatGatewayAttachedAppliance } from '@aws-sdk/client-ec2';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { parseArn } from '../aws/region.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, describeEach, present, readItems, required, unsettled } from './helpers.ts';

const ec2 = () => import('./sdk/nat-gateways.ts');
const sdk = () => import('./sdk/network-firewall-proxy.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * Network Firewall proxies, each on a NAT gateway, with an endpoint in the gateway's subnet (documented). A preview since 2025.
 *
 * Source: DescribeNatGateways names the endpoint of each proxy that is attached (documented). A proxy that no gateway tells is
 * described: the name of its endpoint service equals the endpoint's (inferred), which proves it on the gateway's own subnet
 * only; where it does not, the proxy is a candidate there, and no owner. Its creator and tags are not known: what speaks for
 * Network Firewall speaks for its proxies too.
 * Cost: one page per 1,000 NAT gateways and per 100 proxies, and one call for each proxy that no gateway tells.
 * Missing: an empty page of proxies. A Region that does not know ListProxies, or refuses it, says nothing: that is thrown.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGatewayAttachedAppliance.html
 * @see https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DescribeProxy.html
 */
export const networkFirewallProxy: Service = {
  id: 'network-firewall-proxy',
  name: 'AWS Network Firewall Proxy',
  marks: { never: neverAnAppliance },
  actions: {
    'ec2:DescribeNatGateways': 'anything',
    // What an ARN of a proxy looks like is not documented for IAM.
    'network-firewall:DescribeProxy': 'anything',
    'network-firewall:ListProxies': 'anything',
  },
  lists: [{ read: proxies }],
  unlisted: null,
  console: () => 'vpcconsole/home#NatGateways:',
  removal: ({ id, parentArn }, { region }) => {
    const gateway = parseArn(parentArn ?? '')?.resource.replace(/^natgateway\//, '');
    const act = gateway === undefined ? ['describe-proxy'] : ['delete-proxy', '--nat-gateway-id', gateway];
    const where = gateway ?? 'its NAT gateway, which the command shows';
    return {
      summary: `Delete the proxy ${id} of ${where}; AWS then deletes the endpoint with it.`,
      commands: [['aws', 'network-firewall', ...act, '--proxy-name', id, '--region', region]],
      warnings: ['What reaches the internet through this proxy does so no longer. The NAT gateway stays.'],
      documentation: 'https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DeleteProxy.html',
    };
  },
};

type Gateways = Map<string, NatGateway>;

async function* proxies(aws: Aws): AsyncGenerator<Items> {
  const { client: vpc, paginateDescribeNatGateways } = await aws(ec2);
  const gateways: Gateways = new Map();
  const told = new Set<string>();
  const waiting: Resource[] = [];
  const known = new Set<string>();
  const all = paginateDescribeNatGateways({ client: vpc }, { MaxResults: 1000 });
  for await (const page of pages('ec2:DescribeNatGateways', all, 'NatGateways')) {
    for (const gateway of page) gateways.set(gateway.NatGatewayId ?? '', gateway);
    const items = page.flatMap((gateway) => attachedTo(gateway));
    for (const item of items) {
      if ('error' in item || item.arn === null) continue;
      if (isTold(item)) told.add(item.arn);
      else waiting.push(item);
    }
    yield items.filter((item) => 'error' in item || isTold(item));
  }
  const { client, paginateListProxies } = await aws(sdk);
  const listed = paginateListProxies({ client }, { MaxResults: 100 });
  for await (const page of pages('network-firewall:ListProxies', listed, 'Proxies')) {
    const arns = page.map(({ Arn }) => required(Arn, 'network-firewall:ListProxies'));
    for (const arn of arns) known.add(arn);
    const open = arns.filter((arn) => !told.has(arn));
    yield describeEach('network-firewall:DescribeProxy', open, (arn) => describeProxy(aws, arn, gateways));
  }
  // Of one that a gateway tells, another gateway, or another zone, may not say it yet.
  yield waiting.filter(({ arn }) => arn !== null && (told.has(arn) || !known.has(arn)));
}

/** It names an endpoint, or says that there is none. */
function isTold({ shows, state }: Resource): boolean {
  return typeof state !== 'object' || (shows.endpointIds ?? []).length > 0;
}

/** One proxy may be attached in several zones. */
function attachedTo(gateway: NatGateway): Items {
  const action = 'ec2:DescribeNatGateways';
  const appliances = (gateway.AttachedAppliances ?? []).filter(
    ({ Type: type = 'network-firewall-proxy' }) => type === 'network-firewall-proxy',
  );
  const arns = new Set(appliances.map(({ ApplianceArn }) => ApplianceArn));
  // A gateway without its id may be any proxy's, and have lost its appliances too.
  return readItems(gateway.NatGatewayId ? [...arns] : [undefined], (named) => {
    const arn = required(named, action);
    const own = appliances.filter(({ ApplianceArn }) => ApplianceArn === arn);
    const endpointIds = present(...own.map(({ VpcEndpointId }) => VpcEndpointId));
    return {
      ...proxyOn(gateway, arn, arn.split('/').at(-1) ?? arn),
      shows: { endpointIds },
      mostEndpoints: 'as-listed',
      state: stateOfAttached(own, endpointIds),
    };
  });
}

function stateOfAttached(
  own: readonly NatGatewayAttachedAppliance[],
  endpointIds: readonly string[],
): Resource['state'] {
  const [state] = own.map(({ AttachmentState }) => AttachmentState);
  if (endpointIds.length < own.length) return unsettled('does not say its VPC endpoint', state);
  return state === 'detaching' ? 'deleting' : undefined;
}

async function describeProxy(aws: Aws, arn: string, gateways: Gateways): Promise<Resource | undefined> {
  const { client, DescribeProxyCommand } = await aws(sdk);
  const answer = await client.send(new DescribeProxyCommand({ ProxyArn: arn })).catch(notFound);
  if (answer === undefined) return undefined;
  const { Proxy: proxy } = answer;
  if (proxy === undefined)
    throw new MalformedAnswer('network-firewall:DescribeProxy: the answer has no Proxy');
  const serviceNames = present(proxy.VpcEndpointServiceName);
  const gateway = gateways.get(proxy.NatGatewayId ?? '');
  return {
    ...proxyOn(
      gateway ?? { NatGatewayId: proxy.NatGatewayId },
      proxy.ProxyArn ?? arn,
      required(proxy.ProxyName, 'network-firewall:DescribeProxy'),
    ),
    shows: { serviceNames },
    createdAt: proxy.CreateTime,
    state: stateOf(proxy.ProxyState, serviceNames.length > 0, gateway !== undefined),
  };
}

/** One that is detached may have left its gateway, and be without an endpoint for good. */
function stateOf(state: string | undefined, isNamed: boolean, isPlaced: boolean): Resource['state'] {
  if (state === 'DETACHING') return 'deleting';
  if (state === 'DETACHED') return undefined;
  if (!isPlaced) return unsettled('is on a NAT gateway that EC2 does not list', state);
  return isNamed ? undefined : unsettled('does not say its VPC endpoint', state);
}

function proxyOn({ NatGatewayId, VpcId, SubnetId }: NatGateway, arn: string, id: string) {
  const at = parseArn(arn);
  const inAccount = at && `arn:${at.partition}:ec2:${at.region}:${at.accountId}:natgateway/`;
  return {
    type: 'AWS::NetworkFirewall::Proxy',
    id,
    arn,
    // EC2 does not return it.
    parentArn: inAccount && NatGatewayId ? inAccount + NatGatewayId : null,
    network: { vpcId: VpcId, subnetIds: present(SubnetId) },
  };
}
