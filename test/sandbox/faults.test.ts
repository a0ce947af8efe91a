import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeFirewallCommand,
  ListFirewallsCommand,
  NetworkFirewallClient,
} from '@aws-sdk/client-network-firewall';
import {
  DescribeDBClustersCommand,
  DescribeDBProxiesCommand,
  paginateDescribeDBProxies,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ListWorkgroupsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/faults.ts';
import { arrival, clientOptions, refused, run } from './running.ts';
import { accountWith } from './samples.ts';

const events = [
  { EventId: 'creation', EventTime: new Date(), CloudTrailEvent: '{"eventName":"CreateVpcEndpoint"}' },
];

async function start() {
  const sandbox = await run(
    accountWith({
      vpcEndpoints: [{ VpcEndpointId: 'vpce-032a826a', Tags: [{ Key: 'Name', Value: 'x' }] }],
      dbProxies: [{ DBProxyName: 'orders' }, { DBProxyName: 'stock' }],
      events,
      firewalls: [
        {
          Firewall: {
            FirewallName: 'edge',
            FirewallPolicyArn: 'arn',
            VpcId: 'vpc-1',
            SubnetMappings: [],
            FirewallId: '1',
          },
          FirewallStatus: { Status: 'READY', ConfigurationSyncStateSummary: 'IN_SYNC' },
        },
      ],
    }),
    { lookupEventsPerSecond: Number.POSITIVE_INFINITY },
  );
  const options = clientOptions(sandbox);
  const clients = {
    ec2: new EC2Client(options),
    rds: new RDSClient(options),
    cloudtrail: new CloudTrailClient(options),
    serverless: new RedshiftServerlessClient(options),
    firewall: new NetworkFirewallClient(options),
  };
  const describeEndpoints = () => clients.ec2.send(new DescribeVpcEndpointsCommand({}));
  const describeProxies = (Marker?: string) => clients.rds.send(new DescribeDBProxiesCommand({ Marker }));
  const listWorkgroups = () => clients.serverless.send(new ListWorkgroupsCommand({}));
  const listFirewalls = () => clients.firewall.send(new ListFirewallsCommand({}));
  const lookUp = () => clients.cloudtrail.send(new LookupEventsCommand({}));
  /** The same fault in a service of each protocol. */
  const breakAll = (fault: Fault): void => {
    sandbox.faults['ec2:DescribeVpcEndpoints'] = fault;
    sandbox.faults['rds:DescribeDBProxies'] = fault;
    sandbox.faults['redshift-serverless:ListWorkgroups'] = fault;
    sandbox.faults['network-firewall:*'] = fault;
  };
  return {
    sandbox,
    clients,
    describeEndpoints,
    describeProxies,
    listWorkgroups,
    listFirewalls,
    lookUp,
    breakAll,
  };
}

test('a denied operation says so as its service does, and names the action', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, listFirewalls, breakAll } = await start();
  breakAll({ kind: 'denied' });

  await expect(describeEndpoints()).rejects.toMatchObject({
    ...refused('UnauthorizedOperation', 403),
    message: expect.stringContaining('not authorized to perform: ec2:DescribeVpcEndpoints'),
  });
  await expect(describeProxies()).rejects.toMatchObject({
    ...refused('AccessDenied', 403),
    message:
      'User: arn:aws:sts::111122223333:assumed-role/vpce-owner/sandbox is not authorized to perform: rds:DescribeDBProxies on resource: * because no identity-based policy allows the rds:DescribeDBProxies action',
  });
  await expect(listWorkgroups()).rejects.toMatchObject({
    ...refused('AccessDeniedException'),
    message: expect.stringContaining('redshift-serverless:ListWorkgroups'),
  });
  await expect(listFirewalls()).rejects.toMatchObject({
    ...refused('AccessDeniedException'),
    message: expect.stringContaining('network-firewall:ListFirewalls'),
  });
});

