import type { GraphSummary, PrivateGraphEndpointSummary } from '@aws-sdk/client-neptune-graph';
import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import { type Generation, owned, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

interface GraphRow {
  readonly graph: GraphSummary;
  readonly endpoints: PrivateGraphEndpointSummary[];
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

const rows = rowsOf({ graphs: [] as GraphRow[] });

const creator = forwardAccessSession('neptune-graph');

/** @see https://docs.aws.amazon.com/neptune-analytics/latest/apiref/Welcome.html */
export const neptuneAnalytics = {
  id: 'neptune-analytics',
  api: {
    id: 'neptune-graph',
    protocol: restJson({
      routes: {
        ListGraphs: 'GET /graphs',
        ListPrivateGraphEndpoints: 'GET /graphs/{graphIdentifier}/endpoints/',
      },
      members: 'as-they-are',
      timestamps: 'seconds',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalServerException', 500],
      },
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { graphEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
  operations: {
    ListGraphs: (input, { region, page }) =>
      page(
        'graphs',
        rows(region).graphs.map(({ graph }) => graph),
        maxResults(input),
      ),
    ListPrivateGraphEndpoints: (input, { region, page }) => {
      const id = text(input, 'graphIdentifier');
      const found = rows(region).graphs.find(({ graph }) => graph.id === id);
      if (found === undefined || found.findable === false)
        throw new AwsError('ResourceNotFoundException', `Graph ${id} not found`, 404);
      return page('privateGraphEndpoints', found.endpoints, maxResults(input));
    },
  },
} as const satisfies Service;

function maxResults(input: Parameters<typeof text>[0]): number {
  const refuse = (value: string) =>
    new AwsError('ValidationException', `maxResults must be between 1 and 100, not ${value}`);
  return pageSize(input, 'maxResults', { min: 1, max: 100 }, refuse) ?? 20;
}

export interface GraphEndpointMade extends Made {
  readonly row: GraphRow;
  readonly summary: PrivateGraphEndpointSummary;
}

/** A private endpoint of a new graph, or a further one of a graph that is there. */
function graphEndpoint(
  scope: Scope,
  options: ResourceOptions & { readonly of?: GraphEndpointMade } = {},
): GraphEndpointMade {
  const { name = scope.nextName('graph'), network = newNetwork(scope), status, of, ...rest } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `graph-endpoint/${name}`, network, creator });
  const row = of?.row ?? newGraph(scope, name);
  const summary: PrivateGraphEndpointSummary = {
    vpcId: network.vpcId,
    subnetIds: network.subnets.map(({ subnetId }) => subnetId),
    status: (status ?? 'AVAILABLE') as PrivateGraphEndpointSummary['status'],
    vpcEndpointId: placed.vpcEndpointId,
  };
  row.endpoints.push(summary);
  const owner: Owner = {
    service: 'neptune-analytics',
    resourceType: 'AWS::NeptuneGraph::PrivateGraphEndpoint',
    resourceId: `${row.graph.id}_${network.vpcId}`,
    arn: null,
    parentArn: row.graph.arn ?? null,
  };
  return { ...made(owner, network, placed), row, summary };
}

function newGraph(scope: Scope, name: string): GraphRow {
  const id = `g-${scope.tokenOf(`graph/${name}`, 10)}`;
  const graph: GraphSummary = {
    id,
    name,
    arn: scope.arn('neptune-graph', `graph/${id}`),
    status: 'AVAILABLE',
    provisionedMemory: 16,
    publicConnectivity: false,
  };
  const row: GraphRow = { graph, endpoints: [] };
  rows(scope.resources).graphs.push(row);
  return row;
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const fraud = graphEndpoint(scope, { name: `fraud${suffix}`, createdAt });
    return [
      identifiedById(`a private endpoint of a Neptune graph, ${words}`, fraud),
      identifiedById(
        `a second private endpoint of a Neptune graph, in another VPC, ${words}`,
        graphEndpoint(scope, { name: `fraud-branch${suffix}`, of: fraud, createdAt }),
      ),
    ];
  });
}

function someEndpoint(generation: Generation): void {
  const traits = { ...someTraits(generation), ...someLies(generation), network: someNetwork(generation) };
  owned(generation, graphEndpoint(generation.build, traits));
}
