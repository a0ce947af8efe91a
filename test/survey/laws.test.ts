/**
 * What must be true of every answer, whatever the account holds and whatever fails: thousands of small worlds in which it
 * is known who owns what.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Identification } from '../../lambda/answer/identification.ts';
import type { Endpoint, Resource } from '../../lambda/model/model.ts';
import { dnsNameOf, endpointWith, otherId, resourceWith } from '../support/cases.ts';
import {
  type Built,
  build,
  type RawList,
  type RawResource,
  type RawWorld,
  rawWorlds,
  unharmed,
} from '../support/random-worlds.ts';
import { listOf, type Page, serviceOf, worldOf } from '../support/worlds.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

/** Of each law; `RUNS=10000 npx jest test/survey/laws` looks longer. */
const numRuns = Number(process.env['RUNS'] ?? times(100, 500));

/** Each endpoint's answer, in a survey of its own. */
async function oneByOne(raw: RawWorld): Promise<readonly Identification[]> {
  const { endpoints } = build(raw);
  const answers: Identification[] = [];
  // The history is of the first endpoint.
  for (const [n, endpoint] of endpoints.entries()) answers.push(await alone(raw, n, endpoint));
  return answers;
}

async function alone(raw: RawWorld, n: number, endpoint: Endpoint): Promise<Identification> {
  const history = n === 0 ? raw.history : 'knows-nothing';
  const [answer] = await worldOf(build({ ...raw, history }).told).answers(endpoint);
  if (answer === undefined) throw new Error('there is no answer');
  return answer;
}

async function together(raw: RawWorld): Promise<readonly Identification[]> {
  const { told, endpoints } = build(raw);
  return worldOf(told).answers(...endpoints);
}

const nameOf = ({ type, id }: Resource) => `${type} ${id}`;
const ownerIn = ({ owner }: Identification) =>
  owner === null ? null : `${owner.resourceType} ${owner.resourceId}`;
const candidatesIn = ({ candidates }: Identification) =>
  candidates.map(({ resourceType, resourceId, strength }) => `${resourceType} ${resourceId} ${strength}`);

/** Everything that one answer must keep to, by what is true. */
function keepsTheLaws(answer: Identification, endpoint: Endpoint, owner: Built['owners'][number]): void {
  const { verdict, confidence, checks, complete, nextStep, candidates } = answer;
  const named = ownerIn(answer);
  if (named !== null) expect(named).toBe(owner === null || owner === 'living' ? owner : nameOf(owner));
  expect(candidates.filter(({ strength }) => strength === 'confirmed')).toEqual([]);
  expect(verdict === 'identified').toBe(named !== null);
  expect(verdict === 'not-requester-managed').toBe(endpoint.requesterManaged === false);

  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const neverMade = checks.filter(({ reason }) => reason?.includes('does not ask'));
  // Who has the addresses of the endpoint's interfaces is known: what was not asked cannot have them too.
  const open = named === null ? neverMade : [];
  if (confidence !== 'confirmed' && endpoint.requesterManaged !== false)
    expect(complete).toBe(failed.length + open.length === 0);
  if (nextStep.action !== 'contact-support') return;
  expect({ owner, complete, candidates }).toEqual({ owner: null, complete: true, candidates: [] });
  expect(endpoint.requesterManaged).toBe(true);
  expect([...failed, ...neverMade]).toEqual([]);
}

async function everyAnswer(
  worlds: fc.Arbitrary<RawWorld>,
  keeps: (answers: readonly Identification[], built: Built, raw: RawWorld) => void,
  ask: (raw: RawWorld) => Promise<readonly Identification[]>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(worlds, async (raw) => keeps(await ask(raw), build(raw), raw)),
    { numRuns },
  );
}

