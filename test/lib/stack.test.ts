import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  CfnApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { FunctionUrlAuthType, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { alarmIds, metrics } from '../../lambda/telemetry/metric-names.ts';
import { plain, resourcesOf, stackOf, templateOf } from './stack.ts';

const jwt = { jwtIssuer: 'https://login.example.com/tenant', jwtAudience: 'vpce-owner,tools' };

const only = (template: Template, type: string) => {
  const [resource, ...others] = resourcesOf(template, type);
  expect(others).toEqual([]);
  return plain(resource?.Properties) as Record<string, unknown>;
};

describe('who may call', () => {
  test("signs with AWS credentials, on every one of the contract's routes and on any other", () => {
    const routes = resourcesOf(templateOf(), 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual([
      '$default',
      'GET /',
      'GET /identify',
      'GET /openapi.json',
      'GET /vpc-endpoints',
      'GET /vpc-endpoints/{vpcEndpointId}',
    ]);
    for (const route of routes) expect(route['AuthorizationType']).toBe('AWS_IAM');
  });

  test('has a policy to be attached, which opens this API to be read and nothing else', () => {
    const template = templateOf();
    const policy = only(template, 'AWS::IAM::ManagedPolicy');
    expect(policy['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: expect.stringMatching(
            /^arn:PARTITION:execute-api:REGION:ACCOUNTID:API\w+\/\$default\/GET\/\*$/,
          ),
        },
      ],
    });
    template.hasOutput('CallerPolicyArn', {});
    template.hasOutput('ApiUrl', {});
  });

  test('brings a token of the issuer instead, where one is named', () => {
    const template = templateOf(jwt);
    const authorizer = only(template, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://login.example.com/tenant', Audience: ['vpce-owner', 'tools'] },
    });
    for (const { Properties } of resourcesOf(template, 'AWS::ApiGatewayV2::Route')) {
      expect(Properties).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: expect.anything() });
    }
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('brings a token with one of the scopes that were chosen, to any route', () => {
    const template = templateOf({ ...jwt, jwtScopes: 'vpce-owner/read,admin' });
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route');
    expect(routes).toHaveLength(6);
    for (const { Properties } of routes)
      expect(Properties['AuthorizationScopes']).toEqual(['vpce-owner/read', 'admin']);
    for (const { Properties } of resourcesOf(templateOf(jwt), 'AWS::ApiGatewayV2::Route'))
      expect(Properties).not.toHaveProperty('AuthorizationScopes');
  });

  test('is never anyone: a route without an authorizer is not synthesised', () => {
    const stack = stackOf();
    new HttpRoute(stack, 'Open', {
      httpApi: stack.node.findChild('Api') as HttpApi,
      routeKey: HttpRouteKey.with('/open', HttpMethod.GET),
      integration: new HttpUrlIntegration('Elsewhere', 'https://example.com'),
      authorizer: new HttpNoneAuthorizer(),
    });
    expect(() => Template.fromStack(stack)).toThrow(
      /Open.*expected AWS_IAM or a JWT authorizer for GET \/open, but got NONE/,
    );
  });

  test('is never anyone: an API that brings a route of its own is not synthesised', () => {
    const stack = stackOf();
    new CfnApi(stack, 'Quick', { name: 'quick', protocolType: 'HTTP', target: 'https://example.com' });
    expect(() => Template.fromStack(stack)).toThrow(/Quick: routes that come with the API itself/);
  });

  test('is never anyone: a function URL is not synthesised', () => {
    const stack = stackOf();
    const handler = stack.node.findChild('Function') as LambdaFunction;
    handler.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    expect(() => Template.fromStack(stack)).toThrow(/goes past the API's authorizer/);
  });
});

