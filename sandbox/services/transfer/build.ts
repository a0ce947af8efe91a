import type { DescribedServer, DescribedWebApp, State } from '@aws-sdk/client-transfer';
import { type Describable, rowsOf } from '../../world/account.ts';
import { forwardAccessSession } from '../../world/creator.ts';
import { type Placed, placeEndpoint } from '../../world/endpoint.ts';
import { network as newNetwork } from '../../world/network.ts';
import { type OrdinaryOptions, orphan } from '../../world/orphan.ts';
import { type Made, made, type ResourceOptions } from '../../world/owner.ts';
import type { Scope } from '../../world/scope.ts';

export const rows = rowsOf({
  transferServers: [] as ({ Server: DescribedServer } & Describable)[],
  transferWebApps: [] as ({ WebApp: DescribedWebApp } & Describable)[],
});

export const creator = forwardAccessSession('transfer');

interface HolderOptions extends ResourceOptions, Describable {
  /** `false`: its endpoint is being made, and it does not say it yet. */
  readonly listed?: boolean;
}

interface ServerOptions extends HolderOptions {
  /** `VPC_ENDPOINT`: deprecated; the endpoint is the customer's own. */
  readonly endpointType?: 'VPC' | 'VPC_ENDPOINT';
}

/** The ids of servers and web apps are made from their names. */
export function transferServer(
  scope: Scope,
  options: ServerOptions = {},
): Made & { server: DescribedServer } {
  const { name = scope.nextName('server'), network = newNetwork(scope), ...rest } = options;
  const { endpointType = 'VPC', listed = true, describable, status, ...traits } = rest;
  const own = endpointType === 'VPC_ENDPOINT';
  const placed = placeEndpoint(scope, {
    serviceName: serverServiceName(scope, own ? '' : '.c-0026'),
    ...(own ? { requesterManaged: false } : {}),
    ...traits,
    name: `transfer-server/${name}`,
    network,
    creator: own ? { kind: 'user', name: 'alice' } : creator,
  });
  const subnets = { VpcId: network.vpcId, SubnetIds: network.subnets.map(({ subnetId }) => subnetId) };
  const server = addServer(scope, name, describable, {
    EndpointType: endpointType,
    // It never says its security groups.
    EndpointDetails: {
      AddressAllocationIds: [],
      ...(own ? {} : subnets),
      ...(listed ? { VpcEndpointId: placed.vpcEndpointId } : {}),
    },
    State: (status ?? 'ONLINE') as State,
  });
  const owner = ownerOf('AWS::Transfer::Server', server.ServerId, server.Arn);
  return { ...made(owner, network, placed), server };
}

/** Has no endpoint in a VPC. */
export function publicTransferServer(scope: Scope, { name = scope.nextName('public-server') } = {}) {
  return { server: addServer(scope, name, undefined, { EndpointType: 'PUBLIC', State: 'ONLINE' }) };
}

function addServer(
  scope: Scope,
  name: string,
  describable: boolean | undefined,
  more: Partial<DescribedServer>,
): DescribedServer {
  const ServerId = scope.id('s', `transfer-server/${name}`);
  const Server: DescribedServer = {
    Arn: scope.arn('transfer', `server/${ServerId}`),
    ServerId,
    Domain: 'S3',
    IdentityProviderType: 'SERVICE_MANAGED',
    Protocols: ['SFTP'],
    UserCount: 1,
    Tags: [{ Key: 'Name', Value: name }],
    ...more,
  };
  rows(scope.resources).transferServers.push({ Server, ...(describable === false ? { describable } : {}) });
  return Server;
}

/** Nobody has seen the service name of its endpoint; here it has one like any other. */
export function transferWebApp(
  scope: Scope,
  options: HolderOptions = {},
): Made & { webApp: DescribedWebApp } {
  const { name = scope.nextName('web-app'), network = newNetwork(scope), ...rest } = options;
  const { listed = true, describable, ...traits } = rest;
  const placed = placeEndpoint(scope, { ...traits, name: `transfer-web-app/${name}`, network, creator });
  const WebAppId = scope.id('webapp', `transfer-web-app/${name}`);
  const WebApp: DescribedWebApp = {
    Arn: scope.arn('transfer', `webapp/${WebAppId}`),
    WebAppId,
    WebAppEndpointPolicy: 'STANDARD',
    EndpointType: 'VPC',
    DescribedEndpointDetails: {
      Vpc: {
        VpcId: network.vpcId,
        SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
        ...(listed ? { VpcEndpointId: placed.vpcEndpointId } : {}),
      },
    },
    Tags: [{ Key: 'Name', Value: name }],
  };
  rows(scope.resources).transferWebApps.push({ WebApp, ...(describable === false ? { describable } : {}) });
  return { ...made(ownerOf('AWS::Transfer::WebApp', WebAppId, WebApp.Arn), network, placed), webApp: WebApp };
}

function ownerOf(resourceType: string, id: string | undefined, arn: string | undefined) {
  return { service: 'transfer', resourceType, resourceId: id ?? '', arn: arn ?? null, parentArn: null };
}

/** What a deleted server left behind. */
export function transferEndpoint(scope: Scope, options: OrdinaryOptions = {}): Placed {
  const { name = scope.nextName('transfer'), ...rest } = options;
  return orphan(scope, { serviceName: serverServiceName(scope, '.c-0026'), ...rest, name, creator });
}

/** Its endpoints have service names of their own, and no tags. */
function serverServiceName({ partition, region }: Scope, suffix: string): string {
  return `${partition === 'aws-cn' ? 'cn.' : ''}com.amazonaws.${region}.transfer.server${suffix}`;
}
