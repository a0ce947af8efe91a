/** Sweeps: time, calls and memory of a large one against the fewest that hold all it needs, and a small one against lookups. */
import { gunzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import type { Sweep } from '../lambda/answer/sweep.ts';
import { longestChain, region } from './account.ts';
import type { Bundle } from './bundles.ts';
import { runInstance } from './instance.ts';
import { median, type Row, ratio, timed } from './measure.ts';
import {
  type Code,
  context,
  credentials,
  delays,
  eventAt,
  eventOf,
  type Simulator,
  startSimulator,
} from './program.ts';

const resources = 1_500;
const many = 10_000;
const few = 200;
const runs = 2;
/** No deadline: how long it takes is what is asked. */
const enoughMs = 600_000;
const mostMemoryMb = 256;

export async function measureSweeps(bundle: Bundle, code: Code): Promise<Row[]> {
  const large = await startSimulator(resources, many);
  const rows = [...(await timeAndCalls(code, large)), await memoryOf(bundle, large)];
  large.close();
  const small = await startSimulator(Math.ceil(few / 10), few);
  rows.push(await againstLookups(code, small));
  small.close();
  return rows;
}

const event = (limit: number) => eventAt('/vpc-endpoints', `limit=${limit}`, { 'accept-encoding': 'gzip' });

function programOf({ createHandler }: Code, { url, dnsServer }: Simulator) {
  const config = {
    region,
    allowedRegions: [region],
    deadlineMs: enoughMs,
    dnsServers: [dnsServer],
    lookupEventsPerSecond: 1_000,
  };
  const handler = createHandler(config, { overrides: { endpoint: url, credentials } });
  const patient = { ...context, getRemainingTimeInMillis: () => enoughMs } as Context;
  return (asked: ReturnType<typeof eventAt>) => handler(asked, patient);
}

/** Errors: an answer that has not all of them, each with its owner. What is fast and wrong is not measured. */
function checked(body = '', count: number): Sweep {
  const isJson = body.startsWith('{');
  const answer = JSON.parse(isJson ? body : gunzipSync(Buffer.from(body, 'base64')).toString()) as Sweep;
  const { complete, summary } = answer;
  if (answer.count === count && complete && summary.verdicts.identified === count) return answer;
  throw new Error(
    `expected ${count} owners, but got ${JSON.stringify({ complete, count: answer.count, summary })}`,
  );
}

async function timeAndCalls(code: Code, place: Simulator): Promise<Row[]> {
  const ask = programOf(code, place);
  const times: number[] = [];
  let calls = 0;
  for (let run = 0; run <= runs; run += 1) {
    await place.asked();
    const ms = await timed(async () => checked((await ask(event(many))).body, many));
    calls = (await place.asked()).length;
    // The first one loads and connects what it needs.
    if (run > 0) times.push(ms);
  }
  const { fewest } = place;
  const fewestCalls =
    fewest.endpointPages + Object.values(fewest.pages).reduce((sum, pages) => sum + pages) + fewest.describes;
  const fewestMs = (fewest.endpointPages + longestChain(fewest)) * delays.aws;
  const what = `a sweep of ${many.toLocaleString('en')} endpoints among ${resources.toLocaleString('en')} of each resource, ${delays.aws} ms per AWS call`;
  return [
    {
      what,
      against: `the fewest pages that hold them, service by service side by side: ${(fewestMs / 1000).toFixed(1)} s`,
      toReach: '≤ 1.5 times',
      measured: `${ratio(median(times) / fewestMs)} times`,
      met: median(times) <= 1.5 * fewestMs,
    },
    {
      what: 'its AWS calls',
      against: `the fewest that tell all: ${fewestCalls.toLocaleString('en')}`,
      toReach: '≤ 1.1 times',
      measured: `${ratio(calls / fewestCalls)} times`,
      met: calls <= 1.1 * fewestCalls,
    },
  ];
}

async function memoryOf({ file }: Bundle, { url, dnsServer }: Simulator): Promise<Row> {
  const settings = { AWS_ENDPOINT_URL: url, DNS_SERVERS: dnsServer, DEADLINE_SECONDS: '29' };
  const run = async (ofMb?: number) => {
    const { body, peakMb } = await runInstance(file, event(many), settings, ofMb);
    checked(body ?? '', many);
    return peakMb.toFixed(0);
  };
  const [deployed, small] = [await run(), await run(mostMemoryMb)];
  return {
    what: 'its peak memory, in an instance of its own',
    against: '–',
    toReach: `≤ ${mostMemoryMb} MB resident`,
    measured: `${deployed} MB as deployed, ${small} MB with the heap of a ${mostMemoryMb} MB function`,
    met: Number(deployed) <= mostMemoryMb,
  };
}

async function againstLookups(code: Code, place: Simulator): Promise<Row> {
  const ask = programOf(code, place);
  await place.asked();
  const { vpcEndpoints } = checked((await ask(event(few))).body, few);
  const inSweep = (await place.asked()).length;
  for (const row of vpcEndpoints) await ask(eventOf(row));
  const inLookups = (await place.asked()).length;
  return {
    what: `AWS calls of ${few} lookups, ${few / 10} of each resource`,
    against: `one sweep of the ${few}: ${inSweep}`,
    toReach: '≥ 20 times',
    measured: `${ratio(inLookups / inSweep)} times`,
    met: inLookups >= 20 * inSweep,
  };
}
