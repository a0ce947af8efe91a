/** A sweep that is larger than its time, its room or its answer: it stops somewhere, says so, and goes on from there. */
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Sweep } from '../lambda/answer/sweep.ts';
import { anywhere } from '../lambda/http/scope.ts';
import type { World } from '../lambda/model/world.ts';
import { plainJson } from '../lambda/plain-text.ts';
import { type SweepQuestion, sweep } from '../lambda/sweep.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Api, startApi } from './support/api.ts';
import { endpointWith, resourceWith } from './support/cases.ts';
import { listing, serviceOf, worldOf } from './support/worlds.ts';

const ids = Array.from({ length: 60 }, (_, n) => `vpce-0ce9fdcdd4aa4${String(n).padStart(4, '0')}`);
const everything: SweepQuestion = {
  scope: { ...anywhere, vpcEndpointIds: ids },
  verdicts: [],
  services: [],
  limit: 20_000,
  mostBytes: 5_800_000,
  after: null,
};

/** Every endpoint has an owner, whose name is as hard on an answer's size as can be. */
function worldOfMany() {
  const owners = ids.map((id, n) =>
    resourceWith({ id: `"\\${n}"\u0001é`, arn: null, shows: { endpointIds: [id] } }),
  );
  const endpoints = ids.map((id) => endpointWith({ id }));
  return worldOf({
    services: [serviceOf('rds-proxy', { lists: [listing(...owners)] })],
    endpoints,
    history: {},
  });
}

async function answer(question: Partial<SweepQuestion>, clock: Partial<World['clock']> = {}) {
  const { world, time } = worldOfMany();
  const asked = sweep({ ...everything, ...question }, { ...world, clock: { ...world.clock, ...clock } });
  return time.passUntil(asked);
}

/** Every answer up to the last, as a caller gets them who goes on. */
async function allAnswers(question: Partial<SweepQuestion>, clock?: () => Partial<World['clock']>) {
  const answers = [];
  for (let after: string | null = null; answers.length === 0 || after !== null; ) {
    const { sweep: part, goesOnAfter } = await answer({ ...question, after }, clock?.());
    answers.push(part);
    after = goesOnAfter;
  }
  return answers;
}
const idsOf = ({ vpcEndpoints }: Pick<Sweep, 'vpcEndpoints'>) =>
  vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId);

describe('an answer', () => {
  test('has no more rows than there is room for, as Lambda hands them over', async () => {
    const mostBytes = 9_000;
    const answers = await allAnswers({ mostBytes });
    expect(answers.length).toBeGreaterThan(3);
    for (const part of answers) {
      const rows = JSON.stringify(plainJson(part.vpcEndpoints, 0));
      expect(Buffer.byteLength(rows)).toBeLessThanOrEqual(mostBytes);
    }
    expect(answers.flatMap(idsOf)).toEqual(ids);
  });

  test('has one row where there is room for none', async () => {
    const answers = await allAnswers({ mostBytes: 1 });
    expect(answers.map(({ count }) => count)).toEqual(ids.map(() => 1));
  });

  test('is given when its time is over, with what is ready', async () => {
    const clock = () => {
      let passed = 0;
      // Each look at the clock takes a second.
      const now = () => {
        passed += 1;
        return new Date(Date.UTC(2026, 9, 11, 0, 0, passed));
      };
      return { now };
    };
    const answers = await allAnswers({}, clock);
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.flatMap(idsOf)).toEqual(ids);
  });

  test('has a VPC as done only when all its endpoints are in it', async () => {
    expect((await answer({})).sweep.completeVpcIds).toEqual(['vpc-1']);
    expect((await answer({ limit: 59 })).sweep.completeVpcIds).toEqual([]);
  });
});

describe('on the wire', () => {
  let api: Api;
  afterEach(() => api?.close());
  const tokyo = () => newAccount('111122223333').region('ap-northeast-1', new Date());

  test('a long answer comes packed to whoever takes that, and says the same', async () => {
    const region = tokyo();
    for (let n = 0; n < 200; n += 1) region.rdsProxy({ name: `proxy-${n}`, createdAt: region.daysAgo(300) });
    api = await startApi(region.account);
    const plain = await api.request('/vpc-endpoints', { 'accept-encoding': 'gzip;q=0, br' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    const packed = await api.request('/vpc-endpoints', { 'Accept-Encoding': 'br, GZIP' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(packed.body.length).toBeLessThan(plain.body.length / 5);
    const { vpcEndpoints } = JSON.parse(gunzipSync(Buffer.from(packed.body, 'base64')).toString());
    expect(vpcEndpoints).toEqual(JSON.parse(plain.body).vpcEndpoints);
  });

  test('a short answer, and an error, come as they are', async () => {
    api = await startApi(tokyo().account);
    for (const path of ['/vpc-endpoints', '/vpc-endpoints?limit=0']) {
      const { headers, body } = await api.request(path, { 'accept-encoding': 'gzip' });
      expect(headers).not.toHaveProperty('content-encoding');
      expect(() => JSON.parse(body)).not.toThrow();
    }
  });

  test('more network interfaces than one answer has are said', async () => {
    const region = tokyo();
    const network = region.network();
    for (let n = 0; n < 1_001; n += 1) region.instanceInterface(network);
    api = await startApi(region.account);
    const { body } = await api.request(`/vpc-endpoints?vpcId=${network.vpcId}`);
    const swept: Sweep = JSON.parse(body);
    expect(swept.otherInterfaces).toHaveLength(1_000);
    expect(swept).toMatchObject({
      complete: false,
      checks: [{ check: 'network-interfaces', outcome: 'failed' }],
    });
  });

  test('owners whose ARNs may not be read keep their names, and few calls are wasted on them', async () => {
    const region = tokyo();
    const workgroup = region.workgroup({ name: 'adhoc' });
    for (let n = 0; n < 150; n += 1) region.serverlessEndpointAccess({ name: `access-${n}`, workgroup });
    const denied = { kind: 'denied' } as const;
    const faults = {
      'redshift-serverless:ListWorkgroups': denied,
      'redshift-serverless:GetWorkgroup': denied,
    };
    api = await startApi(region.account, { faults });
    const { body } = await api.request('/vpc-endpoints');
    const swept: Sweep = JSON.parse(body);
    const accesses = swept.vpcEndpoints.filter(
      ({ owner }) => owner?.resourceType === 'AWS::RedshiftServerless::EndpointAccess',
    );
    expect(accesses).toHaveLength(150);
    expect(api.sandbox.calls.filter(({ operation }) => operation === 'GetWorkgroup').length).toBeLessThan(60);
  });
});
