import type { DescribeBrokerResponse } from '@aws-sdk/client-mq';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, describeEach, hostOf, present, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/amazon-mq.ts');
const notFound = absent('NotFoundException');

/**
 * Amazon MQ: private RabbitMQ brokers. ActiveMQ brokers have network interfaces and never an endpoint, and public RabbitMQ
 * brokers have neither (documented).
 *
 * Source: Amazon MQ does not list the VPC endpoint. That the hosts of a broker's addresses are aliases of it is inferred from
 * its kin; where they are not, addresses are compared, and a broker on the same subnets and groups is a candidate.
 * Cost: one page per 100 brokers of any engine, one call for each of RabbitMQ, and its DNS lookups. The API names subnets and
 * groups, not the VPC.
 * Missing: an empty page. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html
 */
export const amazonMq: Service = {
  id: 'amazon-mq',
  name: 'Amazon MQ',
  ids: /b-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
  marks: {
    principals: ['mq'],
    roles: ['AWSServiceRoleForAmazonMQ'],
    tags: { AMQManaged: 'any' },
    // AmazonMQServiceRolePolicy lets it make none without.
    tagsAlways: true,
    never: neverAnAppliance,
  },
  actions: { 'mq:DescribeBroker': [['mq', 'broker:*']], 'mq:ListBrokers': 'anything' },
  lists: [{ read: brokers }],
  unlisted: null,
  console: ({ id }) => `amazon-mq/home#/brokers/details?id=${encodeURIComponent(id)}`,
  removal: ({ id }, { region }) => ({
    summary: `Delete the broker ${id}; AWS then deletes the endpoint with it.`,
    commands: [['aws', 'mq', 'delete-broker', '--broker-id', id, '--region', region]],
    warnings: ['Applications lose this broker, and the messages that are in it.'],
    documentation:
      'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-deleting-broker.html',
  }),
};

async function* brokers(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListBrokers } = await aws(sdk);
  const listed = paginateListBrokers({ client }, { MaxResults: 100 });
  for await (const page of pages('mq:ListBrokers', listed, 'BrokerSummaries')) {
    const ids = page
      .filter(({ EngineType }) => EngineType?.toUpperCase() !== 'ACTIVEMQ')
      .map(({ BrokerId }) => required(BrokerId, 'mq:ListBrokers'));
    yield describeEach('mq:DescribeBroker', ids, (id) => describeBroker(aws, id));
  }
}

async function describeBroker(aws: Aws, BrokerId: string): Promise<Resource | undefined> {
  const { client, DescribeBrokerCommand } = await aws(sdk);
  const broker = await client.send(new DescribeBrokerCommand({ BrokerId })).catch(notFound);
  if (broker === undefined) return undefined;
  // One that is being made may have none yet.
  if (broker.BrokerInstances === undefined && broker.BrokerState !== 'CREATION_IN_PROGRESS')
    throw new MalformedAnswer('mq:DescribeBroker: the answer has no BrokerInstances');
  const isPublic = broker.PubliclyAccessible === true;
  const addresses = (broker.BrokerInstances ?? []).flatMap(({ Endpoints }) => present(...(Endpoints ?? [])));
  return {
    type: 'AWS::AmazonMQ::Broker',
    id: broker.BrokerId ?? BrokerId,
    arn: broker.BrokerArn ?? null,
    shows: { hostnames: isPublic ? [] : [...new Set(addresses.map(hostOf))] },
    network: { subnetIds: broker.SubnetIds, securityGroupIds: broker.SecurityGroups },
    ...(isPublic ? { mostEndpoints: 0 } : {}),
    createdAt: broker.Created,
    state: isPublic ? undefined : stateOf(broker, addresses),
  };
}

function stateOf({ BrokerState }: DescribeBrokerResponse, addresses: readonly string[]): Resource['state'] {
  if (BrokerState === 'DELETION_IN_PROGRESS') return 'deleting';
  return addresses.length > 0 ? undefined : unsettled('has no hostname yet', BrokerState);
}
