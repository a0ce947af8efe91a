/** Requests to a deployed API, as docs/call.md has them: signed with the caller's credentials, or with a token. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { ownRegion } from './caller.ts';

export interface Api {
  /** Ends in a slash. */
  readonly url: URL;
  readonly token: string | undefined;
}

/** API Gateway's HTTP APIs give up at 30 s. */
const timeoutMs = 35_000;

/**
 * @param path without the slash that it begins with, encoded
 * @throws what `fetch` throws; no redirect is followed, for it would take the token or the question elsewhere
 */
export type AskApi = (path: string, query: URLSearchParams, accept?: string) => Promise<Response>;

/** @param fallbackRegion for a host name that says none, where the caller's configuration has none either */
export function connectApi({ url, token }: Api, fallbackRegion?: string): AskApi {
  const credentials = defaultProvider();
  const { hostname } = url;
  const [, regionOfHost] = /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(hostname) ?? [];
  const sign = async (target: URL, query: URLSearchParams, headers: Record<string, string>) => {
    const region = regionOfHost ?? (await ownRegion(fallbackRegion));
    const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
    const names = [...new Set(query.keys())];
    const signed = await signer.sign({
      method: 'GET',
      protocol: target.protocol,
      hostname,
      path: target.pathname,
      query: Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
      headers: { ...headers, host: target.host },
    });
    return signed.headers;
  };

  return async (path, query, accept = 'application/json') => {
    const target = new URL(url);
    target.pathname += path;
    // A plus sign is a blank to some and itself to others, and a signature has to mean one of them.
    target.search = [...query].map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    const headers: Record<string, string> = { accept, 'user-agent': 'vpce-owner' };
    if (token === undefined) Object.assign(headers, await sign(target, query, headers));
    else headers['authorization'] = `Bearer ${token}`;
    const signal = AbortSignal.timeout(timeoutMs);
    return fetch(target, { headers, redirect: 'manual', signal });
  };
}

/** `fetch` says nothing but that it failed; the reason is in its cause. */
export function explain(error: unknown): string {
  const { message, cause } = error as Error;
  const { message: reason, code } = Object(cause) as NodeJS.ErrnoException;
  return reason || code || message;
}
