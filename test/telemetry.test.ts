import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { onSandbox } from '../cli/on-sandbox.ts';
import { createHandler, type Handler, type Observation } from '../lambda/http/handler.ts';
import { Problem } from '../lambda/problem.ts';
import { metrics } from '../lambda/telemetry/metric-names.ts';
import { createTelemetry } from '../lambda/telemetry/telemetry.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';

const region = 'ap-northeast-1';
const callerArn = 'arn:aws:sts::111122223333:assumed-role/on-call/alice';
const deployment = 'vpce-owner-staging';

const builder = newAccount('111122223333', 3).region(region, new Date());
const proxy = builder.rdsProxy();

let sandbox: Sandbox;
let handler: Handler;
let written: string[];

beforeEach(async () => {
  process.env['POWERTOOLS_SERVICE_NAME'] = deployment;
  sandbox = await startSandbox(builder.account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
  written = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
  const { config, overrides } = onSandbox(sandbox, { region });
  handler = createHandler(config, { overrides, observe: createTelemetry() });
});

afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env['POWERTOOLS_SERVICE_NAME'];
  await sandbox.close();
});

const context = {
  awsRequestId: 'invocation-1',
  invokedFunctionArn: `arn:aws:lambda:${region}:111122223333:function:vpce-owner`,
  getRemainingTimeInMillis: () => 28_000,
} as unknown as Context;

function eventOf(rawPath: string, authorizer: object = { iam: { userArn: callerArn } }) {
  return {
    rawPath,
    rawQueryString: '',
    headers: {},
    requestContext: {
      accountId: '111122223333',
      stage: '$default',
      requestId: 'request-1',
      http: { method: 'GET' },
      authorizer,
    },
  } as unknown as APIGatewayProxyEventV2;
}

/** What Lambda takes from standard output and error: each line is JSON, an event of the log or metrics. */
function lines(): Record<string, unknown>[] {
  return written
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
const isMetric = (line: Record<string, unknown>) => '_aws' in line;
const logged = () => lines().filter((line) => !isMetric(line));

/** As CloudWatch counts them: name, dimensions, value. */
function counted() {
  return lines()
    .filter(isMetric)
    .flatMap((line) => {
      const { CloudWatchMetrics } = line['_aws'] as {
        CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
      };
      return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.map(({ Name }) => ({
          namespace: Namespace,
          name: Name,
          value: [line[Name]].flat().reduce((sum, value) => Number(sum) + Number(value)),
          dimensions: Object.fromEntries(Dimensions.flat().map((dimension) => [dimension, line[dimension]])),
        })),
      );
    });
}
const countOf = (name: string, dimensions: Record<string, string>, value = 1) => ({
  namespace: metrics.namespace,
  name,
  value,
  dimensions: { service: deployment, ...dimensions },
});

