/** What operators see of a request: one structured log line, and metrics in CloudWatch's embedded format. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { CheckReport } from '../answer/identification.ts';
import type { Sweep } from '../answer/sweep.ts';
import type { Observation } from '../http/handler.ts';
import { plainText } from '../plain-text.ts';
import { metrics as names } from './metric-names.ts';

/** @returns writes to standard output, where Lambda's log group takes it from */
export function createTelemetry(): (observation: Observation) => void {
  // Logs are read in terminals too, and JSON lets through what only some of these do not act on.
  const jsonReplacerFn = (_: string, value: unknown) =>
    typeof value === 'string' ? plainText(value) : value;
  const logger = new Logger({ jsonReplacerFn });
  const metrics = new Metrics({ namespace: names.namespace });
  return (observation) => {
    log(logger, observation);
    count(metrics, observation);
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
}

function log(logger: Logger, { event, context, status, lookup, sweep = null, problem }: Observation): void {
  const { requestId, http } = event.requestContext;
  const line = {
    message: problem?.code ?? lookup?.identification.verdict ?? (sweep === null ? 'answered' : 'sweep'),
    requestId,
    functionRequestId: context.awsRequestId,
    caller: callerOf(event),
    method: http.method,
    path: event.rawPath,
    query: event.rawQueryString,
    status,
    ...(lookup === null ? {} : describeLookup(lookup)),
    ...(sweep === null ? {} : describeSweep(sweep.sweep)),
    ...(problem === null ? {} : { code: problem.code, detail: problem.message, ...problem.extra }),
  };
  if (problem?.code === 'internal-error') logger.error(line, problem.cause as Error);
  else if (status >= 500 || (lookup?.identification ?? sweep?.sweep)?.complete === false) logger.warn(line);
  else logger.info(line);
}

function describeLookup({ identification, checks }: NonNullable<Observation['lookup']>) {
  const { vpcEndpointId, accountId, region, verdict, service, owner, complete, nextStep } = identification;
  return {
    vpcEndpointId,
    accountId,
    region,
    verdict,
    owningService: service?.id ?? null,
    owner: owner?.arn ?? owner?.resourceId ?? null,
    complete,
    action: nextStep.action,
    checks: identification.checks.map((check, index) => ({
      ...check,
      throttled: checks[index]?.throttled ?? 0,
    })),
  };
}

/** The rows are the caller's: the log keeps what they come to. */
function describeSweep({
  accountId,
  region,
  scope,
  count: rows,
  summary,
  complete,
  checks,
  nextToken,
}: Sweep) {
  return { accountId, region, scope, rows, ...summary, complete, checks, goesOn: nextToken !== null };
}

function count(metrics: Metrics, { lookup, sweep = null, problem }: Observation): void {
  const add = ({ name, dimension }: { name: string; dimension: string }, value: string, number = 1) =>
    metrics.singleMetric().addDimension(dimension, value).addMetric(name, MetricUnit.Count, number);
  if (problem !== null) add(names.problems, problem.code);
  if (lookup !== null) {
    const { identification, checks } = lookup;
    add(names.lookups, identification.verdict);
    if (identification.service !== null) add(names.services, identification.service.id);
    const throttled = checks.find(({ name }) => name === 'cloudtrail')?.throttled ?? 0;
    countChecks(metrics, identification.checks, throttled);
  }
  if (sweep !== null) {
    metrics.addMetric(names.sweeps.name, MetricUnit.Count, 1);
    for (const [verdict, number] of Object.entries(sweep.sweep.summary.verdicts))
      add(names.sweptEndpoints, verdict, number);
    countChecks(metrics, sweep.sweep.checks, sweep.throttled);
  }
}

function countChecks(metrics: Metrics, checks: readonly CheckReport[], throttled: number): void {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const { name, dimension } = names.failedChecks;
  for (const { check } of failed)
    metrics.singleMetric().addDimension(dimension, check).addMetric(name, MetricUnit.Count, 1);
  if (failed.length > 0) metrics.addMetric(name, MetricUnit.Count, failed.length);
  if (throttled > 0) metrics.addMetric(names.cloudTrailThrottled.name, MetricUnit.Count, throttled);
}

/** With IAM the ARN of the caller's session, with a token its subject. */
function callerOf({ requestContext }: APIGatewayProxyEventV2): string | null {
  const { authorizer } = requestContext as {
    authorizer?: { iam?: { userArn?: string }; jwt?: { claims?: Record<string, unknown> } };
  };
  const subject = authorizer?.jwt?.claims?.['sub'];
  return authorizer?.iam?.userArn ?? (typeof subject === 'string' ? subject : null);
}
