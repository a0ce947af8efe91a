import { ownApi } from '../../aws/sdk/own-client.ts';

const { Client, command } = ownApi({
  signingName: 'license-manager-user-subscriptions',
  host: 'license-manager-user-subscriptions',
  protocol: 'rest-json',
});

export { Client };

export interface IdentityProvider {
  readonly IdentityProvider?: {
    readonly ActiveDirectoryIdentityProvider?: { readonly DirectoryId?: string };
  };
  readonly IdentityProviderArn?: string;
  readonly Product?: string;
  readonly Settings?: { readonly Subnets?: readonly string[]; readonly SecurityGroupId?: string };
  readonly Status?: string;
}

export const ListIdentityProvidersCommand = command<
  { readonly NextToken?: string | undefined },
  { readonly IdentityProviderSummaries?: readonly IdentityProvider[]; readonly NextToken?: string }
>('ListIdentityProviders', {
  route: 'POST /identity-provider/ListIdentityProviders',
  input: ['NextToken'],
  output: ['IdentityProviderSummaries', 'NextToken'],
});

export const prefix = 'license-manager-user-subscriptions';
