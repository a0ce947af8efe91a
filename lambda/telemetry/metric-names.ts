/**
 * The names that the function writes its metrics under (CloudWatch's embedded metric format) and that the alarms and
 * the dashboard read. Imports nothing: the function may import it.
 */

/** Of every metric: the deployment, so that stages in one account do not add up. Powertools gives it by this name. */
export const deploymentDimension = 'service';

export const metrics = {
  namespace: 'vpce-owner',
  /** One for each answer, by `verdict`. */
  lookups: { name: 'Lookups', dimension: 'verdict' },
  /** One for each answer that names a service, by that service. */
  services: { name: 'Lookups', dimension: 'owningService' },
  /** One for each sweep. */
  sweeps: { name: 'Sweeps' },
  /** One for each endpoint that a sweep answered, by `verdict`. */
  sweptEndpoints: { name: 'SweptEndpoints', dimension: 'verdict' },
  /** One for each error that was answered, by its `code`. */
  problems: { name: 'Problems', dimension: 'code' },
  /**
   * One for each check that failed, by `check`, and once more without it: an alarm can neither search nor add up
   * dimensions that it does not know.
   */
  failedChecks: { name: 'FailedChecks', dimension: 'check' },
  /** One for each LookupEvents request that AWS throttled. */
  cloudTrailThrottled: { name: 'CloudTrailThrottled' },
} as const;

/** The alarms, by the word that ends their name; each has a section in the runbook. */
export const alarmIds = [
  'function-errors',
  'function-throttles',
  'function-duration',
  'api-server-errors',
  'failed-checks',
  'cloudtrail-throttled',
] as const;

export type AlarmId = (typeof alarmIds)[number];
