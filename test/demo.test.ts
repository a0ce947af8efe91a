import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Identification, identification } from '../lambda/http/contract.ts';
import { rowsOf } from '../lambda/render/lines.ts';
import { renderText } from '../lambda/render/text.ts';
import { demo } from '../sandbox/demo.ts';
import { type Api, startApi } from './support/api.ts';
import { promised } from './support/promised.ts';

const { account, examples } = demo(new Date());
let api: Api;
beforeAll(async () => {
  api = await startApi(account);
});
afterAll(() => api.close());

/** Of each path, by the tests of the first group. */
const answered = new Map<string, Identification>();

const isText = (path: string) => path.includes('format=text');

describe('the demo account answers for', () => {
  test.each(examples.filter(({ path }) => !isText(path)))('$title', async ({ path, expect: expected }) => {
    const { status, headers, body } = await api.request(path);
    const answer = JSON.parse(body);
    if (status === 200) answered.set(path, identification.parse(answer));
    expect(promised(expected, answer, status)).toEqual(expected);
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
    const answer = answered.get(path) ?? identification.parse(JSON.parse((await api.request(path)).body));
    const text = renderText(answer);
    expect(rowsOf(text)).toBeLessThanOrEqual(24);
    expect(text).not.toMatch(/not found|\bnone\b|skipped/);
  });
});