describe.each([
  ['asked about by itself', oneByOne],
  ['surveyed with others', together],
] as const)('an endpoint that is %s', (_, ask) => {
  test('never gets a wrong owner, nor is it called an orphan while anything may hold it', async () => {
    await everyAnswer(
      rawWorlds,
      (answers, { endpoints, owners }) => {
        for (const [n, endpoint] of endpoints.entries())
          keepsTheLaws(answers[n] as Identification, endpoint, owners[n] ?? null);
      },
      ask,
    );
  });

  test('is answered in time and truly, whatever hangs', async () => {
    const hangingList = (list: RawList) =>
      fc.record({ ...constants(list), hangsAt: fc.constantFrom(null, null, null, 0, 1) });
    const hanging = rawWorlds.chain((raw) =>
      fc.record({
        ...constants(raw),
        ec2: fc.constantFrom('answers' as const, 'answers' as const, 'hangs' as const),
        history: fc.constantFrom('knows' as const, 'hangs' as const),
        services: fc.tuple(
          ...raw.services.map((service) =>
            fc.record({ ...constants(service), lists: fc.tuple(...service.lists.map(hangingList)) as never }),
          ),
        ),
        resources: fc.tuple(
          ...raw.resources.map((resource) =>
            fc.record({ ...constants(resource), nameAfterMs: fc.constantFrom(0, 0, 0, Infinity) }),
          ),
        ),
      }),
    ) as fc.Arbitrary<RawWorld>;
    await everyAnswer(
      hanging,
      (answers, { endpoints, owners }) => {
        for (const [n, endpoint] of endpoints.entries())
          keepsTheLaws(answers[n] as Identification, endpoint, owners[n] ?? null);
      },
      ask,
    );
  });
});

function constants<T extends object>(of: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, fc.constant(value)])) as never;
}

test('a list that is refused is never an absence', async () => {
  const refusing = rawWorlds.map((raw): RawWorld => {
    const [first, ...rest] = raw.services;
    if (first === undefined) return raw;
    const lists: readonly [RawList, RawList] = [{ ...first.lists[0], failsAt: 0 }, first.lists[1]];
    return { ...raw, history: 'knows-nothing', services: [{ ...first, lists }, ...rest] };
  });
  await everyAnswer(
    refusing,
    (answers) => {
      for (const { checks, verdict, nextStep } of answers) {
        const check = checks.find(({ check: name }) => name === 's0');
        if (verdict === 'identified' || check?.outcome === 'skipped') continue;
        expect(nextStep.action).not.toBe('contact-support');
      }
    },
    oneByOne,
  );
});

function withoutNames(raw: RawWorld): RawWorld {
  const endpoints = raw.endpoints.map((endpoint) => ({
    ...endpoint,
    tags: endpoint.tags.map((tag) => ({ ...tag, names: null })),
  }));
  return { ...raw, endpoints };
}

test('a survey of many says of each endpoint what a survey of it alone says', async () => {
  const said = (raw: RawWorld) => (answer: Identification) => {
    const { verdict, owner, service, complete, nextStep, evidence, checks } = answer;
    const short = { verdict, owner, service };
    // Endpoints that are asked for together know of each other what EC2 would not say.
    if (raw.ec2 === 'refuses') return short;
    // A list is not read on for the sake of an endpoint that it shows, even where a narrower resource may own that.
    if (evidence.some(({ source, strength }) => source === 'api' && strength === 'probable')) return short;
    return {
      ...short,
      complete,
      action: nextStep.action,
      candidates: [...candidatesIn(answer)].sort(),
      evidence: evidence.map(({ statement, strength }) => `${strength} ${statement}`).sort(),
      // Of an endpoint whose owner is known, what was asked for the sake of others may have failed too.
      failed: checks.flatMap(({ outcome, check }) =>
        outcome === 'failed' && answer.confidence !== 'confirmed' ? check : [],
      ),
    };
  };
  // A resource that a tag of another endpoint names is known where its list may not be read.
  const worlds = rawWorlds.chain((raw) =>
    fc.constantFrom(
      { ...unharmed(raw), history: 'knows-nothing' as const },
      { ...withoutNames(raw), history: 'knows-nothing' as const },
    ),
  );
  await fc.assert(
    fc.asyncProperty(worlds, async (raw) => {
      expect((await together(raw)).map(said(raw))).toEqual((await oneByOne(raw)).map(said(raw)));
    }),
    { numRuns },
  );
});

