import { ownApi } from '../../aws/sdk/own-client.ts';

/** As AWS's model of the API has it; what is left out of it here is not read. */
export interface Environment {
  readonly Name?: string;
  readonly Arn?: string;
  readonly Status?: string;
  /** Seconds since 1970. */
  readonly CreatedAt?: number;
  readonly WebserverUrl?: string;
  readonly WebserverAccessMode?: string;
  readonly WebserverVpcEndpointService?: string;
  readonly DatabaseVpcEndpointService?: string;
  readonly EndpointManagement?: string;
  readonly NetworkConfiguration?: {
    readonly SubnetIds?: readonly string[];
    readonly SecurityGroupIds?: readonly string[];
  };
}

export const prefix = 'airflow';

const api = ownApi({ signingName: prefix, host: 'api.airflow', protocol: 'rest-json' });

export const { Client } = api;

export const ListEnvironmentsCommand = api.command<
  { readonly MaxResults?: number; readonly NextToken?: string | undefined },
  { readonly Environments?: readonly string[]; readonly NextToken?: string }
>('ListEnvironments', {
  route: 'GET /environments',
  query: { MaxResults: 'MaxResults', NextToken: 'NextToken' },
  input: ['MaxResults', 'NextToken'],
  output: ['Environments', 'NextToken'],
});

export const GetEnvironmentCommand = api.command<
  { readonly Name: string },
  { readonly Environment?: Environment }
>('GetEnvironment', { route: 'GET /environments/{Name}', input: ['Name'], output: ['Environment'] });
