import type { DBProxy, DBProxyEndpoint } from '@aws-sdk/client-rds';
import type { Aws } from '../aws/clients.ts';
import { pages } from '../aws/pages.ts';
import { consoleUrl, type Place } from '../aws/region.ts';
import type { Owner } from '../http/contract.ts';
import type { MissingArn, Page, Resolver, Scope } from '../resolver.ts';
import { creationBy, named, readItems, ruledOutByType } from './common.ts';

const sdk = () => import('./sdk/rds.ts');

/**
 * RDS Proxy: the default endpoint of a proxy and the ones added to it, each behind a VPC endpoint of its own.
 *
 * Source: RDS does not list the VPC endpoint; the proxy's hostname is an alias of its DNS name (observed). Added
 * endpoints may be in another VPC than the proxy's (documented).
 * Cost: one page per 100 proxies and per 100 proxy endpoints, plus one DNS lookup for each in the endpoint's VPC.
 * Missing: an empty page. Errors: thrown as they come; a refusal must not look like an absent proxy.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBProxyEndpoints.html
 */
export const rdsProxy: Resolver = {
  id: 'rds-proxy',
  name: 'Amazon RDS Proxy',
  actions: ['rds:DescribeDBProxies', 'rds:DescribeDBProxyEndpoints'],

  recognise: ({ endpoint, creation }) => ({
    ...ruledOutByType(endpoint),
    claims: creationBy(creation, 'rds', 'AWSServiceRoleForRDS', /^RDSSlrAssumptionSession$/i),
  }),

  attachments: [
    { byVpc: false, read: proxies },
    { byVpc: false, read: proxyEndpoints },
  ],

  removal: (owner, { region }) => {
    const deleteProxy = ['aws', 'rds', 'delete-db-proxy', '--db-proxy-name', owner.resourceId];
    const deleteEndpoint = [
      'aws',
      'rds',
      'delete-db-proxy-endpoint',
      '--db-proxy-endpoint-name',
      owner.resourceId,
    ];
    const isProxy = owner.resourceType === 'AWS::RDS::DBProxy';
    return {
      summary: `Delete the RDS proxy${isProxy ? '' : ' endpoint'} ${owner.resourceId}; AWS then deletes the endpoint with it.`,
      commands: [[...(isProxy ? deleteProxy : deleteEndpoint), '--region', region]],
      warnings: [
        `Applications that connect through this proxy${isProxy ? '' : ' endpoint'} lose their database connection.`,
      ],
      documentation: isProxy
        ? 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-deleting.html'
        : 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html',
    };
  },
};

async function* proxies(aws: Aws, place: Place): AsyncGenerator<Page> {
  const { client, paginateDescribeDBProxies } = await aws(sdk);
  const listed = paginateDescribeDBProxies({ client }, {});
  for await (const page of pages('rds:DescribeDBProxies', listed, 'DBProxies')) {
    yield readItems(page, (proxy) => ({
      ...whereabouts(proxy),
      owner: proxyOwner(place, named(proxy.DBProxyName, 'rds:DescribeDBProxies'), proxy.DBProxyArn ?? null),
    }));
  }
}

/** The default endpoints are in this list too, but only the list of proxies knows the proxy's ARN. */
async function* proxyEndpoints(aws: Aws, scope: Scope): AsyncGenerator<Page> {
  const { client, paginateDescribeDBProxyEndpoints } = await aws(sdk);
  const listed = paginateDescribeDBProxyEndpoints({ client }, {});
  for await (const page of pages('rds:DescribeDBProxyEndpoints', listed, 'DBProxyEndpoints')) {
    yield readItems(page, (endpoint) => {
      const proxy = named(endpoint.DBProxyName, 'rds:DescribeDBProxyEndpoints');
      if (endpoint.IsDefault) {
        return {
          ...whereabouts(endpoint),
          owner: proxyOwner(scope, proxy, null),
          missing: proxyArn(proxy, 'arn'),
        };
      }
      const owner: Owner = {
        resourceType: 'AWS::RDS::DBProxyEndpoint',
        resourceId: named(endpoint.DBProxyEndpointName, 'rds:DescribeDBProxyEndpoints'),
        arn: endpoint.DBProxyEndpointArn ?? null,
        parentArn: null,
        consoleUrl: proxyPage(scope, proxy),
      };
      return {
        ...whereabouts(endpoint),
        owner,
        missing: proxyArn(proxy, 'parentArn'),
      };
    });
  }
}

function proxyArn(name: string, member: MissingArn['member']): MissingArn {
  return {
    member,
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: name,
    ask: async (aws) => {
      const { client, DescribeDBProxiesCommand } = await aws(sdk);
      const { DBProxies } = await client.send(new DescribeDBProxiesCommand({ DBProxyName: name }));
      return DBProxies?.[0]?.DBProxyArn;
    },
  };
}

function whereabouts(resource: DBProxy | DBProxyEndpoint) {
  const { Endpoint, Status } = resource;
  return {
    hostnames: Endpoint ? [Endpoint] : [],
    vpcId: resource.VpcId,
    subnetIds: resource.VpcSubnetIds,
    securityGroupIds: resource.VpcSecurityGroupIds,
    createdAt: resource.CreatedDate,
    deleting: Status === 'deleting',
    undecided: Endpoint ? undefined : `has no hostname yet (${Status ?? 'status unknown'})`,
  };
}

function proxyOwner(place: Place, name: string, arn: string | null): Owner {
  return {
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: name,
    arn,
    parentArn: null,
    consoleUrl: proxyPage(place, name),
  };
}

function proxyPage(place: Place, name: string): string | null {
  return consoleUrl(place, `rds/home#proxy:id=${encodeURIComponent(name)}`);
}
