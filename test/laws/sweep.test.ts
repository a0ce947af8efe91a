import { describe, expect, test } from '@jest/globals';
import type { Sweep } from '../../lambda/answer/sweep.ts';
import { problem, sweep as schema } from '../../lambda/http/contract.ts';
import {
  allFaults,
  type Stage,
  serviceOf,
  smallStage,
  underFault,
  usualFaults,
  wholeDemo,
} from '../support/matrix.ts';
import { type Swept, sweepBreaches } from '../support/sweep-laws.ts';
import { thorough } from '../support/thorough.ts';

/** One of each sort, on an account of the service at fault: what AWS says is read by the same code as for a lookup. */
const sorts = /=(?:denied|truncated|missing-fields|hang)$|^dns=(?:nxdomain|servfail|drop)$/;
const faults = thorough ? allFaults : [...usualFaults].filter((fault) => sorts.test(fault));

async function sweepUnder(stage: Stage, fault?: string): Promise<Swept> {
  const { status, document, afterMs } = await underFault(stage, fault, (ask) => ask('/vpc-endpoints'));
  return status === 200
    ? { afterMs, sweep: schema.parse(document) as Sweep }
    : { afterMs, problem: problem.parse(document) };
}

async function usualOf(stage: Stage): Promise<Sweep> {
  const swept = await sweepUnder(stage);
  if ('sweep' in swept) return swept.sweep;
  throw new Error(swept.problem.detail);
}

const stages = new Map<string | null, { readonly stage: Stage; readonly usual: Promise<Sweep> }>();

/** With its sweep on an ordinary day. */
function stageFor(fault: string) {
  const key = thorough ? null : serviceOf(fault.split('=')[0] ?? '');
  const stage = stages.get(key)?.stage ?? (thorough ? wholeDemo : smallStage(key));
  const made = stages.get(key) ?? { stage, usual: usualOf(stage) };
  stages.set(key, made);
  return made;
}

test('on an ordinary day most endpoints of the demo account are identified', async () => {
  const { count, summary } = await usualOf(wholeDemo);
  expect(count).toBeGreaterThan(40);
  expect(summary.verdicts.identified).toBeGreaterThan(20);
});

describe('a sweep keeps the laws under', () => {
  test.each(faults)('%s', async (fault) => {
    const { stage, usual } = stageFor(fault);
    expect(sweepBreaches(fault, await usual, await sweepUnder(stage, fault))).toEqual([]);
  });
});
