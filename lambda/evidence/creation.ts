/**
 * A record of CloudTrail, read as the creation of an endpoint. Pure.
 *
 * Source: the record names its creator in several places, and the tags that the endpoint was made with. No service-made
 * record has been published: all of it is read as a claim, in any of the shapes that EC2's XML takes in CloudTrail's JSON.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { isIP } from 'node:net';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Creation } from '../model/model.ts';
import { actsForOthers, isEc2, servicePrincipal } from './principals.ts';

/** Whether the record names a service at all. One that does not is a person's call, and no evidence of an owner. */
export function namesService({ principal, claimedBy, roleName }: Creation): boolean {
  return principal !== null || claimedBy.length > 0 || isServiceLinked(roleName);
}

/**
 * Only EC2's own record is the creation. OpenSearch Service and OpenSearch Serverless have an operation of the same
 * name: their record is what that service claims, and nothing else is read from it.
 *
 * @returns `null` for other calls, failed calls and the creation of other endpoints
 */
export function readCreation(event: Event, vpcEndpointId: string): Creation | null | 'unreadable' {
  const record = parse(event.CloudTrailEvent);
  const name = string(at(record, 'eventName')) ?? event.EventName ?? null;
  if (record === null || name === null) return 'unreadable';
  const response = at(record, 'responseElements');
  if (name !== 'CreateVpcEndpoint' || at(record, 'errorCode') != null || response === null) return null;
  const source = servicePrincipal(string(at(record, 'eventSource')) ?? event.EventSource);
  if (source === null) return 'unreadable';
  if (isEc2(source)) return readEc2(event, record, vpcEndpointId);
  if (actsForOthers(source)) return 'unreadable';
  return isAbout(event, response, vpcEndpointId) ? claimOf(event, source) : null;
}

function readEc2(event: Event, record: unknown, vpcEndpointId: string): Creation | null | 'unreadable' {
  const made = at(record, 'responseElements', 'CreateVpcEndpointResponse', 'vpcEndpoint');
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
    principal: creatorOf(record),
    roleName: roleOf(identity),
    sessionNames: distinct([
      event.Username,
      string(at(identity, 'userName')),
      string(at(identity, 'arn'))?.split('/').at(-1),
      string(at(identity, 'principalId'))?.split(':').at(-1),
    ]),
    tags: { ...tagsOf(list(at(made, 'tagSet', 'item'))), ...tagsOf(requested) },
    claimedBy: [],
  };
}

function claimOf(event: Event, source: string): Creation {
  return {
    eventTime: event.EventTime ?? null,
    principal: null,
    roleName: null,
    sessionNames: [],
    tags: {},
    claimedBy: [source],
  };
}

/** The event was found by the endpoint's id, so it is about this endpoint unless its answer names another one. */
function isAbout(event: Event, response: unknown, vpcEndpointId: string): boolean {
  const answered = [
    string(at(response, 'createVpcEndpointDetail', 'id')),
    string(at(response, 'vpcEndpoint', 'vpcEndpointId')),
    string(at(response, 'CreateVpcEndpointResponse', 'vpcEndpoint', 'vpcEndpointId')),
  ].flatMap((id) => id?.toLowerCase() ?? []);
  // OpenSearch Service calls its own endpoints `aos-…`.
  const ids = answered.filter((id) => id.startsWith('vpce-'));
  return ids.length === 0 || ids.includes(vpcEndpointId) || resourceOf(event, vpcEndpointId) !== null;
}

/** What CloudTrail itself says the event is about, for a record that has lost its answer. */
function resourceOf({ Resources = [] }: Event, vpcEndpointId: string): string | null {
  const named = Resources.some(({ ResourceName }) => ResourceName?.toLowerCase() === vpcEndpointId);
  return named ? vpcEndpointId : null;
}

/**
 * The service that made the call. The first principal decides: a service that acts for a person is followed by nobody
 * who made the endpoint. A client writes its user agent itself, so beside a client's address it says nothing.
 */
function creatorOf(record: unknown): string | null {
  const source = string(at(record, 'sourceIPAddress'));
  const principal =
    servicePrincipal(string(at(record, 'userIdentity', 'invokedBy'))) ??
    servicePrincipal(source) ??
    (isIP(source ?? '') === 0 ? servicePrincipal(string(at(record, 'userAgent'))) : null);
  return principal === null || actsForOthers(principal) ? null : principal;
}

/** The role's name. One that a customer gave a service-linked role's name is told by its ARN, which has another path. */
function roleOf(identity: unknown): string | null {
  const issuer = at(identity, 'sessionContext', 'sessionIssuer');
  const name = string(at(issuer, 'userName'));
  const arn = string(at(issuer, 'arn')) ?? '';
  if (isServiceLinked(name) && /:role\/(?!aws-service-role\/)/.test(arn)) return arn;
  return name ?? linkedRoleOf(arn) ?? linkedRoleOf(string(at(identity, 'arn')) ?? '');
}

/**
 * `arn:…:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS` or `arn:…:assumed-role/AWSServiceRoleForRDS/…`,
 * should the role's name be missing. A session or a user may be called the same, and stands elsewhere in its ARN.
 */
function linkedRoleOf(arn: string): string | null {
  const [, name] =
    /:(?:role\/aws-service-role\/[^/]+|assumed-role)\/(AWSServiceRoleFor\w+)(?:\/|$)/.exec(arn) ?? [];
  return name ?? null;
}

function isServiceLinked(roleName: string | null): boolean {
  return roleName?.startsWith('AWSServiceRoleFor') ?? false;
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
