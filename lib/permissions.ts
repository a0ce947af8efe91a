/** What the function may ask AWS: the union of what its code declares, no narrower and no wider. */
import { actions as ofEndpoint } from '../lambda/aws/endpoint.ts';
import { actions as ofEndpoints } from '../lambda/aws/endpoints.ts';
import { actions as ofInterface } from '../lambda/aws/interface.ts';
import { actions as ofInterfaces } from '../lambda/aws/interfaces.ts';
import { actions as ofCloudTrail } from '../lambda/evidence/cloudtrail.ts';
import type { Actions, Service } from '../lambda/model/service.ts';

export interface Permission {
  readonly action: string;
  readonly resources: Actions[string];
  /** `pipeline`, and the ids of the services that declare the action. */
  readonly calledBy: readonly string[];
}

type Caller = Pick<Service, 'id' | 'actions'>;

/** The calls that belong to no service: what describes the endpoint, its addresses and its creation. */
export const pipeline: Caller = {
  id: 'pipeline',
  actions: { ...ofEndpoint, ...ofEndpoints, ...ofInterface, ...ofInterfaces, ...ofCloudTrail },
};

/** What the function writes: its own log and its own traces. */
export const telemetryActions = {
  log: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  traces: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
} as const;

const reading = /^[a-z0-9-]+:(Describe|List|Get|BatchGet|Lookup)[A-Z][A-Za-z0-9]*$/;

/** Errors: an action that may write, with a sentence that ends the synthesis. */
export function permissionsOf(services: readonly Caller[]): readonly Permission[] {
  const permissions = new Map<string, Permission>();
  for (const { id, actions } of [pipeline, ...services]) {
    for (const [action, resources] of Object.entries(actions)) {
      if (!reading.test(action)) {
        throw new Error(
          `${action}, which ${id} declares, may write: expected SERVICE:Describe…, List…, Get…, BatchGet… or Lookup…`,
        );
      }
      const known = permissions.get(action);
      permissions.set(action, {
        action,
        resources: known === undefined ? resources : both(known.resources, resources),
        calledBy: [...(known?.calledBy ?? []), id],
      });
    }
  }
  return [...permissions.values()].sort((left, right) => (left.action < right.action ? -1 : 1));
}

/** The ARNs of a permission in one Region, or `*`. */
export function arnsOf(
  { resources }: Pick<Permission, 'resources'>,
  place: { readonly partition: string; readonly region: string; readonly account: string },
): readonly string[] {
  if (resources === 'anything') return ['*'];
  const { partition, region } = place;
  const arns = resources.map(
    ([service, resource, account = place.account]) =>
      `arn:${partition}:${service}:${region}:${account}:${resource}`,
  );
  return [...new Set(arns)];
}

function both(left: Actions[string], right: Actions[string]): Actions[string] {
  return left === 'anything' || right === 'anything' ? 'anything' : [...left, ...right];
}
