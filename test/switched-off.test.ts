/** A deployment need not ask every service. That it did not is no absence. */
import { expect, test } from '@jest/globals';
import { resolvers, services } from '../lambda/resolvers/index.ts';
import { switchOff } from '../lambda/resolvers/unasked.ts';
import { checkOf, emptyRegion, lookUp } from './support/lookup.ts';

const off = { servicesOff: ['rds-proxy', 'msk'] };

test('what is switched off is not called, and says so', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.rdsProxy({ createdAt: region.daysAgo(300) });
  const { answer, calls } = await lookUp(region, vpcEndpointId, off);
  expect(answer).toMatchObject({ verdict: 'unidentified', complete: false, nextStep: { action: 'choose' } });
  for (const name of off.servicesOff)
    expect(checkOf(answer, name)).toMatchObject({
      outcome: 'skipped',
      reason: 'switched off in this deployment',
      apiCalls: 0,
    });
  const operations = calls.map(({ service, operation }) => `${service}:${operation}`);
  expect(operations).not.toContain('rds:DescribeDBProxies');
  expect(operations).toContain('redshift:DescribeClusters');
});

test('its marks still tell whose the endpoint is', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.serverlessKafka({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId, off);
  expect(answer).toMatchObject({
    verdict: 'service-identified',
    service: { id: 'msk' },
    owner: null,
    complete: false,
  });
  expect(answer.nextStep).toMatchObject({ action: 'delete-owner', commands: [] });
  expect(answer.nextStep.warnings.join()).toContain('this deployment does not ask this service');
});

test('an owner of another service is found all the same, and the answer is whole', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.redshiftCluster({ createdAt: region.daysAgo(300) });
  const { answer } = await lookUp(region, vpcEndpointId, off);
  expect(answer).toMatchObject({ verdict: 'identified', complete: true });
});

test('with everything switched off only the marks are left', async () => {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan({ createdAt: region.daysAgo(300) });
  const { answer, calls } = await lookUp(region, vpcEndpointId, {
    servicesOff: resolvers.map(({ id }) => id),
  });
  expect(answer).toMatchObject({ verdict: 'unidentified', complete: false });
  expect(calls.map(({ service }) => service)).toEqual(['ec2']);
});

test('a service that does not exist, or is not asked anyway, cannot be switched off', () => {
  for (const id of ['kafka', 'guardduty'])
    expect(() => switchOff(services, ['msk', id])).toThrow(
      `expected ids of services to switch off, such as msk, but got ${id}`,
    );
});
