import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Identification } from '../../lambda/http/contract.ts';
import { resolvers } from '../../lambda/resolvers/index.ts';
import type { Example } from '../../sandbox/demo.ts';
import { breaches } from './laws.ts';
import { type Answered, askFor, kinds } from './matrix.ts';

/** The laws as tests: one for each fault, over every kind of endpoint. */
export function testLaws(faults: readonly string[]): void {
  const usual = new Map<string, Identification>();
  beforeAll(async () => {
    for (const answered of await askFor(kinds)) usual.set(answered.kind.path, identified(answered));
  });

  test('on an ordinary day every kind of endpoint is answered as the demo account says', () => {
    expect(kinds.length).toBeGreaterThan(40);
    for (const { path, expect: expected } of kinds) {
      const { verdict, service, owner, complete, nextStep } = usual.get(path) as Identification;
      const isWhole = owner !== null || nextStep.action === 'contact-support';
      expect({ path, verdict, complete: complete || !isWhole }).toEqual({
        path,
        verdict: expected.verdict,
        complete: true,
      });
      if (expected.service !== undefined) expect(service?.id ?? null).toBe(expected.service);
      expect(owner?.resourceId).toBe(expected.resourceId);
    }
  });

  describe('every kind of endpoint keeps the laws under', () => {
    test.each(faults)('%s', async (fault) => {
      const concerned = kindsUnder(fault, usual);
      const answers = await askFor(concerned, fault);
      expect(answers.length).toBeGreaterThanOrEqual(bystanders.length);
      const wrong = answers.flatMap((answered) =>
        breaches(fault, usual.get(answered.kind.path) as Identification, answered),
      );
      expect(wrong).toEqual([]);
    });
  });
}

type Usual = ReadonlyMap<string, Identification>;

/** Who must not suffer from another's fault: another owner, an orphan, and one whose tags lie. */
const bystanders: readonly ((answer: Identification, services: readonly string[]) => boolean)[] = [
  ({ owner, service }, services) => owner !== null && !services.includes(service?.id ?? ''),
  ({ nextStep }) => nextStep.action === 'contact-support',
  ({ evidence }) => evidence.some(({ strength }) => strength === 'refuted'),
];

/**
 * Those that a fault is about, and a bystander of each sort: the endpoints of the services that call the operation, or one
 * of each service for what every lookup needs. All of them with `npm run laws`.
 */
function kindsUnder(fault: string, usual: Usual): readonly Example[] {
  if (process.env['LAWS'] === 'all') return kinds;
  const [operation = ''] = fault.split('=');
  const answerOf = ({ path }: Example) => usual.get(path) as Identification;
  const serviceOf = (kind: Example) => answerOf(kind).service?.id ?? '';
  const callers = resolvers.filter(({ actions }) => Object.hasOwn(actions, operation)).map(({ id }) => id);
  const firstOfEach = kinds.filter(
    (kind, index) => kinds.findIndex((other) => serviceOf(other) === serviceOf(kind)) === index,
  );
  const sortOf = (kind: Example) => {
    const { owner, confidence, evidence } = answerOf(kind);
    return [owner?.resourceType, confidence, ...evidence.map(({ source }) => source)].join();
  };
  const own = kinds.filter((kind) => callers.includes(serviceOf(kind)));
  // Of those that are known in the same way one is enough.
  const ofEachSort = own.filter(
    (kind, index) => own.findIndex((other) => sortOf(other) === sortOf(kind)) === index,
  );
  const concerned = callers.length === 0 ? firstOfEach : ofEachSort;
  const others = bystanders.flatMap((is) => kinds.find((kind) => is(answerOf(kind), callers)) ?? []);
  return [...new Set([...concerned, ...others])];
}

function identified(answered: Answered): Identification {
  if ('answer' in answered) return answered.answer;
  throw new Error(`${answered.kind.title}: ${answered.problem.detail}`);
}
