/** What several resolvers do in the same way. */
import { MalformedAnswer } from '../aws/failure.ts';
import type { Items, Resource } from '../model.ts';
import { limitConcurrency } from '../time/limit.ts';

/** @returns the name of a resource; a list item without one cannot be told from any other. */
export function required(name: string | undefined, action: string): string {
  if (!name) throw new MalformedAnswer(`${action}: a resource came without its name`);
  return name;
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
 */
export async function describeEach(
  names: readonly string[],
  describe: (name: string) => Promise<Resource>,
): Promise<Items> {
  const inTurn = limitConcurrency(describesAtOnce);
  const giveUp = new AbortController();
  let failures = 0;
  const tried = names.map((name) =>
    inTurn(giveUp.signal, () => describe(name)).catch((error: unknown) => {
      failures += 1;
      if (failures === mostFailures) giveUp.abort(error);
      return { error };
    }),
  );
  return Promise.all(tried);
}

/**
 * Listed, and not found when it is described: deleted meanwhile, hidden by a policy, or in another account that shares it.
 * One of these is a live owner, so it is no absence.
 */
export function listedButNotFound(action: string, name: string): MalformedAnswer {
  return new MalformedAnswer(`${action}: ${name} is listed, but was not found when it was described`);
}

/** Values that are there; AWS sends empty text for some that are not. */
export function present(...values: readonly (string | null | undefined)[]): readonly string[] {
  return values.flatMap((value) => value || []);
}
