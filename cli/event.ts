/** What API Gateway and Lambda hand to the function, as far as an HTTP API's `$default` route sees them. */
import { randomUUID } from 'node:crypto';
import { partition } from '@aws-sdk/core/client';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** Where the function would run. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  /** Default: as long as API Gateway waits. */
  readonly timeoutMs?: number;
}

export interface Message {
  readonly method: string;
  /** The path with its query, as in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly httpVersion?: string;
  readonly sourceIp?: string;
  readonly body?: Buffer;
}

const functionName = 'vpce-owner';
const apiId = 'localhost00';
/** API Gateway's HTTP APIs give up at 30 s. */
export const timeoutMs = 30_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Payload 2.0 */
export function makeEvent(message: Message, { accountId, region }: Surroundings): APIGatewayProxyEventV2 {
  const { method, target, httpVersion = '1.1', sourceIp = '127.0.0.1', body = Buffer.alloc(0) } = message;
  const [path = '', ...query] = target.split('?');
  const rawPath = decodePath(path);
  const rawQueryString = query.join('?');
  const { cookie, ...headers } = Object.fromEntries(
    Object.entries(message.headers).map(([name, values = []]) => [name, values.join(',')]),
  );
  const parameters = joinRepeated(new URLSearchParams(rawQueryString));
  const isText = /^(text\/|application\/(json|javascript|xml)\b)/i.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(rawQueryString === '' ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId,
      apiId,
      domainName: `${apiId}.execute-api.${region}.${partition(region).dnsSuffix}`,
      domainPrefix: apiId,
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: toLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** HTTP APIs hand the path over percent-decoded, whatever `rawPath` is called (observed), and the query as it came. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function joinRepeated(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** `12/Mar/2020:19:03:58 +0000` */
function toLogTime(date: Date): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(date.toISOString()) ?? [];
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}

export function makeContext({ accountId, region, timeoutMs: most = timeoutMs }: Surroundings): Context {
  const deadline = Date.now() + most;
  const old = () => {
    throw new Error('a handler that returns a promise does not call context.done, fail or succeed');
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:${partition(region).name}:lambda:${region}:${accountId}:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: old,
    fail: old,
    succeed: old,
  };
}
