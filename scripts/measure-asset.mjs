/**
 * Loads the bundle as Lambda does and asks it, one endpoint after the other, in a process of its own that
 * scripts/measure.ts starts: `measure-asset.mjs DIRECTORY PATH …`. Says over IPC what it took.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** Lookups within a second share what they read, which none of these is to profit from. */
const apartMs = 1_100;

const [directory, ...paths] = process.argv.slice(2);

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const spentBefore = cpuMs();
const { handler } = await import(pathToFileURL(join(directory, 'main.mjs')).href);
const loadCpuMs = cpuMs() - spentBefore;

const lookups = [];
for (const rawPath of paths) {
  if (lookups.length > 0) await wait(apartMs);
  const requestContext = { accountId: '111122223333', stage: '$default', requestId: 'request-1' };
  const event = { rawPath, rawQueryString: '', headers: {} };
  const context = {
    awsRequestId: 'invocation-1',
    invokedFunctionArn: 'arn:aws:lambda:ap-northeast-1:111122223333:function:vpce-owner',
    getRemainingTimeInMillis: () => 28_000,
  };
  const spent = cpuMs();
  const startedAt = performance.now();
  const { statusCode, body } = await handler(
    { ...event, requestContext: { ...requestContext, http: { method: 'GET' } } },
    context,
  );
  if (statusCode !== 200) throw new Error(`${rawPath}: ${body}`);
  lookups.push({
    cpuMs: cpuMs() - spent,
    wallMs: performance.now() - startedAt,
    answerBytes: Buffer.byteLength(body),
  });
}

/** Kilobytes, on every platform. */
const { maxRSS } = process.resourceUsage();
process.send({ loadCpuMs, lookups, peakMb: maxRSS / 1024 }, () => process.exit());
