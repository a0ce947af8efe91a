/** How a survey grows with the number of endpoints: each list is read once, each name resolved once. */
import { EC2Client, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import { toEndpoint } from '../lambda/aws/endpoint.ts';
import type { Endpoint } from '../lambda/model/model.ts';
import { survey } from '../lambda/survey/survey.ts';
import { createWorlds } from '../lambda/world.ts';
import { accountId, region } from './account.ts';
import { median, type Row, ratio, timed } from './measure.ts';
import { credentials, type Simulator, startSimulator } from './program.ts';

const resources = 300;
const [few, many] = [1_000, 10_000];
const runs = 3;
/** No deadline: how long it takes is what is asked. */
const enoughMs = 600_000;

export async function measureSurvey(): Promise<Row> {
  const simulator = await startSimulator(resources, many);
  const all = await endpointsOf(simulator);
  const some = all.filter((_, index) => index % (many / few) === 0).slice(0, few);
  const [perFew, perMany]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    perFew.push((await timeOf(simulator, some)) / some.length);
    perMany.push((await timeOf(simulator, all)) / all.length);
  }
  simulator.close();
  const times = median(perMany) / median(perFew);
  return {
    what: `a survey of ${all.length.toLocaleString('en')} endpoints among ${resources} of each resource, time per endpoint`,
    against: `a survey of ${some.length.toLocaleString('en')} of them`,
    toReach: '≤ 2 times',
    measured: `${ratio(times)} times`,
    met: times <= 2,
  };
}

async function endpointsOf({ url }: Simulator): Promise<readonly Endpoint[]> {
  const client = new EC2Client({ region, endpoint: url, credentials });
  const found: Endpoint[] = [];
  for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints({ client }, {}))
    found.push(...VpcEndpoints.map((endpoint) => toEndpoint(endpoint.VpcEndpointId ?? '', endpoint)));
  return found;
}

function timeOf({ url, dnsServer }: Simulator, endpoints: readonly Endpoint[]): Promise<number> {
  const config = {
    region,
    allowedRegions: [region],
    deadlineMs: enoughMs,
    dnsServers: [dnsServer],
    lookupEventsPerSecond: 2,
  };
  const worlds = createWorlds(config, { endpoint: url, credentials });
  return worlds({ region, accountId }, enoughMs, (world) => timed(() => survey(endpoints, world)));
}
