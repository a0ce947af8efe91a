/**
 * Who made the endpoint, from CloudTrail's event history.
 *
 * Source: LookupEvents by the endpoint's id; the CreateVpcEndpoint record names its creator in several places, and the
 * tags that the endpoint was made with. No service-made record has been published: all of it is read as a claim, in
 * any of the shapes that EC2's XML takes in CloudTrail's JSON.
 * Cost: one call per 50 events until the creation is found, two calls a second for the whole account and Region.
 * Missing: an endpoint older than 90 days, or minutes old. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Aws } from '../aws/clients.ts';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { lastUsed } from '../last-used.ts';

const sdk = () => import('./sdk/cloudtrail.ts');

/** CloudTrail's event history goes back this far. */
export const lookbackDays = 90;
/** Events come within about 5 minutes, without a guarantee; older documentation says 15. */
export const deliveryMinutes = 15;

export interface Creation {
  readonly eventTime: Date | null;
  /** The creating service's principal, `rds.amazonaws.com`; `null` when a person's own call made the endpoint. */
  readonly principal: string | null;
  /** `AWSServiceRoleForRDS`, or a customer's role. */
  readonly roleName: string | null;
  /** Session and user names, wherever the record has them: `RDSSlrAssumptionSession`. */
  readonly sessionNames: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Some megabytes at most: a creation is its tags and a few names. */
const mostRemembered = 1_000;

export type FindCreation = (aws: Aws, region: string, vpcEndpointId: string) => Promise<Creation | null>;

/**
 * `findCreation` with a memory for the life of the instance. An event never changes, and the id of an endpoint is not
 * used again. That there is no event is not remembered: it may still come.
 */
export function rememberCreations(): FindCreation {
  const known = lastUsed<Creation>(mostRemembered);
  return async (aws, region, vpcEndpointId) => {
    const key = `${region} ${vpcEndpointId}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const creation = await findCreation(aws, vpcEndpointId);
    if (creation !== null) known.set(key, creation);
    return creation;
  };
}

/** @returns `null` when the history has no successful creation of this endpoint */
export async function findCreation(aws: Aws, vpcEndpointId: string): Promise<Creation | null> {
  const { client, paginateLookupEvents } = await aws(sdk);
  const events = paginateLookupEvents(
    { client },
    { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: vpcEndpointId }] },
  );
  let unreadable = false;
  for await (const page of pages('cloudtrail:LookupEvents', events, 'Events')) {
    for (const event of page) {
      if (event.EventName !== undefined && event.EventName !== 'CreateVpcEndpoint') continue;
      const creation = readCreation(event, vpcEndpointId);
      if (creation === 'unreadable') unreadable = true;
      else if (creation !== null) return creation;
    }
  }
  if (unreadable) throw new MalformedAnswer('cloudtrail:LookupEvents: the creation event could not be read');
  return null;
}

/** @returns `null` for other calls, failed calls and the creation of other endpoints */
export function readCreation(event: Event, vpcEndpointId: string): Creation | null | 'unreadable' {
  const record = parse(event.CloudTrailEvent);
  const name = string(at(record, 'eventName')) ?? event.EventName ?? null;
  if (record === null || name === null) return 'unreadable';
  const response = at(record, 'responseElements');
  if (name !== 'CreateVpcEndpoint' || at(record, 'errorCode') != null || response === null) return null;
  const made = at(response, 'CreateVpcEndpointResponse', 'vpcEndpoint');
  const madeId = string(at(made, 'vpcEndpointId')) ?? resourceOf(event, vpcEndpointId);
  if (madeId === null) return 'unreadable';
  if (madeId.toLowerCase() !== vpcEndpointId) return null;

  const identity = at(record, 'userIdentity');
  const request = at(record, 'requestParameters', 'CreateVpcEndpointRequest');
  const requested = list(at(request, 'TagSpecification')).flatMap((specification) =>
    list(at(specification, 'Tag')),
  );
  return {
    eventTime: event.EventTime ?? null,
    principal:
      servicePrincipal(at(identity, 'invokedBy')) ??
      servicePrincipal(at(record, 'sourceIPAddress')) ??
      servicePrincipal(at(record, 'userAgent')),
    roleName: string(at(identity, 'sessionContext', 'sessionIssuer', 'userName')) ?? serviceRoleOf(identity),
    sessionNames: distinct([
      event.Username,
      string(at(identity, 'userName')),
      string(at(identity, 'arn'))?.split('/').at(-1),
      string(at(identity, 'principalId'))?.split(':').at(-1),
    ]),
    tags: { ...tagsOf(list(at(made, 'tagSet', 'item'))), ...tagsOf(requested) },
  };
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** @returns why CloudTrail cannot know any more, or `null` */
export function tooOld(createdAt: Date | null, now: Date): string | null {
  const age = createdAt === null ? 0 : now.getTime() - createdAt.getTime();
  if (age <= lookbackDays * dayMs) return null;
  return `the endpoint is ${Math.floor(age / dayMs)} days old, and CloudTrail's event history keeps ${lookbackDays}`;
}

/** @returns why CloudTrail may not know yet, or `null` */
export function tooYoung(createdAt: Date | null, now: Date): string | null {
  const age = createdAt === null ? Infinity : now.getTime() - createdAt.getTime();
  if (age >= deliveryMinutes * minuteMs) return null;
  const minutes = Math.max(0, Math.floor(age / minuteMs));
  return `the endpoint is ${minutes} minutes old, and CloudTrail delivers events up to ${deliveryMinutes} minutes late`;
}

/** What CloudTrail itself says the event is about, for a record that has lost its answer. */
function resourceOf({ Resources = [] }: Event, vpcEndpointId: string): string | null {
  const named = Resources.some(({ ResourceName }) => ResourceName?.toLowerCase() === vpcEndpointId);
  return named ? vpcEndpointId : null;
}

/** `arn:…:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`, should the user name be missing. */
function serviceRoleOf(identity: unknown): string | null {
  const issuer =
    string(at(identity, 'sessionContext', 'sessionIssuer', 'arn')) ?? string(at(identity, 'arn')) ?? '';
  return /AWSServiceRoleFor\w+/.exec(issuer)?.[0] ?? null;
}

function servicePrincipal(value: unknown): string | null {
  const name = string(value)?.toLowerCase() ?? '';
  return /^[a-z0-9.-]+\.(amazonaws|amazon)\.com(\.cn)?$/.test(name) ? name : null;
}

/** Values come as text, boolean or number; keys in the request's or the response's spelling. */
function tagsOf(items: readonly unknown[]): Record<string, string> {
  return Object.fromEntries(
    items.flatMap((item) => {
      const key = string(at(item, 'Key') ?? at(item, 'key'));
      return key === null ? [] : [[key, string(at(item, 'Value') ?? at(item, 'value')) ?? ''] as const];
    }),
  );
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return null;
  }
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** One element stands for itself where EC2's XML had a list of one; an empty list comes as `""`. */
function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? [value] : [];
}

function string(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : null;
}

function distinct(names: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(names.flatMap((name) => name || []))];
}
