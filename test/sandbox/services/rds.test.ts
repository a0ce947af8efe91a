import {
  DeleteDBProxyCommand,
  DescribeDBClustersCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyEndpointsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { expect, test } from '@jest/globals';
import { clientOptions, refused, run } from '../running.ts';
import { accountWith } from '../samples.ts';

async function start() {
  const sandbox = await run(
    accountWith({
      dbClusters: [
        {
          DBClusterIdentifier: 'orders',
          DBClusterArn: 'arn:aws:rds:ap-northeast-1:111122223333:cluster:orders',
          Engine: 'aurora-mysql',
        },
        { DBClusterIdentifier: 'graph', Engine: 'neptune' },
      ],
      dbProxies: [{ DBProxyName: 'orders' }, { DBProxyName: 'stock' }],
      dbProxyEndpoints: [
        { DBProxyEndpointName: 'orders', DBProxyName: 'orders' },
        { DBProxyEndpointName: 'reader', DBProxyName: 'orders' },
        { DBProxyEndpointName: 'stock', DBProxyName: 'stock' },
      ],
    }),
  );
  return { sandbox, client: new RDSClient(clientOptions(sandbox)) };
}

test('clusters are found by name, by ARN and by filter', async () => {
  const { client, sandbox } = await start();
  const find = async (input: DescribeDBClustersCommand['input']) =>
    (await client.send(new DescribeDBClustersCommand(input))).DBClusters?.map(
      (cluster) => cluster.DBClusterIdentifier,
    );

  expect(await find({ DBClusterIdentifier: 'ORDERS' })).toEqual(['orders']);
  expect(
    await find({ DBClusterIdentifier: 'arn:aws:rds:ap-northeast-1:111122223333:cluster:orders' }),
  ).toEqual(['orders']);
  expect(await find({ Filters: [{ Name: 'engine', Values: ['neptune', 'docdb'] }] })).toEqual(['graph']);
  expect(sandbox.calls.at(-1)?.input).toEqual({
    Filters: [{ Name: 'engine', Values: ['neptune', 'docdb'] }],
  });
  await expect(find({ DBClusterIdentifier: 'none' })).rejects.toMatchObject(
    refused('DBClusterNotFoundFault', 404),
  );
  await expect(find({ Filters: [{ Name: 'engine-mode', Values: ['serverless'] }] })).rejects.toMatchObject({
    ...refused('InvalidParameterValue'),
    message: 'Unrecognized filter name: engine-mode',
  });
});

test('proxies are found by name', async () => {
  const { client } = await start();
  const find = async (input: DescribeDBProxiesCommand['input']) =>
    (await client.send(new DescribeDBProxiesCommand(input))).DBProxies;

  expect(await find({ DBProxyName: 'stock' })).toEqual([{ DBProxyName: 'stock' }]);
  await expect(find({ DBProxyName: 'none' })).rejects.toMatchObject(refused('DBProxyNotFoundFault', 404));
  await expect(find({ Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] })).rejects.toMatchObject(
    refused('InvalidParameterValue'),
  );
});

test('proxy endpoints are found by their name and by their proxy', async () => {
  const { client } = await start();
  const find = async (input: DescribeDBProxyEndpointsCommand['input']) =>
    (await client.send(new DescribeDBProxyEndpointsCommand(input))).DBProxyEndpoints?.map(
      (endpoint) => endpoint.DBProxyEndpointName,
    );

  expect(await find({ DBProxyName: 'orders' })).toEqual(['orders', 'reader']);
  expect(await find({ DBProxyEndpointName: 'reader' })).toEqual(['reader']);
  await expect(find({ DBProxyName: 'none' })).rejects.toMatchObject(refused('DBProxyNotFoundFault', 404));
  await expect(find({ DBProxyName: 'stock', DBProxyEndpointName: 'reader' })).rejects.toMatchObject(
    refused('DBProxyEndpointNotFoundFault', 404),
  );
});

test('a page has from 20 to 100 records', async () => {
  const { client } = await start();

  for (const MaxRecords of [19, 101]) {
    for (const command of [
      new DescribeDBClustersCommand({ MaxRecords }),
      new DescribeDBProxiesCommand({ MaxRecords }),
      new DescribeDBProxyEndpointsCommand({ MaxRecords }),
    ]) {
      const answer: Promise<unknown> = client.send(command as DescribeDBClustersCommand);
      await expect(answer).rejects.toMatchObject(refused('InvalidParameterValue'));
    }
  }
});

test('a proxy cannot be deleted', async () => {
  const { client } = await start();

  await expect(client.send(new DeleteDBProxyCommand({ DBProxyName: 'orders' }))).rejects.toMatchObject(
    refused('InvalidAction'),
  );
});
