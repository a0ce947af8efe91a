import { existsSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { connect } from '../lambda/aws/clients.ts';
import { createDns } from '../lambda/aws/dns.ts';
import { rememberCreations } from '../lambda/evidence/cloudtrail.ts';
import { shareListings } from '../lambda/listings.ts';
import { lookUp } from '../lambda/lookup.ts';
import type { Resolver } from '../lambda/resolver.ts';
import { resolvers } from '../lambda/resolvers/index.ts';
import type { Account } from '../sandbox/account.ts';
import { newAccount } from '../sandbox/build.ts';
import { demo } from '../sandbox/demo.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';

const region = 'ap-northeast-1';
const now = new Date();
const ids = resolvers.map(({ id }) => id);

describe('the registry', () => {
  test('is the directory of resolvers', () => {
    const files = readdirSync('lambda/resolvers').filter(
      (file) => file.endsWith('.ts') && file !== 'index.ts' && file !== 'common.ts',
    );
    expect(ids.map((id) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test('has every service once', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(resolvers.map(({ name }) => name)).size).toBe(ids.length);
  });

  test.each(ids)('has a test for %s', (id) => {
    expect(existsSync(`test/resolvers/${id}.test.ts`)).toBe(true);
  });

  test.each(resolvers)('lets $id read, and nothing else', ({ actions }) => {
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[a-z-]+:(Describe|List|Get|Lookup)[A-Za-z]+$/);
    expect([...actions].sort()).toEqual(actions);
  });
});

describe('the actions that a resolver declares', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  /** Asks one resolver alone, so that every call of a service is its own. */
  async function actionsOf(resolver: Resolver, account: Account, endpointIds: readonly string[]) {
    sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
    const overrides = {
      endpoint: sandbox.url,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    };
    const requestHandler = new NodeHttpHandler();
    const cloudTrailTurn = async () => undefined;
    const connected = connect({ region, requestHandler, cloudTrailTurn, overrides });
    for (const id of endpointIds) {
      const { signal } = new AbortController();
      await lookUp(
        { kind: 'vpc-endpoint', id },
        { region, accountId: account.accountId },
        {
          resolvers: [resolver],
          connect: connected,
          findCreation: rememberCreations(),
          listings: shareListings(connected, () => performance.now()),
          dns: createDns([sandbox.dnsServer])(signal, 'amazonaws.com'),
          now: () => now,
          deadline: signal,
          cloudTrailDeadline: signal,
        },
      );
    }
    await sandbox.close();
    return sandbox.calls
      .map(({ service, operation }) => `${service}:${operation}`)
      .filter((action) => !/^(ec2|cloudtrail):/.test(action));
  }

  /** What the demo's answers do not need: the list that has an owner's ARN does not name it. */
  function rareCases(): { account: Account; endpointIds: string[] } {
    const builder = newAccount('111122223333', 7).region(region, now);
    const lab = builder.serverlessEndpointAccess({ workgroup: { workgroupName: 'elsewhere' } });
    const spoke = builder.vpcEndpointAssociation({ firewall: builder.firewall(), tagged: false });
    return { account: builder.account, endpointIds: [lab.vpcEndpointId, spoke.vpcEndpointId] };
  }

  test.each(resolvers)('are those that AWS sees $id call', async (resolver) => {
    const { account, examples } = demo(now);
    const endpointIds = examples.flatMap(({ path, expect: { service } }) => {
      const [, id] = /^\/vpc-endpoints\/(vpce-[0-9a-f]{17})$/.exec(path) ?? [];
      return service === resolver.id && id !== undefined ? [id] : [];
    });
    expect(endpointIds).not.toEqual([]);
    const rare = rareCases();
    const called = [
      ...(await actionsOf(resolver, account, endpointIds)),
      ...(await actionsOf(resolver, rare.account, rare.endpointIds)),
    ];
    expect([...new Set(called)].sort()).toEqual(resolver.actions);
  });
});