test('the order and the time in which lists and names answer change nothing', async () => {
  const delays = fc.constantFrom(0, 1, 30, 100, 240);
  const retimed = rawWorlds.chain((raw) =>
    fc.record({
      raw: fc.constant(raw),
      lists: fc.array(fc.tuple(delays, delays), { minLength: 6, maxLength: 6 }),
      names: fc.array(delays, { minLength: 6, maxLength: 6 }),
    }),
  );
  const said = (answer: Identification) => ({
    verdict: answer.verdict,
    owner: answer.owner,
    complete: answer.complete,
    action: answer.nextStep.action,
    candidates: [...candidatesIn(answer)].sort(),
  });
  await fc.assert(
    fc.asyncProperty(retimed, async ({ raw, lists, names }) => {
      const after = (list: RawList, n: number): RawList => ({ ...list, afterMs: lists[n] ?? [] });
      const other: RawWorld = {
        ...raw,
        services: raw.services.map((service, n) => ({
          ...service,
          lists: [after(service.lists[0], 2 * n), after(service.lists[1], 2 * n + 1)],
        })),
        resources: raw.resources.map((resource, n) => ({ ...resource, nameAfterMs: names[n] ?? 0 })),
      };
      expect((await oneByOne(other)).map(said)).toEqual((await oneByOne(raw)).map(said));
    }),
    { numRuns },
  );
});

test('an endpoint that a resource also lists changes nothing about another endpoint', async () => {
  const changed = fc.record({ raw: rawWorlds, position: fc.nat({ max: 5 }) });
  const said = (answer: Identification | undefined) =>
    answer === undefined
      ? null
      : {
          verdict: answer.verdict,
          owner: answer.owner,
          action: answer.nextStep.action,
          candidates: [...candidatesIn(answer)].sort(),
        };
  await fc.assert(
    fc.asyncProperty(changed, async ({ raw, position }) => {
      const { told, endpoints, resources } = build(raw);
      const chosen = resources[position % Math.max(1, resources.length)];
      // How many endpoints these have is documented: one that is known leaves less room for others.
      if (chosen === undefined || typeof chosen.mostEndpoints === 'number') return;
      const before = await worldOf(told).answers(...endpoints.slice(0, 1));
      const { told: again, resources: same } = build(raw);
      const { shows } = same.find(({ id }) => id === chosen.id) as Resource;
      Object.assign(shows, { endpointIds: [...(shows.endpointIds ?? []), otherId] });
      const after = await worldOf(again).answers(...endpoints.slice(0, 1));
      expect(said(after[0])).toEqual(said(before[0]));
    }),
    { numRuns },
  );
});

test('an item that cannot be read hides none of its neighbours', async () => {
  const damaged = fc.record({ raw: rawWorlds.map(unharmed), position: fc.nat({ max: 5 }) });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ raw, position }) => {
      const resources = raw.resources.map(
        (resource, n): RawResource => ({ ...resource, unreadable: n === position }),
      );
      const { owners, resources: built } = build(raw);
      const whole = await together(raw);
      const torn = await together({ ...raw, resources });
      for (const [n, before] of whole.entries()) {
        const owner = owners[n];
        if (before.owner === null || owner === built[position] || typeof owner !== 'object') continue;
        const after = torn[n];
        // What lists a narrower resource's endpoints too may not own one while such a resource cannot be read.
        if (after?.verdict === 'service-identified')
          expect({ type: owner?.type, service: after.service }).toEqual({
            type: 'AWS::Test::wide',
            service: before.service,
          });
        else expect(after?.owner).toEqual(before.owner);
      }
    }),
    { numRuns },
  );
});

