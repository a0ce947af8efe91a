/** What several resolvers do in the same way. */
import { MalformedAnswer } from '../aws/failure.ts';
import type { Endpoint, Items, Resource } from '../model/model.ts';
import { limitConcurrency } from '../time/limit.ts';

/** @returns the name of a resource; a list item without one cannot be told from any other. */
export function required(name: string | undefined, action: string): string {
  if (!name) throw new MalformedAnswer(`${action}: a resource came without its name`);
  return name;
}

/** @returns the ids of a network, without which nothing tells what the resource can hold */
export function requiredIds(ids: readonly string[] | undefined, action: string): readonly string[] {
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw new MalformedAnswer(`${action}: a resource came without its subnets`);
}

/** Reads the items of a page, each by itself: one that came without what it needs does not hide the others. */
export function readItems<T>(items: readonly T[], read: (item: T) => Resource): Items {
  return items.map((item) => {
    try {
      return read(item);
    } catch (error) {
      return { error };
    }
  });
}

/** Describes in flight: lists that return names only cost a call for each. */
const describesAtOnce = 64;

/** A resource policy may hide a few; when so many of one page fail for one reason, the rest are not asked for. */
const mostFailures = 20;

/**
 * List, then describe each: the resources of one page, in its order. One that may not be described does not hide the
 * others; where many may not, none is asked for any more.
 *
 * What is listed and then not found was deleted meanwhile, is hidden by a policy, or is another account's that shares it.
 * One of these is a live owner, so it is no absence.
 *
 * @param action of the calls that describe, which return nothing for what does not exist
 */
export async function describeEach(
  action: string,
  names: readonly string[],
  describe: (name: string) => Promise<Resource | undefined>,
): Promise<Items> {
  const inTurn = limitConcurrency(describesAtOnce);
  const giveUp = new AbortController();
  let failures = 0;
  const describeOne = async (name: string): Promise<Resource> => {
    const resource = await describe(name);
    if (resource !== undefined) return resource;
    throw new MalformedAnswer(`${action}: ${name} is listed, but was not found when it was described`);
  };
  const tried = names.map((name) =>
    inTurn(giveUp.signal, () => describeOne(name)).catch((error: unknown) => {
      failures += 1;
      if (failures === mostFailures) giveUp.abort(error);
      return { error };
    }),
  );
  return Promise.all(tried);
}

/** The one error that means absence; every other one passes. */
export function absent(name: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as Error).name === name) return undefined;
    throw error;
  };
}

/** The state of a resource whose list does not say where its endpoints are. */
export function unsettled(reason: string, status: string | undefined): { readonly unsure: string } {
  return { unsure: `${reason} (${status ?? 'status unknown'})` };
}

/** Values that are there; AWS sends empty text for some that are not. */
export function present(...values: readonly (string | null | undefined)[]): readonly string[] {
  return values.flatMap((value) => value || []);
}

/** A time in ISO 8601, or in milliseconds since 1970; what is neither says nothing. */
export function dateOf(time: string | number | undefined): Date | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A time in seconds since 1970, as REST-JSON has it where a client of our own leaves it as it is. */
export function dateOfSeconds(seconds: number | undefined): Date | undefined {
  return dateOf(1000 * (seconds ?? Number.NaN));
}

/** Some APIs allow more than EC2 uses: an id of another form would tell nothing. */
export function isIdOfEc2(id: string | undefined): boolean {
  return /^vpce-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i.test(id ?? '');
}

/** How many endpoints, beside this one, the resource lists as its own. */
export function otherEndpoints({ shows }: Resource, endpoint: Endpoint): number {
  return (shows.endpointIds ?? []).filter((other) => other.toLowerCase() !== endpoint.id).length;
}

/** What a removal takes beside the endpoint that is asked about. */
export function withOthers(resource: Resource, endpoint: Endpoint): readonly string[] {
  const others = otherEndpoints(resource, endpoint);
  if (others === 0) return [];
  return [others === 1 ? 'One more endpoint goes with it.' : `${others} more endpoints go with it.`];
}

/** The host of an address, which services write with a scheme, a port or a path, or bare. */
export function hostOf(address: string): string {
  return address.replace(/^[a-z0-9+.-]+:\/\//i, '').replace(/[:/?#].*$/, '');
}
