import { MalformedAnswer } from '../aws/failure.ts';
import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, List, Removal, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import {
  absent,
  dateOfSeconds,
  describeEach,
  hostOf,
  isIdOfEc2,
  present,
  readItems,
  required,
  unsettled,
  withOthers,
} from './helpers.ts';
import type { Pipeline, PipelineEndpoint } from './sdk/opensearch-ingestion.ts';

const sdk = () => import('./sdk/opensearch-ingestion.ts');
const notFound = absent('ResourceNotFoundException');

const endpointList: List = { read: pipelineEndpoints };

/**
 * OpenSearch Ingestion: the endpoints of a VPC pipeline, pipeline endpoints, which lead from other VPCs to a pipeline, and
 * endpoints that it makes to OpenSearch Serverless.
 *
 * Source: GetPipeline names the VPC endpoints that have access to the pipeline (documented); those that a customer manages
 * are no one's here. It may name a pipeline endpoint's too, so that it yields to these. What a pipeline endpoint's EC2 id is,
 * nobody says: its own id counts where it has that form, its ingest URL where it is an alias; else it is a candidate. Several
 * pipelines may list one endpoint to OpenSearch Serverless: that is a resource of its own. An id of another form than EC2's
 * leaves open what it stands for.
 * Cost: one page per 100 pipelines and a call for each; one page per 100 pipeline endpoints, and their DNS lookups.
 * Missing: an empty page. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_osis_GetPipeline.html
 */
export const opensearchIngestion: Service = {
  id: 'opensearch-ingestion',
  name: 'Amazon OpenSearch Ingestion',
  ids: /osis-(?=[a-z]*\d)[0-9a-z]{10,}/,
  marks: {
    principals: ['osis'],
    roles: ['AWSServiceRoleForAmazonOpenSearchIngestion'],
    tags: { OSISManaged: 'any' },
    // AmazonOpenSearchIngestionServiceRolePolicy lets it make none without.
    tagsAlways: true,
    never: neverAnAppliance,
  },
  actions: {
    'osis:GetPipeline': [['osis', 'pipeline/*']],
    'osis:ListPipelineEndpoints': 'anything',
    'osis:ListPipelines': 'anything',
  },
  lists: [endpointList, { read: pipelines, yieldsTo: [endpointList] }],
  unlisted: null,
  console: () => 'aos/home#opensearch/ingestion-pipelines',
  removal: (resource, { region }, endpoint): Removal => {
    const { type, id } = resource;
    const osis = (...words: readonly string[]) => [['aws', 'osis', ...words, '--region', region]];
    if (type === 'AWS::OSIS::PipelineEndpoint')
      return {
        summary: `Delete the pipeline endpoint ${id}; AWS then deletes the endpoint. The pipeline stays.`,
        commands: osis('delete-pipeline-endpoint', '--endpoint-id', id),
        warnings: ['Clients in this VPC lose their way to the pipeline.'],
        documentation: `${reference}API_osis_DeletePipelineEndpoint.html`,
      };
    if (type === 'AWS::OSIS::ServiceVpcEndpoint')
      return {
        summary: `Delete the pipelines that list ${id} among their service endpoints; AWS deletes it after the last of them.`,
        commands: osis('list-pipelines'),
        warnings: [
          'A pipeline that is deleted takes no data any more, and what is still in its buffer is lost.',
        ],
        documentation: `${reference}API_osis_ServiceVpcEndpoint.html`,
      };
    return {
      summary: `Delete the pipeline ${id}; AWS then deletes its endpoints with it.`,
      commands: osis('delete-pipeline', '--pipeline-name', id),
      warnings: [
        'Its sources can send no data any more, and what is still in its buffer is lost.',
        ...withOthers(resource, endpoint),
      ],
      documentation: `${reference}API_osis_DeletePipeline.html`,
    };
  },
};

const reference = 'https://docs.aws.amazon.com/opensearch-service/latest/APIReference/';

async function* pipelines(aws: Aws): AsyncGenerator<Items> {
  const { client, ListPipelinesCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) =>
    client.send(new ListPipelinesCommand({ MaxResults: 100, NextToken })),
  );
  for await (const page of pages('osis:ListPipelines', listed, 'Pipelines')) {
    const names = page.map(({ PipelineName }) => required(PipelineName, 'osis:ListPipelines'));
    const shared = new Set<string>();
    const described = await describeEach('osis:GetPipeline', names, (name) =>
      describePipeline(aws, name, shared),
    );
    yield [...described, ...[...shared].map(toServiceEndpoint)];
  }
}

