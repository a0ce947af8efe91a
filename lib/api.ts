import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApi,
  CfnRoute,
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnUrl, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { logRemovalPolicy } from './logs.ts';
import { type Jwt, type Settings, stackName } from './settings.ts';

export interface Api {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly accessLogs: LogGroup;
}

const contractPaths = {
  Identification: '/vpc-endpoints/{vpcEndpointId}',
  Identify: '/identify',
  Sweep: '/vpc-endpoints',
  OpenApi: '/openapi.json',
  Home: '/',
};

/** Who called what, and what came of it. A variable that does not apply is written as `-`. */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  callerArn: '$context.identity.userArn',
  callerSubject: '$context.authorizer.claims.sub',
  authorizerError: '$context.authorizer.error',
  method: '$context.httpMethod',
  path: '$context.path',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

/** The contract's routes, and `$default`: the function refuses unknown paths and methods in its own words. */
export function createApi(scope: Construct, settings: Settings, handler: IFunction): Api {
  const name = stackName(settings);
  const authorizer = createAuthorizer(settings.jwt);
  const api = new HttpApi(scope, 'Api', {
    apiName: name,
    description: 'Names the AWS service and resource behind a requester-managed VPC endpoint',
    createDefaultStage: false,
    defaultAuthorizer: authorizer,
  });
  const integration = new HttpLambdaIntegration('Function', handler, {
    payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
  });
  /** Of a token; a signature has none. */
  const scopes = settings.jwt?.scopes ?? [];
  const guard = scopes.length === 0 ? { authorizer } : { authorizer, authorizationScopes: [...scopes] };
  const routes = Object.entries(contractPaths).map(([id, path]) => {
    const routeKey = HttpRouteKey.with(path, HttpMethod.GET);
    return new HttpRoute(scope, `${id}Route`, { httpApi: api, routeKey, integration, ...guard });
  });
  new HttpRoute(scope, 'DefaultRoute', {
    httpApi: api,
    routeKey: HttpRouteKey.DEFAULT,
    integration,
    ...guard,
  });

  const accessLogs = new LogGroup(scope, 'AccessLogs', {
    /** Under this prefix API Gateway needs no statement for each log group in a policy that is limited in size. */
    logGroupName: `/aws/vendedlogs/apigateway/${name}`,
    retention: settings.logRetentionDays,
    removalPolicy: logRemovalPolicy(settings),
  });
  const stage = new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLogs),
      format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
    },
  });
  slowSweeps(stage, settings);
  stage.node.addDependency(...routes);
  return { api, stage, accessLogs };
}

/** A sweep reads every list of the account, which AWS throttles for everybody in it. The stage needs the route first. */
const mostSweeps = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 5 };

function slowSweeps(stage: HttpStage, { throttleRate, throttleBurst }: Settings): void {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = mostSweeps;
  (stage.node.defaultChild as CfnStage).routeSettings = {
    [`GET ${contractPaths.Sweep}`]: {
      ThrottlingRateLimit: Math.min(rate, throttleRate),
      ThrottlingBurstLimit: Math.min(burst, throttleBurst),
    },
  };
}

/** For whoever may ask: attach it to a role, a user or a permission set. It opens this API, and only to be read. */
export function createCallerPolicy(scope: Construct, settings: Settings, { api }: Api): ManagedPolicy {
  const arn = api.arnForExecuteApi('GET', '/*', '$default');
  const policy = new ManagedPolicy(scope, 'CallerPolicy', {
    description: `May ask ${stackName(settings)} which resource owns a VPC endpoint`,
    statements: [new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [arn] })],
  });
  acknowledge(
    policy,
    `IAM5[Resource::${arn}]`,
    'Every path of this API, which only reads; ids are part of the path',
  );
  return policy;
}

/** What is open to anyone below this construct; an error of the synthesis for each. */
export function openDoors(scope: Construct): string[] {
  return scope.node.findAll().flatMap((construct) => {
    const { path } = construct.node;
    if (construct instanceof CfnUrl) return [`${path}: a function URL goes past the API's authorizer`];
    if (construct instanceof CfnApi && (construct.target ?? construct.body) !== undefined) {
      return [`${path}: routes that come with the API itself have no authorizer that could be checked here`];
    }
    if (!(construct instanceof CfnRoute)) return [];
    const { authorizationType, authorizerId, routeKey } = construct;
    const guarded =
      authorizationType === 'AWS_IAM' || (authorizationType === 'JWT' && authorizerId !== undefined);
    return guarded
      ? []
      : [`${path}: expected AWS_IAM or a JWT authorizer for ${routeKey}, but got ${authorizationType}`];
  });
}

function createAuthorizer(jwt: Jwt | null): IHttpRouteAuthorizer {
  return jwt === null
    ? new HttpIamAuthorizer()
    : new HttpJwtAuthorizer('JwtAuthorizer', jwt.issuer, { jwtAudience: [...jwt.audience] });
}
