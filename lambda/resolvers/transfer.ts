import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, describeEach, present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/transfer.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * AWS Transfer Family: servers and web apps whose endpoint is in a VPC.
 *
 * Source: DescribeServer and DescribeWebApp name the one VPC endpoint (documented; seen in a recording). The service name
 * of a server's endpoint, `com.amazonaws.REGION.transfer.server.c-NNNN`, was seen; that of a web app's was not, so nothing
 * is ruled out for want of it, and what has a server's name is looked for among the web apps too, after the servers.
 * Cost: one page per 1,000 servers and per 1,000 web apps, and one call for each of them that is in a VPC.
 * Missing: an empty page. A public server has no endpoint, and one of the deprecated type VPC_ENDPOINT uses an endpoint
 * that its customer made. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_EndpointDetails.html
 * @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedWebApp.html
 */
export const transfer: Service = {
  id: 'transfer',
  name: 'AWS Transfer Family',
  ids: /(?:s|webapp)-[0-9a-f]{17}/,
  marks: {
    principals: ['transfer'],
    serviceName: /^(cn\.)?com\.amazonaws\.[a-z0-9-]+\.transfer\.(server|web-?app)(\.|$)/,
    never: neverAnAppliance,
  },
  actions: {
    'transfer:DescribeServer': [['transfer', 'server/*']],
    'transfer:DescribeWebApp': [['transfer', 'webapp/*']],
    'transfer:ListServers': 'anything',
    'transfer:ListWebApps': 'anything',
  },
  lists: [
    { read: servers, serviceName: /\.transfer\.server\./ },
    { read: webApps, serviceName: /\.transfer\.web-?app\./ },
  ],
  askedLast: true,
  unlisted: null,
  console: ({ type, id }) =>
    type === 'AWS::Transfer::Server' ? `transfer/home#/servers/${encodeURIComponent(id)}` : 'transfer/home#/',
  removal: ({ type, id }, { region }) =>
    type === 'AWS::Transfer::Server'
      ? {
          summary: `Delete the Transfer Family server ${id}, or make its endpoint public; AWS then deletes the endpoint.`,
          commands: [['aws', 'transfer', 'delete-server', '--server-id', id, '--region', region]],
          warnings: [
            'Clients that send or fetch files through this server lose their connection.',
            'A server whose endpoint is public takes connections from the whole internet.',
          ],
          documentation: 'https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html',
        }
      : {
          summary: `Delete the Transfer Family web app ${id}; AWS then deletes the endpoint with it.`,
          commands: [['aws', 'transfer', 'delete-web-app', '--web-app-id', id, '--region', region]],
          warnings: ['People who reach their files through this web app no longer can.'],
          documentation: 'https://docs.aws.amazon.com/transfer/latest/userguide/web-app.html',
        },
};

async function* servers(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListServers } = await aws(sdk);
  const listed = paginateListServers({ client }, {});
  for await (const page of pages('transfer:ListServers', listed, 'Servers')) {
    const ids = page.filter(isInVpc).map(({ ServerId }) => required(ServerId, 'transfer:ListServers'));
    yield describeEach('transfer:DescribeServer', ids, (id) => describeServer(aws, id));
  }
}

async function* webApps(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListWebApps } = await aws(sdk);
  const listed = paginateListWebApps({ client }, {});
  for await (const page of pages('transfer:ListWebApps', listed, 'WebApps')) {
    const ids = page.filter(isInVpc).map(({ WebAppId }) => required(WebAppId, 'transfer:ListWebApps'));
    yield describeEach('transfer:DescribeWebApp', ids, (id) => describeWebApp(aws, id));
  }
}

/** It has no endpoint in a VPC that Transfer Family made. */
const elsewhere = { shows: {}, mostEndpoints: 'as-listed' } as const;

/** What does not say is described, and taken for one that has an endpoint. */
function isInVpc({ EndpointType = 'VPC' }: { readonly EndpointType?: string | undefined }): boolean {
  return EndpointType === 'VPC';
}

async function describeServer(aws: Aws, id: string): Promise<Resource | undefined> {
  const { client, DescribeServerCommand } = await aws(sdk);
  const answer = await client.send(new DescribeServerCommand({ ServerId: id })).catch(notFound);
  if (answer === undefined) return undefined;
  const { Server: server } = answer;
  if (server === undefined) throw new MalformedAnswer('transfer:DescribeServer: the answer has no Server');
  const { VpcEndpointId, VpcId, SubnetIds } = server.EndpointDetails ?? {};
  return {
    type: 'AWS::Transfer::Server',
    id,
    arn: server.Arn ?? null,
    // The security groups are EC2's to say: DescribeServer leaves them out (documented).
    network: { vpcId: VpcId, subnetIds: SubnetIds },
    ...(isInVpc(server) ? endpointOf(VpcEndpointId, server.State) : elsewhere),
  };
}

async function describeWebApp(aws: Aws, id: string): Promise<Resource | undefined> {
  const { client, DescribeWebAppCommand } = await aws(sdk);
  const answer = await client.send(new DescribeWebAppCommand({ WebAppId: id })).catch(notFound);
  if (answer === undefined) return undefined;
  const { WebApp: app } = answer;
  if (app === undefined) throw new MalformedAnswer('transfer:DescribeWebApp: the answer has no WebApp');
  const { VpcEndpointId, VpcId, SubnetIds } = app.DescribedEndpointDetails?.Vpc ?? {};
  return {
    type: 'AWS::Transfer::WebApp',
    id,
    arn: app.Arn ?? null,
    network: { vpcId: VpcId, subnetIds: SubnetIds },
    ...(isInVpc(app) ? endpointOf(VpcEndpointId, undefined) : elsewhere),
  };
}

/** Each has one endpoint; one that is being made does not say it yet. */
function endpointOf(endpointId: string | undefined, status: string | undefined) {
  return {
    shows: { endpointIds: present(endpointId) },
    mostEndpoints: 1,
    state: endpointId ? undefined : unsettled('does not say its VPC endpoint', status),
  } satisfies Partial<Resource>;
}
