import { ownApi } from '../../aws/sdk/own-client.ts';

/** As AWS's model of the API has it; what is left out of it here is not read. */
export interface OdbNetwork {
  readonly odbNetworkId?: string;
  readonly odbNetworkArn?: string;
  readonly status?: string;
  readonly managedServices?: {
    readonly serviceNetworkEndpoint?: { readonly vpcEndpointId?: string; readonly vpcEndpointType?: string };
  };
  /** ISO 8601. */
  readonly createdAt?: string;
}

interface Input {
  readonly maxResults?: number;
  readonly nextToken?: string | undefined;
}

interface Output {
  readonly odbNetworks?: readonly OdbNetwork[];
  readonly nextToken?: string;
}

export const prefix = 'odb';

const api = ownApi({ signingName: prefix, host: 'odb', protocol: 'json-1.0', target: 'Odb' });

export const { Client } = api;

export const ListOdbNetworksCommand = api.command<Input, Output>('ListOdbNetworks', {
  route: 'POST /',
  input: ['maxResults', 'nextToken'],
  output: ['odbNetworks', 'nextToken'],
});