test('a fault is only where it was put, and ends when it is taken away', async () => {
  const { sandbox, clients, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'denied' };

  expect((await clients.rds.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual([]);
  await expect(describeProxies()).rejects.toMatchObject(refused('AccessDenied', 403));
  delete sandbox.faults['rds:DescribeDBProxies'];
  expect((await describeProxies()).DBProxies).toHaveLength(2);
  expect(sandbox.calls.map((call) => call.operation)).toEqual([
    'DescribeDBClusters',
    'DescribeDBProxies',
    'DescribeDBProxies',
  ]);
});

test('a throttled operation answers as its service does', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, listFirewalls, breakAll } = await start();
  breakAll({ kind: 'throttled' });

  await expect(describeEndpoints()).rejects.toMatchObject(refused('RequestLimitExceeded', 503));
  await expect(describeProxies()).rejects.toMatchObject(refused('Throttling'));
  await expect(listWorkgroups()).rejects.toMatchObject(refused('ThrottlingException'));
  await expect(listFirewalls()).rejects.toMatchObject(refused('ThrottlingException'));
});

test('throttling and errors can be for the first requests only', async () => {
  const { sandbox, describeProxies } = await start();

  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'throttled', times: 2 };
  await expect(describeProxies()).rejects.toMatchObject(refused('Throttling'));
  await expect(describeProxies()).rejects.toMatchObject(refused('Throttling'));
  expect((await describeProxies()).DBProxies).toHaveLength(2);

  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'error', times: 1 };
  const retrying = new RDSClient({ ...clientOptions(sandbox), maxAttempts: 2 });
  expect((await retrying.send(new DescribeDBProxiesCommand({}))).DBProxies).toHaveLength(2);
  expect(sandbox.calls).toHaveLength(5);
});

test('an operation can fail with the internal error of its service', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, listFirewalls, lookUp, breakAll, sandbox } =
    await start();
  breakAll({ kind: 'error' });
  sandbox.faults['cloudtrail:LookupEvents'] = { kind: 'error' };

  await expect(describeEndpoints()).rejects.toMatchObject(refused('InternalError', 500));
  await expect(describeProxies()).rejects.toMatchObject(refused('InternalFailure', 500));
  await expect(listWorkgroups()).rejects.toMatchObject(refused('InternalServerException', 500));
  await expect(listFirewalls()).rejects.toMatchObject(refused('InternalServerError', 500));
  await expect(lookUp()).rejects.toMatchObject(refused('InternalFailure', 500));
});

test('credentials can have expired', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, breakAll } = await start();
  breakAll({ kind: 'expired-credentials' });

  await expect(describeEndpoints()).rejects.toMatchObject(refused('RequestExpired'));
  await expect(describeProxies()).rejects.toMatchObject(refused('ExpiredToken', 403));
  await expect(listWorkgroups()).rejects.toMatchObject(refused('ExpiredTokenException'));
});

test('a connection can be reset', async () => {
  const { describeProxies, listFirewalls, breakAll } = await start();
  breakAll({ kind: 'reset' });

  await expect(describeProxies()).rejects.toThrow('ECONNRESET');
  await expect(listFirewalls()).rejects.toThrow('ECONNRESET');
});

test('an operation that hangs ends when the caller ends it', async () => {
  const { sandbox, clients } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'hang' };
  const abort = new AbortController();

  const answer = expect(
    clients.rds.send(new DescribeDBProxiesCommand({}), { abortSignal: abort.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  await arrival(sandbox);
  abort.abort();
  await answer;
});

test('an operation that hangs ends when the sandbox closes', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'hang' };

  const answer = expect(describeProxies()).rejects.toThrow(/ECONNRESET|socket hang up/);
  await arrival(sandbox);
  await sandbox.close();
  await answer;
});

test('an operation can be slow', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'slow', delayMs: 30 };

  const before = performance.now();
  expect((await describeProxies()).DBProxies).toHaveLength(2);
  expect(performance.now() - before).toBeGreaterThanOrEqual(29);
});

test('an answer can be empty', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, breakAll } = await start();
  breakAll({ kind: 'empty' });

  // The SDK takes an empty body for an answer without any list.
  expect((await describeEndpoints()).VpcEndpoints).toBeUndefined();
  expect((await describeProxies()).DBProxies).toBeUndefined();
  expect((await listWorkgroups()).workgroups).toBeUndefined();
});

test('an answer can be neither XML nor JSON', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups, breakAll } = await start();
  breakAll({ kind: 'garbage' });

  await expect(describeEndpoints()).rejects.toThrow();
  await expect(describeProxies()).rejects.toThrow();
  await expect(listWorkgroups()).rejects.toThrow(SyntaxError);
});

