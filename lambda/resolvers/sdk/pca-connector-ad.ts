import { ownApi } from '../../aws/sdk/own-client.ts';

const { Client, command } = ownApi({
  signingName: 'pca-connector-ad',
  host: 'pca-connector-ad',
  protocol: 'rest-json',
});

export { Client };

export interface Connector {
  readonly Arn?: string;
  readonly CertificateEnrollmentPolicyServerEndpoint?: string;
  /** Seconds since 1970. */
  readonly CreatedAt?: number;
  readonly Status?: string;
  readonly VpcInformation?: { readonly SecurityGroupIds?: readonly string[] };
}

export const ListConnectorsCommand = command<
  { readonly MaxResults?: number; readonly NextToken?: string | undefined },
  { readonly Connectors?: readonly Connector[]; readonly NextToken?: string }
>('ListConnectors', {
  route: 'GET /connectors',
  query: { MaxResults: 'MaxResults', NextToken: 'NextToken' },
  input: ['MaxResults', 'NextToken'],
  output: ['Connectors', 'NextToken'],
});

export const prefix = 'pca-connector-ad';