describe('the function', () => {
  test('runs on the newest Node, on arm64, traced, with structured logs and readable stack traces', () => {
    expect(only(templateOf(), 'AWS::Lambda::Function')).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'main.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
      Environment: {
        Variables: {
          ALLOWED_REGIONS: 'REGION',
          DEADLINE_SECONDS: '25',
          NODE_OPTIONS: '--enable-source-maps',
          POWERTOOLS_METRICS_NAMESPACE: metrics.namespace,
          POWERTOOLS_SERVICE_NAME: 'vpce-owner',
        },
      },
    });
  });

  test.each(['1', '25', '26'])('has time left when its deadline of %s s comes, within 30 s', (seconds) => {
    const { Timeout } = only(templateOf({ deadlineSeconds: seconds }), 'AWS::Lambda::Function');
    expect(Number(Timeout)).toBeGreaterThan(Number(seconds) + 1);
    expect(Number(Timeout)).toBeLessThan(30);
  });

  test('is told which services are switched off, and may not ask them', () => {
    const template = templateOf({ services: '-msk' });
    const { Environment } = only(template, 'AWS::Lambda::Function');
    expect(Environment).toMatchObject({ Variables: { SERVICES_OFF: 'msk' } });
    const policies = JSON.stringify(resourcesOf(template, 'AWS::IAM::Policy'));
    expect(policies).toContain('rds:DescribeDBProxies');
    expect(policies).not.toContain('kafka:');
    expect(JSON.stringify(resourcesOf(templateOf(), 'AWS::IAM::Policy'))).toContain('kafka:');
  });

  test('takes the concurrency that is reserved for it, and none by default', () => {
    expect(only(templateOf(), 'AWS::Lambda::Function')).not.toHaveProperty('ReservedConcurrentExecutions');
    const reserved = only(templateOf({ reservedConcurrency: '7' }), 'AWS::Lambda::Function');
    expect(reserved['ReservedConcurrentExecutions']).toBe(7);
  });
});

