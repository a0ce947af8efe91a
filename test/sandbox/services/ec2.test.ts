import {
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointsCommand,
  type DescribeVpcEndpointsRequest,
  EC2Client,
  type NetworkInterface,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { clientOptions, numbered, refused, run } from '../running.ts';
import { accountWith } from '../samples.ts';

const vpcEndpoints: VpcEndpoint[] = [
  {
    VpcEndpointId: 'vpce-0ce9fdcdd4aa4097e',
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-1',
    ServiceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
    Tags: [],
  },
  {
    VpcEndpointId: 'vpce-032a826a',
    VpcEndpointType: 'GatewayLoadBalancer',
    VpcId: 'vpc-2',
    ServiceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-1',
    Tags: [{ Key: 'AWSNetworkFirewallManaged', Value: 'true' }],
  },
];

const networkInterfaces: NetworkInterface[] = [
  {
    NetworkInterfaceId: 'eni-11111111',
    VpcId: 'vpc-1',
    PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.5' }],
  },
  { NetworkInterfaceId: 'eni-22222222', VpcId: 'vpc-1', RequesterManaged: true },
  { NetworkInterfaceId: 'eni-33333333', Operator: { Managed: true, HiddenByDefault: true } },
];

async function start() {
  const sandbox = await run(accountWith({ vpcEndpoints, networkInterfaces }));
  const client = new EC2Client(clientOptions(sandbox));
  const describe = async (input: DescribeVpcEndpointsRequest) =>
    (await client.send(new DescribeVpcEndpointsCommand(input))).VpcEndpoints?.map(
      (endpoint) => endpoint.VpcEndpointId,
    );
  return { sandbox, client, describe };
}

test('endpoints are found by id, and one unknown id fails the whole call', async () => {
  const { describe, sandbox } = await start();

  expect(await describe({ VpcEndpointIds: ['vpce-032a826a'] })).toEqual(['vpce-032a826a']);
  await expect(describe({ VpcEndpointIds: ['vpce-032a826a', 'vpce-00000000'] })).rejects.toMatchObject({
    ...refused('InvalidVpcEndpointId.NotFound'),
    message: "The Vpc Endpoint Id 'vpce-00000000' does not exist",
  });
  await expect(describe({ VpcEndpointIds: ['vpce-svc-0b2f119acb23c050e'] })).rejects.toMatchObject(
    refused('InvalidVpcEndpointId.Malformed'),
  );
  expect(sandbox.calls.map((call) => call.input)).toEqual([
    { VpcEndpointIds: ['vpce-032a826a'] },
    { VpcEndpointIds: ['vpce-032a826a', 'vpce-00000000'] },
    { VpcEndpointIds: ['vpce-svc-0b2f119acb23c050e'] },
  ]);
});

test('endpoints that fit every filter in one of its values are answered', async () => {
  const { describe, sandbox } = await start();
  const find = (Name: string, ...Values: string[]) => describe({ Filters: [{ Name, Values }] });

  expect(await find('vpc-id', 'vpc-2')).toEqual(['vpce-032a826a']);
  expect(sandbox.calls[0]?.input).toEqual({ Filters: [{ Name: 'vpc-id', Values: ['vpc-2'] }] });
  expect(await find('vpc-id', 'vpc-1', 'vpc-2')).toHaveLength(2);
  expect(await find('vpc-endpoint-id', 'vpce-00000000')).toEqual([]);
  expect(await find('vpc-endpoint-type', 'Interface')).toEqual(['vpce-0ce9fdcdd4aa4097e']);
  expect(await find('tag:AWSNetworkFirewallManaged', 'true')).toEqual(['vpce-032a826a']);
  expect(await find('tag:AWSNetworkFirewallManaged', 'TRUE')).toEqual([]);
  expect(await find('tag-key', 'AWSNetwork*')).toEqual(['vpce-032a826a']);
  const Filters = [
    { Name: 'vpc-id', Values: ['vpc-1'] },
    { Name: 'tag-key', Values: ['*'] },
  ];
  expect(await describe({ Filters })).toEqual([]);
});

test('an asterisk and a question mark are wildcards in filters, unless a backslash precedes them', async () => {
  const { describe } = await start();
  const find = (...Values: string[]) => describe({ Filters: [{ Name: 'service-name', Values }] });

  expect(await find('*.vpce-svc-?')).toEqual(['vpce-032a826a']);
  expect(await find('com.amazonaws.vpce.*')).toHaveLength(2);
  expect(await find('comXamazonaws*')).toEqual([]);
  expect(await find('com\\*')).toEqual([]);
});

test('there is no filter for endpoints that are requester-managed', async () => {
  const { describe } = await start();

  await expect(
    describe({ Filters: [{ Name: 'requester-managed', Values: ['true'] }] }),
  ).rejects.toMatchObject({
    ...refused('InvalidParameterValue'),
    message: "The filter 'requester-managed' is invalid",
  });
});

test('page sizes are 5 at least and never beside ids, and a page has 1000 members at most', async () => {
  const { describe } = await start();

  expect(await describe({ MaxResults: 5 })).toHaveLength(2);
  await expect(describe({ MaxResults: 4 })).rejects.toMatchObject(refused('InvalidParameterValue'));
  const many = await run(
    accountWith({ vpcEndpoints: numbered(1001, 'vpce-').map((VpcEndpointId) => ({ VpcEndpointId })) }),
  );
  const command = new DescribeVpcEndpointsCommand({ MaxResults: 2000 });
  const { VpcEndpoints, NextToken } = await new EC2Client(clientOptions(many)).send(command);
  expect(VpcEndpoints).toHaveLength(1000);
  expect(NextToken).toBeDefined();
  await expect(describe({ MaxResults: 5, VpcEndpointIds: ['vpce-032a826a'] })).rejects.toMatchObject(
    refused('InvalidParameterCombination'),
  );
});

test('a call has 200 values in all its filters at most', async () => {
  const { describe } = await start();
  const filter = (Name: string, count: number) => ({ Name, Values: numbered(count, 'vpc-') });

  expect(await describe({ Filters: [filter('vpc-id', 200)] })).toEqual([]);
  for (const Filters of [[filter('vpc-id', 201)], [filter('vpc-id', 200), filter('tag-key', 1)]]) {
    await expect(describe({ Filters })).rejects.toMatchObject({
      ...refused('FilterLimitExceeded'),
      message: 'The maximum number of filter values specified on a single call is 200',
    });
  }
});

test('a dry run says that it would have worked', async () => {
  const { describe } = await start();

  await expect(describe({ DryRun: true })).rejects.toMatchObject(refused('DryRunOperation', 412));
});

test('network interfaces are found by id and filter, hidden ones only by id or on demand', async () => {
  const { client } = await start();
  const describe = async (input: DescribeNetworkInterfacesCommand['input']) =>
    (await client.send(new DescribeNetworkInterfacesCommand(input))).NetworkInterfaces?.map(
      (networkInterface) => networkInterface.NetworkInterfaceId,
    );

  expect(await describe({ NetworkInterfaceIds: ['eni-11111111'] })).toEqual(['eni-11111111']);
  expect(await describe({})).toEqual(['eni-11111111', 'eni-22222222']);
  expect(await describe({ IncludeManagedResources: true })).toHaveLength(3);
  expect(await describe({ NetworkInterfaceIds: ['eni-33333333'] })).toEqual(['eni-33333333']);
  const find = (Name: string, ...Values: string[]) => describe({ Filters: [{ Name, Values }] });
  expect(await find('addresses.private-ip-address', '10.0.0.5')).toEqual(['eni-11111111']);
  expect(await find('requester-managed', 'true')).toEqual(['eni-22222222']);
  await expect(find('vpc-endpoint-id', 'vpce-032a826a')).rejects.toMatchObject(
    refused('InvalidParameterValue'),
  );
  await expect(describe({ NetworkInterfaceIds: ['eni-00000000'] })).rejects.toMatchObject(
    refused('InvalidNetworkInterfaceID.NotFound'),
  );
  await expect(describe({ NetworkInterfaceIds: ['eni-x'] })).rejects.toMatchObject(
    refused('InvalidNetworkInterfaceId.Malformed'),
  );
});

test('an endpoint cannot be deleted', async () => {
  const { client, sandbox } = await start();

  await expect(
    client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: ['vpce-032a826a'] })),
  ).rejects.toMatchObject(refused('InvalidAction'));
  expect(sandbox.calls).toMatchObject([{ service: 'ec2', operation: 'DeleteVpcEndpoints' }]);
});
