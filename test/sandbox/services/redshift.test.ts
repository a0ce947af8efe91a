import {
  DescribeClustersCommand,
  DescribeEndpointAccessCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import {
  GetEndpointAccessCommand,
  GetWorkgroupCommand,
  ListEndpointAccessCommand,
  ListWorkgroupsCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import { expect, test } from '@jest/globals';
import { clientOptions, refused, run } from '../running.ts';
import { accountWith } from '../samples.ts';

async function start() {
  return run(
    accountWith({
      redshiftClusters: [
        { ClusterIdentifier: 'sales', Tags: [{ Key: 'team', Value: 'a' }] },
        { ClusterIdentifier: 'lab', Tags: [] },
      ],
      redshiftEndpointAccess: [
        {
          EndpointName: 'own',
          ClusterIdentifier: 'sales',
          ResourceOwner: '111122223333',
          VpcEndpoint: { VpcId: 'vpc-1' },
        },
        {
          EndpointName: 'granted',
          ClusterIdentifier: 'theirs',
          ResourceOwner: '444455556666',
          VpcEndpoint: { VpcId: 'vpc-2' },
        },
      ],
      workgroups: [{ workgroupName: 'daily' }],
      serverlessEndpointAccess: [
        { endpointName: 'first', workgroupName: 'daily', vpcEndpoint: { vpcId: 'vpc-1' } },
        { endpointName: 'second', workgroupName: 'daily', vpcEndpoint: { vpcId: 'vpc-2' } },
      ],
    }),
  );
}

test('Redshift clusters are found by name and by tag', async () => {
  const client = new RedshiftClient(clientOptions(await start()));
  const find = async (input: DescribeClustersCommand['input']) =>
    (await client.send(new DescribeClustersCommand(input))).Clusters?.map(
      (cluster) => cluster.ClusterIdentifier,
    );

  expect(await find({ ClusterIdentifier: 'lab' })).toEqual(['lab']);
  expect(await find({ TagKeys: ['team', 'cost'] })).toEqual(['sales']);
  expect(await find({ TagKeys: ['team'], TagValues: ['b'] })).toEqual([]);
  await expect(find({ ClusterIdentifier: 'none' })).rejects.toMatchObject(
    refused('ClusterNotFoundFault', 404),
  );
  for (const MaxRecords of [19, 101]) {
    await expect(find({ MaxRecords })).rejects.toMatchObject(refused('InvalidParameterValue'));
  }
});

test('Redshift-managed endpoints are found by VPC, cluster, owner and name', async () => {
  const client = new RedshiftClient(clientOptions(await start()));
  const find = async (input: DescribeEndpointAccessCommand['input']) =>
    (await client.send(new DescribeEndpointAccessCommand(input))).EndpointAccessList?.map(
      (endpoint) => endpoint.EndpointName,
    );

  expect(await find({})).toEqual(['own', 'granted']);
  expect(await find({ VpcId: 'vpc-2' })).toEqual(['granted']);
  expect(await find({ VpcId: 'vpc-3' })).toEqual([]);
  expect(await find({ ClusterIdentifier: 'sales' })).toEqual(['own']);
  expect(await find({ ClusterIdentifier: 'theirs' })).toEqual(['granted']);
  expect(await find({ ClusterIdentifier: 'lab' })).toEqual([]);
  expect(await find({ ResourceOwner: '444455556666' })).toEqual(['granted']);
  expect(await find({ EndpointName: 'own' })).toEqual(['own']);
  await expect(find({ EndpointName: 'none' })).rejects.toMatchObject(refused('EndpointNotFoundFault', 404));
  await expect(find({ ClusterIdentifier: 'none' })).rejects.toMatchObject(
    refused('ClusterNotFoundFault', 404),
  );
  await expect(find({ MaxRecords: 101 })).rejects.toMatchObject(refused('InvalidParameterValue'));
});

test('Redshift Serverless workgroups are found by name', async () => {
  const client = new RedshiftServerlessClient(clientOptions(await start()));

  expect((await client.send(new GetWorkgroupCommand({ workgroupName: 'daily' }))).workgroup).toEqual({
    workgroupName: 'daily',
  });
  await expect(client.send(new GetWorkgroupCommand({ workgroupName: 'none' }))).rejects.toMatchObject(
    refused('ResourceNotFoundException'),
  );
  expect((await client.send(new ListWorkgroupsCommand({ ownerAccount: '444455556666' }))).workgroups).toEqual(
    [],
  );
  for (const maxResults of [0, 101]) {
    await expect(client.send(new ListWorkgroupsCommand({ maxResults }))).rejects.toMatchObject(
      refused('ValidationException'),
    );
  }
});

test('Redshift Serverless endpoints are found by VPC, workgroup and name', async () => {
  const client = new RedshiftServerlessClient(clientOptions(await start()));
  const find = async (input: ListEndpointAccessCommand['input']) =>
    (await client.send(new ListEndpointAccessCommand(input))).endpoints?.map(
      (endpoint) => endpoint.endpointName,
    );

  expect(await find({})).toEqual(['first', 'second']);
  expect(await find({ vpcId: 'vpc-2' })).toEqual(['second']);
  expect(await find({ workgroupName: 'daily', vpcId: 'vpc-1' })).toEqual(['first']);
  expect(await find({ workgroupName: 'none' })).toEqual([]);
  expect((await client.send(new GetEndpointAccessCommand({ endpointName: 'first' }))).endpoint).toMatchObject(
    {
      endpointName: 'first',
    },
  );
  await expect(client.send(new GetEndpointAccessCommand({ endpointName: 'none' }))).rejects.toMatchObject(
    refused('ResourceNotFoundException'),
  );
  await expect(find({ maxResults: 101 })).rejects.toMatchObject(refused('ValidationException'));
});
