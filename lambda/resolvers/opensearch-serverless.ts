import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { isIdOfEc2, readItems, required } from './helpers.ts';

const sdk = () => import('./sdk/opensearch-serverless.ts');

/**
 * OpenSearch Serverless: an endpoint of a VPC, which serves all collections whose network policies let it in.
 *
 * Source: ListVpcEndpoints, whose ids are those of EC2's endpoints (documented). Only endpoints of the classic kind are
 * managed by the service; those of the next generation are the customer's own. Its hostnames lead into the VPC only inside
 * of it, so no name is looked up.
 * Cost: one page per 100 endpoints. Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_ListVpcEndpoints.html
 */
export const opensearchServerless: Service = {
  id: 'opensearch-serverless',
  name: 'Amazon OpenSearch Serverless',
  marks: { principals: ['aoss', 'opensearchserverless'], never: neverAnAppliance },
  actions: { 'aoss:ListVpcEndpoints': 'anything' },
  lists: [{ read: endpoints }],
  unlisted: null,
  console: () => 'aos/home#opensearch/vpc-endpoints',
  removal: ({ id }, { region }) => ({
    summary: `Delete the OpenSearch Serverless VPC endpoint ${id}; AWS then deletes the endpoint.`,
    commands: [['aws', 'opensearchserverless', 'delete-vpc-endpoint', '--id', id, '--region', region]],
    warnings: ['Clients in the VPC lose their way to every collection that they reach through it.'],
    documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html',
  }),
};

async function* endpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, ListVpcEndpointsCommand } = await aws(sdk);
  const listed = pageByPage((nextToken) =>
    client.send(new ListVpcEndpointsCommand({ maxResults: 100, ...(nextToken ? { nextToken } : {}) })),
  );
  for await (const page of pages('aoss:ListVpcEndpoints', listed, 'vpcEndpointSummaries')) {
    yield readItems(page, (endpoint): Resource => {
      const id = required(endpoint.id, 'aoss:ListVpcEndpoints');
      return {
        type: 'AWS::OpenSearchServerless::VpcEndpoint',
        id,
        // It has none.
        arn: null,
        shows: { endpointIds: isIdOfEc2(id) ? [id] : [] },
        network: {},
        mostEndpoints: 1,
        state: stateOf(id, endpoint.status),
      };
    });
  }
}

function stateOf(id: string, status: string | undefined): Resource['state'] {
  if (!isIdOfEc2(id)) return { unsure: `has an id that is none of EC2's (${status ?? 'status unknown'})` };
  return status === 'DELETING' ? 'deleting' : undefined;
}
