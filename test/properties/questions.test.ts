import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { askedIn } from '../support/asked.ts';
import { hostileText } from '../support/hostile.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

const hexadecimal = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const newId = hexadecimal(17).map((digits) => `vpce-${digits}`);
const oldId = hexadecimal(8).map((digits) => `vpce-${digits}`);

const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const eachSign = (text: string, spell: (sign: string) => string) =>
  text.replace(/[^0-9a-z]/giu, (sign) => spell(sign));
const code = (sign: string) => sign.codePointAt(0)?.toString(16) ?? '';
const unit = (sign: string) => `\\u${code(sign).padStart(4, '0')}`;

/** What tools put on a text; each can be put on any number of times. */
const escapes: Readonly<Record<string, (text: string) => string>> = {
  'percent-encoded': encodeURIComponent,
  'every byte percent-encoded': percent,
  'a string of JSON': (text) => JSON.stringify(text),
  'a string of JSON that is ASCII': (text) =>
    eachSign(text, (sign) => (sign.length === 1 ? unit(sign) : `\\u{${code(sign)}}`)),
  'HTML, by number': (text) => eachSign(text, (sign) => `&#x${code(sign)};`),
  'HTML, by name': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  'a colour': (text) => `\u001b[1;31m${text}\u001b[0m`,
  'full width': (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  'an en dash': (text) => text.replaceAll('-', '–'),
  Markdown: (text) => `**${text}**`,
};
const escaped = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.array(fc.constantFrom(...Object.values(escapes)), { maxLength: 3 }))
    .map(([plain, chosen]) => chosen.reduce((sofar, put) => put(sofar), plain))
    .filter((long) => long.length <= 4096);

/** Text that names nothing itself, and is no broken escape that would take the first letter of what follows. */
const anything = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    hostileText,
  )
  .map((text) => text.toWellFormed().slice(0, 60))
  .filter((text) => !/vpce|eni-/i.test(text.normalize('NFKD')));
const around = (id: fc.Arbitrary<string>) =>
  fc
    .tuple(anything, id, anything)
    .map(([before, one, after]) => ({ id: one, text: `${before}${one}${after}` }));
const escapedAround = (id: fc.Arbitrary<string>) =>
  around(id).chain(({ id: one, text }) => escaped(fc.constant(text)).map((put) => ({ id: one, text: put })));

describe('an id', () => {
  test('is found whatever stands around it, however often it was escaped', () => {
    fc.assert(
      fc.property(escapedAround(newId), ({ id, text }) => {
        expect(askedIn(text)).toMatchObject({ ids: [id] });
      }),
      { numRuns: times(600, 3_000) },
    );
  });

  test('of 8 digits is found between signs that cut nothing', () => {
    const sign = fc.constantFrom(
      '',
      ' ',
      '"',
      "'",
      '/',
      '=',
      '(',
      ')',
      ':',
      ',',
      ';',
      '<',
      '>',
      '\n',
      '|',
      '_',
    );
    fc.assert(
      fc.property(oldId, sign, sign, (id, before, after) => {
        expect(askedIn(`${before}${id}${after}`)).toMatchObject({ ids: [id] });
      }),
      { numRuns: times(100, 500) },
    );
  });

  test('is found when a terminal broke it anywhere', () => {
    const place = fc.integer({ min: 1, max: 21 });
    const indentation = fc.constantFrom('\n', '\r\n', '\n    ', '  \n  ', '\n│ ', '\n> ');
    fc.assert(
      fc.property(newId, place, indentation, (id, at, broken) => {
        expect(askedIn(`delete ${id.slice(0, at)}${broken}${id.slice(at)} now`)).toMatchObject({ ids: [id] });
      }),
      { numRuns: times(100, 500) },
    );
  });

  test('that is one of two is never chosen', () => {
    fc.assert(
      fc.property(escapedAround(newId), escapedAround(newId), (one, two) => {
        fc.pre(one.id !== two.id && one.text.length + two.text.length < 4096);
        expect(askedIn(`${one.text} ${two.text}`)).toMatchObject({ ids: [one.id, two.id] });
      }),
      { numRuns: times(200, 1_000) },
    );
  });
});

