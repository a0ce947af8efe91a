import type { DescribeBrokerResponse } from '@aws-sdk/client-mq';
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
import { type Network, network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

interface BrokerRow {
  readonly broker: DescribeBrokerResponse;
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

const rows = rowsOf({ brokers: [] as BrokerRow[] });

const creator = serviceLinkedRole('mq', 'AWSServiceRoleForAmazonMQ');

/** @see https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html */
export const amazonMq = {
  id: 'amazon-mq',
  api: {
    id: 'mq',
    protocol: restJson({
      routes: { ListBrokers: 'GET /v1/brokers', DescribeBroker: 'GET /v1/brokers/{BrokerId}' },
      members: 'small-first-letter',
      timestamps: 'iso8601',
      errorNames: {
        denied: ['ForbiddenException', 403],
        throttled: ['TooManyRequestsException', 429],
        internal: ['InternalServerErrorException', 500],
      },
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('BadRequestException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { rabbitBroker, otherBroker },
  examples,
  kinds: (generation) => [() => someBroker(generation), () => someOtherBroker(generation)],
  operations: {
    ListBrokers: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('BadRequestException', `maxResults must be between 5 and 100, not ${value}`);
      const size = pageSize(input, 'maxResults', { min: 5, max: 100 }, refuse) ?? 20;
      const summaries = rows(region).brokers.map(({ broker }) => {
        const { BrokerArn, BrokerId, BrokerName, BrokerState, Created, DeploymentMode, EngineType } = broker;
        return { BrokerArn, BrokerId, BrokerName, BrokerState, Created, DeploymentMode, EngineType };
      });
      return page('brokerSummaries', summaries, size);
    },
    DescribeBroker: (input, { region }) => {
      const id = text(input, 'BrokerId');
      const found = rows(region).brokers.find(({ broker }) => broker.BrokerId === id);
      if (found === undefined || found.findable === false)
        throw new AwsError('NotFoundException', `Can't find requested broker [${id}].`, 404);
      return found.broker;
    },
  },
} as const satisfies Service;

export interface BrokerMade extends Made {
  readonly row: BrokerRow;
}

/** A private RabbitMQ broker. */
function rabbitBroker(scope: Scope, options: NamedResourceOptions = {}): BrokerMade {
  const { name = scope.nextName('rabbit'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, {
    serviceTags: { AMQManaged: 'true' },
    ...rest,
    name: `broker/${name}`,
    network,
    creator,
  });
  const id = `b-${scope.uuidOf(`broker/${name}`)}`;
  const hostname = `${id}.mq.${scope.region}.${scope.dnsSuffix}`;
  const row = addBroker(scope, network, {
    BrokerId: id,
    BrokerName: name,
    BrokerState: (status ?? 'RUNNING') as DescribeBrokerResponse['BrokerState'],
    Created: rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp,
    EngineType: 'RABBITMQ',
    PubliclyAccessible: false,
    BrokerInstances: [{ Endpoints: [`amqps://${publishHostname(scope, hostname, placed, rest)}:5671`] }],
  });
  const owner: Owner = {
    service: 'amazon-mq',
    resourceType: 'AWS::AmazonMQ::Broker',
    resourceId: id,
    arn: row.broker.BrokerArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

/** A broker that holds no VPC endpoint. */
function otherBroker(
  scope: Scope,
  options: { readonly name?: string; readonly network: Network; readonly engine?: 'ACTIVEMQ' | 'RABBITMQ' },
): BrokerRow {
  const { name = scope.nextName('broker'), network, engine = 'ACTIVEMQ' } = options;
  const id = `b-${scope.uuidOf(`broker/${name}`)}`;
  const host = `${id}.mq.${scope.region}.${scope.dnsSuffix}`;
  scope.account.dns[host] = { a: ['203.0.113.7'] };
  return addBroker(scope, network, {
    BrokerId: id,
    BrokerName: name,
    BrokerState: 'RUNNING',
    Created: scope.daysAgo(400),
    EngineType: engine,
    PubliclyAccessible: engine === 'RABBITMQ',
    BrokerInstances: [{ Endpoints: [`amqps://${host}:5671`] }],
  });
}

function addBroker(scope: Scope, network: Network, broker: DescribeBrokerResponse): BrokerRow {
  const row: BrokerRow = {
    broker: {
      ...broker,
      BrokerArn: scope.arn('mq', `broker:${broker.BrokerName}:${broker.BrokerId}`),
      DeploymentMode: 'SINGLE_INSTANCE',
      SubnetIds: network.subnets.map(({ subnetId }) => subnetId),
      SecurityGroups: [...network.securityGroupIds],
    },
  };
  rows(scope.resources).brokers.push(row);
  return row;
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const jobs = rabbitBroker(scope, { name: `jobs${suffix}`, createdAt });
    otherBroker(scope, { name: `legacy${suffix}`, network: jobs.network });
    return [identifiedById(`a private RabbitMQ broker of Amazon MQ, ${words}`, jobs)];
  });
}

function someBroker(generation: Generation): void {
  const hostname = someHostname(generation);
  const made = rabbitBroker(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...hostname,
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, made);
  else owned(generation, made);
}

function someOtherBroker(generation: Generation): void {
  const { build, chance } = generation;
  otherBroker(build, {
    network: someNetwork(generation),
    engine: chance.pick(['ACTIVEMQ', 'RABBITMQ'] as const),
  });
}