describe('operations', () => {
  test('logs are kept as long as was asked, and no log group is left to be made without', () => {
    for (const { Properties } of resourcesOf(templateOf({ logRetentionDays: '7' }), 'AWS::Logs::LogGroup')) {
      expect(Properties['RetentionInDays']).toBe(7);
    }
    expect(resourcesOf(templateOf(), 'AWS::Logs::LogGroup')).toHaveLength(2);
  });

  test.each([
    [{}, 'Delete'],
    [{ logRemoval: 'destroy' }, 'Delete'],
    [{ logRemoval: 'retain' }, 'Retain'],
  ])('logs go with the stack or stay, as was chosen: %j', (context, policy) => {
    const logs = Object.values(templateOf(context).findResources('AWS::Logs::LogGroup'));
    expect(logs).toHaveLength(2);
    for (const log of logs)
      expect(log).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
  });

  test('the API is throttled, and logs who called and what came of it', () => {
    const stage = only(templateOf({ throttleRate: '3', throttleBurst: '4' }), 'AWS::ApiGatewayV2::Stage');
    expect(stage).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 4 },
      AccessLogSettings: { DestinationArn: expect.stringMatching(/^AccessLogs/) },
    });
    const { Format } = stage['AccessLogSettings'] as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      callerArn: '$context.identity.userArn',
      status: '$context.status',
    });
  });

  test('a sweep, which reads every list, is let through less often than a lookup', () => {
    const settingsOf = (context: Record<string, string>) =>
      only(templateOf(context), 'AWS::ApiGatewayV2::Stage')['RouteSettings'];
    expect(settingsOf({})).toEqual({
      'GET /vpc-endpoints': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 5 },
    });
    expect(settingsOf({ throttleBurst: '2' })).toMatchObject({
      'GET /vpc-endpoints': { ThrottlingBurstLimit: 2 },
    });
    // A stage may only speak of routes that there are.
    const [stage] = Object.values(templateOf({}).findResources('AWS::ApiGatewayV2::Stage'));
    expect(stage?.['DependsOn']).toEqual(expect.arrayContaining([expect.stringMatching(/^SweepRoute/)]));
  });

  test('each alarm is named, explained and sent where it was asked to', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    const alarms = resourcesOf(templateOf({ alarmTopicArn }), 'AWS::CloudWatch::Alarm');
    const names = alarms.map(({ Properties }) => Properties['AlarmName']);
    expect(names).toEqual(alarmIds.map((id) => `vpce-owner-${id}`));
    for (const [index, { Properties }] of alarms.entries()) {
      expect(Properties).toMatchObject({
        AlarmActions: [alarmTopicArn],
        OKActions: [alarmTopicArn],
        TreatMissingData: 'notBreaching',
        AlarmDescription: expect.stringContaining(`docs/runbook.md#${alarmIds[index]}`),
      });
    }
  });

  test('alarms are only shown when nobody is to be told', () => {
    for (const { Properties } of resourcesOf(templateOf(), 'AWS::CloudWatch::Alarm')) {
      expect(Properties['AlarmActions'] ?? []).toEqual([]);
    }
  });

  test("alarms on the function's own metrics read what it writes, of their own stage alone", () => {
    const template = templateOf({ stageName: 'staging' });
    for (const { name } of [metrics.failedChecks, metrics.cloudTrailThrottled]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'vpce-owner',
        MetricName: name,
        Dimensions: [{ Name: 'service', Value: 'vpce-owner-staging' }],
      });
    }
    const { Environment } = only(template, 'AWS::Lambda::Function');
    expect(Environment).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: 'vpce-owner-staging' } });
  });

  test('an answer that is slow is one that nears its deadline', () => {
    templateOf({ deadlineSeconds: '10' }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Duration',
      ExtendedStatistic: 'p95',
      Threshold: 8000,
    });
  });

  test('the dashboard shows every metric of its stage', () => {
    const { DashboardBody } = only(templateOf({ stageName: 'staging' }), 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(JSON.parse(String(DashboardBody)));
    for (const metric of Object.values(metrics).filter((value) => typeof value !== 'string')) {
      expect(body).toContain(metric.name);
      if ('dimension' in metric) expect(body).toContain(`service,${metric.dimension}}`);
    }
    for (const text of ['vpce-owner-staging', '5xx', 'p95', 'Throttles', 'ConcurrentExecutions']) {
      expect(body).toContain(text);
    }
  });
});

describe('stages', () => {
  test('stand side by side: nothing in one has the name of anything in the other', () => {
    const [one, two] = [namesIn(templateOf({ stageName: 'one' })), namesIn(templateOf({ stageName: 'two' }))];
    expect(one.length).toBeGreaterThan(8);
    expect(one.filter((name) => two.includes(name))).toEqual([]);
    expect(stackOf({ stageName: 'one' }).stackName).toBe('vpce-owner-one');
    expect(stackOf().stackName).toBe('vpce-owner');
  });

  test('can be deployed without the right to name roles and policies', () => {
    const template = templateOf();
    for (const type of ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy']) {
      for (const { Properties } of resourcesOf(template, type)) {
        expect(Properties).not.toHaveProperty('RoleName');
        expect(Properties).not.toHaveProperty('ManagedPolicyName');
      }
    }
  });

  test('belong to no account or Region until they are deployed', () => {
    const { account, region } = stackOf();
    expect([account, region]).toEqual([expect.stringContaining('Token'), expect.stringContaining('Token')]);
    expect(JSON.stringify(templateOf().toJSON())).not.toMatch(/\d{12}/);
  });

  /** Physical names: what CloudFormation does not make up itself. */
  function namesIn(template: Template): string[] {
    const keys = ['FunctionName', 'LogGroupName', 'AlarmName', 'DashboardName', 'Name'];
    return Object.values(template.toJSON()['Resources'] as Record<string, { Properties?: object }>)
      .flatMap(({ Properties = {} }) => Object.entries(plain(Properties) as object))
      .flatMap(([key, value]) =>
        keys.includes(key) && typeof value === 'string' && !value.endsWith('.Arn') ? [value] : [],
      );
  }
});
