import { expect, test } from '@jest/globals';
import { behavesLikeAService } from '../support/behaves-like-a-service.ts';
import { checkOf, emptyRegion, lookUp } from '../support/lookup.ts';

test('a private RabbitMQ broker owns the endpoint that the host of its address is an alias of', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.rabbitBroker({ name: 'jobs', createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId);
  const { BrokerId, BrokerArn } = row.broker;
  expect(answer).toMatchObject({
    verdict: 'identified',
    confidence: 'confirmed',
    owner: { resourceType: 'AWS::AmazonMQ::Broker', resourceId: BrokerId, arn: BrokerArn },
    nextStep: { commands: [`aws mq delete-broker --broker-id ${BrokerId} --region ap-northeast-1`] },
  });
});

test.each([
  ['ActiveMQ', 'ACTIVEMQ'],
  ['public RabbitMQ', 'RABBITMQ'],
] as const)('a broker of %s has no endpoint, and is no candidate on the same network', async (_, engine) => {
  const region = emptyRegion();
  const network = region.network();
  region.otherBroker({ network, engine });
  const { vpcEndpointId } = region.orphan({ network, createdAt: region.daysAgo(300) });
  const { answer, queries } = await lookUp(region, vpcEndpointId);
  expect(answer.candidates).toEqual([]);
  expect(checkOf(answer, 'amazon-mq')).toMatchObject({ outcome: 'no-match', reason: null });
  expect(queries).toEqual([]);
});

test.each(['public', 'nowhere'] as const)(
  'a host that leads elsewhere (%s) leaves the broker a candidate, and never an owner',
  async (resolves) => {
    const region = emptyRegion();
    const { vpcEndpointId, row } = region.rabbitBroker({ resolves, createdAt: region.daysAgo(300) });
    const { answer } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      owner: null,
      candidates: [{ resourceId: row.broker.BrokerId, strength: 'hint' }],
      nextStep: { action: 'choose' },
    });
  },
);

test('a broker that is being made may hold the endpoint', async () => {
  const region = emptyRegion();
  const { vpcEndpointId, row } = region.rabbitBroker({ status: 'CREATION_IN_PROGRESS' });
  row.broker.BrokerInstances = [];
  const { answer } = await lookUp(region, vpcEndpointId);
  expect(answer).toMatchObject({ owner: null, complete: false });
  expect(checkOf(answer, 'amazon-mq')?.reason).toMatch(/has no hostname yet \(CREATION_IN_PROGRESS\)$/);
});

behavesLikeAService('amazon-mq');
