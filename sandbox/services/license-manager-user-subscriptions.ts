import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, pathOf } from '../world/example.ts';
import { type Generation, hidden, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { type Network, network as newNetwork } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize } from './input.ts';
import type { Service } from './service.ts';

interface IdentityProvider {
  readonly IdentityProvider: {
    readonly ActiveDirectoryIdentityProvider: {
      DirectoryId?: string;
      readonly ActiveDirectoryType: string;
    };
  };
  IdentityProviderArn?: string;
  readonly Product: string;
  Settings?: { Subnets: string[]; SecurityGroupId: string };
  Status: string;
  readonly OwnerAccountId: string;
}

const rows = rowsOf({ identityProviders: [] as IdentityProvider[] });

/** Inferred: nobody has published a record of one, and License Manager's own name is as likely. */
const creator = forwardAccessSession('license-manager-user-subscriptions');

/** @see https://docs.aws.amazon.com/license-manager-user-subscriptions/latest/APIReference/API_ListIdentityProviders.html */
export const licenseManagerUserSubscriptions = {
  id: 'license-manager-user-subscriptions',
  api: {
    id: 'license-manager-user-subscriptions',
    protocol: restJson({
      routes: { ListIdentityProviders: 'POST /identity-provider/ListIdentityProviders' },
      members: 'as-they-are',
      timestamps: 'iso8601',
      errorNames: {
        denied: ['AccessDeniedException', 400],
        throttled: ['ThrottlingException', 400],
        internal: ['InternalServerException', 500],
      },
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { identityProvider },
  examples,
  kinds: (generation) => [() => someIdentityProvider(generation)],
  operations: {
    ListIdentityProviders: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `MaxResults must be between 1 and 100, not ${value}`);
      const size = pageSize(input, 'MaxResults', { min: 1, max: 100 }, refuse) ?? 100;
      return page('IdentityProviderSummaries', rows(region).identityProviders, size);
    },
  },
} as const satisfies Service;

export interface IdentityProviderMade extends Made {
  readonly row: IdentityProvider;
}

interface IdentityProviderOptions extends ResourceOptions {
  readonly product?: string;
}

/** A directory that is registered for a product, with the endpoint that leads to the activation servers. */
function identityProvider(scope: Scope, options: IdentityProviderOptions = {}): IdentityProviderMade {
  const {
    name = scope.nextName('licenses'),
    network = newNetwork(scope),
    status,
    product,
    ...rest
  } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `identity-provider/${name}`, network, creator });
  const id = `ip-${scope.tokenOf(`identity-provider/${name}`, 17)}`;
  const row: IdentityProvider = {
    IdentityProvider: {
      ActiveDirectoryIdentityProvider: {
        DirectoryId: scope.idOf('d', `directory/${name}`).slice(0, 12),
        ActiveDirectoryType: 'AWS_MANAGED',
      },
    },
    IdentityProviderArn: scope.arn('license-manager-user-subscriptions', `identity-provider/${id}`),
    Product: product ?? 'OFFICE_PROFESSIONAL_PLUS',
    Settings: settingsOf(network),
    Status: status ?? 'REGISTERED',
    OwnerAccountId: scope.accountId,
  };
  rows(scope.resources).identityProviders.push(row);
  const owner: Owner = {
    service: 'license-manager-user-subscriptions',
    resourceType: 'AWS::LicenseManagerUserSubscriptions::IdentityProvider',
    resourceId: id,
    arn: row.IdentityProviderArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

function settingsOf({ subnets, securityGroupIds: [SecurityGroupId = ''] }: Network) {
  return { Subnets: subnets.map(({ subnetId }) => subnetId), SecurityGroupId };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix, days }, createdAt) => {
    const isRecorded = days < 90;
    const { vpcEndpointId } = identityProvider(scope, { name: `office${suffix}`, createdAt });
    return [
      {
        title: `a directory registered with License Manager, ${words}`,
        path: pathOf(vpcEndpointId),
        expect: {
          status: 200,
          verdict: isRecorded ? 'service-identified' : 'unidentified',
          service: isRecorded ? 'license-manager-user-subscriptions' : null,
          candidates: 1,
          action: 'choose',
        },
      },
    ];
  });
}

function someIdentityProvider(generation: Generation): void {
  const { build, chance } = generation;
  const made = identityProvider(build, {
    ...someTraits(generation),
    ...someLies(generation),
    network: someNetwork(generation),
    product: chance.pick(['OFFICE_PROFESSIONAL_PLUS', 'VISUAL_STUDIO_ENTERPRISE']),
    status: chance.pick(['REGISTERED', 'REGISTERED', 'REGISTERING', 'DEREGISTRATION_FAILED']),
  });
  hidden(generation, made.vpcEndpointId, made.owner);
}
