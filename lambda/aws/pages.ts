import { MalformedAnswer } from './failure.ts';

type TokenKey = 'NextToken' | 'nextToken' | 'Marker';

/** A page takes AWS 25 ms at least, and a lookup has 25 s. */
const mostPages = 1_000;
/** AWS may filter a page empty, and say that there are more; a list that is nothing else has no end. */
const mostEmptyPages = 100;

/**
 * The lists of a paginator's pages, one after the other.
 *
 * Missing: an empty list. Errors: as the call throws them; an answer without the list, or a list without an end (the
 * same token twice, or ever new ones), is malformed, for neither is an absence.
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
  let empty = 0;
  for await (const page of paginator) {
    const list = page[key];
    if (!Array.isArray(list)) throw new MalformedAnswer(`${action}: the answer has no ${key}`);
    yield list as NonNullable<Page[Key]>;
    const { NextToken, nextToken, Marker } = page as Partial<Record<TokenKey, string>>;
    const token = NextToken ?? nextToken ?? Marker;
    if (!token) continue;
    if (seen.has(token)) throw new MalformedAnswer(`${action}: AWS handed out the same page token twice`);
    seen.add(token);
    empty = list.length === 0 ? empty + 1 : 0;
    if (empty === mostEmptyPages)
      throw new MalformedAnswer(`${action}: given up after ${empty} empty pages in a row`);
    if (seen.size === mostPages) throw new MalformedAnswer(`${action}: given up after ${mostPages} pages`);
  }
}

/** For an operation whose client has no paginator: page after page, until one has no token. An empty token is none. */
export async function* pageByPage<Page extends object>(
  ask: (nextToken: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let token: string | undefined, first = true; first || token; first = false) {
    const page = await ask(token);
    yield page;
    const { NextToken, nextToken } = page as Partial<Record<TokenKey, string>>;
    token = NextToken ?? nextToken;
  }
}
