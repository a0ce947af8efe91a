import type { VpcEndpoint } from '@aws-sdk/client-opensearch';
import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { serviceLinkedRole } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import {
  type Generation,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { texts } from './input.ts';
import type { Service } from './service.ts';

interface DomainEndpointRow {
  readonly endpoint: VpcEndpoint;
  /** It was deleted after it was listed. */
  describable?: boolean;
}

const rows = rowsOf({ domainEndpoints: [] as DomainEndpointRow[] });

const creator = serviceLinkedRole('es', 'AWSServiceRoleForAmazonOpenSearchService');

/** AWS does not say how long a page is. */
const pageLength = 100;

/** @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/Welcome.html */
export const opensearch = {
  id: 'opensearch',
  api: {
    id: 'es',
    protocol: restJson({
      routes: {
        ListVpcEndpoints: 'GET /2021-01-01/opensearch/vpcEndpoints',
        DescribeVpcEndpoints: 'POST /2021-01-01/opensearch/vpcEndpoints/describe',
      },
      query: { nextToken: 'NextToken' },
      members: 'as-they-are',
      timestamps: 'seconds',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalException', 500],
      },
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { domainEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
  operations: {
    ListVpcEndpoints: (_input, { region, page }) => {
      const listed = rows(region).domainEndpoints.map(({ endpoint }) => {
        const { VpcEndpointId, VpcEndpointOwner, DomainArn, Status } = endpoint;
        return { VpcEndpointId, VpcEndpointOwner, DomainArn, Status };
      });
      return page('VpcEndpointSummaryList', listed, pageLength);
    },
    DescribeVpcEndpoints: (input, { region }) => {
      const ids = texts(input, 'VpcEndpointIds');
      if (ids === undefined) throw new AwsError('ValidationException', 'VpcEndpointIds must not be empty');
      const found = rows(region).domainEndpoints.filter(
        ({ endpoint, describable = true }) => describable && ids.includes(endpoint.VpcEndpointId ?? ''),
      );
      const said = found.map(({ endpoint }) => endpoint.VpcEndpointId);
      const VpcEndpointErrors = ids
        .filter((id) => !said.includes(id))
        .map((VpcEndpointId) => ({
          VpcEndpointId,
          ErrorCode: 'ENDPOINT_NOT_FOUND',
          ErrorMessage: 'Endpoint does not exist',
        }));
      return { VpcEndpoints: found.map(({ endpoint }) => endpoint), VpcEndpointErrors };
    },
  },
} as const satisfies Service;

export interface DomainEndpointMade extends Made {
  readonly row: DomainEndpointRow;
}

function domainEndpoint(scope: Scope, options: NamedResourceOptions = {}): DomainEndpointMade {
  const { name = scope.nextName('domain'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, {
    serviceTags: { OpenSearchManaged: 'true' },
    ...rest,
    name: `domain/${name}`,
    network,
    creator,
  });
  const hostname = `vpc-${name}-${scope.tokenOf(`domain/${name}`, 26)}.${scope.region}.es.${scope.dnsSuffix}`;
  const id = `aos-${scope.tokenOf(`aos/${name}`, 26)}`;
  const row: DomainEndpointRow = {
    endpoint: {
      VpcEndpointId: id,
      VpcEndpointOwner: scope.accountId,
      DomainArn: scope.arn('es', `domain/${name}`),
      VpcOptions: {
        VPCId: network.vpcId,
        SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
        SecurityGroupIds: [...network.securityGroupIds],
      },
      Status: (status ?? 'ACTIVE') as VpcEndpoint['Status'],
      Endpoint: publishHostname(scope, hostname, placed, rest),
    },
  };
  rows(scope.resources).domainEndpoints.push(row);
  const owner: Owner = {
    service: 'opensearch',
    resourceType: 'AWS::OpenSearchService::VpcEndpoint',
    resourceId: id,
    arn: null,
    parentArn: row.endpoint.DomainArn ?? null,
  };
  return { ...made(owner, network, placed), row };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `an OpenSearch-managed VPC endpoint, ${words}`,
      domainEndpoint(scope, { name: `search${suffix}`, createdAt }),
    ),
  ]);
}

function someEndpoint(generation: Generation): void {
  const hostname = someHostname(generation);
  const made = domainEndpoint(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...hostname,
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, made);
  else owned(generation, made);
}
