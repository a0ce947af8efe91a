import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBProxiesCommand, RDSClient } from '@aws-sdk/client-rds';
import { ListWorkgroupsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/faults.ts';
import { clientOptions, run } from './running.ts';
import { accountWith } from './samples.ts';

/** The same fault in a service of each protocol. */
async function start(fault: Fault) {
  const sandbox = await run(accountWith({ dbProxies: [{ DBProxyName: 'orders' }] }), {
    faults: {
      'ec2:DescribeVpcEndpoints': fault,
      'rds:DescribeDBProxies': fault,
      'redshift-serverless:ListWorkgroups': fault,
    },
  });
  const options = clientOptions(sandbox);
  return {
    sandbox,
    describeEndpoints: () => new EC2Client(options).send(new DescribeVpcEndpointsCommand({})),
    describeProxies: () => new RDSClient(options).send(new DescribeDBProxiesCommand({})),
    listWorkgroups: () => new RedshiftServerlessClient(options).send(new ListWorkgroupsCommand({})),
  };
}

test('an answer can lack its second half, with headers that say otherwise', async () => {
  const { describeEndpoints, describeProxies, listWorkgroups } = await start({ kind: 'truncated' });

  await expect(describeEndpoints()).rejects.toThrow();
  await expect(describeProxies()).rejects.toThrow();
  await expect(listWorkgroups()).rejects.toThrow(SyntaxError);
});

test('a connection can be reset in the middle of an answer', async () => {
  const { sandbox, describeProxies, listWorkgroups } = await start({ kind: 'cut-off' });

  await expect(describeProxies()).rejects.toThrow('aborted');
  await expect(listWorkgroups()).rejects.toThrow('aborted');
  expect(sandbox.calls).toHaveLength(2);
});

test('an answer can stop in the middle, and the connection stays', async () => {
  const { sandbox, describeProxies } = await start({ kind: 'stalled' });

  const half = await fetch(sandbox.url, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=sandbox/20261001/ap-northeast-1/rds/aws4_request, Signature=0',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=DescribeDBProxies&Version=2014-10-31',
  });
  expect(half.status).toBe(200);
  const reader = half.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(value?.length).toBe(Math.ceil(Number(half.headers.get('content-length')) / 2));
  const rest = expect(reader?.read()).rejects.toThrow('terminated');
  await sandbox.close();
  await rest;
  await expect(describeProxies()).rejects.toThrow('ECONNREFUSED');
});
