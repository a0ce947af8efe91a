import { MalformedAnswer } from './failure.ts';

type TokenKey = 'NextToken' | 'nextToken' | 'Marker';

/**
 * The lists of a paginator's pages, one after the other.
 *
 * Missing: an empty list. Errors: as the call throws them; an answer without the list, or one that hands out the
 * same token twice (the SDK would ask for that page for ever), is malformed, for neither is an absence.
 *
 * @param action the IAM action, for the error's text
 * @param key the member of each page that holds its list
 */
export async function* pages<Page extends object, Key extends keyof Page & string>(
  action: string,
  paginator: AsyncIterable<Page>,
  key: Key,
): AsyncGenerator<NonNullable<Page[Key]>> {
  const seen = new Set<string>();
  for await (const page of paginator) {
    const list = page[key];
    if (!Array.isArray(list)) throw new MalformedAnswer(`${action}: the answer has no ${key}`);
    yield list as NonNullable<Page[Key]>;
    const { NextToken, nextToken, Marker } = page as Partial<Record<TokenKey, string>>;
    const token = NextToken ?? nextToken ?? Marker;
    if (token === undefined) continue;
    if (seen.has(token)) throw new MalformedAnswer(`${action}: AWS handed out the same page token twice`);
    seen.add(token);
  }
}
