import { createHmac, randomBytes } from 'node:crypto';
import type { AwsError } from './protocols/protocol.ts';

export interface PageRequest {
  /** How many items at most; undefined: all. */
  readonly size: number | undefined;
  readonly token: string | undefined;
  /** All that must be the same when the next page is asked for. */
  readonly fingerprint: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export type Pager = <T>(items: readonly T[], request: PageRequest) => Page<T> | undefined;

/** Pages with opaque tokens, good only for the request that they were given to; undefined when a token is not. */
export function createPager(): Pager {
  const key = randomBytes(32);
  const sign = (offset: number, fingerprint: string): string =>
    createHmac('sha256', key).update(`${offset} ${fingerprint}`).digest('base64');
  const write = (offset: number, fingerprint: string): string =>
    Buffer.from(`${offset} ${sign(offset, fingerprint)}`).toString('base64');
  const read = (token: string, fingerprint: string): number | undefined => {
    const offset = Number.parseInt(Buffer.from(token, 'base64').toString(), 10);
    return Number.isNaN(offset) || token !== write(offset, fingerprint) ? undefined : offset;
  };

  return (items, { size = items.length, token, fingerprint }) => {
    const start = token === undefined ? 0 : read(token, fingerprint);
    if (start === undefined) return undefined;
    const end = start + size;
    const page = { items: items.slice(start, end) };
    return end < items.length ? { ...page, nextToken: write(end, fingerprint) } : page;
  };
}

const repeatedToken = Buffer.from('the same token again and again').toString('base64');

/** A service at fault that gives the same token with every page, and the first page for it. */
export const repeatFirstPage: Pager = (items, { size }) => ({
  items: items.slice(0, size),
  nextToken: repeatedToken,
});

/** A service at fault whose list has no end: behind the first page nothing, and always another token. */
export const emptyPagesForEver: Pager = (items, { size, token }) => {
  const page = token === undefined ? 1 : Number(Buffer.from(token, 'base64').toString()) + 1;
  return {
    items: page === 1 ? items.slice(0, size) : [],
    nextToken: Buffer.from(String(page)).toString('base64'),
  };
};

/** A service at fault that promises a second page, and fails when it is asked for. */
export function failAfterFirstPage(firstPageItems: number | undefined, failure: AwsError): Pager {
  return (items, { size, token }) => {
    if (token !== undefined) throw failure;
    return { items: items.slice(0, firstPageItems ?? size), nextToken: repeatedToken };
  };
}
