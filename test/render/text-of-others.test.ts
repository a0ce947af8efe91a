import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Identification, ProblemDocument } from '../../lambda/http/contract.ts';
import { renderProblemText, renderText } from '../../lambda/render/text.ts';
import { exampleIdentification } from '../../scripts/openapi-examples.ts';
import '../support/seed.ts';

describe('text of others', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '\u001b',
        '\n',
        '\r',
        '\t',
        '\u009b',
        '\u202e',
        '\u2066',
        '\u200b',
        '\ufeff',
        '\u2028',
        '\u00ad',
        '\ud800',
        ' ',
        'a',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 60,
  });
  /** The same document with every string replaced but those that the contract fixes. */
  const withStrings = (value: unknown, text: string): unknown => {
    if (typeof value === 'string') return text;
    if (Array.isArray(value)) return value.map((item) => withStrings(item, text));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === 'outcome' || key === 'verdict' ? item : withStrings(item, text),
      ]),
    );
  };
  const unsafe = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

  test('never brings control, bidi or invisible characters to a terminal', () => {
    const full = {
      ...exampleIdentification,
      candidates: [
        { ...exampleIdentification.owner, service: exampleIdentification.service, strength: 'hint' },
      ],
    };
    fc.assert(
      fc.property(hostile, (text) => {
        const identification = withStrings(full, text) as Identification;
        const endpoint = { ...identification.endpoint, tags: { [text]: text } };
        expect(renderText({ ...identification, endpoint })).not.toMatch(unsafe);
        expect(
          renderProblemText(
            withStrings(
              { status: 1, code: '', detail: '', requestId: '', action: '' },
              text,
            ) as ProblemDocument,
          ),
        ).not.toMatch(unsafe);
      }),
    );
  });

  test('is wrapped at 80 columns between words, and words stay whole', () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9:/.-]{1,100}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, (list) => {
        const problem = {
          status: 404,
          code: 'route-not-found',
          detail: list.join(' '),
          requestId: 'r',
        } as ProblemDocument;
        const lines = renderProblemText(problem).split('\n').slice(1, -2);
        expect(lines.join(' ').split(' ')).toEqual(list);
        expect(lines.filter((line) => line.length > 80 && line.includes(' '))).toEqual([]);
      }),
    );
  });
});
