/**
 * The AWS clients of one Region, made when first asked for, and the view of them that one check of one lookup gets:
 * every request that it sends is counted, every call ends with the check's signal, every error knows its IAM action.
 */
import { getRetryPlugin } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions, MiddlewareStack } from '@smithy/types';
import type { Aws, ClientSettings, Sdk } from '../model/service.ts';
import type { Usage } from '../model/world.ts';
import { type Call, noteCall } from './failure.ts';
import { attemptsPerCall, RetryInTime } from './retry.ts';

export type ClientOverrides = Pick<ClientSettings, 'endpoint' | 'credentials'>;

export interface ClientOptions {
  readonly region: string;
  readonly requestHandler: NodeHttpHandler;
  /** Resolves when a CloudTrail request may be sent; rejects when the signal ends the wait. */
  readonly cloudTrailTurn: (signal: AbortSignal) => Promise<void>;
  readonly overrides: ClientOverrides;
  /** The APIs that the SDK asks elsewhere than at AWS, by its own configuration. */
  readonly elsewhere?: 'all' | readonly string[] | undefined;
}

/** What every client of the SDK has. */
interface Client {
  readonly middlewareStack: MiddlewareStack<object, object>;
  readonly send: (command: object, options: SendOptions) => Promise<unknown>;
}

/** The SDK hands the options of a call to the request handler, with every attempt. */
interface SendOptions extends HttpHandlerOptions {
  readonly abortSignal: AbortSignal;
  /** For one attempt: from the request sent to the answer's headers, and from there to its end. */
  readonly requestTimeout: number;
  readonly usage: Usage;
}

/** Three attempts fit into the deadline. */
const timeoutMs = 7_000;
/** LookupEvents is slow. */
const cloudTrailTimeoutMs = 15_000;

/** @returns a function that makes the view of one check */
export function connect(options: ClientOptions): (usage: Usage) => Aws {
  const clients = new Map<string, Client>();
  const clientOf = ({ Client, prefix }: Sdk): Client => {
    const client = clients.get(prefix) ?? (new Client(settingsOf(prefix, options)) as Client);
    clients.set(prefix, client);
    return client;
  };

  return (usage) => {
    const views = new Map<string, Client>();
    const aws = async (load: () => Promise<Sdk>) => {
      const sdk = await load();
      const client = views.get(sdk.prefix) ?? view(clientOf(sdk), sdk.prefix, options.region, usage);
      views.set(sdk.prefix, client);
      return { ...sdk, client };
    };
    return aws as Aws;
  };
}

function settingsOf(prefix: string, options: ClientOptions): ClientSettings {
  const { region, overrides, elsewhere = [] } = options;
  const isElsewhere = overrides.endpoint !== undefined || elsewhere === 'all' || elsewhere.includes(prefix);
  const requestHandler = countAttempts(prefix, options);
  return {
    region,
    requestHandler,
    retryMode: 'standard',
    maxAttempts: attemptsPerCall,
    ...(isElsewhere ? { disableHostPrefix: true } : {}),
    ...overrides,
  };
}

/** Charges each attempt to the check whose call it is; one of CloudTrail's waits for its turn first. */
function countAttempts(prefix: string, { requestHandler, cloudTrailTurn }: ClientOptions): NodeHttpHandler {
  const handle: NodeHttpHandler['handle'] = async (request, options) => {
    const { usage, ...rest } = options as SendOptions;
    if (prefix === 'cloudtrail') {
      await during(usage, "its turn among this instance's lookups", () => cloudTrailTurn(usage.signal));
    }
    if (!usage.signal.aborted) usage.apiCalls += 1;
    return requestHandler.handle(request, rest);
  };
  return Object.create(requestHandler, { handle: { value: handle } }) as NodeHttpHandler;
}

async function during<T>({ waitingFor }: Usage, what: string, wait: () => Promise<T>): Promise<T> {
  const waiting = () => [what];
  waitingFor.add(waiting);
  try {
    return await wait();
  } finally {
    waitingFor.delete(waiting);
  }
}

/** The same client, connections and all, for one check's calls: what paginators accept too. */
function view(client: Client, prefix: string, region: string, usage: Usage): Client {
  const middlewareStack = client.middlewareStack.clone();
  const retryStrategy = new RetryInTime(usage);
  middlewareStack.use(
    getRetryPlugin({ retryStrategy: async () => retryStrategy, maxAttempts: async () => attemptsPerCall }),
  );
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const call: Call = { action: `${prefix}:${String(commandName).replace(/Command$/, '')}`, region };
        return during(usage, call.action, () => next(args)).catch((error: unknown) => {
          throw noteCall(error, call);
        });
      },
    { step: 'initialize', priority: 'high', name: 'noteCall' },
  );
  const requestTimeout = prefix === 'cloudtrail' ? cloudTrailTimeoutMs : timeoutMs;
  const options: SendOptions = { abortSignal: usage.signal, requestTimeout, usage };
  const seen: Client = Object.create(client, {
    middlewareStack: { value: middlewareStack },
    send: { value: (command: object) => client.send.call(seen, command, options) },
  });
  return seen;
}