describe('the log', () => {
  test('has one line for an answer: who asked what, what came of it, and of which checks', async () => {
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    expect(logged()).toHaveLength(1);
    expect(logged()[0]).toMatchObject({
      level: 'INFO',
      service: deployment,
      message: 'identified',
      requestId: 'request-1',
      functionRequestId: 'invocation-1',
      caller: callerArn,
      path: `/vpc-endpoints/${proxy.vpcEndpointId}`,
      status: 200,
      vpcEndpointId: proxy.vpcEndpointId,
      region,
      verdict: 'identified',
      owningService: 'rds-proxy',
      complete: true,
      action: 'delete-owner',
    });
    const { checks } = logged()[0] as { checks: unknown[] };
    expect(checks).toContainEqual({
      check: 'rds-proxy',
      outcome: 'match',
      reason: null,
      apiCalls: expect.any(Number),
      durationMs: expect.any(Number),
      throttled: 0,
    });
  });

  test('has one line for a sweep: its scope, what the rows come to, and no row', async () => {
    await handler(eventOf('/vpc-endpoints'), context);
    expect(logged()).toHaveLength(1);
    expect(logged()[0]).toMatchObject({
      level: 'INFO',
      message: 'sweep',
      path: '/vpc-endpoints',
      region,
      scope: { vpcIds: [], vpcEndpointIds: [] },
      rows: 1,
      verdicts: { identified: 1 },
      services: { 'rds-proxy': 1 },
      complete: true,
      goesOn: false,
    });
    expect(JSON.stringify(logged()[0])).not.toContain(proxy.vpcEndpointId);
  });

  test('warns of an answer that is not complete, and says which check failed of what', async () => {
    sandbox.faults['rds:*'] = { kind: 'denied' };
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    expect(logged()).toEqual([expect.objectContaining({ level: 'WARN', complete: false })]);
    expect(logged()[0]).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({
          check: 'rds-proxy',
          outcome: 'failed',
          reason: expect.stringContaining('rds:DescribeDBProxies is not allowed'),
        }),
      ]),
    });
  });

  test("is found by the runbook's query for checks that failed, and why", async () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const [, pattern = ''] = /parse @message \/("check"\S*failed\S*)\/ \|/.exec(runbook) ?? [];
    sandbox.faults['rds:*'] = { kind: 'denied' };
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    const found = new RegExp(pattern).exec(JSON.stringify(logged()[0]));
    expect({ ...found?.groups }).toEqual({
      failed: expect.stringMatching(/^(rds-proxy|aurora-serverless)$/),
      why: expect.stringMatching(/rds:\w+ is not allowed/),
    });
  });

  test('has the code and the detail of an error that was answered', async () => {
    sandbox.faults['ec2:DescribeVpcEndpoints'] = { kind: 'denied' };
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    await handler(eventOf('/nothing'), context);
    expect(logged()).toMatchObject([
      {
        level: 'WARN',
        message: 'aws-access-denied',
        status: 502,
        code: 'aws-access-denied',
        action: 'ec2:DescribeVpcEndpoints',
        caller: callerArn,
      },
      { level: 'INFO', message: 'route-not-found', status: 404, detail: expect.stringContaining('/nothing') },
    ]);
  });

  test('has the cause of a bug under the request id, which the caller gets and nothing else', async () => {
    const broken = {
      ...context,
      getRemainingTimeInMillis: () => {
        throw new TypeError('secret');
      },
    };
    const { statusCode, body = '' } = await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), broken);
    expect(statusCode).toBe(500);
    expect(body).toContain('request-1');
    expect(body).not.toContain('secret');
    expect(logged()).toMatchObject([
      {
        level: 'ERROR',
        requestId: 'request-1',
        code: 'internal-error',
        error: { name: 'TypeError', message: 'secret', stack: expect.stringContaining('telemetry.test') },
      },
    ]);
  });

  test('names the caller with a token by its subject', async () => {
    await handler(eventOf('/openapi.json', { jwt: { claims: { sub: 'alice' } } }), context);
    expect(logged()).toEqual([expect.objectContaining({ message: 'answered', caller: 'alice' })]);
  });
});

describe('the metrics', () => {
  test('count a sweep once, and its rows by verdict', async () => {
    sandbox.faults['redshift:DescribeClusters'] = { kind: 'denied' };
    await handler(eventOf('/vpc-endpoints'), context);
    expect(counted()).toEqual(
      expect.arrayContaining([
        countOf('Sweeps', {}),
        countOf('SweptEndpoints', { verdict: 'identified' }),
        countOf('FailedChecks', { check: 'redshift' }),
      ]),
    );
    expect(counted().filter(({ name }) => name === 'Lookups')).toEqual([]);
  });

  test("count an answer by verdict and by service, under the deployment's name", async () => {
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    expect(counted()).toEqual([
      countOf('Lookups', { verdict: 'identified' }),
      countOf('Lookups', { owningService: 'rds-proxy' }),
    ]);
  });

  test('count each check that failed, and all of them for the alarm', async () => {
    sandbox.faults['rds:*'] = { kind: 'denied' };
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    const failed = counted().filter(({ name }) => name === 'FailedChecks');
    expect(failed).toHaveLength(3);
    expect(failed).toEqual(
      expect.arrayContaining([
        countOf('FailedChecks', { check: 'aurora-serverless' }),
        countOf('FailedChecks', { check: 'rds-proxy' }),
        countOf('FailedChecks', {}, 2),
      ]),
    );
  });

  test('count each LookupEvents request that was throttled, even when a retry went through', async () => {
    sandbox.faults['cloudtrail:LookupEvents'] = { kind: 'throttled', times: 1 };
    sandbox.faults['rds:*'] = { kind: 'denied' };
    await handler(eventOf(`/vpc-endpoints/${proxy.vpcEndpointId}`), context);
    expect(counted()).toContainEqual(countOf('CloudTrailThrottled', {}));
  });

  test('count an error by its code, and no answer with it', async () => {
    await handler(eventOf('/nothing'), context);
    expect(counted()).toEqual([countOf('Problems', { code: 'route-not-found' })]);
  });

  test('count nothing for the contract', async () => {
    await handler(eventOf('/openapi.json'), context);
    expect(counted()).toEqual([]);
  });

  test('do not carry over from one request to the next', () => {
    const observe = createTelemetry();
    const observation = { event: eventOf('/'), context, status: 404, lookup: null } as const;
    const problem = (code: 'route-not-found' | 'invalid-region'): Observation => ({
      ...observation,
      problem: new Problem(code, 'detail'),
    });
    observe(problem('route-not-found'));
    observe(problem('invalid-region'));
    expect(counted()).toEqual([
      countOf('Problems', { code: 'route-not-found' }),
      countOf('Problems', { code: 'invalid-region' }),
    ]);
  });
});
