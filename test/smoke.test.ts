import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { onSandbox } from '../cli/on-sandbox.ts';
import { type Server, startServer } from '../cli/server.ts';
import type { Handler } from '../lambda/http/handler.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { behindSignature, credentials } from './support/signed.ts';

const region = 'ap-northeast-1';
const builder = newAccount('111122223333', 5).region(region, new Date());
const proxy = builder.rdsProxy({ name: 'orders' });

const open: (Sandbox | Server)[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A deployment: the function on an account where things may go wrong, behind an authorizer. */
async function deploy(
  faults: NonNullable<SandboxOptions['faults']> = {},
  authorize = (handler: Handler) => handler,
) {
  const sandbox = await startSandbox(builder.account, { faults, lookupEventsPerSecond: 1000 });
  open.push(sandbox);
  const { config, overrides } = onSandbox(sandbox, { region });
  const handler = createHandler(config, { overrides });
  const server = await startServer({
    port: 0,
    accountId: '111122223333',
    region,
    handler: authorize(handler),
  });
  open.push(server);
  return server.url;
}

async function smoke(...args: readonly string[]) {
  const env = { ...process.env, ...credentials, AWS_REGION: region };
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/smoke.ts', ...args], { env });
  const ended = once(child, 'close');
  const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await ended;
  return { status, said, wrong, denied: said.split('\n').filter((line) => line.startsWith('denied: ')) };
}

const denied = { kind: 'denied' } as const;

describe('npm run smoke', () => {
  test('signs its question, prints every check, and ends with 0 where nothing is denied', async () => {
    const api = await deploy({}, (handler) => behindSignature(region, handler));
    const { status, said, wrong, denied } = await smoke(
      '--api',
      api,
      '--region',
      region,
      proxy.vpcEndpointId,
    );
    expect({ status, wrong, denied }).toEqual({ status: 0, wrong: '', denied: ['denied: nothing'] });
    expect(said).toMatch(new RegExp(`^${proxy.vpcEndpointId} {2}identified {2}arn:aws:rds:`));
    for (const check of ['cloudtrail', 'network-firewall', 'redshift-serverless', 'aurora-serverless'])
      expect(said).toMatch(new RegExp(`^ {2}${check} +(match|no-match|skipped)`, 'm'));
    expect(said).toMatch(/^ {2}rds-proxy +match$/m);
  });

  test('names each action that is denied, the check that needs it, and what to do, and ends with 1', async () => {
    const api = await deploy({ 'rds:*': denied, 'redshift:*': denied });
    const { status, said, denied: named } = await smoke('--api', api, proxy.vpcEndpointId);
    expect(status).toBe(1);
    expect(named).toEqual([
      'denied: redshift: redshift:DescribeEndpointAccess',
      'denied: redshift: redshift:DescribeClusters',
      'denied: rds-proxy: rds:DescribeDBProxies',
      'denied: rds-proxy: rds:DescribeDBProxyEndpoints',
      'denied: aurora-serverless: rds:DescribeDBClusters',
    ]);
    expect(said).toMatch(/^next step: Allow .*rds:DescribeDBProxies.* to the role that this lookup runs as/m);
  });

  test('names an action that is denied although the owner is known', async () => {
    const api = await deploy({ 'rds:DescribeDBProxies': denied });
    const { status, said, denied: named } = await smoke('--api', api, proxy.vpcEndpointId);
    expect([status, named]).toEqual([1, ['denied: rds-proxy: rds:DescribeDBProxies']]);
    expect(said).toMatch(/ {2}identified {2}/);
  });

  test('names the action without which there is no answer', async () => {
    const api = await deploy({ 'ec2:DescribeVpcEndpoints': denied });
    const { status, wrong, denied: named } = await smoke('--api', api, proxy.vpcEndpointId);
    expect([status, named]).toEqual([1, ['denied: ec2:DescribeVpcEndpoints']]);
    expect(wrong).toMatch(/^smoke: no answer: HTTP 502 aws-access-denied /);
  });

  test('sends a token instead, where it has one', async () => {
    const seen: (string | undefined)[] = [];
    const api = await deploy({}, (handler) => (event, context) => {
      seen.push(event.headers['authorization']);
      return handler(event, context);
    });
    expect((await smoke('--api', api, '--token', 'ey.example', proxy.vpcEndpointId)).status).toBe(0);
    expect(seen).toEqual(['Bearer ey.example']);
  });

  test('says so when it is not let in, and when nobody is there', async () => {
    const api = await deploy({}, (handler) => behindSignature(region, handler));
    const refused = await smoke('--api', api, '--token', 'wrong', proxy.vpcEndpointId);
    expect([refused.status, refused.wrong]).toEqual([
      1,
      expect.stringMatching(/no answer: HTTP 403 +Forbidden/),
    ]);
    const absent = await smoke('--api', 'http://127.0.0.1:9', '--token', 'any', proxy.vpcEndpointId);
    expect([absent.status, absent.wrong]).toEqual([1, expect.stringMatching(/^smoke: no answer: ./)]);
  });

  test('prints how it is called when it is asked', async () => {
    expect(await smoke('--help')).toMatchObject({
      status: 0,
      wrong: '',
      said: expect.stringContaining('--api URL'),
    });
  });

  test.each<[string, readonly string[]]>([
    ['no arguments', []],
    ['no API', ['vpce-0ce9fdcdd4aa4097e']],
    ['no endpoint', ['--api', 'https://api.example.com']],
    ['two endpoints', ['--api', 'https://api.example.com', 'vpce-0ce9fdcd', 'vpce-0ce9fdce']],
    ['something else than an endpoint', ['--api', 'https://api.example.com', 'eni-0ce9fdcd']],
    ['an API that a token would go to unencrypted', ['--api', 'http://api.example.com', 'vpce-0ce9fdcd']],
    ['an option that does not exist', ['--api', 'https://api.example.com', '--rgion', 'x', 'vpce-0ce9fdcd']],
  ])('ends with 2 and its usage for %s', async (_, args) => {
    const { status, said, wrong } = await smoke(...args);
    expect([status, said]).toEqual([2, '']);
    expect(wrong).toContain('Usage: npm run smoke -- --api URL');
  });
});
