import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { onSandbox } from '../cli/on-sandbox.ts';
import { lookUp } from '../lambda/lookup.ts';
import type { Service } from '../lambda/model/service.ts';
import { resolvers, services } from '../lambda/resolvers/index.ts';
import { unasked } from '../lambda/resolvers/unasked.ts';
import { createWorlds } from '../lambda/world.ts';
import type { Account } from '../sandbox/account.ts';
import { newAccount } from '../sandbox/build.ts';
import { demo } from '../sandbox/demo.ts';
import { startSandbox } from '../sandbox/server.ts';
import { startApi } from './support/api.ts';

const region = 'ap-northeast-1';
const now = new Date();
const ids = resolvers.map(({ id }) => id);

describe('the registry', () => {
  test('is the directory of resolvers', () => {
    const others = ['index.ts', 'helpers.ts', 'families.ts', 'unasked.ts'];
    const files = readdirSync('lambda/resolvers').filter(
      (file) => file.endsWith('.ts') && !others.includes(file),
    );
    expect(ids.map((id) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test('has a test for each resolver, and no test for another', () => {
    const files = readdirSync('test/resolvers');
    expect(files.sort()).toEqual(ids.map((id) => `${id}.test.ts`).sort());
  });

  test('has every service once', () => {
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  });

  test.each(services)('says what $id makes endpoints for that no list shows', ({ unlisted }) => {
    expect(unlisted).not.toBeUndefined();
    if (unlisted === null) return;
    expect(unlisted.what).not.toBe('');
    const [program, , operation] = unlisted.command ?? ['aws', '', 'list-nothing'];
    expect(program).toBe('aws');
    expect(operation).toMatch(/^(list|describe|get)-[a-z0-9-]+$/);
  });

  test.each(resolvers)('has the actions of $id, each once and in order', ({ actions }) => {
    const names = Object.keys(actions);
    expect(names).not.toEqual([]);
    expect(names).toEqual([...names].sort());
  });

  test('grants nothing for a service that is not asked', () => {
    expect(services.filter((service) => !resolvers.includes(service))).toEqual(unasked);
    for (const service of unasked) {
      expect(service).toMatchObject({ actions: {}, lists: [] });
      expect(service).not.toHaveProperty('named');
      expect(service).not.toHaveProperty('detail');
    }
  });

  test('is what is checked: CloudTrail, then each resolver, then what is not asked', async () => {
    const builder = newAccount('111122223333', 3).region(region, now);
    const { vpcEndpointId } = builder.orphan();
    const api = await startApi(builder.account);
    const { checks } = await api.identify(vpcEndpointId);
    await api.close();
    const names = checks.map(({ check }) => check);
    expect(names.slice(0, 1 + ids.length)).toEqual(['cloudtrail', ...ids]);
    const rest = names.slice(1 + ids.length);
    expect(rest).toEqual(unasked.map(({ id }) => id).filter((id) => rest.includes(id)));
  });
});

describe('the actions that a resolver declares', () => {
  /** Asks one resolver alone, so that every call of a service is its own. */
  async function actionsOf(service: Service, account: Account, endpointIds: readonly string[]) {
    const sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
    const { config, overrides } = onSandbox(sandbox, { region });
    const worlds = createWorlds(config, overrides);
    try {
      for (const id of endpointIds) {
        await worlds({ region, accountId: account.accountId }, 25_000, (world) =>
          lookUp({ kind: 'vpc-endpoint', id }, { ...world, services: [service] }),
        );
      }
    } finally {
      await sandbox.close();
    }
    return sandbox.calls
      .map(({ service: prefix, operation }) => `${prefix}:${operation}`)
      .filter((action) => action in service.actions || !/^(ec2|cloudtrail):/.test(action));
  }

  /** What the demo's answers do not need: the list that has an owner's ARN does not name it. */
  function rareCases(): { account: Account; endpointIds: string[] } {
    const builder = newAccount('111122223333', 7).region(region, now);
    const lab = builder.serverlessEndpointAccess({ workgroup: { workgroupName: 'elsewhere' } });
    const spoke = builder.vpcEndpointAssociation({ firewall: builder.firewall(), tagged: false });
    return { account: builder.account, endpointIds: [lab.vpcEndpointId, spoke.vpcEndpointId] };
  }

  const { account, examples } = demo(now);

  test.each(resolvers)('are those that AWS sees $id call', async (resolver) => {
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
    expect([...new Set(called)].sort()).toEqual(Object.keys(resolver.actions));
  });
});
