import { awsJson } from '../protocols/aws-json.ts';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import { type Generation, hidden, owned, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize } from './input.ts';
import type { Service } from './service.ts';

interface OdbNetwork {
  odbNetworkId?: string;
  displayName?: string;
  status?: string;
  odbNetworkArn?: string;
  createdAt?: Date;
  managedServices?: {
    serviceNetworkArn?: string;
    resourceGatewayArn?: string;
    serviceNetworkEndpoint?: { vpcEndpointId?: string; vpcEndpointType: 'SERVICENETWORK' };
  };
}

const rows = rowsOf({ odbNetworks: [] as OdbNetwork[] });

/** Inferred: nobody has published a record of one. */
const creator = forwardAccessSession('odb');

/** @see https://docs.aws.amazon.com/odb/latest/APIReference/Welcome.html */
export const odb = {
  id: 'odb',
  api: {
    id: 'odb',
    protocol: awsJson({
      version: '1.0',
      targets: ['Odb'],
      timestamps: 'iso8601',
      internalError: 'InternalServerException',
      messageField: 'message',
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The provided nextToken is not valid.'),
  },
  rows,
  creator,
  builders: { odbNetwork },
  examples,
  kinds: (generation) => [() => someOdbNetwork(generation)],
  operations: {
    ListOdbNetworks: (input, { region, page }) => {
      const size = pageSize(
        input,
        'maxResults',
        { min: 1, max: 1000 },
        (value) => new AwsError('ValidationException', `maxResults must be between 1 and 1000, not ${value}`),
      );
      return page('odbNetworks', rows(region).odbNetworks, size ?? 10);
    },
  },
} as const satisfies Service;

export interface OdbNetworkMade extends Made {
  readonly row: OdbNetwork;
}

interface OdbNetworkOptions extends ResourceOptions {
  /** `false`: the ODB network does not say its endpoint. */
  readonly listed?: boolean;
}

/** An ODB network whose endpoint is in a VPC of this account; which VPC AWS puts it in is not known. */
function odbNetwork(scope: Scope, options: OdbNetworkOptions = {}): OdbNetworkMade {
  const {
    name = scope.nextName('odb'),
    network = newNetwork(scope, { subnets: 1 }),
    listed = true,
    ...rest
  } = options;
  const placed = placeEndpoint(scope, {
    vpcEndpointType: 'ServiceNetwork',
    ...rest,
    name: `odb-network/${name}`,
    network,
    creator,
  });
  const { vpcEndpointId } = placed;
  const id = `odbnet_${scope.tokenOf(`odb-network/${name}`, 10)}`;
  const gateway = scope.idOf('rgw', `odb-network/${name}`);
  const row: OdbNetwork = {
    odbNetworkId: id,
    displayName: name,
    status: rest.status ?? 'AVAILABLE',
    odbNetworkArn: scope.arn('odb', `odb-network/${id}`),
    managedServices: {
      ...(placed.endpoint.ServiceNetworkArn === undefined
        ? {}
        : { serviceNetworkArn: placed.endpoint.ServiceNetworkArn }),
      resourceGatewayArn: scope.arn('vpc-lattice', `resourcegateway/${gateway}`),
      ...(listed ? { serviceNetworkEndpoint: { vpcEndpointId, vpcEndpointType: 'SERVICENETWORK' } } : {}),
    },
    createdAt: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp ?? scope.now,
  };
  rows(scope.resources).odbNetworks.push(row);
  const owner: Owner = {
    service: 'odb',
    resourceType: 'AWS::ODB::OdbNetwork',
    resourceId: id,
    arn: row.odbNetworkArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `an ODB network of Oracle Database@AWS, ${words}`,
      odbNetwork(scope, { name: `exadata${suffix}`, createdAt }),
    ),
  ]);
}

function someOdbNetwork(generation: Generation): void {
  const { build, chance } = generation;
  const listed = chance.chance(0.8);
  const made = odbNetwork(build, {
    ...someTraits(generation),
    ...someLies(generation),
    network: someNetwork(generation),
    listed,
    vpcEndpointType: chance.chance(0.8) ? 'ServiceNetwork' : 'Interface',
  });
  if (listed) owned(generation, made);
  else hidden(generation, made.vpcEndpointId, made.owner);
}
