import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { present, readItems, required, requiredIds } from './helpers.ts';
import type { IdentityProvider } from './sdk/license-manager-user-subscriptions.ts';

const sdk = () => import('./sdk/license-manager-user-subscriptions.ts');

/**
 * License Manager user-based subscriptions: identity providers, which are directories registered for a product. Their endpoints
 * lead to Microsoft's activation servers.
 *
 * Source: the list names the subnets and the security group of the endpoints (documented), and nothing that leads to one. So an
 * identity provider on the endpoint's subnets is a candidate, and never an owner, even where it is the only one. In whatever
 * state it is, an endpoint may be left of it. One without settings may have its endpoints anywhere. Which products have
 * endpoints is not documented for all: each is taken to have some. License Manager's own principal is taken to mean this too.
 * Cost: one page, mostly: how many a page may have is not documented, and is not asked for. Asked last, for it settles nothing.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/license-manager-user-subscriptions/latest/APIReference/API_ListIdentityProviders.html
 */
export const licenseManagerUserSubscriptions: Service = {
  id: 'license-manager-user-subscriptions',
  name: 'AWS License Manager user-based subscriptions',
  marks: {
    principals: ['license-manager-user-subscriptions', 'license-manager'],
    never: neverAnAppliance,
  },
  actions: { 'license-manager-user-subscriptions:ListIdentityProviders': 'anything' },
  lists: [{ read: identityProviders }],
  askedLast: true,
  // Nobody says whether the network endpoint of such a server is a VPC endpoint.
  unlisted: {
    what: 'the license server endpoint for Remote Desktop Services',
    command: ['aws', 'license-manager-user-subscriptions', 'list-license-server-endpoints'],
  },
  console: () => 'license-manager/home',
  removal: ({ id, arn }, { region }) => ({
    summary: `Deregister the identity provider ${id}; License Manager then deletes its endpoints.`,
    commands: [
      ['aws', 'license-manager-user-subscriptions', 'deregister-identity-provider']
        .concat(arn === null ? named(id) : ['--identity-provider-arn', arn])
        .concat(['--region', region]),
    ],
    warnings: [
      'Its users have to be disassociated first, and its instances terminated: they lose the licensed software.',
      'A license server endpoint for Remote Desktop Services has to be deleted before, where it has one.',
      'The directory itself stays.',
    ],
    documentation: 'https://docs.aws.amazon.com/license-manager/latest/userguide/usubs-deregister-ad.html',
  }),
};

/** One without an ARN is called by its directory and its product. */
function named(id: string): readonly string[] {
  const [directory, product = ''] = id.split('/');
  const provider = `ActiveDirectoryIdentityProvider={DirectoryId=${directory}}`;
  return ['--identity-provider', provider, '--product', product];
}

async function* identityProviders(aws: Aws): AsyncGenerator<Items> {
  const { client, ListIdentityProvidersCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) => client.send(new ListIdentityProvidersCommand({ NextToken })));
  for await (const page of pages(action, listed, 'IdentityProviderSummaries'))
    yield readItems(page, toResource);
}

const action = 'license-manager-user-subscriptions:ListIdentityProviders';

function toResource(provider: IdentityProvider): Resource {
  const { IdentityProvider: directory, IdentityProviderArn: arn, Product, Settings, Status } = provider;
  return {
    type: 'AWS::LicenseManagerUserSubscriptions::IdentityProvider',
    id: arn?.split('/').at(-1) || idOf(directory?.ActiveDirectoryIdentityProvider?.DirectoryId, Product),
    arn: arn || null,
    shows: {},
    network: {
      subnetIds: Settings?.Subnets == null ? undefined : requiredIds(Settings.Subnets, action),
      securityGroupIds: present(Settings?.SecurityGroupId),
    },
    state: Status === 'DEREGISTERING' ? 'deleting' : undefined,
  };
}

/** A directory is registered for each product by itself. */
function idOf(directoryId: string | undefined, product: string | undefined): string {
  return `${required(directoryId, action)}/${required(product, action)}`;
}
