import { Aws, Duration } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Service } from '../lambda/model/service.ts';
import { resolvers, services } from '../lambda/resolvers/index.ts';
import { switchOff } from '../lambda/resolvers/unasked.ts';
import { deploymentDimension, metrics } from '../lambda/telemetry/metric-names.ts';
import { acknowledge } from './acknowledge.ts';
import { bundledCode, handlerName } from './bundle.ts';
import { logRemovalPolicy } from './logs.ts';
import { arnsOf, permissionsOf, telemetryActions } from './permissions.ts';
import { type Settings, stackName } from './settings.ts';

/**
 * One whole CPU, which is the most that a single thread can use. Few ask, so that most lookups are the first one of
 * their instance, and that one computes for a third of a second: twice as long at half the memory. The process itself
 * takes 100 MB, and 250 MB in an account with 500 resources of each kind (`npm run measure`, on Node 24). The price of the
 * difference is a cent for a thousand lookups (see docs/cost.md).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const memoryMb = 1769;

/** Some ms more to load (`npm run measure`), for stack traces that can be read. */
export const nodeOptions = '--enable-source-maps';

/**
 * Past the deadline the answer is made of what is known, within some 20 ms (`npm run measure`); the handler keeps a second
 * for itself. With the longest deadline it is still less than the 30 s after which API Gateway gives up.
 */
const afterDeadlineSeconds = 3;

export function createFunction(scope: Construct, settings: Settings): NodejsFunction {
  const name = stackName(settings);
  const regions = settings.regions ?? [Aws.REGION];
  const off = resolvers.flatMap(({ id }) =>
    settings.services === 'all' || settings.services.includes(id) ? [] : id,
  );
  const asked = switchOff(services, off);
  const logGroup = new LogGroup(scope, 'FunctionLogs', {
    logGroupName: `/aws/lambda/${name}`,
    retention: settings.logRetentionDays,
    removalPolicy: logRemovalPolicy(settings),
  });
  const role = new Role(scope, 'FunctionRole', {
    description: `What ${name} may do: read, and write its own log and traces`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const policy = new Policy(scope, 'FunctionPolicy', {
    roles: [role],
    statements: [...readStatements(asked, regions), ...telemetryStatements(logGroup)],
  });

  acknowledgeWildcards(policy, asked, regions);

  const handler = new NodejsFunction(scope, 'Function', {
    functionName: name,
    description: 'Names the AWS service and resource behind a requester-managed VPC endpoint',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: bundledCode(),
    handler: handlerName,
    memorySize: memoryMb,
    timeout: Duration.seconds(settings.deadlineSeconds + afterDeadlineSeconds),
    ...(settings.reservedConcurrency === null
      ? {}
      : { reservedConcurrentExecutions: settings.reservedConcurrency }),
    environment: {
      ALLOWED_REGIONS: regions.join(','),
      ...(off.length === 0 ? {} : { SERVICES_OFF: off.join(',') }),
      DEADLINE_SECONDS: String(settings.deadlineSeconds),
      NODE_OPTIONS: nodeOptions,
      // The same in every instance, and of no use to whoever reads it (ADR 10).
      TOKEN_KEY: Aws.STACK_ID,
      POWERTOOLS_METRICS_NAMESPACE: metrics.namespace,
      /** Powertools gives every metric this value as its dimension `service`. */
      [`POWERTOOLS_${deploymentDimension.toUpperCase()}_NAME`]: name,
    },
    /** Lambda traces the call itself; the function carries no tracing code that would have to be loaded. */
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    // By its ARN, and not to be added to: all that the role may do is said above.
    role: Role.fromRoleArn(scope, 'FunctionRoleAsIs', role.roleArn, { mutable: false }),
  });
  // A function that is to be traced may not be created before its role can write traces.
  handler.node.addDependency(policy);
  return handler;
}

/** The only writes: to the function's own log group, and to X-Ray, which knows no resources. */
function telemetryStatements(logGroup: LogGroup): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: [...telemetryActions.log], resources: [logGroup.logGroupArn] }),
    new PolicyStatement({ actions: [...telemetryActions.traces], resources: ['*'] }),
  ];
}

/**
 * Where the reads go. Where the Regions are several only the condition names them: the ARNs of 17 Regions are more than
 * the 10,240 characters that IAM allows a role's own policies to have.
 */
function placeOf([only = '*', ...others]: readonly string[]) {
  return {
    partition: Aws.PARTITION,
    region: others.length === 0 ? only : '*',
    account: Aws.ACCOUNT_ID,
  };
}

/** One statement for each set of resources, every one of them pinned to the Regions that may be asked about. */
function readStatements(asked: readonly Service[], regions: readonly string[]): PolicyStatement[] {
  const actionsOf = new Map<string, string[]>();
  for (const permission of permissionsOf(asked)) {
    const key = arnsOf(permission, placeOf(regions)).join(' ');
    actionsOf.set(key, [...(actionsOf.get(key) ?? []), permission.action]);
  }
  return [...actionsOf].map(
    ([resources, actions]) =>
      new PolicyStatement({
        actions,
        resources: resources.split(' '),
        conditions: { StringEquals: { 'aws:RequestedRegion': [...regions] } },
      }),
  );
}

/** What cdk-nag has to be told of each resource with a wildcard; one that is added is told of by itself. */
function acknowledgeWildcards(policy: Policy, asked: readonly Service[], regions: readonly string[]): void {
  const arns = permissionsOf(asked).flatMap((permission) => arnsOf(permission, placeOf(regions)));
  for (const arn of new Set(arns)) {
    const reason =
      arn === '*'
        ? 'Lists and X-Ray take no resource, or are not known to; the lists only read, in the allowed Regions'
        : 'Any resource of this type may own the endpoint; read only, in the allowed Regions';
    acknowledge(policy, `IAM5[Resource::${arn}]`, reason);
  }
}
