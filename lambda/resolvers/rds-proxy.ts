import type { DBProxy, DBProxyEndpoint } from '@aws-sdk/client-rds';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance, rds } from './families.ts';
import { present, readItems, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/rds.ts');

/**
 * RDS Proxy: the default endpoint of a proxy and the ones added to it, each behind a VPC endpoint of its own.
 *
 * Source: RDS does not list the VPC endpoint; the proxy's hostname is an alias of its DNS name (observed). Each proxy
 * endpoint is one VPC endpoint (documented), and may be in another VPC than the proxy's.
 * Cost: one page per 100 proxies and per 100 proxy endpoints, plus one DNS lookup for each in the endpoint's VPC.
 * Missing: an empty page. Errors: thrown as they come; a refusal must not look like an absent proxy.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBProxyEndpoints.html
 */
export const rdsProxy: Service = {
  id: 'rds-proxy',
  name: 'Amazon RDS Proxy',
  ids: /prx-(?:endpoint-)?[0-9a-f]{17}/,
  marks: { family: rds, session: /^RDSSlrAssumptionSession$/i, never: neverAnAppliance },
  actions: { 'rds:DescribeDBProxies': 'anything', 'rds:DescribeDBProxyEndpoints': 'anything' },
  lists: [{ read: proxies }, { read: proxyEndpoints }],
  unlisted: null,
  detail: withArnOfProxy,
  console: ({ id, consoleId = id }) => `rds/home#proxy:id=${encodeURIComponent(consoleId)}`,
  removal: ({ type, id }, { region }) =>
    type === 'AWS::RDS::DBProxy'
      ? {
          summary: `Delete the RDS proxy ${id}; AWS then deletes the endpoint with it.`,
          commands: [['aws', 'rds', 'delete-db-proxy', '--db-proxy-name', id, '--region', region]],
          warnings: [
            'Applications that connect through this proxy lose their database connection.',
            'Endpoints that were added to the proxy go with it.',
          ],
          documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-deleting.html',
        }
      : {
          summary: `Delete the RDS proxy endpoint ${id}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'rds', 'delete-db-proxy-endpoint', '--db-proxy-endpoint-name', id, '--region', region],
          ],
          warnings: ['Applications that connect through this proxy endpoint lose their database connection.'],
          documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html',
        },
};

async function* proxies(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateDescribeDBProxies } = await aws(sdk);
  const listed = paginateDescribeDBProxies({ client }, {});
  for await (const page of pages('rds:DescribeDBProxies', listed, 'DBProxies')) {
    yield readItems(page, (proxy) => ({
      ...whereabouts(proxy),
      type: 'AWS::RDS::DBProxy',
      id: required(proxy.DBProxyName, 'rds:DescribeDBProxies'),
      arn: proxy.DBProxyArn ?? null,
    }));
  }
}

/** The default endpoints are in this list too, but only the list of proxies knows the proxy's ARN. */
async function* proxyEndpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateDescribeDBProxyEndpoints } = await aws(sdk);
  const listed = paginateDescribeDBProxyEndpoints({ client }, {});
  for await (const page of pages('rds:DescribeDBProxyEndpoints', listed, 'DBProxyEndpoints')) {
    yield readItems(page, (endpoint): Resource => {
      const proxy = required(endpoint.DBProxyName, 'rds:DescribeDBProxyEndpoints');
      const ofProxy = { type: 'AWS::RDS::DBProxy', id: proxy };
      if (endpoint.IsDefault)
        return { ...whereabouts(endpoint), ...ofProxy, arn: null, lacks: { member: 'arn', ...ofProxy } };
      return {
        ...whereabouts(endpoint),
        type: 'AWS::RDS::DBProxyEndpoint',
        id: required(endpoint.DBProxyEndpointName, 'rds:DescribeDBProxyEndpoints'),
        arn: endpoint.DBProxyEndpointArn ?? null,
        lacks: { member: 'parentArn', ...ofProxy },
        consoleId: proxy,
      };
    });
  }
}

async function withArnOfProxy(aws: Aws, { lacks, ...resource }: Resource): Promise<Resource> {
  if (lacks === undefined) return resource;
  const { client, DescribeDBProxiesCommand } = await aws(sdk);
  const { DBProxies } = await client.send(new DescribeDBProxiesCommand({ DBProxyName: lacks.id }));
  const [proxy] = DBProxies ?? [];
  const deleting =
    lacks.member === 'arn' && proxy?.Status === 'deleting' ? { state: 'deleting' as const } : {};
  return { ...resource, [lacks.member]: proxy?.DBProxyArn ?? null, ...deleting };
}

function whereabouts({ Endpoint, Status, ...rest }: DBProxy | DBProxyEndpoint) {
  return {
    shows: { hostnames: present(Endpoint) },
    network: {
      vpcId: rest.VpcId,
      subnetIds: rest.VpcSubnetIds,
      securityGroupIds: rest.VpcSecurityGroupIds,
    },
    mostEndpoints: 1,
    createdAt: rest.CreatedDate,
    state: stateOf(Endpoint, Status),
  } satisfies Partial<Resource>;
}

function stateOf(hostname: string | undefined, status: string | undefined): Resource['state'] {
  if (status === 'deleting') return 'deleting';
  return hostname ? undefined : unsettled('has no hostname yet', status);
}
