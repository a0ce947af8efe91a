import { AwsError, type Input } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { serviceLinkedRole } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import { type Generation, owned, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { type Network, network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

interface PipelineRow {
  readonly pipeline: {
    readonly PipelineName: string;
    readonly PipelineArn: string;
    readonly CreatedAt: Date;
    Status: string;
    VpcEndpointService?: string;
    VpcEndpoints?: {
      VpcEndpointId?: string;
      readonly VpcId: string;
      readonly VpcOptions: ReturnType<typeof optionsOf> & { readonly VpcEndpointManagement: string };
    }[];
    ServiceVpcEndpoints?: { readonly ServiceName: string; readonly VpcEndpointId: string }[];
  };
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

interface PipelineEndpointRow {
  readonly EndpointId: string;
  readonly PipelineArn: string;
  readonly VpcId: string;
  readonly VpcOptions: ReturnType<typeof optionsOf>;
  Status: string;
  IngestEndpointUrl?: string;
}

const rows = rowsOf({ pipelines: [] as PipelineRow[], pipelineEndpoints: [] as PipelineEndpointRow[] });

const creator = serviceLinkedRole('osis', 'AWSServiceRoleForAmazonOpenSearchIngestion');

/** @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_Operations_Amazon_OpenSearch_Ingestion.html */
export const opensearchIngestion = {
  id: 'opensearch-ingestion',
  api: {
    id: 'osis',
    protocol: restJson({
      routes: {
        ListPipelines: 'GET /2022-01-01/osis/listPipelines',
        GetPipeline: 'GET /2022-01-01/osis/getPipeline/{PipelineName}',
        ListPipelineEndpoints: 'GET /2022-01-01/osis/listPipelineEndpoints',
      },
      query: { maxResults: 'MaxResults', nextToken: 'NextToken' },
      members: 'as-they-are',
      timestamps: 'seconds',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalException', 500],
      },
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('InvalidPaginationTokenException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { vpcPipeline, otherPipeline, pipelineEndpoint },
  examples,
  kinds: (generation) => [
    () => somePipeline(generation),
    () => someOtherPipeline(generation),
    () => somePipelineEndpoint(generation),
  ],
  operations: {
    ListPipelines: (input, { region, page }) => {
      const summaries = rows(region).pipelines.map(({ pipeline }) => {
        const { PipelineName, PipelineArn, CreatedAt, Status } = pipeline;
        return { PipelineName, PipelineArn, CreatedAt, Status };
      });
      return page('Pipelines', summaries, maxResults(input));
    },
    GetPipeline: (input, { region }) => {
      const name = text(input, 'PipelineName');
      const found = rows(region).pipelines.find(({ pipeline }) => pipeline.PipelineName === name);
      if (found === undefined || found.findable === false)
        throw new AwsError('ResourceNotFoundException', `Pipeline with name ${name} does not exist`, 404);
      return { Pipeline: found.pipeline };
    },
    ListPipelineEndpoints: (input, { region, page }) =>
      page('PipelineEndpoints', rows(region).pipelineEndpoints, maxResults(input)),
  },
} as const satisfies Service;

function maxResults(input: Input): number {
  const refuse = (value: string) =>
    new AwsError('ValidationException', `maxResults must be between 1 and 100, not ${value}`);
  return pageSize(input, 'MaxResults', { min: 1, max: 100 }, refuse) ?? 100;
}

function optionsOf({ subnets, securityGroupIds }: Network) {
  return { SubnetIds: subnets.map(({ subnetId }) => subnetId), SecurityGroupIds: [...securityGroupIds] };
}

export type PipelineMade = Made & { readonly row: PipelineRow };
export type PipelineEndpointMade = Made & { readonly row: PipelineEndpointRow };

/** A pipeline in a VPC, whose endpoint OpenSearch Ingestion manages. */
function vpcPipeline(scope: Scope, options: ResourceOptions = {}): PipelineMade {
  const { name = scope.nextName('pipeline'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, {
    serviceTags: { OSISManaged: 'true' },
    ...rest,
    name: `pipeline/${name}`,
    network,
    creator,
  });
  const { ServiceName } = placed.endpoint;
  const row = addPipeline(scope, name, {
    Status: status ?? 'ACTIVE',
    CreatedAt: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp ?? scope.daysAgo(5),
    ...(ServiceName === undefined ? {} : { VpcEndpointService: ServiceName }),
    VpcEndpoints: [endpointOf(network, 'SERVICE', placed.vpcEndpointId)],
  });
  const owner = ownerOf('Pipeline', name, row.pipeline.PipelineArn, null);
  return { ...made(owner, network, placed), row };
}

/** A pipeline that holds no VPC endpoint: a public one, or one whose endpoint the customer manages. */
function otherPipeline(
  scope: Scope,
  options: {
    readonly name?: string;
    /** Where the customer's endpoint is. */
    readonly network?: Network;
    readonly vpcEndpointId?: string;
    /** Endpoints to OpenSearch Serverless, which other pipelines may list too. */
    readonly serviceEndpointIds?: readonly string[];
  } = {},
): PipelineRow {
  const { name = scope.nextName('pipeline'), network, vpcEndpointId, serviceEndpointIds } = options;
  return addPipeline(scope, name, {
    Status: 'ACTIVE',
    CreatedAt: scope.daysAgo(400),
    ...(network === undefined ? {} : { VpcEndpoints: [endpointOf(network, 'CUSTOMER', vpcEndpointId)] }),
    ...(serviceEndpointIds === undefined
      ? {}
      : {
          ServiceVpcEndpoints: serviceEndpointIds.map((VpcEndpointId) => ({
            ServiceName: 'OPENSEARCH_SERVERLESS',
            VpcEndpointId,
          })),
        }),
  });
}

function endpointOf(network: Network, VpcEndpointManagement: string, VpcEndpointId?: string) {
  return {
    ...(VpcEndpointId === undefined ? {} : { VpcEndpointId }),
    VpcId: network.vpcId,
    VpcOptions: { ...optionsOf(network), VpcEndpointManagement },
  };
}

function addPipeline(
  scope: Scope,
  PipelineName: string,
  rest: Omit<PipelineRow['pipeline'], 'PipelineName' | 'PipelineArn'>,
): PipelineRow {
  const PipelineArn = scope.arn('osis', `pipeline/${PipelineName}`);
  const row: PipelineRow = { pipeline: { PipelineName, PipelineArn, ...rest } };
  rows(scope.resources).pipelines.push(row);
  return row;
}

/** An endpoint that leads to a pipeline from another VPC; `endpointId`: whether AWS calls it by EC2's id, which nobody says. */
function pipelineEndpoint(
  scope: Scope,
  options: NamedResourceOptions & { readonly endpointId?: 'own' | 'of-ec2' } = {},
): PipelineEndpointMade {
  const { name = scope.nextName('feed'), network = newNetwork(scope), status, endpointId, ...rest } = options;
  const placed = placeEndpoint(scope, {
    serviceTags: { OSISManaged: 'true' },
    ...rest,
    name: `pipeline-endpoint/${name}`,
    network,
    creator,
  });
  const host = `${name}-${scope.tokenOf(`feed/${name}`, 26)}.${scope.region}.osis.${scope.dnsSuffix}`;
  const row: PipelineEndpointRow = {
    EndpointId:
      endpointId === 'of-ec2' ? placed.vpcEndpointId : `osis-${scope.tokenOf(`feed-id/${name}`, 17)}`,
    PipelineArn: scope.arn('osis', `pipeline/${name}`),
    Status: status ?? 'ACTIVE',
    VpcId: network.vpcId,
    VpcOptions: optionsOf(network),
    IngestEndpointUrl: publishHostname(scope, host, placed, rest),
  };
  rows(scope.resources).pipelineEndpoints.push(row);
  const owner = ownerOf('PipelineEndpoint', row.EndpointId, null, row.PipelineArn);
  return { ...made(owner, network, placed), row };
}

function ownerOf(type: string, resourceId: string, arn: string | null, parentArn: string | null) {
  return { service: 'opensearch-ingestion', resourceType: `AWS::OSIS::${type}`, resourceId, arn, parentArn };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `a pipeline of OpenSearch Ingestion, ${words}`,
      vpcPipeline(scope, { name: `traces${suffix}`, createdAt }),
    ),
    identifiedById(
      `a pipeline endpoint of OpenSearch Ingestion, ${words}`,
      pipelineEndpoint(scope, { name: `feed${suffix}`, createdAt }),
    ),
  ]);
}

const traitsOf = (generation: Generation) => ({
  ...someTraits(generation),
  ...someLies(generation),
  network: someNetwork(generation),
});

function somePipeline(generation: Generation): void {
  owned(generation, vpcPipeline(generation.build, traitsOf(generation)));
}

function someOtherPipeline(generation: Generation): void {
  otherPipeline(
    generation.build,
    generation.chance.chance(0.5) ? { network: someNetwork(generation), vpcEndpointId: 'vpce-0c0ffee1' } : {},
  );
}

function somePipelineEndpoint(generation: Generation): void {
  const endpointId = generation.chance.pick(['own', 'of-ec2'] as const);
  owned(generation, pipelineEndpoint(generation.build, { ...traitsOf(generation), endpointId }));
}
