/**
 * The AWS clients of one Region, made when first asked for, and the view of them that one check of one lookup gets:
 * every request that it sends is counted, every call ends with the check's signal, every error knows its IAM action.
 */

import type { HttpRequest } from '@smithy/core/protocols';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  DeserializeHandlerArguments,
  DeserializeHandlerOutput,
  FinalizeHandler,
  FinalizeHandlerArguments,
  Pluggable,
} from '@smithy/types';
import { oneEachTurn, unlessAborted } from '../time/limit.ts';
import { abortError } from './connections.ts';
import { isThrottling, noteAction } from './failure.ts';

/** SDK modules by the prefix of their IAM actions. Each is loaded with the first call that needs it. */
const sdks = {
  ec2: () => import('./sdk/ec2.ts'),
  cloudtrail: () => import('../evidence/sdk/cloudtrail.ts'),
  rds: () => import('../resolvers/sdk/rds.ts'),
  redshift: () => import('../resolvers/sdk/redshift.ts'),
  'redshift-serverless': () => import('../resolvers/sdk/redshift-serverless.ts'),
  'network-firewall': () => import('../resolvers/sdk/network-firewall.ts'),
};

export type Prefix = keyof typeof sdks;
type Module<P extends Prefix> = Awaited<ReturnType<(typeof sdks)[P]>>;
type Sdk<P extends Prefix> = Module<P> & { readonly client: InstanceType<Module<P>['Client']> };

/** Hands out a service's client with the commands and paginators that go with it. */
export type Aws = <P extends Prefix>(prefix: P) => Promise<Sdk<P>>;

/** One check's account of what it sent, and the signal that ends it. */
export interface Usage {
  /** Requests sent, retries included. */
  apiCalls: number;
  /** Those of them that AWS throttled. */
  throttled: number;
  /** What it waits for: each gives the IAM actions of calls under way. */
  readonly waitingFor: Set<() => readonly string[]>;
  readonly signal: AbortSignal;
}

export function newUsage(signal: AbortSignal): Usage {
  return { apiCalls: 0, throttled: 0, waitingFor: new Set(), signal };
}

