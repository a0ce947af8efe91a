import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById, pathOf } from '../world/example.ts';
import {
  type Generation,
  hidden,
  owned,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize } from './input.ts';
import type { Service } from './service.ts';

interface Connector {
  readonly Arn: string;
  readonly CertificateAuthorityArn: string;
  CertificateEnrollmentPolicyServerEndpoint?: string;
  readonly CreatedAt: Date;
  readonly DirectoryId: string;
  Status: string;
  StatusReason?: string;
  readonly VpcInformation: { readonly IpAddressType: string; SecurityGroupIds: string[] };
}

const rows = rowsOf({ adConnectors: [] as Connector[] });

const creator = forwardAccessSession('pca-connector-ad');

/** @see https://docs.aws.amazon.com/pca-connector-ad/latest/APIReference/API_ListConnectors.html */
export const pcaConnectorAd = {
  id: 'pca-connector-ad',
  api: {
    id: 'pca-connector-ad',
    protocol: restJson({
      routes: { ListConnectors: 'GET /connectors' },
      members: 'as-they-are',
      timestamps: 'seconds',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalServerException', 500],
      },
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { adConnector },
  examples,
  kinds: (generation) => [() => someConnector(generation)],
  operations: {
    ListConnectors: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `MaxResults must be between 1 and 1000, not ${value}`);
      const size = pageSize(input, 'MaxResults', { min: 1, max: 1000 }, refuse) ?? 100;
      return page('Connectors', rows(region).adConnectors, size);
    },
  },
} as const satisfies Service;

export interface AdConnectorMade extends Made {
  readonly row: Connector;
}

/** Whether its enrolment endpoint is an alias of the VPC endpoint, nobody says: `resolves` has both ways. */
function adConnector(scope: Scope, options: NamedResourceOptions = {}): AdConnectorMade {
  const { name = scope.nextName('enrolment'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `ad-connector/${name}`, network, creator });
  const id = scope.uuidOf(`ad-connector/${name}`);
  const host = publishHostname(
    scope,
    `${id}.enrollment.pca-connector-ad.${scope.region}.${scope.dnsSuffix}`,
    placed,
    rest,
  );
  const row: Connector = {
    Arn: scope.arn('pca-connector-ad', `connector/${id}`),
    CertificateAuthorityArn: scope.arn('acm-pca', `certificate-authority/${scope.uuidOf(`ca/${name}`)}`),
    CertificateEnrollmentPolicyServerEndpoint: `https://${host}/policy`,
    CreatedAt: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp ?? scope.now,
    DirectoryId: scope.idOf('d', `directory/${name}`).slice(0, 12),
    Status: status ?? 'ACTIVE',
    VpcInformation: { IpAddressType: 'IPV4', SecurityGroupIds: [...network.securityGroupIds] },
  };
  rows(scope.resources).adConnectors.push(row);
  const owner: Owner = {
    service: 'pca-connector-ad',
    resourceType: 'AWS::PCAConnectorAD::Connector',
    resourceId: id,
    arn: row.Arn,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix, days }, createdAt) => {
    const isRecorded = days < 90;
    const unnamed = adConnector(scope, { name: `staff${suffix}`, resolves: 'nowhere', createdAt });
    return [
      identifiedById(
        `a connector of AWS Private CA for Active Directory, ${words}`,
        adConnector(scope, { name: `office${suffix}`, createdAt }),
      ),
      {
        title: `a connector of AWS Private CA whose enrolment endpoint is no alias, ${words}`,
        path: pathOf(unnamed.vpcEndpointId),
        expect: {
          status: 200,
          verdict: isRecorded ? 'service-identified' : 'unidentified',
          service: isRecorded ? 'pca-connector-ad' : null,
          candidates: 1,
          action: 'choose',
        },
      },
    ];
  });
}

function someConnector(generation: Generation): void {
  const { build, chance } = generation;
  const leads = chance.chance(0.8);
  const made = adConnector(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation),
    ...(leads ? {} : { resolves: chance.pick(['public', 'nowhere']) }),
    network: someNetwork(generation),
  });
  if (leads) owned(generation, made);
  else hidden(generation, made.vpcEndpointId, made.owner);
}
