import type { NatGatewayAttachedAppliance } from '@aws-sdk/client-ec2';
import type { DescribeProxyResource } from '@aws-sdk/client-network-firewall';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import {
  type Generation,
  owned,
  perhapsFound,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { network as newNetwork, oneSubnetOf } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import { ec2Rows } from '../world/rows.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import { networkFirewallApi as api, networkFirewallCreator as creator } from './network-firewall-api.ts';
import type { Service } from './service.ts';

const rows = rowsOf({ networkFirewallProxies: [] as DescribeProxyResource[] });

/** @see https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DescribeProxy.html */
export const networkFirewallProxy = {
  id: 'network-firewall-proxy',
  api,
  rows,
  // Who makes a proxy's endpoint is not known.
  creator,
  builders: { networkFirewallProxy: proxy },
  examples,
  kinds: (generation) => [() => someProxy(generation, 'named'), () => someUntoldProxy(generation)],
  operations: {
    ListProxies: (input, { region, page }) => {
      const size = pageSize(
        input,
        'MaxResults',
        { min: 1, max: 100 },
        (value) =>
          new AwsError('InvalidRequestException', `MaxResults must be between 1 and 100, not ${value}`),
      );
      const listed = rows(region).networkFirewallProxies.map(({ ProxyName, ProxyArn }) => ({
        Name: ProxyName,
        Arn: ProxyArn,
      }));
      return page('Proxies', listed, size ?? 100);
    },
    DescribeProxy: (input, { region }) => {
      const arn = text(input, 'ProxyArn');
      const found = rows(region).networkFirewallProxies.find(({ ProxyArn }) => ProxyArn === arn);
      if (found === undefined) throw new AwsError('ResourceNotFoundException', `There is no proxy ${arn}`);
      return { Proxy: found, UpdateToken: 'a-token' };
    },
  },
} as const satisfies Service;

export interface ProxyOptions extends ResourceOptions {
  /** `unnamed`: without its endpoint; `absent`: the NAT gateway says nothing of the proxy. */
  readonly attached?: 'named' | 'unnamed' | 'absent';
}

export interface NetworkFirewallProxyMade extends Made {
  readonly row: DescribeProxyResource;
  readonly natGatewayId: string;
}

/** A proxy on a NAT gateway of its own, in the first subnet. */
function proxy(scope: Scope, options: ProxyOptions = {}): NetworkFirewallProxyMade {
  const { name = scope.nextName('egress'), attached = 'named', ...rest } = options;
  const network = oneSubnetOf(rest.network ?? newNetwork(scope, { subnets: 1 }));
  const placed = placeEndpoint(scope, { ...rest, name: `network-firewall-proxy/${name}`, network, creator });
  const natGatewayId = scope.id('nat', `network-firewall-proxy/${name}`);
  const arn = scope.arn('network-firewall', `proxy/${name}`);
  const appliance: NatGatewayAttachedAppliance = {
    Type: 'network-firewall-proxy',
    ApplianceArn: arn,
    AttachmentState: attached === 'named' ? 'attached' : 'attaching',
    ModificationState: 'completed',
    ...(attached === 'named' ? { VpcEndpointId: placed.vpcEndpointId } : {}),
  };
  ec2Rows(scope.resources).natGateways.push({
    NatGatewayId: natGatewayId,
    VpcId: network.vpcId,
    SubnetId: network.subnets[0]?.subnetId,
    State: 'available',
    ConnectivityType: 'public',
    ...(attached === 'absent' ? {} : { AttachedAppliances: [appliance] }),
  });
  const row: DescribeProxyResource = {
    ProxyName: name,
    ProxyArn: arn,
    NatGatewayId: natGatewayId,
    ProxyState: (rest.status ?? 'ATTACHED') as DescribeProxyResource['ProxyState'],
    VpcEndpointServiceName: placed.endpoint.ServiceName,
    CreateTime: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
  };
  rows(scope.resources).networkFirewallProxies.push(row);
  const owner: Owner = {
    service: 'network-firewall-proxy',
    resourceType: 'AWS::NetworkFirewall::Proxy',
    resourceId: name,
    arn,
    parentArn: scope.arn('ec2', `natgateway/${natGatewayId}`),
  };
  return { ...made(owner, network, placed), row, natGatewayId };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const egress = proxy(scope, { name: `egress${suffix}`, createdAt });
    const quiet = proxy(scope, { name: `quiet${suffix}`, createdAt, attached: 'absent' });
    return [
      identifiedById(`a Network Firewall proxy on a NAT gateway, ${words}`, egress),
      identifiedById(`a Network Firewall proxy by its endpoint service, ${words}`, quiet, {
        confidence: 'probable',
      }),
    ];
  });
}

function someUntoldProxy(generation: Generation): void {
  someProxy(generation, generation.chance.pick(['unnamed', 'absent'] as const));
}

function someProxy(generation: Generation, attached: NonNullable<ProxyOptions['attached']>): void {
  const made = proxy(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    network: someNetwork(generation),
    attached,
  });
  if (attached === 'named') owned(generation, made);
  else perhapsFound(generation, made);
}
