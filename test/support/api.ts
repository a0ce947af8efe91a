/** The API as its callers see it, on a sandbox account: the handler that Lambda runs, over real sockets to AWS. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { onSandbox } from '../../cli/on-sandbox.ts';
import {
  type Identification,
  identification,
  type ProblemDocument,
  problem,
} from '../../lambda/http/contract.ts';
import { createHandler, type HandlerOptions } from '../../lambda/http/handler.ts';
import type { Service } from '../../lambda/model/service.ts';
import type { Account } from '../../sandbox/account.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** As API Gateway hands it over: the path decoded, the query as it came. */
export interface Asked {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly timeLeftMs?: number;
}

export interface Api {
  readonly sandbox: Sandbox;
  readonly ask: (asked: Asked) => Promise<Answer>;
  /** Any request. */
  readonly request: (
    path: string,
    headers?: Record<string, string>,
    method?: string,
    timeLeftMs?: number,
  ) => Promise<Answer>;
  /** The identification of an endpoint, which must fit the contract. */
  readonly identify: (id: string, query?: string) => Promise<Identification>;
  /** The error that a request gets, which must fit the contract. */
  readonly refuse: (path: string, method?: string) => Promise<ProblemDocument>;
  readonly close: () => Promise<void>;
}

export interface ApiOptions extends SandboxOptions {
  readonly region?: string;
  /** The account that the function runs in, where it is not the sandbox's. */
  readonly accountId?: string;
  readonly deadlineMs?: number;
  readonly observe?: NonNullable<HandlerOptions['observe']>;
  readonly home?: NonNullable<HandlerOptions['home']>;
  readonly tokenKey?: string;
  /** The only services that there are; what a test is about, and bystanders. */
  readonly services?: readonly Service[];
  readonly servicesOff?: readonly string[];
  /** Of another API: AWS as two instances of the function see it. */
  readonly sandbox?: Sandbox;
}

export async function startApi(account: Account, options: ApiOptions = {}): Promise<Api> {
  const {
    region = 'ap-northeast-1',
    accountId = account.accountId,
    deadlineMs = 25_000,
    tokenKey = 'tests',
    observe,
    home,
    services,
    servicesOff = [],
    ...rest
  } = options;
  const sandbox =
    options.sandbox ??
    (await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY, ...rest }));
  const { config, overrides } = onSandbox(sandbox, {
    region,
    allowedRegions: Object.keys(account.regions),
    deadlineMs,
    tokenKey,
    servicesOff,
    lookupEventsPerSecond: options.lookupEventsPerSecond ?? 1000,
  });
  const handler = createHandler(config, {
    ...(observe === undefined ? {} : { observe }),
    ...(home === undefined ? {} : { home }),
    ...(services === undefined ? {} : { services }),
    overrides,
  });

  let requests = 0;
  const ask: Api['ask'] = async ({ rawPath, rawQueryString, headers, method, timeLeftMs = 30_000 }) => {
    const event = {
      rawPath,
      rawQueryString,
      headers,
      requestContext: { accountId, stage: '$default', requestId: `request-${++requests}`, http: { method } },
    } as unknown as APIGatewayProxyEventV2;
    const context = {
      invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:vpce-owner`,
      getRemainingTimeInMillis: () => timeLeftMs,
    } as unknown as Context;
    const { statusCode = 0, headers: sent = {}, body = '' } = await handler(event, context);
    return { status: statusCode, headers: sent, body };
  };
  const request: Api['request'] = (path, headers = {}, method = 'GET', timeLeftMs = 30_000) => {
    const [rawPath = '', rawQueryString = ''] = path.split('?', 2);
    return ask({ rawPath: decodeURIComponent(rawPath), rawQueryString, headers, method, timeLeftMs });
  };

  return {
    sandbox,
    ask,
    request,
    identify: async (id, query = '') => {
      const { body } = await request(`/vpc-endpoints/${id}${query}`);
      return identification.parse(JSON.parse(body));
    },
    refuse: async (path, method) => {
      const { status, body } = await request(path, {}, method);
      const document = problem.parse(JSON.parse(body));
      if (document.status !== status)
        throw new Error(`status ${status} with a body that says ${document.status}`);
      return document;
    },
    close: () => sandbox.close(),
  };
}
