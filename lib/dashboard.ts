import { Aws, Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryWidget,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { deploymentDimension, metrics } from '../lambda/telemetry/metric-names.ts';
import type { Api } from './api.ts';
import { type Settings, stackName } from './settings.ts';

const period = Duration.minutes(5);
const sum = { statistic: 'Sum', period };
const columns = 3;
const height = 6;
/** What a dashboard is wide. */
const gridWidth = 24;

export function createDashboard(
  scope: Construct,
  settings: Settings,
  handler: IFunction,
  { api, accessLogs }: Api,
  alarms: readonly Alarm[],
): Dashboard {
  const name = stackName(settings);
  return new Dashboard(scope, 'Dashboard', {
    // Dashboards are the whole account's, not a Region's.
    dashboardName: `${name}-${Aws.REGION}`,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: gridWidth, height: 3 })],
      [
        graph('Answers by verdict', [search(name, metrics.lookups)]),
        graph('Answers by service', [search(name, metrics.services)]),
        graph('Errors by code', [search(name, metrics.problems)]),
      ],
      [
        graph('Failed checks', [search(name, metrics.failedChecks)]),
        graph('LookupEvents throttled', [ownCount(name, metrics.cloudTrailThrottled.name)]),
        graph('Requests', requests(api)),
      ],
      [
        graph('Endpoints of sweeps by verdict', [search(name, metrics.sweptEndpoints)]),
        graph('Sweeps', [ownCount(name, metrics.sweeps.name)]),
      ],
      ofFunction(handler),
      [refusals(accessLogs)],
    ],
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: gridWidth / columns, height });
}

function ownCount(name: string, metricName: string): Metric {
  return new Metric({
    namespace: metrics.namespace,
    metricName,
    dimensionsMap: { [deploymentDimension]: name },
    ...sum,
  });
}

function requests(api: Api['api']): Metric[] {
  const ofStage = { dimensionsMap: { ApiId: api.apiId, Stage: '$default' }, ...sum };
  return [
    api.metricCount({ ...ofStage, label: 'all' }),
    api.metricClientError({ ...ofStage, label: '4xx' }),
    api.metricServerError({ ...ofStage, label: '5xx' }),
  ];
}

function ofFunction(handler: IFunction): GraphWidget[] {
  const durations = ['p50', 'p95', 'p99'].map((statistic) =>
    handler.metricDuration({ statistic, period, label: statistic }),
  );
  const calls = [handler.metricInvocations(sum), handler.metricErrors(sum), handler.metricThrottles(sum)];
  const running = handler.metric('ConcurrentExecutions', { statistic: 'Maximum', period });
  return [
    graph('Duration (ms)', durations),
    graph('Function', calls),
    graph('Running at the same time', [running]),
  ];
}

function refusals({ logGroupName }: Api['accessLogs']): LogQueryWidget {
  return new LogQueryWidget({
    title: 'Requests that were refused or failed',
    logGroupNames: [logGroupName],
    queryLines: [
      'fields @timestamp, status, method, path, callerArn, authorizerError, integrationError, requestId',
      'filter status >= 400',
      'sort @timestamp desc',
      'limit 50',
    ],
    width: gridWidth,
    height,
  });
}

/** One line for each value of the dimension, known or not. */
function search(
  deployment: string,
  { name, dimension }: { name: string; dimension: string },
): MathExpression {
  const schema = `{${metrics.namespace},${deploymentDimension},${dimension}}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${name}" ${deploymentDimension}="${deployment}"', 'Sum', ${period.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period,
  });
}
