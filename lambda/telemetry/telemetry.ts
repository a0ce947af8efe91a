/** What operators see of a request: one structured log line, and metrics in CloudWatch's embedded format. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
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

function log(logger: Logger, { event, context, status, lookup, problem }: Observation): void {
  const { requestId, http } = event.requestContext;
  const line = {
    message: lookup === null ? (problem?.code ?? 'answered') : lookup.identification.verdict,
    requestId,
    functionRequestId: context.awsRequestId,
    caller: callerOf(event),
    method: http.method,
    path: event.rawPath,
    query: event.rawQueryString,
    status,
    ...(lookup === null ? {} : describeLookup(lookup)),
    ...(problem === null ? {} : { code: problem.code, detail: problem.message, ...problem.extra }),
  };
  if (problem?.code === 'internal-error') logger.error(line, problem.cause as Error);
  else if (status >= 500 || lookup?.identification.complete === false) logger.warn(line);
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

function count(metrics: Metrics, { lookup, problem }: Observation): void {
  const one = ({ name, dimension }: { name: string; dimension: string }, value: string) =>
    metrics.singleMetric().addDimension(dimension, value).addMetric(name, MetricUnit.Count, 1);
  if (problem !== null) one(names.problems, problem.code);
  if (lookup === null) return;
  const { identification, checks } = lookup;
  one(names.lookups, identification.verdict);
  if (identification.service !== null) one(names.services, identification.service.id);
  const failed = identification.checks.filter(({ outcome }) => outcome === 'failed');
  for (const { check } of failed) one(names.failedChecks, check);
  if (failed.length > 0) metrics.addMetric(names.failedChecks.name, MetricUnit.Count, failed.length);
  const throttled = checks.find(({ name }) => name === 'cloudtrail')?.throttled ?? 0;
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
