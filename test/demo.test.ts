import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { identification, problem } from '../lambda/http/contract.ts';
import { rowsOf } from '../lambda/render/lines.ts';
import { demo, type Expectation } from '../sandbox/demo.ts';
import { type Api, startApi } from './support/api.ts';

const { account, examples } = demo(new Date());
let api: Api;
beforeAll(async () => {
  api = await startApi(account);
});
afterAll(() => api.close());

const isText = (path: string) => path.includes('format=text');

/** What an example promises, read from the answer; what it does not promise is left out. */
function promised(expect: Expectation, body: unknown, status: number): Expectation {
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

describe('the demo account answers for', () => {
  test.each(examples.filter(({ path }) => !isText(path)))('$title', async ({ path, expect: expected }) => {
    const { status, headers, body } = await api.request(path);
    expect(promised(expected, JSON.parse(body), status)).toEqual(expected);
    expect(headers['content-type']).toBe(status === 200 ? 'application/json' : 'application/problem+json');
  });
});

describe('as text the first line can be searched for', () => {
  /** Errors are refused before anything is asked; the rest is one example of every kind of answer. */
  const kinds = new Map(
    examples.map((example) => [
      `${example.expect.verdict ?? example.expect.code} ${example.expect.service}`,
      example,
    ]),
  );

  test.each([...kinds.values()])('$title', async ({ path, expect: expected }) => {
    const separator = path.includes('?') ? '&' : '?';
    const asked = isText(path) ? path : `${path}${separator}format=text`;
    const { status, headers, body } = await api.request(asked);
    const [first = ''] = body.split('\n');
    const { verdict, service, resourceId, code } = expected;
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    if (status === 200) {
      const words = first.split('  ');
      expect(words).toHaveLength(5);
      expect(words[0]).toMatch(/^vpce-[0-9a-f]{17}$/);
      expect(words[1]).toBe(verdict);
      if (service !== undefined) expect(words[2]).toBe(service ?? '-');
      expect(words[3]).toBe(resourceId ?? '-');
      expect(words[4]).toMatch(/^(arn:\S+|-)$/);
    } else {
      expect(first).toBe(`error  ${status}  ${code}`);
    }
  });
});

describe('as text an owner, and what to do about it, fit a screen of 24 lines', () => {
  const owned = examples.filter(({ expect: { verdict } }) => verdict === 'identified');

  test.each(owned.filter(({ path }) => !isText(path)))('$title', async ({ path }) => {
    const { body } = await api.request(`${path}${path.includes('?') ? '&' : '?'}format=text`);
    expect(rowsOf(body)).toBeLessThanOrEqual(24);
    expect(body).not.toMatch(/not found|\bnone\b|skipped/);
  });
});
