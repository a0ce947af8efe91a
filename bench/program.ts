/** What is measured: the handler as it is deployed, bundled and all, against an account in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Identification } from '../lambda/http/contract.ts';
import { accountId, region, type Subject } from './account.ts';
import { type Bundle, buildBundle } from './bundles.ts';
import { putClockForward, timed } from './measure.ts';
import type { Asked, Ready } from './simulator.ts';

/** How long every AWS call takes, and every DNS answer. */
export const delays = { aws: 50, dns: 5 };
export const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

export interface Simulator extends Ready {
  /** The AWS operations that were asked for since the last time. */
  readonly asked: () => Promise<Asked>;
  readonly close: () => void;
}

export type Place = Simulator & Program;

export interface Code extends Bundle {
  readonly createHandler: typeof import('../lambda/http/handler.ts').createHandler;
}

/** Without `main.ts` around it, which reads the environment and prints a log. */
export async function loadCode(): Promise<Code> {
  const bundle = await buildBundle('lambda/http', 'handler');
  return { ...bundle, ...((await import(bundle.file)) as Pick<Code, 'createHandler'>) };
}

/**
 * @param size how many of each resource the account has
 * @param otherServices whether those are in it that the manual procedure does not know
 */
export async function startPlace(
  { createHandler }: Code,
  size: number,
  otherServices = false,
): Promise<Place> {
  const simulator = await startSimulator(size, 0, otherServices);
  return { ...simulator, ...startProgram(createHandler, simulator) };
}

/** @param endpoints how many endpoints the account has at least; orphans fill it up */
export async function startSimulator(size: number, endpoints = 0, otherServices = false): Promise<Simulator> {
  const values = [size, delays.aws, delays.dns, endpoints, Number(otherServices)].map(String);
  const child = fork('scripts/run.mjs', ['bench/simulator.ts', ...values]);
  const [ready] = (await once(child, 'message')) as [Ready];
  return {
    ...ready,
    asked: async () => {
      const answered = once(child, 'message');
      child.send('asked');
      const [asked] = (await answered) as [Asked];
      return asked;
    },
    close: () => child.disconnect(),
  };
}

export interface Program {
  /** Errors: an answer that does not name the subject's owner. What is fast and wrong is not measured. */
  readonly lookUp: (subject: Subject) => Promise<Identification>;
  /** The checks of an endpoint's answer, whatever it is. */
  readonly checksOf: (vpcEndpointId: string) => Promise<Identification['checks']>;
  /** How long a lookup takes that nothing is left over for by the one before, in milliseconds. */
  readonly timeAlone: (subject: Subject) => Promise<number>;
}

/** CloudTrail's two turns come back within a second: the clock is put forward by more, rather than waited for. */
const turnsBackMs = 1_050;
/** A call that was sent when the answer was out has arrived by then. */
export const restMs = 2 * delays.aws;

function startProgram(createHandler: Code['createHandler'], { url, dnsServer }: Ready): Program {
  const handler = createHandler(
    {
      region,
      allowedRegions: [region],
      deadlineMs: 25_000,
      dnsServers: [dnsServer],
      lookupEventsPerSecond: 2,
    },
    { overrides: { endpoint: url, credentials } },
  );
  const lookUp = async (subject: Subject): Promise<Identification> => {
    const { body = '' } = await handler(eventOf(subject), context as Context);
    return checked(body, subject);
  };
  return {
    lookUp,
    checksOf: async (vpcEndpointId) => {
      const { body = '' } = await handler(eventOf({ vpcEndpointId }), context as Context);
      return (JSON.parse(body) as Identification).checks;
    },
    timeAlone: async (subject) => {
      await sleep(restMs);
      putClockForward(turnsBackMs);
      return timed(() => lookUp(subject));
    },
  };
}

export function checked(body: string, { kind, resourceId }: Subject): Identification {
  const answer = JSON.parse(body) as Identification;
  if (answer.owner?.resourceId === resourceId) return answer;
  throw new Error(`${kind}: expected the owner ${resourceId}, but got ${body}`);
}

/** What the program uses of API Gateway's event. */
export function eventOf({ vpcEndpointId }: Pick<Subject, 'vpcEndpointId'>): APIGatewayProxyEventV2 {
  return eventAt(`/vpc-endpoints/${vpcEndpointId}`);
}

export function eventAt(rawPath: string, rawQueryString = '', headers = {}): APIGatewayProxyEventV2 {
  const requestContext = { accountId, stage: '$default', requestId: 'bench', http: { method: 'GET' } };
  return { rawPath, rawQueryString, headers, requestContext } as unknown as APIGatewayProxyEventV2;
}

/** What the program uses of Lambda's context. */
export const context: Partial<Context> = {
  invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:vpce-owner`,
  getRemainingTimeInMillis: () => 28_000,
};
