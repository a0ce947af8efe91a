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
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { lastUsed } from '../last-used.ts';
import type { Creation, Endpoint } from '../model/model.ts';
import type { Actions, Aws } from '../model/service.ts';
import type { History } from '../model/world.ts';
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
  const claims: Creation[] = [];
  let creation: Creation | null = null;
  let unreadable = false;
  for await (const page of pages('cloudtrail:LookupEvents', events, 'Events')) {
    for (const event of page) {
      if (event.EventName !== undefined && event.EventName !== 'CreateVpcEndpoint') continue;
      const read = readCreation(event, id);
      if (read === 'unreadable') unreadable = true;
      else if (read !== null && read.claimedBy.length > 0) claims.push(read);
      else creation ??= read;
    }
    if (creation !== null) break;
  }
  if (creation === null && unreadable)
    throw new MalformedAnswer('cloudtrail:LookupEvents: the creation event could not be read');
  const found = creation ?? claims.at(-1);
  return found === undefined
    ? null
    : { ...found, claimedBy: [...new Set(claims.flatMap(({ claimedBy }) => claimedBy))] };
}

/** The part of the history in which the creation stands. */
function around(createdAt: Date | null): { StartTime: Date; EndTime: Date } | Record<string, never> {
  if (createdAt === null) return {};
  const time = createdAt.getTime();
  return {
    StartTime: new Date(time - windowMinutes * minuteMs),
    EndTime: new Date(time + windowMinutes * minuteMs),
  };
}
