import {
  DescribeServerCommand,
  DescribeWebAppCommand,
  ListServersCommand,
  ListWebAppsCommand,
  TransferClient,
} from '@aws-sdk/client-transfer';
import { expect, test } from '@jest/globals';
import { newAccount } from '../../../sandbox/build.ts';
import { clientOptions, refused, run } from '../running.ts';
import { regionName } from '../samples.ts';

const tokyo = () => newAccount('111122223333').region(regionName, new Date());

async function clientFor({ account }: ReturnType<typeof tokyo>) {
  return new TransferClient(clientOptions(await run(account)));
}

test('the lists say the types of endpoints, page by page, and not which endpoints they are', async () => {
  const build = tokyo();
  const { server: open } = build.publicTransferServer();
  const { server } = build.transferServer();
  const { webApp } = build.transferWebApp();
  const client = await clientFor(build);
  const first = await client.send(new ListServersCommand({ MaxResults: 1 }));
  const { NextToken } = first;
  const second = await client.send(new ListServersCommand({ MaxResults: 1, NextToken }));
  expect([first, second].flatMap(({ Servers }) => Servers)).toEqual([
    expect.objectContaining({ ServerId: open.ServerId, EndpointType: 'PUBLIC' }),
    expect.objectContaining({ ServerId: server.ServerId, EndpointType: 'VPC' }),
  ]);
  expect(second.NextToken).toBeUndefined();
  expect((await client.send(new ListWebAppsCommand({}))).WebApps).toEqual([
    { WebAppId: webApp.WebAppId, Arn: webApp.Arn, EndpointType: 'VPC' },
  ]);
});

test('a page is of 1 to 1,000 items, and only the tokens that were handed out are taken', async () => {
  const client = await clientFor(tokyo());
  const lists = [
    (input: object) => client.send(new ListServersCommand(input)),
    (input: object) => client.send(new ListWebAppsCommand(input)),
  ];
  for (const list of lists) {
    for (const MaxResults of [0, 1001])
      await expect(list({ MaxResults })).rejects.toMatchObject(refused('InvalidRequestException'));
    const mine = { NextToken: 'mine' };
    await expect(list(mine)).rejects.toMatchObject(refused('InvalidNextTokenException'));
  }
});

test('a server and a web app are described with their endpoint, and without its security groups', async () => {
  const build = tokyo();
  const network = build.network();
  const { server, vpcEndpointId } = build.transferServer({ network });
  const app = build.transferWebApp({ network });
  const client = await clientFor(build);
  const where = { VpcId: network.vpcId, SubnetIds: network.subnets.map(({ subnetId }) => subnetId) };
  const { Server } = await client.send(new DescribeServerCommand({ ServerId: server.ServerId }));
  expect(Server).toEqual(server);
  expect(Server?.EndpointDetails).toEqual({
    ...where,
    AddressAllocationIds: [],
    VpcEndpointId: vpcEndpointId,
  });
  const { WebApp } = await client.send(new DescribeWebAppCommand({ WebAppId: app.webApp.WebAppId }));
  expect(WebApp).toEqual(app.webApp);
  expect(WebApp?.DescribedEndpointDetails?.Vpc).toEqual({ ...where, VpcEndpointId: app.vpcEndpointId });
});

test('what is not there, or not there any more, is not found; what cannot be is refused', async () => {
  const build = tokyo();
  const { server } = build.transferServer({ describable: false });
  const { webApp } = build.transferWebApp({ describable: false });
  const client = await clientFor(build);
  for (const ServerId of [server.ServerId, 's-0123456789abcdef0'])
    await expect(client.send(new DescribeServerCommand({ ServerId }))).rejects.toMatchObject(
      refused('ResourceNotFoundException'),
    );
  for (const WebAppId of [webApp.WebAppId, 'webapp-0123456789abcdef0'])
    await expect(client.send(new DescribeWebAppCommand({ WebAppId }))).rejects.toMatchObject(
      refused('ResourceNotFoundException'),
    );
  await expect(client.send(new DescribeServerCommand({ ServerId: 'uploads' }))).rejects.toMatchObject(
    refused('InvalidRequestException'),
  );
});

test('a server of the deprecated type uses an endpoint that its customer made', async () => {
  const build = tokyo();
  const { vpcEndpointId } = build.transferServer({ endpointType: 'VPC_ENDPOINT' });
  const endpoint = build.resources.vpcEndpoints.find((one) => one.VpcEndpointId === vpcEndpointId);
  expect(endpoint).toMatchObject({
    RequesterManaged: false,
    ServiceName: 'com.amazonaws.ap-northeast-1.transfer.server',
  });
});
