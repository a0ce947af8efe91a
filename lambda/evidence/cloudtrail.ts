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
import type { Aws } from '../aws/clients.ts';
import { MalformedAnswer } from '../aws/failure.ts';
import { pages } from '../aws/pages.ts';
import { lastUsed } from '../last-used.ts';
import { type Creation, readCreation } from './creation.ts';

export type { Creation } from './creation.ts';

/** CloudTrail's event history goes back this far. */
export const lookbackDays = 90;
/** Events come within about 5 minutes, without a guarantee; older documentation says 15. */
export const deliveryMinutes = 15;
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

export type FindCreation = (aws: Aws, region: string, endpoint: Sought) => Promise<Creation | null>;

/**
 * `findCreation` with a memory for the life of the instance. An event never changes, and the id of an endpoint is not
 * used again. That there is no event is not remembered: it may still come.
 */
export function rememberCreations(): FindCreation {
  const known = lastUsed<Creation>(mostRemembered);
  return async (aws, region, endpoint) => {
    const key = `${region} ${endpoint.id}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const creation = await findCreation(aws, endpoint);
    if (creation !== null) known.set(key, creation);
    return creation;
  };
}

/** @returns `null` when the history has no successful creation of this endpoint, and no service that claims it */
export async function findCreation(aws: Aws, { id, createdAt }: Sought): Promise<Creation | null> {
  const { client, paginateLookupEvents } = await aws('cloudtrail');
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