describe('two resources that both hold the endpoint', () => {
  const endpoint = endpointWith();
  type Way = 'id' | 'interface' | 'alias';
  const holding = (id: 'left' | 'right', way: Way): Resource => {
    const shows = {
      id: { endpointIds: [endpoint.id] },
      interface: { interfaceIds: ['eni-b'] },
      alias: { hostnames: [`${id}.example`] },
    };
    return resourceWith({ id, shows: shows[way] });
  };
  const delay = fc.nat({ max: 240 });

  async function answerTo(lists: readonly (readonly Page[])[], nameAfterMs = 0): Promise<Identification> {
    const leads = { aliases: [dnsNameOf(endpoint.id)], afterMs: nameAfterMs };
    const services = [serviceOf('s0', { lists: lists.map((pages) => listOf(pages)) })];
    const world = worldOf({ services, names: { 'left.example': leads, 'right.example': leads } });
    const [answer] = await world.answers(endpoint);
    if (answer === undefined) throw new Error('there is no answer');
    return answer;
  }

  function isAmbiguous(answer: Identification): void {
    expect(answer).toMatchObject({ verdict: 'ambiguous', owner: null, nextStep: { action: 'choose' } });
    expect(candidatesIn(answer).sort()).toEqual([
      'AWS::RDS::DBProxy left confirmed',
      'AWS::RDS::DBProxy right confirmed',
    ]);
  }

  test('in one page make the answer ambiguous, and both are named', async () => {
    const ways = fc.constantFrom<Way[]>('id', 'interface');
    const pages = fc.record({
      ways: fc.oneof(fc.tuple(ways, ways), fc.constant(['alias', 'alias'] as const)),
      before: fc.nat({ max: 3 }),
      between: fc.nat({ max: 3 }),
      afterMs: delay,
      nameAfterMs: delay,
    });
    await fc.assert(
      fc.asyncProperty(pages, async ({ ways: [first, second], before, between, afterMs, nameAfterMs }) => {
        const others = (what: string, count: number) =>
          Array.from({ length: count }, (_, n) => resourceWith({ id: `${what}${n}` }));
        const items = [
          ...others('before', before),
          holding('left', first),
          ...others('between', between),
          holding('right', second),
        ];
        isAmbiguous(await answerTo([[{ items, afterMs }]], nameAfterMs));
      }),
      { numRuns: 300 },
    );
  });

  test('in two lists of one service do so whichever answers first', async () => {
    await fc.assert(
      fc.asyncProperty(delay, delay, async (left, right) => {
        const pages = [
          [{ items: [holding('left', 'id')], afterMs: left }],
          [{ items: [holding('right', 'interface')], afterMs: right }],
        ];
        isAmbiguous(await answerTo(pages));
      }),
      { numRuns: 300 },
    );
  });

  test('do so in whichever order one page has them, one by its name', async () => {
    const items = [holding('left', 'alias'), holding('right', 'id')];
    for (const afterMs of [0, 100]) {
      isAmbiguous(await answerTo([[{ items }]], afterMs));
      isAmbiguous(await answerTo([[{ items: items.toReversed() }]], afterMs));
    }
  });
});

test('the worlds in which all this holds bring up every kind of answer', async () => {
  const seen = new Set<string>();
  await everyAnswer(
    rawWorlds,
    (answers) => {
      for (const { verdict, confidence, nextStep, evidence } of answers) {
        for (const kind of [verdict, confidence, nextStep.action]) seen.add(kind);
        for (const { source, strength } of evidence) seen.add(`${source} ${strength}`);
      }
    },
    oneByOne,
  );
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['identified', 'service-identified', 'ambiguous', 'unidentified', 'not-requester-managed'],
      ...['confirmed', 'probable', 'none'],
      ...[
        'delete-owner',
        'delete-endpoint',
        'wait',
        'contact-support',
        'grant-permission',
        'retry',
        'choose',
      ],
      ...['api confirmed', 'api probable', 'dns confirmed', 'address probable', 'network hint'],
      ...['cloudtrail probable', 'endpoint-tag probable', 'endpoint-tag refuted', 'service-name probable'],
    ]),
  );
});
