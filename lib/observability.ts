/** Alarms and the dashboard. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type AlarmId, deploymentDimension, metrics } from '../lambda/telemetry/metric-names.ts';
import type { Api } from './api.ts';
import { type Settings, stackName } from './settings.ts';

interface AlarmRule {
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods in a row that the threshold is reached. Default 1. */
  readonly periods?: number;
  readonly description: string;
}

/** A quarter of an hour: few ask, and what went wrong once for one of them counts. */
const often = Duration.minutes(15);
const soon = Duration.minutes(5);

/** p95 this near to the deadline: answers begin to come without all of their checks. */
const slowShare = 0.8;

export function createAlarms(
  scope: Construct,
  settings: Settings,
  handler: IFunction,
  { api }: Api,
): readonly Alarm[] {
  const slowSeconds = Math.round(settings.deadlineSeconds * slowShare * 10) / 10;
  const rules: Record<AlarmId, AlarmRule> = {
    'function-errors': {
      metric: handler.metricErrors({ period: soon, statistic: 'Sum' }),
      threshold: 1,
      description:
        'The function crashed, ran out of memory or of time: it answers every error of its own itself.',
    },
    'function-throttles': {
      metric: handler.metricThrottles({ period: soon, statistic: 'Sum' }),
      threshold: 1,
      description:
        'Lambda refused to run the function: its reserved concurrency, or the account, is used up.',
    },
    'function-duration': {
      metric: handler.metricDuration({ period: soon, statistic: 'p95' }),
      threshold: slowSeconds * 1000,
      periods: 3,
      description: `One answer in 20 takes ${slowSeconds} s of the ${settings.deadlineSeconds} s after which checks are cut off.`,
    },
    'api-server-errors': {
      metric: api.metricServerError({
        period: soon,
        statistic: 'Sum',
        dimensionsMap: { ApiId: api.apiId, Stage: '$default' },
      }),
      threshold: 3,
      description: 'Callers got 5xx: EC2 would not describe the endpoint, or the function is broken.',
    },
    'failed-checks': {
      metric: ownMetric(settings, metrics.failedChecks.name, { period: often }),
      threshold: 1,
      description: 'Answers are incomplete: a service refused, throttled or did not answer in time.',
    },
    'cloudtrail-throttled': {
      metric: ownMetric(settings, metrics.cloudTrailThrottled.name, { period: often }),
      /** Two a second for the whole account: to be throttled now and then is normal, and retried. */
      threshold: 20,
      description:
        'CloudTrail throttles LookupEvents; somebody in the account uses up its two requests a second.',
    },
  };

  const actions =
    settings.alarmTopicArn === null
      ? []
      : [new SnsAction(Topic.fromTopicArn(scope, 'AlarmTopic', settings.alarmTopicArn))];
  return Object.entries(rules).map(([id, { metric, threshold, periods = 1, description }]) => {
    const alarm = new Alarm(scope, `Alarm-${id}`, {
      alarmName: `${stackName(settings)}-${id}`,
      alarmDescription: `${description} Runbook: docs/runbook.md#${id}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...actions);
    alarm.addOkAction(...actions);
    return alarm;
  });
}

/** What the function counts by itself, summed over the whole deployment. */
function ownMetric(settings: Settings, metricName: string, options: MetricOptions): Metric {
  return new Metric({
    namespace: metrics.namespace,
    metricName,
    dimensionsMap: { [deploymentDimension]: stackName(settings) },
    statistic: 'Sum',
    ...options,
  });
}
