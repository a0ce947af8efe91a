import type { GetLicenseEndpointResponse } from '@aws-sdk/client-deadline';
import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import {
  type Generation,
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
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

interface LicenseEndpointRow {
  readonly licenseEndpoint: Partial<GetLicenseEndpointResponse>;
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

const rows = rowsOf({ licenseEndpoints: [] as LicenseEndpointRow[] });

const creator = forwardAccessSession('deadline');

/** @see https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_ListLicenseEndpoints.html */
export const deadline = {
  id: 'deadline',
  api: {
    id: 'deadline',
    protocol: restJson({
      routes: {
        ListLicenseEndpoints: 'GET /2023-10-12/license-endpoints',
        GetLicenseEndpoint: 'GET /2023-10-12/license-endpoints/{licenseEndpointId}',
      },
      members: 'as-they-are',
      timestamps: 'iso8601',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalServerErrorException', 500],
      },
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { licenseEndpoint },
  examples,
  kinds: (generation) => [() => someLicenseEndpoint(generation)],
  operations: {
    ListLicenseEndpoints: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `maxResults must be between 1 and 100, not ${value}`);
      const size = pageSize(input, 'maxResults', { min: 1, max: 100 }, refuse) ?? 100;
      const summaries = rows(region).licenseEndpoints.map(({ licenseEndpoint: one }) => {
        const { licenseEndpointId, status, statusMessage, vpcId } = one;
        return { licenseEndpointId, status, statusMessage, vpcId };
      });
      return page('licenseEndpoints', summaries, size);
    },
    GetLicenseEndpoint: (input, { region }) => {
      const id = text(input, 'licenseEndpointId');
      const found = rows(region).licenseEndpoints.find(
        ({ licenseEndpoint: one }) => one.licenseEndpointId === id,
      );
      if (found === undefined || found.findable === false)
        throw new AwsError('ResourceNotFoundException', `License endpoint ${id} not found`, 404);
      return found.licenseEndpoint;
    },
  },
} as const satisfies Service;

export interface LicenseEndpointMade extends Made {
  readonly row: LicenseEndpointRow;
}

/** @param options `ownName`: its DNS name is that of the VPC endpoint itself, and no alias of it */
function licenseEndpoint(
  scope: Scope,
  options: NamedResourceOptions & { readonly ownName?: boolean } = {},
): LicenseEndpointMade {
  const {
    name = scope.nextName('licenses'),
    network = newNetwork(scope),
    status,
    ownName,
    ...rest
  } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `license-endpoint/${name}`, network, creator });
  const id = `le-${scope.uuidOf(`license-endpoint/${name}`).replaceAll('-', '')}`;
  const hostname = `${id}.licensing.deadline.${scope.region}.${scope.dnsSuffix}`;
  const row: LicenseEndpointRow = {
    licenseEndpoint: {
      licenseEndpointId: id,
      status: (status ?? 'READY') as GetLicenseEndpointResponse['status'],
      statusMessage: '',
      dnsName:
        ownName === true && placed.dnsName !== null
          ? placed.dnsName
          : publishHostname(scope, hostname, placed, rest),
      vpcId: network.vpcId,
      subnetIds: network.subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [...network.securityGroupIds],
    },
  };
  rows(scope.resources).licenseEndpoints.push(row);
  const owner: Owner = {
    service: 'deadline',
    resourceType: 'AWS::Deadline::LicenseEndpoint',
    resourceId: id,
    arn: null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `a license endpoint of Deadline Cloud, ${words}`,
      licenseEndpoint(scope, { name: `render${suffix}`, createdAt }),
    ),
  ]);
}

function someLicenseEndpoint(generation: Generation): void {
  const { build, chance } = generation;
  const made = licenseEndpoint(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation),
    ownName: chance.chance(0.3),
    network: someNetwork(generation),
  });
  owned(generation, made);
}
