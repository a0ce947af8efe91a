/** Answers that come in time, and are whole, whatever AWS does in between. */
import { describe, expect, test } from '@jest/globals';
import { onSandbox } from '../cli/on-sandbox.ts';
import { noteCall } from '../lambda/aws/failure.ts';
import { lookUp as lookUpIn } from '../lambda/lookup.ts';
import type { Aws, Sdk } from '../lambda/model/service.ts';
import { createWorlds } from '../lambda/world.ts';
import type { RegionBuilder } from '../sandbox/build.ts';
import { type Faults, parseFault } from '../sandbox/faults.ts';
import { type Call, startSandbox } from '../sandbox/server.ts';
import { checkOf, emptyRegion, lookUp, lookUpInVirtualTime } from './support/lookup.ts';

/** An endpoint of a service's that is gone, and that the service of this operation may have made. */
function orphanFor(operation: string, region: RegionBuilder) {
  const firewallArn = 'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/gone';
  return operation.startsWith('network-firewall:') ? region.firewallOrphan({ firewallArn }) : region.orphan();
}

const count = (calls: readonly Call[], operation: string) =>
  calls.filter((call) => call.operation === operation).length;

describe('a service that throttles for ten seconds', () => {
  const lists = [
    'rds:DescribeDBProxies',
    'rds:DescribeDBClusters',
    'redshift:DescribeClusters',
    'redshift-serverless:ListWorkgroups',
    'network-firewall:ListFirewalls',
    'cloudtrail:LookupEvents',
  ] as const;

  const throttles = (operation: (typeof lists)[number]): Faults => ({ [operation]: { kind: 'throttled' } });

  test.each(lists)('leaves the answer whole: %s', async (operation) => {
    const region = emptyRegion();
    const { vpcEndpointId } = orphanFor(operation, region);
    const { answer, afterMs, calls } = await lookUpInVirtualTime(
      region,
      vpcEndpointId,
      { faults: throttles(operation) },
      ({ faults }) => setTimeout(() => delete faults[operation], 10_000),
    );
    expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
    expect(answer.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(afterMs).toBeGreaterThanOrEqual(10_000);
    expect(afterMs).toBeLessThan(15_000);
    const [, name = ''] = operation.split(':');
    expect(count(calls, name)).toBeGreaterThan(3);
    expect(count(calls, name)).toBeLessThan(60);
  });

  test('hides no owner among what it lists', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.rdsProxy({ name: 'orders', createdAt: region.daysAgo(120) });
    const faults: Faults = { ...throttles('rds:DescribeDBProxies') };
    faults['rds:DescribeDBProxyEndpoints'] = { kind: 'throttled' };
    const { answer } = await lookUpInVirtualTime(region, vpcEndpointId, { faults }, (sandbox) =>
      setTimeout(() => {
        for (const operation of Object.keys(sandbox.faults)) delete sandbox.faults[operation as keyof Faults];
      }, 10_000),
    );
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'orders' } });
  });

  test('and goes on so is given up with time to spare, and says so', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.orphan();
    const faults = throttles('rds:DescribeDBProxies');
    const { answer, afterMs } = await lookUpInVirtualTime(region, vpcEndpointId, { faults });
    expect(checkOf(answer, 'rds-proxy')).toMatchObject({
      outcome: 'failed',
      reason: 'rds:DescribeDBProxies was throttled',
    });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    expect(afterMs).toBeLessThan(15_000);
  });
});

describe('a list without an end', () => {
  const lists = [
    ['rds-proxy', 'rds:DescribeDBProxies'],
    ['rds-proxy', 'rds:DescribeDBProxyEndpoints'],
    ['aurora-serverless', 'rds:DescribeDBClusters'],
    ['redshift', 'redshift:DescribeClusters'],
    ['redshift', 'redshift:DescribeEndpointAccess'],
    ['redshift-serverless', 'redshift-serverless:ListWorkgroups'],
    ['redshift-serverless', 'redshift-serverless:ListEndpointAccess'],
    ['network-firewall', 'network-firewall:ListFirewalls'],
    ['network-firewall', 'network-firewall:ListVpcEndpointAssociations'],
    ['cloudtrail', 'cloudtrail:LookupEvents'],
  ] as const;

  test.each(lists)(
    'is given up after a hundred calls, and is no absence: %s, %s',
    async (check, operation) => {
      const region = emptyRegion();
      const { vpcEndpointId } = region.orphan({ event: { creation: false } });
      const { answer, calls, afterMs } = await lookUpInVirtualTime(region, vpcEndpointId, {
        faults: parseFault(`${operation}=endless`),
      });
      const [, name = ''] = operation.split(':');
      expect(count(calls, name)).toBeGreaterThanOrEqual(100);
      expect(count(calls, name)).toBeLessThanOrEqual(101);
      expect(checkOf(answer, check)).toMatchObject({
        outcome: 'failed',
        reason: `${operation}: given up after 100 empty pages in a row`,
      });
      expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
      expect(afterMs).toBeLessThan(25_000);
    },
  );

  test('hides no owner on its first page', async () => {
    const region = emptyRegion();
    const { vpcEndpointId } = region.rdsProxy({ name: 'orders' });
    const faults = parseFault('rds:DescribeDBProxies=endless');
    const { answer } = await lookUp(region, vpcEndpointId, { faults });
    expect(answer).toMatchObject({ verdict: 'identified', owner: { resourceId: 'orders' } });
  });
});

