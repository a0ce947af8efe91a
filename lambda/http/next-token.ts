/**
 * What a sweep goes on with: the last endpoint that was answered and its Region, sealed. It leads on only with the request that it came
 * from, for an hour, and in every instance that has the key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem.ts';

/** A caller who has not gone on by then begins again: endpoints come and go. */
const validMs = 3_600_000;

export interface Position {
  /** The last endpoint that was answered. */
  readonly after: string;
  readonly region: string;
}

export interface NextTokens {
  /** @param request whatever must be the same when it goes on */
  readonly seal: (position: Position, request: unknown, now: Date) => string;
  /** Errors: a `Problem` for a token of another request, or one too old */
  readonly open: (token: string, asked: Asked) => Position;
}

interface Asked {
  readonly request: unknown;
  /** Those that the request may be about: whoever has the key could name any other. */
  readonly regions: readonly { readonly region: string }[];
  readonly now: Date;
}

export function nextTokens(key: string): NextTokens {
  const sign = (content: string, request: unknown) =>
    createHmac('sha256', key)
      .update(JSON.stringify([content, request]))
      .digest();
  return {
    seal: ({ after, region }, request, now) => {
      const content = Buffer.from(`${after} ${region} ${now.getTime() + validMs}`).toString('base64url');
      return `${content}.${sign(content, request).toString('base64url')}`;
    },
    open: (token, { request, regions, now }) => {
      const [content = '', signature = ''] = token.split('.');
      const signed = Buffer.from(signature, 'base64url');
      const own = sign(content, request);
      const isOwn = signed.length === own.length && timingSafeEqual(signed, own);
      const [after = '', region = '', until] = Buffer.from(content, 'base64url').toString().split(' ');
      if (!isOwn || !regions.some((asked) => asked.region === region))
        throw new Problem(
          'invalid-next-token',
          'Expected nextToken to be that of the last answer to this very request; got one that is not. Ask without it to begin again.',
        );
      if (Number(until) >= now.getTime()) return { after, region };
      throw new Problem(
        'expired-next-token',
        'Expected nextToken to be less than an hour old; it is older. Ask without it to begin again.',
      );
    },
  };
}
