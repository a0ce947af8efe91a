/** The heap in use while one handler answers lookups over and over, on an account of the sandbox. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { onSandbox } from '../cli/on-sandbox.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { limitConcurrency } from '../lambda/time/limit.ts';
import { generate } from '../sandbox/generate.ts';
import { startSandbox } from '../sandbox/server.ts';

/** Lookups in flight. */
const atOnce = 20;
const seed = 1;
const size = 3;

/** @returns MB in use after each of `samples` equal parts, garbage collected first */
export async function measureMemory(lookups: number, samples: number): Promise<readonly number[]> {
  const { account, region, truth } = generate({ seed, size, now: new Date() });
  const sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
  const { config, overrides } = onSandbox(sandbox, { region });
  const handler = createHandler(config, { overrides });
  const context = {
    invokedFunctionArn: `arn:aws:lambda:${region}:${account.accountId}:function:vpce-owner`,
    getRemainingTimeInMillis: () => 30_000,
  } as Context;
  const ask = async (id: string): Promise<void> => {
    const event = {
      rawPath: `/vpc-endpoints/${id}`,
      rawQueryString: '',
      headers: {},
      requestContext: {
        accountId: account.accountId,
        stage: '$default',
        requestId: id,
        http: { method: 'GET' },
      },
    } as unknown as APIGatewayProxyEventV2;
    const { statusCode } = await handler(event, context);
    if (statusCode !== 200) throw new Error(`${id}: ${statusCode}`);
  };

  const ids = [...truth.keys()];
  const inTurn = limitConcurrency(atOnce);
  const never = new AbortController().signal;
  const inUse: number[] = [];
  try {
    for (let sample = 0, asked = 0; sample < samples; sample += 1) {
      const part = Array.from(
        { length: Math.round(lookups / samples) },
        () => ids[asked++ % ids.length] ?? '',
      );
      await Promise.all(part.map((id) => inTurn(never, () => ask(id))));
      // What the sandbox has seen is the sandbox's memory, and not the program's.
      sandbox.calls.length = 0;
      sandbox.queries.length = 0;
      inUse.push(await heapInUseMb());
    }
  } finally {
    await sandbox.close();
  }
  return inUse;
}

async function heapInUseMb(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // What a signal or a promise still held is free one turn later.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed / 1_000_000;
}
