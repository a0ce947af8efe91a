/**
 * The AWS clients of one Region, made when first asked for, and the view of them that one check of one lookup gets:
 * every request that it sends is counted, every call ends with the check's signal, every error knows its IAM action.
 */
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  DeserializeHandler,
  DeserializeHandlerArguments,
  FinalizeHandler,
  FinalizeHandlerArguments,
  Pluggable,
} from '@smithy/types';
import { isThrottling, noteAction } from './failure.ts';
import { oneEachTurn } from './limit.ts';

/** SDK modules by the prefix of their IAM actions. Each is loaded with the first call that needs it. */
const sdks = {
  ec2: () => import('./sdk/ec2.ts'),
  cloudtrail: () => import('./sdk/cloudtrail.ts'),
  rds: () => import('./sdk/rds.ts'),
  redshift: () => import('./sdk/redshift.ts'),
  'redshift-serverless': () => import('./sdk/redshift-serverless.ts'),
  'network-firewall': () => import('./sdk/network-firewall.ts'),
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

/**
 * One turn of the event loop for each request and each answer. Requests that are begun together are otherwise put together
 * in step, and all of them leave when the last one is ready; and answers that have come together keep a DNS answer,
 * which may settle the question, waiting for the last of them.
 */
interface Turns {
  readonly toSend: () => Promise<void>;
  readonly toRead: () => Promise<void>;
}

/** @returns a function that makes the view of one check */
export function connect(options: ClientOptions): (usage: Usage) => Aws {
  const { region, requestHandler, cloudTrailTurn, overrides } = options;
  const made = new Map<Prefix, Promise<Sdk<Prefix>>>();
  const turns = { toSend: oneEachTurn(), toRead: oneEachTurn() };

  const sdk = (prefix: Prefix): Promise<Sdk<Prefix>> => {
    let promise = made.get(prefix);
    if (promise === undefined) {
      const { maxAttempts } = patienceWith(prefix);
      promise = sdks[prefix]().then((module) => ({
        ...module,
        client: new module.Client({ region, requestHandler, retryMode, maxAttempts, ...overrides }),
      }));
      made.set(prefix, promise);
    }
    return promise;
  };

  return (usage) => {
    const views = new Map<Prefix, Promise<Sdk<Prefix>>>();
    const aws = (prefix: Prefix): Promise<Sdk<Prefix>> => {
      const known =
        views.get(prefix) ??
        sdk(prefix).then((shared) => ({
          ...shared,
          client: view(shared.client, prefix, usage, cloudTrailTurn, turns),
        }));
      views.set(prefix, known);
      return known;
    };
    return aws as Aws;
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

/** The same client, connections and all, with this check's own counting and signal: what paginators accept too. */
function view<C extends AnyClient>(
  client: C,
  prefix: Prefix,
  usage: Usage,
  cloudTrailTurn: ClientOptions['cloudTrailTurn'],
  turns: Turns,
): C {
  const counting: Pluggable<object, object> = {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => async (input) => {
          const action = `${prefix}:${String(context.commandName).replace(/Command$/, '')}`;
          const call = () => [action];
          usage.waitingFor.add(call);
          try {
            return await next(input);
          } catch (error) {
            throw noteAction(error, action);
          } finally {
            usage.waitingFor.delete(call);
          }
        },
        { step: 'initialize', name: 'noteAction' },
      );
      stack.addRelativeTo(
        (next: FinalizeHandler<object, object>) => async (input: FinalizeHandlerArguments<object>) => {
          if (prefix === 'cloudtrail') await turnOf(usage, cloudTrailTurn);
          usage.apiCalls += 1;
          try {
            return await next(input);
          } catch (error) {
            if (isThrottling(error)) usage.throttled += 1;
            throw error;
          }
        },
        { relation: 'after', toMiddleware: 'retryMiddleware', name: 'countAttempt' },
      );
      stack.add(
        (next: DeserializeHandler<object, object>) => async (input: DeserializeHandlerArguments<object>) => {
          const answer = await next(input);
          await turns.toRead();
          return answer;
        },
        { step: 'deserialize', priority: 'low', name: 'turnToRead' },
      );
    },
  };
  const middlewareStack = client.middlewareStack.clone();
  // It renders every answer for a log that nobody keeps.
  middlewareStack.remove('loggerMiddleware');
  middlewareStack.use(counting as Parameters<typeof middlewareStack.use>[0]);
  const send = client.send as (command: unknown, options: object) => Promise<unknown>;
  return Object.create(client, {
    middlewareStack: { value: middlewareStack },
    send: {
      async value(this: C, command: unknown, options: object = {}) {
        await turns.toSend();
        usage.signal.throwIfAborted();
        const requestTimeout = patienceWith(prefix).timeoutMs;
        return send.call(this, command, { ...options, abortSignal: usage.signal, requestTimeout });
      },
    },
  }) as C;
}