export interface ClientOverrides {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface ClientOptions {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  /** Resolves when a CloudTrail request may be sent; rejects when the signal ends the wait. */
  readonly cloudTrailTurn: (signal: AbortSignal) => Promise<void>;
  readonly overrides: ClientOverrides;
}

/** Not adaptive: that holds back every call of a client whose service throttled one, for as long as it sees fit. */
const retryMode = 'standard';

interface Patience {
  /** Attempts per call, the first included. */
  readonly maxAttempts: number;
  /** For one attempt, from the request sent to the answer's headers. */
  readonly timeoutMs: number;
}

/** Three attempts fit into the deadline. */
const patience: Patience = { maxAttempts: 3, timeoutMs: 7_000 };
/** LookupEvents is slow, and throttled by whoever else in the account uses it: a second attempt is worth waiting for. */
const cloudTrailPatience: Patience = { maxAttempts: 5, timeoutMs: 15_000 };

function patienceWith(prefix: Prefix): Patience {
  return prefix === 'cloudtrail' ? cloudTrailPatience : patience;
}

/** @returns a function that makes the view of one check */
export function connect(options: ClientOptions): (usage: Usage) => Aws {
  const made = new Map<Prefix, Promise<Sdk<Prefix>>>();
  const turns = { toSend: oneEachTurn(), toRead: oneEachTurn() };

  const sdk = (prefix: Prefix): Promise<Sdk<Prefix>> => {
    const known = made.get(prefix) ?? load(prefix, options, turns);
    made.set(prefix, known);
    return known;
  };
  const viewOf = async (prefix: Prefix, usage: Usage): Promise<Sdk<Prefix>> => {
    const shared = await sdk(prefix);
    return { ...shared, client: view(shared.client, usage, turns) };
  };

  return (usage) => {
    const views = new Map<Prefix, Promise<Sdk<Prefix>>>();
    const aws = (prefix: Prefix): Promise<Sdk<Prefix>> => {
      const known = views.get(prefix) ?? viewOf(prefix, usage);
      views.set(prefix, known);
      return known;
    };
    return aws as Aws;
  };
}

/**
 * One turn of the event loop for each request and each answer. Requests that are begun together are otherwise put together
 * in step, and all of them leave when the last one is ready; and answers that have come together keep a DNS answer,
 * which may settle the question, waiting for the last of them.
 */
interface Turns {
  readonly toSend: () => Promise<void>;
  readonly toRead: () => Promise<void>;
}

async function load(prefix: Prefix, options: ClientOptions, turns: Turns): Promise<Sdk<Prefix>> {
  const { region, requestHandler, overrides } = options;
  const { maxAttempts } = patienceWith(prefix);
  const module = await sdks[prefix]();
  // Every call goes through the same steps: the SDK need not put them together for each.
  const settings = { region, requestHandler, retryMode, maxAttempts, cacheMiddleware: true } as const;
  const client = new module.Client({ ...settings, ...overrides });
  client.middlewareStack.use(
    accounting(prefix, options, turns) as Parameters<typeof client.middlewareStack.use>[0],
  );
  return { ...module, client };
}

/** The check that a call is for, by its input. */
const usages = new WeakMap<object, Usage>();

function usageOf({ input }: { readonly input: object }): Usage {
  const usage = usages.get(input);
  if (usage === undefined) throw new Error("a call that is no check's");
  return usage;
}

/** Charges each call to its check, and ends it with the check's signal. */
function accounting(
  prefix: Prefix,
  { requestHandler, cloudTrailTurn }: ClientOptions,
  turns: Turns,
): Pluggable<object, object> {
  const requestTimeout = patienceWith(prefix).timeoutMs;
  return {
    applyToStack: (stack) => {
      // It renders every answer for a log that nobody keeps.
      stack.remove('loggerMiddleware');
      stack.add(
        (next, context) => async (args) => {
          const { waitingFor, signal } = usageOf(args);
          const action = `${prefix}:${String(context.commandName).replace(/Command$/, '')}`;
          const call = () => [action];
          waitingFor.add(call);
          try {
            // Also between two attempts, where nothing else listens to the signal.
            return await unlessAborted(next(args), signal);
          } catch (error) {
            throw noteAction(error === signal.reason ? abortError() : error, action);
          } finally {
            waitingFor.delete(call);
          }
        },
        { step: 'initialize', name: 'noteAction' },
      );
      stack.addRelativeTo(
        (next: FinalizeHandler<object, object>) => async (args: FinalizeHandlerArguments<object>) => {
          const usage = usageOf(args);
          if (prefix === 'cloudtrail') await turnOf(usage, cloudTrailTurn);
          usage.apiCalls += 1;
          try {
            return await next(args);
          } catch (error) {
            if (isThrottling(error)) usage.throttled += 1;
            throw error;
          }
        },
        { relation: 'after', toMiddleware: 'retryMiddleware', name: 'countAttempt' },
      );
      // The last step, instead of the SDK's own, which has one signal for all calls.
      stack.add(
        () => async (args: DeserializeHandlerArguments<object>) => {
          const abortSignal = usageOf(args).signal;
          const answer = await requestHandler.handle(args.request as HttpRequest, {
            abortSignal,
            requestTimeout,
          });
          await turns.toRead();
          return answer as DeserializeHandlerOutput<object>;
        },
        { step: 'deserialize', priority: 'low', name: 'sendRequest' },
      );
    },
  };
}

async function turnOf({ waitingFor, signal }: Usage, cloudTrailTurn: ClientOptions['cloudTrailTurn']) {
  const turn = () => ["its turn among this instance's lookups"];
  waitingFor.add(turn);
  try {
    await cloudTrailTurn(signal);
  } finally {
    waitingFor.delete(turn);
  }
}

type AnyClient = Sdk<Prefix>['client'];

/** The same client, connections and all, for one check's calls: what paginators accept too. */
function view<C extends AnyClient>(client: C, usage: Usage, turns: Turns): C {
  const send = client.send as (command: { readonly input: object }) => Promise<unknown>;
  return Object.create(client, {
    send: {
      async value(command: { readonly input: object }) {
        await turns.toSend();
        usage.signal.throwIfAborted();
        usages.set(command.input, usage);
        return send.call(client, command);
      },
    },
  }) as C;
}
