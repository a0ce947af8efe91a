import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOptions, run } from './running.ts';
import { accountWith } from './samples.ts';

const signed = (service: string, region = 'ap-northeast-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=sandbox/20261001/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

async function post(url: string, headers: Record<string, string>, body: string) {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

test('service and Region are those that the request is signed for', async () => {
  const sandbox = await run(accountWith({ vpcEndpoints: [{ VpcEndpointId: 'vpce-032a826a' }] }));
  const here = new EC2Client(clientOptions(sandbox));
  const elsewhere = new EC2Client({ ...clientOptions(sandbox), region: 'eu-west-1' });

  expect((await here.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints).toHaveLength(1);
  expect((await elsewhere.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints).toEqual([]);
  expect(sandbox.calls).toEqual([
    { service: 'ec2', operation: 'DescribeVpcEndpoints', region: 'ap-northeast-1', input: {} },
    { service: 'ec2', operation: 'DescribeVpcEndpoints', region: 'eu-west-1', input: {} },
  ]);
});

test('a request that is not signed is refused as its service does it', async () => {
  const { url } = await run(accountWith({}));

  const ec2 = await post(url, {}, 'Action=DescribeVpcEndpoints&Version=2016-11-15');
  expect(ec2.status).toBe(403);
  expect(ec2.body).toContain('<Errors><Error><Code>MissingAuthenticationToken</Code>');
  const rds = await post(url, {}, 'Action=DescribeDBProxies&Version=2014-10-31');
  expect(rds.status).toBe(403);
  expect(rds.body).toContain('<Type>Sender</Type><Code>MissingAuthenticationToken</Code>');
  const firewall = await post(url, { 'x-amz-target': 'NetworkFirewall_20201112.ListFirewalls' }, '{}');
  expect(firewall.status).toBe(400);
  expect(JSON.parse(firewall.body)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

test('an operation that does not exist or would change something is refused as its service does it', async () => {
  const { url, calls } = await run(accountWith({}));

  const ec2 = await post(url, signed('ec2'), 'Action=DeleteVpcEndpoints&Version=2016-11-15');
  expect(ec2.body).toContain('<Code>InvalidAction</Code>');
  const rds = await post(url, signed('rds'), 'Action=DeleteDBProxy&Version=2014-10-31');
  expect(rds.body).toContain(
    '<Code>InvalidAction</Code><Message>Could not find operation DeleteDBProxy for version 2014-10-31</Message>',
  );
  const target = { ...signed('redshift-serverless'), 'x-amz-target': 'RedshiftServerless.DeleteWorkgroup' };
  const serverless = await post(url, target, '{}');
  expect(serverless.status).toBe(400);
  expect(serverless.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  const inherited = await post(url, signed('rds'), 'Action=constructor&Version=2014-10-31');
  expect(inherited.body).toContain('<Code>InvalidAction</Code>');
  expect(calls.map((call) => call.operation)).toEqual([
    'DeleteVpcEndpoints',
    'DeleteDBProxy',
    'DeleteWorkgroup',
    'constructor',
  ]);
});

test('a request that its protocol does not allow is refused', async () => {
  const { url } = await run(accountWith({}));

  const noAction = await post(url, signed('rds'), 'Version=2014-10-31');
  expect(noAction.body).toContain('<Code>MissingAction</Code>');
  const version = await post(url, signed('ec2'), 'Action=DescribeVpcEndpoints&Version=2000-01-01');
  expect(version.body).toContain('<Code>NoSuchVersion</Code>');
  const unknown = await post(
    url,
    signed('ec2'),
    'Action=DescribeVpcEndpoints&Version=2016-11-15&VpcIds.1=vpc-1',
  );
  expect(unknown.body).toContain('<Code>UnknownParameter</Code>');
  const target = { ...signed('cloudtrail'), 'x-amz-target': 'CloudTrail_20131101.LookupEvents' };
  const notJson = await post(url, target, 'Action=LookupEvents');
  expect(JSON.parse(notJson.body)).toMatchObject({ __type: 'SerializationException' });
  const noTarget = await post(url, signed('cloudtrail'), '{}');
  expect(JSON.parse(noTarget.body)).toMatchObject({ __type: 'UnknownOperationException' });
});

test('CloudTrail is called by the name that the SDK has for it, and by that of the CLI', async () => {
  const { url } = await run(accountWith({}));

  for (const prefix of ['', 'com.amazonaws.cloudtrail.v20131101.']) {
    const target = { ...signed('cloudtrail'), 'x-amz-target': `${prefix}CloudTrail_20131101.LookupEvents` };
    expect(await post(url, target, '{}')).toMatchObject({ status: 200, body: '{"Events":[]}' });
  }
});

test('a service that the sandbox does not have is named', async () => {
  const { url } = await run(accountWith({}));

  const answer = await post(url, signed('lambda'), '');
  expect(answer.status).toBe(404);
  expect(answer.body).toContain('no lambda');
});

test('every answer has a request id, in its headers and in its XML', async () => {
  const { url } = await run(accountWith({}));

  for (const action of ['DescribeDBProxies', 'DeleteDBProxy']) {
    const { headers, body } = await post(url, signed('rds'), `Action=${action}&Version=2014-10-31`);
    expect(body).toContain(`<RequestId>${headers.get('x-amzn-requestid')}</RequestId>`);
  }
});

test('an empty list is an empty element, and an absent field is absent', async () => {
  const { url } = await run(accountWith({ vpcEndpoints: [{ VpcEndpointId: 'vpce-032a826a', Tags: [] }] }));

  const { body } = await post(url, signed('ec2'), 'Action=DescribeVpcEndpoints&Version=2016-11-15');
  expect(body).toContain(
    '<vpcEndpointSet><item><vpcEndpointId>vpce-032a826a</vpcEndpointId><tagSet/></item></vpcEndpointSet></Describe',
  );
  const empty = await post(url, signed('rds'), 'Action=DescribeDBProxies&Version=2014-10-31');
  expect(empty.body).toContain('<DescribeDBProxiesResult><DBProxies/></DescribeDBProxiesResult>');
});

test('the account can change while the sandbox runs', async () => {
  const account = accountWith({});
  const client = new RDSClient(clientOptions(await run(account)));

  account.regions['ap-northeast-1']?.dbClusters.push({ DBClusterIdentifier: 'new' });
  expect((await client.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual([
    { DBClusterIdentifier: 'new' },
  ]);
});

test('every answer can take its time', async () => {
  const sandbox = await run(accountWith({}), { latencyMs: 30 });
  const client = new RDSClient(clientOptions(sandbox));

  const before = performance.now();
  await client.send(new DescribeDBClustersCommand({}));
  expect(performance.now() - before).toBeGreaterThanOrEqual(29);
});

test('closing ends at once, with connections that are kept alive or wait for an answer', async () => {
  const sandbox = await startSandbox(accountWith({}), { latencyMs: 600_000, dnsLatencyMs: 600_000 });
  const agent = new Agent({ keepAlive: true });
  const waiting = request(sandbox.url, { method: 'POST', agent, headers: signed('rds') });
  waiting.end('Action=DescribeDBProxies&Version=2014-10-31');
  const ended = once(waiting, 'error');
  await once(waiting, 'finish');

  await sandbox.close();
  await ended;
  agent.destroy();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
