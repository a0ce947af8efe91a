import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Identification } from '../../lambda/http/contract.ts';
import type { Example } from '../../sandbox/demo.ts';
import { breaches } from './laws.ts';
import {
  type Answered,
  askFor,
  type Stage,
  sentBy,
  serviceOf,
  smallStage,
  usualFaults,
  wholeDemo,
} from './matrix.ts';
import { thorough } from './thorough.ts';

/** The laws as tests: one for each fault. */
export function testLaws(all: readonly string[]): void {
  const faults = thorough ? all : all.filter((fault) => usualFaults.has(fault));
  const stages = new Map<string | null, Stage>();
  const usual = new Map<Stage, Map<string, Identification>>();
  let sent: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  const stageOf = (fault: string): Stage => {
    const [operation = ''] = fault.split('=');
    const service = serviceOf(operation);
    const stage = thorough ? wholeDemo : (stages.get(service) ?? smallStage(service));
    stages.set(service, stage);
    return stage;
  };
  beforeAll(async () => {
    for (const stage of new Set(faults.map(stageOf))) {
      const answers = await askFor(stage, stage.kinds);
      usual.set(stage, new Map(answers.map((answered) => [answered.kind.path, identified(answered)])));
    }
    if (thorough) sent = await sentBy(wholeDemo);
  });

  const sends = ({ path }: Example, operation: string) =>
    operation === 'dns' || sent.get(path)?.has(operation);
  const isOwn = ({ expect: { service } }: Example, operation: string) =>
    service !== undefined && service === serviceOf(operation);

  test('on an ordinary day every kind of endpoint is answered as its account says', () => {
    for (const [{ kinds: all }, answers] of usual)
      for (const { path, expect: expected } of all) {
        const { verdict, service, owner, complete, nextStep } = answers.get(path) as Identification;
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
      const stage = stageOf(fault);
      const ordinary = usual.get(stage) ?? new Map<string, Identification>();
      const [operation = ''] = fault.split('=');
      const sorts = ofEachSort(stage, ordinary);
      const concerned = thorough
        ? stage.kinds.filter(
            (kind) => isOwn(kind, operation) || (sorts.includes(kind) && sends(kind, operation)),
          )
        : sorts;
      const answers = await askFor(stage, concerned, fault);
      expect(answers.length).toBeGreaterThanOrEqual(bystanders);
      const wrong = answers.flatMap((answered) =>
        breaches(fault, ordinary.get(answered.kind.path) as Identification, answered),
      );
      expect(wrong).toEqual([]);
    });
  });
}

/** Another owner, an orphan, and one whose tags lie. */
const bystanders = 3;

/** Of those that are known in the same way one is enough. */
function ofEachSort({ kinds: all }: Stage, usual: ReadonlyMap<string, Identification>): readonly Example[] {
  const sortOf = ({ path }: Example) => {
    const { owner, verdict, confidence, evidence } = usual.get(path) as Identification;
    const known = evidence.map(({ source, strength }) => `${source} ${strength}`);
    return [owner?.resourceType, verdict, confidence, ...known].join();
  };
  return all.filter((kind, index) => all.findIndex((other) => sortOf(other) === sortOf(kind)) === index);
}

function identified(answered: Answered): Identification {
  if ('answer' in answered) return answered.answer;
  throw new Error(`${answered.kind.title}: ${answered.problem.detail}`);
}
