/** The asset that is deployed, run as Lambda runs it: its own files, Lambda's environment, nothing that can be written. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseContext } from '../../lib/context.ts';
import { VpceOwnerStack } from '../../lib/vpce-owner-stack.ts';
import { demo } from '../../sandbox/demo.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { plain, resourcesOf } from './stack.ts';

const region = 'ap-northeast-1';
const run = promisify(execFile);

/** What Lambda's runtime does with a handler, as far as the handler can tell. */
const runtime = `
  const [directory, handlerName, event] = process.argv.slice(1);
  const [file, name] = handlerName.split('.');
  const { [name]: handler } = await import(new URL(file + '.mjs', 'file://' + directory + '/'));
  const context = {
    awsRequestId: 'invocation-1',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    invokedFunctionArn: 'arn:aws:lambda:${region}:111122223333:function:vpce-owner',
    getRemainingTimeInMillis: () => 28_000,
  };
  const result = await handler(JSON.parse(event), context);
  process.stdout.write('\\n' + JSON.stringify(result));
  process.exit();
`;

let outdir: string;
let assetDirectory: string;
let handlerName: string;
let variables: Record<string, string>;
let memorySize: string;
let sandbox: Sandbox;

const { account, examples } = demo(new Date());

beforeAll(async () => {
  outdir = realpathSync(mkdtempSync(join(tmpdir(), 'vpce-owner-')));
  const app = new App({ outdir, context: cdkJson.context });
  const stack = new VpceOwnerStack(app, parseContext({}));
  app.synth();
  const [handler] = resourcesOf(Template.fromStack(stack), 'AWS::Lambda::Function');
  handlerName = String(handler?.Properties['Handler']);
  memorySize = String(handler?.Properties['MemorySize']);
  const environment = plain(handler?.Properties['Environment']) as { Variables: Record<string, string> };
  variables = environment.Variables;
  const [asset = '', ...others] = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  expect(others).toEqual([]);
  assetDirectory = join(outdir, asset);
  sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
}, 60_000);

afterAll(async () => {
  await sandbox.close();
  rmSync(outdir, { recursive: true });
});

async function invoke(path: string) {
  const flags = process.allowedNodeEnvironmentFlags;
  const permission = flags.has('--permission') ? '--permission' : '--experimental-permission';
  const { stdout } = await run(
    process.execPath,
    [
      permission,
      ...(flags.has('--allow-net') ? ['--allow-net'] : []),
      `--allow-fs-read=${assetDirectory}/*`,
      '--no-warnings',
      '--input-type=module',
      '--eval',
      runtime,
      '--',
      assetDirectory,
      handlerName,
      JSON.stringify(eventOf(path)),
    ],
    {
      cwd: assetDirectory,
      env: {
        AWS_LAMBDA_FUNCTION_NAME: 'vpce-owner',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memorySize,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: 'sandbox',
        AWS_SECRET_ACCESS_KEY: 'sandbox',
        AWS_SESSION_TOKEN: 'sandbox',
        LAMBDA_TASK_ROOT: assetDirectory,
        _HANDLER: handlerName,
        _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
        TZ: ':UTC',
        ...variables,
        ALLOWED_REGIONS: variables['ALLOWED_REGIONS']?.replace('REGION', region),
        AWS_ENDPOINT_URL: sandbox.url,
        DNS_SERVERS: sandbox.dnsServer,
      },
    },
  );
  const lines: Record<string, unknown>[] = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const { statusCode, body } = lines.pop() as { statusCode: number; body: string };
  return { statusCode, body, logged: lines };
}

function eventOf(path: string) {
  const [rawPath = '', rawQueryString = ''] = path.split('?', 2);
  return {
    version: '2.0',
    routeKey: 'GET /vpc-endpoints/{vpcEndpointId}',
    rawPath: decodeURIComponent(rawPath),
    rawQueryString,
    headers: { accept: '*/*' },
    requestContext: {
      accountId: '111122223333',
      apiId: 'abcdef1234',
      stage: '$default',
      requestId: 'request-1',
      http: {
        method: 'GET',
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.1',
        userAgent: 'curl',
      },
    },
    isBase64Encoded: false,
  };
}

describe('the asset', () => {
  test("names an endpoint's owner", async () => {
    const expected = examples.find(({ path }) => /^\/vpc-endpoints\/vpce-[0-9a-f]+$/.test(path));
    const { statusCode, body, logged } = await invoke(String(expected?.path));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      verdict: 'identified',
      accountId: '111122223333',
      owner: { resourceId: expect.any(String) },
      complete: true,
    });
    expect(logged).toContainEqual(expect.objectContaining({ level: 'INFO', verdict: 'identified' }));
    expect(logged).toContainEqual(expect.objectContaining({ _aws: expect.anything(), Lookups: 1 }));
  });

  test('answers with the contract', async () => {
    const { statusCode, body } = await invoke('/openapi.json');
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
  });

  test('has neither what only checks answers, nor what only deploys, nor what only stands in for AWS', () => {
    const sources = readdirSync(assetDirectory)
      .filter((name) => name.endsWith('.map'))
      .flatMap((name) => JSON.parse(readFileSync(join(assetDirectory, name), 'utf8')).sources as string[]);
    expect(sources).toContainEqual(expect.stringMatching(/\/lambda\/http\/handler\.ts$/));
    expect(sources).toContainEqual(expect.stringMatching(/node_modules\/@aws-sdk\/client-ec2\/dist-es\//));
    for (const source of sources) {
      expect(source).not.toMatch(/node_modules\/(zod|aws-cdk-lib|constructs|dns-packet|fast-check)\//);
      expect(source).not.toMatch(/\/(sandbox|local|test|bin)\/[^/]+\.ts$/);
      expect(source).not.toMatch(/node_modules\/@(aws-sdk|smithy)\/.*\/dist-cjs\//);
    }
  });

  test('asks for nothing that ES modules do not have, and fits many times into what Lambda takes', () => {
    const code = readdirSync(assetDirectory).filter((name) => name.endsWith('.mjs'));
    for (const name of code) {
      expect(readFileSync(join(assetDirectory, name), 'utf8')).not.toContain('Dynamic require of');
    }
    const bytes = code.reduce((sum, name) => sum + readFileSync(join(assetDirectory, name)).length, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });
});
