/** A bundle as Lambda runs it: in a process of its own, with the stack's settings and the runtime's. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { memoryMb, nodeOptions } from '../lib/function.ts';
import { region } from './account.ts';
import { credentials } from './program.ts';

const run = promisify(execFile);

export interface Instance {
  readonly loadMs: number;
  /** The answer to the event. */
  readonly body: string | null;
  readonly peakMb: number;
}

/**
 * The start script of Lambda's Node.js runtimes shares the function's memory out like this (observed: it is in the
 * public images). The young generation grows to three times the semi-space before old garbage is looked for.
 */
function heapFlags(ofMb: number): readonly string[] {
  const newSpaceMb = Math.floor(ofMb / 10);
  return [`--max-semi-space-size=${Math.floor(newSpaceMb / 2)}`, `--max-old-space-size=${ofMb - newSpaceMb}`];
}

/** The answer about ten thousand endpoints is in it, packed. */
const mostOutput = 16_000_000;

/** @param file the bundle's entry, absolute @param event what to answer, if anything @param settings further variables @param ofMb the function's memory */
export async function runInstance(
  file: string,
  event?: object,
  settings: Readonly<Record<string, string>> = {},
  ofMb = memoryMb,
): Promise<Instance> {
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(ofMb),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    POWERTOOLS_METRICS_NAMESPACE: 'bench',
    POWERTOOLS_SERVICE_NAME: 'bench',
    NODE_OPTIONS: nodeOptions,
    ...settings,
  };
  const argv = [
    ...heapFlags(ofMb),
    'bench/instance.mjs',
    file,
    ...(event === undefined ? [] : [JSON.stringify(event)]),
  ];
  const { stdout } = await run(process.execPath, argv, { env, maxBuffer: mostOutput });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Instance;
}
