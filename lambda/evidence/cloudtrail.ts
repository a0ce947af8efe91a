/**
 * Who made the endpoint, from CloudTrail's event history.
 *
 * Source: LookupEvents by the endpoint's id, at the time of its creation.
 * Cost: one call per 50 events until the creation is found, two calls a second for the whole account and Region. Around
 * the creation there are few events; without its time the newest come first, and a tagger can fill many pages.
 * Missing: an endpoint older than 90 days, or minutes old. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import type { Event } from '@aws-sdk/client-cloudtrail';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { lastUsed } from '../last-used.ts';
import type { Creation, Endpoint } from '../model/model.ts';
import type { Actions, Aws } from '../model/service.ts';
import type { History, Remembered } from '../model/world.ts';
import { minuteMs, tooOld, tooYoung } from './age.ts';
import { namesService, readCreation } from './creation.ts';

const sdk = () => import('./sdk/cloudtrail.ts');

/** LookupEvents knows no resources. */
export const actions: Actions = { 'cloudtrail:LookupEvents': 'anything' };

/**
 * An event has the time at which EC2 had finished the call, in whole seconds: seconds from the endpoint's own time. The
 * call with which a service claims the endpoint comes minutes before it, or ends minutes after it.
 */
const windowMinutes = 15;

/** Some megabytes at most: a creation is its tags and a few names. */
const mostRemembered = 1_000;

/** What of an endpoint is needed to find its creation; a time that is unknown costs the whole history. */
export interface Sought {
  readonly id: string;
  readonly createdAt: Date | null;
}

/**
 * The history, with a memory for the life of the instance. An event never changes, and the id of an endpoint is not
 * used again. That there is no event is not remembered: it may still come.
 */
export function cloudTrailHistory(): History {
  const known = lastUsed<Creation>(mostRemembered);
  return {
    outOfReach: ({ createdAt }, now) => tooOld(createdAt, now),
    find: async (aws, region, endpoint) => {
      const key = `${region} ${endpoint.id}`;
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const creation = await findCreation(aws, endpoint);
      if (creation !== null) known.set(key, creation);
      return creation;
    },
    findAll: findCreations,
    note: whyNoEvidence,
  };
}

function whyNoEvidence({ createdAt }: Endpoint, creation: Creation | null, now: Date): string | null {
  if (creation === null) return tooYoung(createdAt, now);
  return namesService(creation) || Object.keys(creation.tags).length > 0
    ? null
    : "a person's own call made the endpoint: its record names no service";
}

/** @returns `null` when the history has no successful creation of this endpoint, and no service that claims it */
export async function findCreation(aws: Aws, { id, createdAt }: Sought): Promise<Creation | null> {
  const { client, paginateLookupEvents } = await aws(sdk);
  const events = paginateLookupEvents(
    { client },
    { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: id }], ...around(createdAt) },
  );
  const records = newRecords(id);
  for await (const page of pages('cloudtrail:LookupEvents', events, 'Events')) {
    for (const event of page) records.add(event);
    if (records.hasCreation()) break;
  }
  return records.creation();
}

/**
 * The creations of many endpoints, from all creations around theirs: 50 in a page, where each by itself would take a call.
 * One whose time is unknown is asked for by itself.
 *
 * @returns each as soon as its part of the history has been read. Errors: thrown as they come; the rest is not known then
 */
export async function* findCreations(aws: Aws, endpoints: readonly Endpoint[]): AsyncGenerator<Remembered> {
  for (const endpoint of endpoints.filter(({ createdAt }) => createdAt === null))
    yield { endpoint, creation: await findCreation(aws, endpoint) };
  const { client, paginateLookupEvents } = await aws(sdk);
  for (const group of madeTogether(endpoints)) {
    const sought = new Map(group.map((endpoint) => [endpoint.id, newRecords(endpoint.id)]));
    const [first, last] = [group[0]?.createdAt ?? null, group.at(-1)?.createdAt ?? null];
    const events = paginateLookupEvents(
      { client },
      {
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateVpcEndpoint' }],
        ...around(first, last),
      },
    );
    for await (const page of pages('cloudtrail:LookupEvents', events, 'Events'))
      for (const event of page) for (const id of idsIn(event)) sought.get(id)?.add(event);
    for (const endpoint of group) yield remembered(endpoint, sought.get(endpoint.id));
  }
}

function remembered(endpoint: Endpoint, records: ReturnType<typeof newRecords> | undefined): Remembered {
  try {
    return { endpoint, creation: records?.creation() ?? null };
  } catch (error) {
    return { endpoint, error };
  }
}

/** Endpoints whose parts of the history meet. */
function madeTogether(endpoints: readonly Endpoint[]): readonly (readonly Endpoint[])[] {
  const timeOf = ({ createdAt }: Endpoint) => createdAt?.getTime() ?? 0;
  const inOrder = endpoints
    .filter(({ createdAt }) => createdAt !== null)
    .sort((a, b) => timeOf(a) - timeOf(b));
  const groups: Endpoint[][] = [];
  for (const endpoint of inOrder) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last !== undefined && timeOf(endpoint) - timeOf(last) <= 2 * windowMinutes * minuteMs)
      group?.push(endpoint);
    else groups.push([endpoint]);
  }
  return groups;
}

function idsIn({ CloudTrailEvent = '', Resources = [] }: Event): readonly string[] {
  const text = [CloudTrailEvent, ...Resources.map(({ ResourceName = '' }) => ResourceName)].join(' ');
  return [...new Set(text.toLowerCase().match(/\bvpce-[0-9a-f]{8,17}\b/g))];
}

/** What the events say of one endpoint. */
function newRecords(id: string) {
  const claims: Creation[] = [];
  let creation: Creation | null = null;
  let unreadable = false;
  return {
    add: (event: Event): void => {
      if (event.EventName !== undefined && event.EventName !== 'CreateVpcEndpoint') return;
      const read = readCreation(event, id);
      if (read === 'unreadable') unreadable = true;
      else if (read !== null && read.claimedBy.length > 0) claims.push(read);
      else creation ??= read;
    },
    hasCreation: () => creation !== null,
    /** Errors: an event that may be the creation could not be read. */
    creation: (): Creation | null => {
      if (creation === null && unreadable)
        throw new MalformedAnswer('cloudtrail:LookupEvents: the creation event could not be read');
      const found = creation ?? claims.at(-1);
      return found === undefined
        ? null
        : { ...found, claimedBy: [...new Set(claims.flatMap(({ claimedBy }) => claimedBy))] };
    },
  };
}

/** The part of the history in which the creations stand that were made between these times. */
function around(
  first: Date | null,
  last = first,
): { StartTime: Date; EndTime: Date } | Record<string, never> {
  if (first === null || last === null) return {};
  return {
    StartTime: new Date(first.getTime() - windowMinutes * minuteMs),
    EndTime: new Date(last.getTime() + windowMinutes * minuteMs),
  };
}