/** @param shared gets the endpoints that other pipelines may list too */
async function describePipeline(
  aws: Aws,
  PipelineName: string,
  shared: Set<string>,
): Promise<Resource | undefined> {
  const { client, GetPipelineCommand } = await aws(sdk);
  const answer = await client.send(new GetPipelineCommand({ PipelineName })).catch(notFound);
  if (answer === undefined) return undefined;
  const { Pipeline: pipeline } = answer;
  if (!pipeline) throw new MalformedAnswer('osis:GetPipeline: the answer has no Pipeline');
  for (const { VpcEndpointId } of pipeline.ServiceVpcEndpoints ?? [])
    for (const id of present(VpcEndpointId)) shared.add(id);
  return toPipeline(PipelineName, pipeline);
}

function toPipeline(name: string, pipeline: Pipeline): Resource {
  const own = (pipeline.VpcEndpoints ?? []).filter(
    ({ VpcOptions }) => VpcOptions?.VpcEndpointManagement !== 'CUSTOMER',
  );
  const [vpcId, ...otherVpcs] = new Set(own.map(({ VpcId }) => VpcId));
  return {
    type: 'AWS::OSIS::Pipeline',
    id: pipeline.PipelineName ?? name,
    arn: pipeline.PipelineArn ?? null,
    shows: { endpointIds: own.flatMap(({ VpcEndpointId }) => present(VpcEndpointId)) },
    network: {
      vpcId: otherVpcs.length === 0 ? vpcId : undefined,
      subnetIds: own.flatMap(({ VpcOptions }) => VpcOptions?.SubnetIds ?? []),
      securityGroupIds: own.flatMap(({ VpcOptions }) => VpcOptions?.SecurityGroupIds ?? []),
    },
    ...(listsAll(pipeline, own) ? { mostEndpoints: 'as-listed' } : {}),
    createdAt: dateOfSeconds(pipeline.CreatedAt),
    state: stateOf(pipeline, own),
  };
}

/** While it is deleted, and where it failed, an endpoint may be left that it does not list any more, or not yet. */
function listsAll({ Status, VpcEndpoints }: Pipeline, own: NonNullable<Pipeline['VpcEndpoints']>): boolean {
  const mayHide = Status === 'DELETING' || /_FAILED$/.test(Status ?? '');
  if (mayHide && (VpcEndpoints ?? []).length === 0) return false;
  return own.every(({ VpcEndpointId }) => isIdOfEc2(VpcEndpointId));
}

/** A public pipeline has no endpoints; one whose endpoint service has a name has some, and does not say them all yet. */
function stateOf(
  { Status, VpcEndpoints = [], VpcEndpointService }: Pipeline,
  own: NonNullable<Pipeline['VpcEndpoints']>,
): Resource['state'] {
  if (Status === 'DELETING') return 'deleting';
  const isChanging = Status === undefined || /^(CREATING|UPDATING|STARTING)$/.test(Status);
  if (VpcEndpoints.length === 0 && (isChanging || VpcEndpointService))
    return unsettled('does not say its VPC endpoints', Status);
  const isSaid = own.every(({ VpcEndpointId }) => isIdOfEc2(VpcEndpointId));
  return isSaid ? undefined : unsettled('does not say the EC2 id of a VPC endpoint', Status);
}

function toServiceEndpoint(id: string): Resource {
  return {
    type: 'AWS::OSIS::ServiceVpcEndpoint',
    id,
    // It has none.
    arn: null,
    shows: { endpointIds: [id] },
    network: {},
    mostEndpoints: 1,
    state: isIdOfEc2(id) ? undefined : { unsure: "has an id that is none of EC2's" },
  };
}

async function* pipelineEndpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, ListPipelineEndpointsCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) =>
    client.send(new ListPipelineEndpointsCommand({ MaxResults: 100, NextToken })),
  );
  for await (const page of pages('osis:ListPipelineEndpoints', listed, 'PipelineEndpoints'))
    yield readItems(page, toPipelineEndpoint);
}

function toPipelineEndpoint(endpoint: PipelineEndpoint): Resource {
  const { EndpointId, PipelineArn, Status, VpcId, VpcOptions, IngestEndpointUrl } = endpoint;
  const id = required(EndpointId, 'osis:ListPipelineEndpoints');
  const shows = {
    endpointIds: isIdOfEc2(id) ? [id] : [],
    hostnames: isIdOfEc2(id) ? [] : present(IngestEndpointUrl).map(hostOf),
  };
  const isShown = shows.endpointIds.length + shows.hostnames.length > 0;
  return {
    type: 'AWS::OSIS::PipelineEndpoint',
    id,
    // It has none.
    arn: null,
    parentArn: PipelineArn ?? null,
    shows,
    network: {
      vpcId: VpcId,
      subnetIds: VpcOptions?.SubnetIds,
      securityGroupIds: VpcOptions?.SecurityGroupIds,
    },
    mostEndpoints: 1,
    state:
      Status === 'DELETING' ? 'deleting' : isShown ? undefined : unsettled('has no ingest URL yet', Status),
  };
}