test('a page token can repeat for ever', async () => {
  const { sandbox, clients, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'repeat-token' };

  const first = await describeProxies();
  const second = await describeProxies(first.Marker);
  expect(second.Marker).toBe(first.Marker);
  expect(second.DBProxies).toEqual(first.DBProxies);
  const config = { client: clients.rds, stopOnSameToken: true };
  let pages = 0;
  for await (const _page of paginateDescribeDBProxies(config, {})) pages += 1;
  expect(pages).toBe(2);
});

test('a list can have no end, and another token with every page', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'endless' };

  const first = await describeProxies();
  expect(first.DBProxies).toHaveLength(2);
  const second = await describeProxies(first.Marker);
  const third = await describeProxies(second.Marker);
  expect([second.DBProxies, third.DBProxies]).toEqual([[], []]);
  expect(new Set([first, second, third].map(({ Marker }) => Marker)).size).toBe(3);
});

test('an organisation can deny what the account allows, and the refusal says so', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'scp-denied' };

  await expect(describeProxies()).rejects.toMatchObject({
    ...refused('AccessDenied', 403),
    message: expect.stringContaining('with an explicit deny in a service control policy'),
  });
});

test('a first page can be empty, with a token for the whole list', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'empty-first-page' };

  const first = await describeProxies();
  expect(first.DBProxies).toEqual([]);
  const second = await describeProxies(first.Marker);
  expect(second.DBProxies).toHaveLength(2);
  expect(second.Marker).toBeUndefined();
});

test('a last page can have a token of no characters', async () => {
  const { sandbox, describeProxies } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'empty-token' };

  expect(await describeProxies()).toMatchObject({ DBProxies: [{}, {}], Marker: '' });
});

test('a field can be left out wherever it stands', async () => {
  const { sandbox, describeProxies, listFirewalls } = await start();
  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'missing-field', field: 'DBProxyName' };
  sandbox.faults['network-firewall:ListFirewalls'] = { kind: 'missing-field', field: 'FirewallArn' };

  expect((await describeProxies()).DBProxies).toEqual([{}, {}]);
  expect((await listFirewalls()).Firewalls).toEqual([{ FirewallName: 'edge' }]);
});

test('the pages after the first can fail', async () => {
  const { sandbox, describeProxies } = await start();

  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'second-page', firstPageItems: 1 };
  const first = await describeProxies();
  expect(first.DBProxies).toEqual([{ DBProxyName: 'orders' }]);
  await expect(describeProxies(first.Marker)).rejects.toMatchObject(refused('InternalFailure', 500));

  sandbox.faults['rds:DescribeDBProxies'] = { kind: 'second-page' };
  expect((await describeProxies()).DBProxies).toHaveLength(2);
});

test('answers can lack their fields or their lists', async () => {
  const { clients, describeEndpoints, describeProxies, listFirewalls, breakAll } = await start();
  const describeFirewall = () => clients.firewall.send(new DescribeFirewallCommand({ FirewallName: 'edge' }));

  breakAll({ kind: 'missing-fields' });
  expect((await describeEndpoints()).VpcEndpoints).toEqual([{}]);
  expect((await describeProxies()).DBProxies).toEqual([{}, {}]);
  expect((await listFirewalls()).Firewalls).toEqual([{}]);
  expect(await describeFirewall()).toMatchObject({ Firewall: {}, FirewallStatus: {} });

  breakAll({ kind: 'missing-lists' });
  expect((await describeEndpoints()).VpcEndpoints).toBeUndefined();
  expect((await describeProxies()).DBProxies).toBeUndefined();
  expect((await listFirewalls()).Firewalls).toBeUndefined();
  expect((await describeFirewall()).Firewall).toBeUndefined();
});

test('a CloudTrail event can be cut off', async () => {
  const { sandbox, lookUp } = await start();
  sandbox.faults['cloudtrail:LookupEvents'] = { kind: 'not-json-event' };

  const [event] = (await lookUp()).Events ?? [];
  expect(event).toMatchObject({ EventId: 'creation' });
  expect(() => JSON.parse(event?.CloudTrailEvent ?? '')).toThrow(SyntaxError);
});
