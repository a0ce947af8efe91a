import { ownApi } from '../../aws/sdk/own-client.ts';

const { Client, command } = ownApi({ signingName: 'osis', host: 'osis', protocol: 'rest-json' });

export { Client };

interface VpcOptions {
  readonly SubnetIds?: readonly string[];
  readonly SecurityGroupIds?: readonly string[];
}

export interface Pipeline {
  readonly PipelineName?: string;
  readonly PipelineArn?: string;
  readonly Status?: string;
  /** Seconds since 1970. */
  readonly CreatedAt?: number;
  readonly VpcEndpointService?: string;
  readonly VpcEndpoints?: readonly {
    readonly VpcEndpointId?: string;
    readonly VpcId?: string;
    readonly VpcOptions?: VpcOptions & { readonly VpcEndpointManagement?: string };
  }[];
  readonly ServiceVpcEndpoints?: readonly { readonly VpcEndpointId?: string }[];
}

export interface PipelineEndpoint {
  readonly EndpointId?: string;
  readonly PipelineArn?: string;
  readonly Status?: string;
  readonly VpcId?: string;
  readonly VpcOptions?: VpcOptions;
  readonly IngestEndpointUrl?: string;
}

interface Paged {
  readonly MaxResults?: number;
  readonly NextToken?: string | undefined;
}

const paged = {
  query: { MaxResults: 'maxResults', NextToken: 'nextToken' },
  input: ['MaxResults', 'NextToken'],
} as const;

export const ListPipelinesCommand = command<
  Paged,
  { readonly Pipelines?: readonly Pipeline[]; readonly NextToken?: string }
>('ListPipelines', {
  ...paged,
  route: 'GET /2022-01-01/osis/listPipelines',
  output: ['Pipelines', 'NextToken'],
});

export const GetPipelineCommand = command<
  { readonly PipelineName: string },
  { readonly Pipeline?: Pipeline }
>('GetPipeline', {
  route: 'GET /2022-01-01/osis/getPipeline/{PipelineName}',
  input: ['PipelineName'],
  output: ['Pipeline'],
});

export const ListPipelineEndpointsCommand = command<
  Paged,
  { readonly PipelineEndpoints?: readonly PipelineEndpoint[]; readonly NextToken?: string }
>('ListPipelineEndpoints', {
  ...paged,
  route: 'GET /2022-01-01/osis/listPipelineEndpoints',
  output: ['PipelineEndpoints', 'NextToken'],
});

export const prefix = 'osis';
