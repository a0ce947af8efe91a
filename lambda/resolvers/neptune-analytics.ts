import type { GraphSummary, PrivateGraphEndpointSummary } from '@aws-sdk/client-neptune-graph';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/neptune-analytics.ts');

/**
 * Neptune Analytics: private graph endpoints, one for each VPC that reaches a graph.
 *
 * Source: ListPrivateGraphEndpoints names the VPC endpoint of each (documented). They are listed graph by graph; a graph that
 * was deleted meanwhile, or is hidden by a policy, hides its endpoints, so that is no absence. Its hostnames lead into the VPC
 * only inside of it, and none is looked up.
 * Cost: one page per 100 graphs, and one for each graph. Missing: an empty page. Errors: thrown as they come; those of one graph
 * do not hide the others.
 *
 * @see https://docs.aws.amazon.com/neptune-analytics/latest/apiref/API_ListPrivateGraphEndpoints.html
 */
export const neptuneAnalytics: Service = {
  id: 'neptune-analytics',
  name: 'Amazon Neptune Analytics',
  ids: /g-(?=[a-z]*\d)[0-9a-z]{10}/,
  marks: { principals: ['neptune-graph'], never: neverAnAppliance },
  actions: {
    'neptune-graph:ListGraphs': 'anything',
    'neptune-graph:ListPrivateGraphEndpoints': 'anything',
  },
  lists: [{ read: graphEndpoints }],
  askedLast: true,
  unlisted: null,
  console: ({ id }) =>
    `neptune/home#analytics-graph-details:graph-identifier=${encodeURIComponent(graphOf(id))}`,
  removal: ({ id }, { region }) => ({
    summary: `Delete the private graph endpoint ${id}; AWS then deletes the endpoint. The graph stays.`,
    commands: [
      ['aws', 'neptune-graph', 'delete-private-graph-endpoint', '--graph-identifier', graphOf(id)]
        .concat(['--vpc-id', id.slice(graphOf(id).length + 1)])
        .concat(['--region', region]),
    ],
    warnings: ['Clients in this VPC lose their way to the graph.'],
    documentation:
      'https://docs.aws.amazon.com/neptune-analytics/latest/userguide/vpc-private-graph-endpoints.html',
  }),
};

/** CloudFormation calls it `GRAPH_VPC`. */
function graphOf(id: string): string {
  return id.replace(/_[^_]*$/, '');
}

async function* graphEndpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListGraphs } = await aws(sdk);
  const listed = paginateListGraphs({ client }, { maxResults: 100 });
  for await (const page of pages('neptune-graph:ListGraphs', listed, 'graphs')) {
    // One graph that may not be read does not hide the others.
    const each = await Promise.all(
      page.map((graph) => endpointsOf(aws, graph).catch((error) => [{ error }])),
    );
    yield each.flat();
  }
}

async function endpointsOf(aws: Aws, graph: GraphSummary): Promise<Items> {
  const { client, paginateListPrivateGraphEndpoints } = await aws(sdk);
  const action = 'neptune-graph:ListPrivateGraphEndpoints';
  const graphIdentifier = required(graph.id, 'neptune-graph:ListGraphs');
  const listed = paginateListPrivateGraphEndpoints({ client }, { graphIdentifier, maxResults: 100 });
  const found: Resource[] = [];
  try {
    for await (const page of pages(action, listed, 'privateGraphEndpoints'))
      for (const endpoint of page) found.push(toResource(graph, graphIdentifier, endpoint));
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    throw new MalformedAnswer(`${action}: the graph ${graphIdentifier} is listed, but was not found`);
  }
  return found;
}

function toResource(graph: GraphSummary, graphId: string, endpoint: PrivateGraphEndpointSummary): Resource {
  const { vpcId, subnetIds, status, vpcEndpointId } = endpoint;
  return {
    type: 'AWS::NeptuneGraph::PrivateGraphEndpoint',
    id: `${graphId}_${required(vpcId, 'neptune-graph:ListPrivateGraphEndpoints')}`,
    // It has none.
    arn: null,
    parentArn: graph.arn ?? null,
    shows: { endpointIds: present(vpcEndpointId) },
    network: { vpcId, subnetIds },
    mostEndpoints: 1,
    state: stateOf(status, vpcEndpointId),
  };
}

function stateOf(status: string | undefined, vpcEndpointId: string | undefined): Resource['state'] {
  if (status === 'DELETING') return 'deleting';
  return vpcEndpointId ? undefined : unsettled('does not say its VPC endpoint', status);
}