describe('a tagger that comes every hour', () => {
  function tagHourly({ resources, now }: RegionBuilder, createdAt: Date): void {
    const [creation] = resources.events;
    for (let time = createdAt.getTime() + 3_600_000; time < now.getTime(); time += 3_600_000)
      resources.events.push({
        ...creation,
        EventName: 'CreateTags',
        EventId: `tag-${time}`,
        EventTime: new Date(time),
      });
  }

  test.each([2, 30, 89.9])('costs one call for the creation, %d days ago', async (days) => {
    const region = emptyRegion();
    const createdAt = region.daysAgo(days);
    const { vpcEndpointId } = region.orphan({ createdAt });
    tagHourly(region, createdAt);
    const { answer, calls } = await lookUp(region, vpcEndpointId);
    expect(answer).toMatchObject({ service: { id: 'rds-proxy' }, complete: true });
    expect(checkOf(answer, 'cloudtrail')).toMatchObject({ outcome: 'match', apiCalls: 1 });
    expect(count(calls, 'LookupEvents')).toBe(1);
  });

  test('costs one call where the creation is lost, too', async () => {
    const region = emptyRegion();
    const createdAt = region.daysAgo(60);
    const { vpcEndpointId } = region.orphan({ createdAt, event: { claimedBy: ['aoss'], creation: false } });
    tagHourly(region, createdAt);
    const { answer, calls } = await lookUp(region, vpcEndpointId);
    expect(answer.service?.id).toBe('opensearch-serverless');
    expect(count(calls, 'LookupEvents')).toBe(1);
  });
});

describe('what the Region or the organisation does not have', () => {
  /** As the SDK fails where a service's host does not exist: no sandbox on this machine can stand for that. */
  function without(prefix: string, region: string, aws: Aws): Aws {
    const hostname = `${prefix}.${region}.amazonaws.com`;
    const send = async (command: object) => {
      const action = `${prefix}:${command.constructor.name.replace(/Command$/, '')}`;
      const message = `getaddrinfo ENOTFOUND ${hostname}`;
      throw noteCall(Object.assign(new Error(message), { code: 'ENOTFOUND', hostname }), { action, region });
    };
    const load = async (sdk: () => Promise<Sdk>) => {
      const found = await aws(sdk);
      if (found.prefix !== prefix) return found;
      return { ...found, client: Object.create(found.client, { send: { value: send } }) };
    };
    return load as Aws;
  }

  async function askWithout(prefix: string, name: string) {
    const region = emptyRegion(name);
    const { vpcEndpointId } = region.orphan();
    const sandbox = await startSandbox(region.account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
    const { config, overrides } = onSandbox(sandbox, { region: name });
    const worlds = createWorlds(config, overrides);
    try {
      const place = { region: name, accountId: region.accountId };
      const { identification } = await worlds(place, 25_000, (world) =>
        lookUpIn(
          { kind: 'vpc-endpoint', id: vpcEndpointId },
          { ...world, connect: (usage) => without(prefix, name, world.connect(usage)) },
        ),
      );
      return identification;
    } finally {
      await sandbox.close();
    }
  }

  test('leaves the answer complete: a Region without Redshift Serverless', async () => {
    const answer = await askWithout('redshift-serverless', 'me-south-1');
    expect(checkOf(answer, 'redshift-serverless')).toMatchObject({
      outcome: 'skipped',
      reason: 'AWS has no redshift-serverless endpoint in me-south-1',
    });
    expect(answer).toMatchObject({ complete: true, nextStep: { action: 'contact-support' } });
  });

  test.each([
    ['redshift-serverless', 'eu-central-1'],
    ['rds', 'me-south-1'],
  ])(
    'is not guessed where AWS lists the service: a host of %s that is not found in %s',
    async (prefix, name) => {
      const answer = await askWithout(prefix, name);
      const failed = answer.checks.filter(({ outcome }) => outcome === 'failed');
      expect(failed.map(({ reason }) => reason).join()).toMatch('no connection (ENOTFOUND)');
      expect(answer).toMatchObject({ complete: false, nextStep: { action: 'retry' } });
    },
  );

  test.each([
    ['redshift', 'redshift:DescribeClusters'],
    ['rds-proxy', 'rds:DescribeDBProxies'],
    ['network-firewall', 'network-firewall:ListFirewalls'],
    ['cloudtrail', 'cloudtrail:LookupEvents'],
  ] as const)('reads as what it is: %s denied by a service control policy', async (check, operation) => {
    const region = emptyRegion();
    const { vpcEndpointId } = orphanFor(operation, region);
    const faults = parseFault(`${operation}=scp-denied`);
    const { answer } = await lookUp(region, vpcEndpointId, { faults });
    const reason = `${operation} is denied by a service control policy`;
    expect(checkOf(answer, check)).toMatchObject({ outcome: 'failed', reason });
    expect(answer).toMatchObject({ complete: false, nextStep: { action: 'grant-permission' } });
    expect(answer.nextStep.warnings).toContain(reason);
  });
});
