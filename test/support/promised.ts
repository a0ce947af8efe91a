import { identification, problem } from '../../lambda/http/contract.ts';
import type { Expectation } from '../../sandbox/demo.ts';

/** What an example promises, read from the answer; what it does not promise is left out. */
export function promised(expect: Expectation, body: unknown, status: number): Expectation {
  if (status !== 200) return { status, code: problem.parse(body).code };
  const { verdict, confidence, service, owner, nextStep, candidates } = identification.parse(body);
  const all = {
    status,
    verdict,
    confidence,
    service: service?.id ?? null,
    resourceType: owner?.resourceType,
    resourceId: owner?.resourceId,
    action: nextStep.action,
    candidates: candidates.length,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in expect)) as unknown as Expectation;
}
