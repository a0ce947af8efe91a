import type { VpcEndpoint, VpcEndpointError } from '@aws-sdk/client-opensearch';
import { MalformedAnswer } from '../aws/failure.ts';
import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { hostOf, present, readItems, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/opensearch.ts');

/**
 * OpenSearch Service: the VPC endpoints that it manages for its domains. Each has an id of its own, `aos-…`.
 *
 * Source: OpenSearch does not name EC2's endpoint. That the endpoint's hostname is an alias of it is inferred from its kin;
 * where it is not, addresses are compared, and one in the same VPC, subnets and groups is a candidate. That one of these is one
 * of EC2's is inferred, too, so nothing is excluded by it.
 * Cost: one page of ids, one call to describe those of a page, and a DNS lookup for each. An account has 50 at most.
 * Missing: an empty page. One that is listed and cannot be described is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeVpcEndpoints.html
 */
export const opensearch: Service = {
  id: 'opensearch',
  name: 'Amazon OpenSearch Service',
  ids: /aos-[0-9a-z]{10,}/,
  marks: {
    principals: ['es', 'opensearch', 'opensearchservice'],
    roles: ['AWSServiceRoleForAmazonOpenSearchService', 'AWSServiceRoleForAmazonElasticsearchService'],
    tags: { OpenSearchManaged: 'any' },
    // AmazonOpenSearchServiceRolePolicy lets it make none without.
    tagsAlways: true,
    never: neverAnAppliance,
  },
  actions: { 'es:DescribeVpcEndpoints': 'anything', 'es:ListVpcEndpoints': 'anything' },
  lists: [{ read: endpoints }],
  unlisted: null,
  console: () => 'aos/home#opensearch/vpc-endpoints',
  removal: ({ id }, { region }) => ({
    summary: `Delete the OpenSearch-managed VPC endpoint ${id}; AWS then deletes the endpoint. The domain stays.`,
    commands: [['aws', 'opensearch', 'delete-vpc-endpoint', '--vpc-endpoint-id', id, '--region', region]],
    warnings: ['Clients in this VPC lose their way to the domain.'],
    documentation:
      'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc-interface-endpoints.html',
  }),
};

async function* endpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, ListVpcEndpointsCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) =>
    client.send(new ListVpcEndpointsCommand(NextToken ? { NextToken } : {})),
  );
  for await (const page of pages('es:ListVpcEndpoints', listed, 'VpcEndpointSummaryList')) {
    const ids = page.map(({ VpcEndpointId }) => required(VpcEndpointId, 'es:ListVpcEndpoints'));
    yield ids.length === 0 ? [] : await describe(aws, ids);
  }
}

async function describe(aws: Aws, ids: readonly string[]): Promise<Items> {
  const { client, DescribeVpcEndpointsCommand } = await aws(sdk);
  const { VpcEndpoints, VpcEndpointErrors } = await client.send(
    new DescribeVpcEndpointsCommand({ VpcEndpointIds: [...ids] }),
  );
  if (!Array.isArray(VpcEndpoints))
    throw new MalformedAnswer('es:DescribeVpcEndpoints: the answer has no VpcEndpoints');
  const said = new Set(present(...VpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId)));
  const left = ids.filter((id) => !said.has(id));
  return [
    ...readItems(VpcEndpoints, toResource),
    ...left.map((id) => ({
      error: new MalformedAnswer(`es:DescribeVpcEndpoints: ${whyLeft(id, VpcEndpointErrors)}`),
    })),
  ];
}

function whyLeft(id: string, errors: readonly VpcEndpointError[] | undefined): string {
  const code = errors?.find(({ VpcEndpointId }) => VpcEndpointId === id)?.ErrorCode;
  return `${id} is listed, but was not described${code === undefined ? '' : ` (${code})`}`;
}

function toResource({ VpcEndpointId, DomainArn, VpcOptions, Endpoint, Status }: VpcEndpoint): Resource {
  return {
    type: 'AWS::OpenSearchService::VpcEndpoint',
    id: required(VpcEndpointId, 'es:DescribeVpcEndpoints'),
    // It has none.
    arn: null,
    parentArn: DomainArn ?? null,
    shows: { hostnames: present(Endpoint).map(hostOf) },
    network: {
      vpcId: VpcOptions?.VPCId,
      subnetIds: VpcOptions?.SubnetIds,
      securityGroupIds: VpcOptions?.SecurityGroupIds,
    },
    state: stateOf(Status, Endpoint),
  };
}

function stateOf(status: string | undefined, endpoint: string | undefined): Resource['state'] {
  if (status === 'DELETING') return 'deleting';
  return endpoint ? undefined : unsettled('has no hostname yet', status);
}