describe('nothing is asked about', () => {
  const word = fc.stringMatching(/^[g-z]{0,6}$/);

  test('an id that is cut or hidden, wherever that is', () => {
    const mark = fc.constantFrom(
      '…',
      '...',
      '..',
      '⋯',
      '[...]',
      '(…)',
      '****',
      '***',
      '*',
      'xx',
      '••••',
      '████',
      '####',
    );
    const [prefix, at] = [fc.constantFrom('vpce-', 'eni-'), fc.integer({ min: 0, max: 16 })];
    fc.assert(
      fc.property(prefix, hexadecimal(17), at, mark, word, (start, digits, cut, hidden, after) => {
        expect(askedIn(`see ${start}${digits.slice(0, cut)}${hidden} ${after}`)).toHaveProperty('code');
      }),
      { numRuns: times(200, 1_000) },
    );
  });

  test('an id whose rest is in the next line, and is cut too', () => {
    const rest = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(newId, rest, fc.constantFrom('\n', '\n   ', '\n│ '), word, (id, length, broken, after) => {
        expect(askedIn(`${id.slice(0, 13)}${broken}${id.slice(13, 13 + length)} ${after}`)).toHaveProperty(
          'code',
        );
      }),
    );
  });

  test('a text without an id', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'vpce-',
        'eni-',
        'vpce-svc-',
        'subnet-',
        'vpce',
        '-',
        'us-east-1',
        '%2d',
        '\\u002d',
        '&#45;',
      ),
      fc.stringMatching(/^[0-9a-f]{1,7}$/),
      anything.filter((text) => !/[0-9a-f]{6}/i.test(text.normalize('NFKD'))),
    );
    const separator = fc.constantFrom(' ', ';', '/', '"', '\u3000', '\t', 'ü');
    const text = fc
      .array(fc.tuple(piece, separator), { maxLength: 12 })
      .map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(text, (nothing) => {
        expect(askedIn(nothing)).toHaveProperty('code');
      }),
      { numRuns: times(400, 2_000) },
    );
  });
});

describe('a Region', () => {
  const data = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const regions = [...readFileSync(data, 'utf8').matchAll(/"([a-z-]+-\d+)": \{/g)].map(
    ([, name = '']) => name,
  );
  const id = 'vpce-0ce9fdcdd4aa4097e';
  const places: readonly ((region: string) => string)[] = [
    (region) => `${id}-1hbywnw6.vpce-svc-0b2f119acb23c050e.${region}.vpce.amazonaws.com`,
    (region) => `arn:aws:ec2:${region}:111122223333:vpc-endpoint/${id}`,
    (region) => `arn:aws:sns:${region}:111122223333:topic ${id}`,
    (region) => `com.amazonaws.vpce.${region}.vpce-svc-0b2f119acb23c050e ${id}`,
    (region) => `com.amazonaws.${region}.s3 ${id}`,
    (region) => `ec2.${region}.amazonaws.com ${id}`,
    (region) => `https://${region}.console.aws.amazon.com/#${id}`,
    (region) => `https://console.example.com/?region=${region}#${id}`,
    (region) => `--region "${region}" ${id}`,
    (region) => `AWS_REGION=${region} ${id}`,
    (region) => `{"awsRegion":"${region}","id":"${id}"}`,
    (region) => `${region} ERROR ${id}`,
    (region) => `${id},${region},available`,
    (region) => `${id} ${region}c`,
    (region) => `${id} (prod-${region}-db)`,
    (region) => `${id} ${region.toUpperCase()}`,
  ];

  test('of all that the SDK knows is asked, wherever the text names it', () => {
    expect(regions.length).toBeGreaterThan(40);
    for (const region of regions) {
      for (const place of places) expect(askedIn(place(region))).toEqual({ ids: [id], regions: [region] });
    }
  });

  test('is asked however the text was escaped', () => {
    const text = fc
      .tuple(fc.constantFrom(...regions), fc.constantFrom(...places))
      .chain(([region, place]) => escaped(fc.constant(place(region))).map((put) => ({ region, put })));
    fc.assert(
      fc.property(text, ({ region, put }) => {
        expect(askedIn(put)).toEqual({ ids: [id], regions: [region] });
      }),
      { numRuns: times(200, 1_000) },
    );
  });

  test('is no other word', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}-[a-z]{2,8}-[0-9]{1,2}$/);
    fc.assert(
      fc.property(
        word.filter((name) => !/(?:north|south|east|west|central)/.test(name)),
        (name) => {
          expect(askedIn(`${id} ${name}`)).toEqual({ ids: [id], regions: [] });
        },
      ),
      { numRuns: times(100, 500) },
    );
  });
});
