import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Identification } from '../../lambda/http/contract.ts';
import { breaches } from './laws.ts';
import { type Answered, askForEveryKind, kinds } from './matrix.ts';

/** The laws as tests: one for each fault, over every kind of endpoint. */
export function testLaws(faults: readonly string[]): void {
  const usual = new Map<string, Identification>();
  beforeAll(async () => {
    for (const answered of await askForEveryKind()) usual.set(answered.kind.path, identified(answered));
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
      const answers = await askForEveryKind(fault);
      expect(answers).toHaveLength(kinds.length);
      const wrong = answers.flatMap((answered) =>
        breaches(fault, usual.get(answered.kind.path) as Identification, answered),
      );
      expect(wrong).toEqual([]);
    });
  });
}

function identified(answered: Answered): Identification {
  if ('answer' in answered) return answered.answer;
  throw new Error(`${answered.kind.title}: ${answered.problem.detail}`);
}
