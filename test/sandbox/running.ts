import { setImmediate as turn } from 'node:timers/promises';
import { afterEach } from '@jest/globals';
import type { Account } from '../../sandbox/account.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server.ts';
import { regionName } from './samples.ts';

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A sandbox that is closed after the test. */
export async function run(account: Account, options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(account, options);
  closing.push(() => sandbox.close());
  return sandbox;
}

/** How the tests' SDK clients find the sandbox; one attempt, so that a test sees every answer. */
export function clientOptions(sandbox: Sandbox) {
  return {
    endpoint: sandbox.url,
    region: regionName,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  };
}

/** The SDK's error for a refusal, for `rejects.toMatchObject`. */
export function refused(name: string, httpStatusCode = 400) {
  return { name, $metadata: { httpStatusCode } };
}

/** `count` texts that are in order when they are sorted. */
export function numbered(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);
}

/** Until a request has reached the sandbox. */
export async function arrival({ calls }: Sandbox): Promise<void> {
  while (calls.length === 0) await turn();
}
