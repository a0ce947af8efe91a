import { randomUUID } from 'node:crypto';
import { type Fault, type Faults, faultOf } from './faults.ts';
import { damageAnswer, damageOutput, pagerOf, refusalOf, unavailablePage } from './misbehave.ts';
import { createPager } from './paging.ts';
import { AwsError, type Input, type WireAnswer, type WireRequest } from './protocols/protocol.ts';
import { createRateLimit } from './rate-limit.ts';
import { text } from './services/input.ts';
import { type AskedApi, apis } from './services/registry.ts';
import type { Context } from './services/service.ts';
import { callerArn } from './services/sts.ts';
import type { Account, Region } from './world/account.ts';

/** A request as AWS understood it: the input has the API's names, whatever they are called on the wire. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** Empty for a request that is not signed. */
  readonly region: string;
  readonly input: Input;
}

export type AwsReply = { readonly delayMs: number } & (
  | { readonly connection: 'answer' | 'cut-off' | 'stalled'; readonly answer: WireAnswer }
  | { readonly connection: 'reset' | 'hang' }
);

export interface AwsOptions {
  readonly account: Account;
  readonly faults: Faults;
  readonly now: () => Date;
  readonly lookupEventsPerSecond: number;
  readonly maxPageItems: number;
  readonly onCall: (call: Call) => void;
}

/** All services of all Regions, as a function from a request to its answer; nothing here waits or touches a socket. */
export function createAws(options: AwsOptions): (request: WireRequest) => AwsReply {
  const takeFault = createFaults(options.faults);
  const operate = createOperations(options);

  const reply = (
    api: AskedApi,
    request: WireRequest,
    scope: Scope | undefined,
    requestId: string,
  ): AwsReply => {
    const { protocol } = api;
    const { operation, input } = protocol.read(request);
    const call: Call = { service: api.id, operation, region: scope?.region ?? '', input };
    options.onCall(call);
    if (scope === undefined) throw protocol.errors.unsigned();

    const fault = takeFault(api.id, operation);
    if (fault?.kind === 'reset' || fault?.kind === 'hang') return { connection: fault.kind, delayMs: 0 };
    if (fault?.kind === 'html') return { connection: 'answer', answer: unavailablePage, delayMs: 0 };
    const caller = callerArn(options.account.accountId, scope.region);
    const refusal = fault && refusalOf(fault, protocol.errors, `${api.id}:${operation}`, caller);
    if (refusal !== undefined) throw refusal;
    const answer = protocol.answer(operation, operate(api, call, fault), requestId);
    const delayMs = fault?.kind === 'slow' ? fault.delayMs : 0;
    const connection = fault?.kind === 'cut-off' || fault?.kind === 'stalled' ? fault.kind : 'answer';
    return { connection, answer: damageAnswer(fault, answer), delayMs };
  };

  return (request) => {
    const requestId = randomUUID();
    const scope = readScope(request);
    const api = apis.find((candidate) =>
      scope === undefined ? candidate.protocol.recognises(request) : candidate.id === scope.service,
    );
    const done =
      api === undefined
        ? unknownService(scope)
        : attempt(api, () => reply(api, request, scope, requestId), requestId);
    if (!('answer' in done)) return done;
    const headers = { ...done.answer.headers, 'x-amzn-requestid': requestId };
    return { ...done, answer: { ...done.answer, headers } };
  };
}

/** The fault that an operation has now; one that is for the first requests only is used up by them. */
function createFaults(faults: Faults) {
  const used = new WeakMap<Fault, number>();
  return (service: string, operation: string): Fault | undefined => {
    const fault = faultOf(faults, service, operation);
    if (fault === undefined || !('times' in fault) || fault.times === undefined) return fault;
    const times = (used.get(fault) ?? 0) + 1;
    used.set(fault, times);
    return times > fault.times ? undefined : fault;
  };
}

function createOperations({ account, now, lookupEventsPerSecond, maxPageItems }: AwsOptions) {
  const nextPage = createPager();
  const takeLookup = createRateLimit(lookupEventsPerSecond);
  return (api: AskedApi, call: Call, fault: Fault | undefined): object => {
    const { protocol, operations, pageToken } = api;
    const { [pageToken]: _, ...parameters } = call.input;
    const token = text(call.input, pageToken);
    const pager = pagerOf(fault, protocol.errors) ?? nextPage;
    const context: Context = {
      account,
      regionName: call.region,
      region: regionOf(account, call.region),
      now,
      takeLookup: () => takeLookup(call.region),
      page(field, items, size = items.length) {
        const page = pager(items, {
          size: Math.min(size, maxPageItems),
          token,
          fingerprint: JSON.stringify([call.service, call.operation, call.region, parameters]),
        });
        if (page === undefined) throw api.invalidPageToken(token ?? '');
        const { nextToken = fault?.kind === 'empty-token' ? '' : undefined } = page;
        return {
          [field]: page.items,
          ...(nextToken === undefined ? {} : { [pageToken]: nextToken }),
        };
      },
    };
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) throw protocol.errors.unknownOperation(call.operation);
    return damageOutput(fault, operation(call.input, context));
  };
}

/** Refusals are answers too; anything else that is thrown is a bug of the sandbox and is not caught. */
function attempt(api: AskedApi, work: () => AwsReply, requestId: string): AwsReply {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { connection: 'answer', answer: api.protocol.refuse(error, requestId), delayMs: 0 };
  }
}

interface Scope {
  readonly region: string;
  readonly service: string;
}

/** `AWS4-HMAC-SHA256 Credential=KEY/20261001/REGION/SERVICE/aws4_request, …`; the signature is not verified. */
function readScope({ headers }: WireRequest): Scope | undefined {
  const authorization = headers['authorization'];
  const match = /^AWS4-\S+ +Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    typeof authorization === 'string' ? authorization : '',
  );
  return match?.[1] !== undefined && match[2] !== undefined
    ? { region: match[1], service: match[2] }
    : undefined;
}

function unknownService(scope: Scope | undefined): AwsReply {
  const known = apis.map((api) => api.id).join(', ');
  const message = `The sandbox has the services ${known}, and no ${scope?.service ?? 'other'}.`;
  const body = JSON.stringify({ __type: 'UnknownOperationException', message });
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' };
  return { connection: 'answer', answer: { status: 404, headers, body }, delayMs: 0 };
}

/** A Region in which the account has nothing is not an error. */
function regionOf(account: Account, name: string): Region {
  return (Object.hasOwn(account.regions, name) ? account.regions[name] : undefined) ?? {};
}
