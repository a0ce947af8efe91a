/** What API Gateway does before the function is called, where the authorizer is AWS_IAM: checks the signature. */
import { createHash, createHmac } from 'node:crypto';
import type { Handler } from '../../lambda/http/handler.ts';

export const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'session+token/with=signs',
};

/**
 * Written from the description of Signature Version 4, and not with what signs here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function behindSignature(region: string, handler: Handler): Handler {
  return async (event, context) => {
    const { authorization = '', 'x-amz-date': time = '', 'x-amz-security-token': token } = event.headers;
    const [, scope, names = '', signature] =
      /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        authorization,
      ) ?? [];
    const scopes = [time.slice(0, 8), region, 'execute-api', 'aws4_request'];
    const canonicalRequest = [
      event.requestContext.http.method,
      event.rawPath.split('/').map(encode).join('/'),
      canonicalQuery(event.rawQueryString),
      ...names.split(';').map((name) => `${name}:${event.headers[name]?.trim()}`),
      '',
      names,
      createHash('sha256').update('').digest('hex'),
    ].join('\n');
    const text = ['AWS4-HMAC-SHA256', time, scopes.join('/'), sha256(canonicalRequest)].join('\n');
    const key = scopes.reduce<string | Buffer>(hmac, `AWS4${credentials.AWS_SECRET_ACCESS_KEY}`);
    const signed =
      scope === [credentials.AWS_ACCESS_KEY_ID, ...scopes].join('/') &&
      names.split(';').includes('host') &&
      token === credentials.AWS_SESSION_TOKEN &&
      signature === hmac(key, text).toString('hex');
    return signed ? handler(event, context) : { statusCode: 403, body: '{"message":"Forbidden"}' };
  };
}

/** As AWS sees it, however it was written: each name and value decoded and encoded again, in order of their names. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => pair.split('=').map((part) => encode(decodeURIComponent(part))))
    .sort(([left = ''], [right = '']) => (left < right ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
