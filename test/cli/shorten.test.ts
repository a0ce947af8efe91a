import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shorten } from '../../cli/shorten.ts';
import { findIds, type Prefix } from '../../lambda/http/ids.ts';
import { findRegions } from '../../lambda/http/regions.ts';
import { unescapeText } from '../../lambda/http/unescape.ts';
import { seed } from '../support/seed.ts';

const prefixes: readonly Prefix[] = ['vpce', 'eni', 'subnet', 'sg', 'vpc', 'vpce-svc'];

/** What an answer is made from. */
function leadsTo(text: string) {
  const searched = unescapeText(text);
  return {
    ids: Object.fromEntries(prefixes.map((prefix) => [prefix, findIds(searched, prefix)])),
    regions: findRegions(searched),
  };
}

const filler = 'INFO nothing of note happened here\n'.repeat(200);
const region = fc.constantFrom('us-east-1', 'ap-northeast-1', 'eu-west-3', 'us-gov-west-1', 'cn-north-1');
/** Every way in which a text says where something is. */
const places = [
  (one: string) => `vpce-0123456789abcdef0-a1b2c3d4.vpce-svc-0123456789abcdef1.${one}.vpce.amazonaws.com`,
  (one: string) => `arn:aws:ec2:${one}:111122223333:vpc-endpoint/`,
  (one: string) => `AWS_REGION="${one}"`,
  (one: string) => `https://${one}.console.aws.amazon.com/vpc`,
  (one: string) => `in zone ${one}c`,
  (one: string) => `arn:aws:rds:${one}:111122223333:db:x`,
  (one: string) => `the service com.amazonaws.vpce.${one}.vpce-svc-0123456789abcdef1`,
];
const named = fc.tuple(fc.constantFrom(...places), region).map(([place, one]) => place(one));
const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 17, maxLength: 17 });
const id = fc.tuple(fc.constantFrom(...prefixes), digits).map((parts) => parts.join('-'));

describe('a text of any length', () => {
  test('comes as it is where the API takes it', () => {
    const text = `the whole error\n\tof vpce-0123456789abcdef0 – “é”`;
    expect(shorten(text)).toBe(text);
  });

  test('comes to what leads to the same ids and the same Regions, for the same reasons', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(id, named), { minLength: 1, maxLength: 20 }), fc.nat(20), (words, at) => {
        const text = [...words.slice(0, at), filler, ...words.slice(at)].join('\n');
        const short = shorten(text);
        expect(short.length).toBeLessThanOrEqual(4_096);
        expect(leadsTo(short)).toEqual(leadsTo(text));
      }),
      { seed, numRuns: 300 },
    );
  });

  test('is told apart from one in which an id is cut', () => {
    expect(shorten(`${filler}vpce-0123456789ab... failed`)).toContain('vpce-0123456789ab...');
  });

  test("keeps a resource's ARN", () => {
    const arn = 'arn:aws:rds:eu-west-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8';
    expect(shorten(`${filler}${arn} cannot be deleted`)).toContain(arn);
  });

  test('of letters that take three signs each in an address is short only where those are', () => {
    const text = `${'é'.repeat(3_000)} vpce-0123456789abcdef0`;
    expect(shorten(text)).toBe('vpce-0123456789abcdef0');
  });

  test('with half a character in it can be asked', () => {
    expect(shorten('vpce-0123456789abcdef0 \ud83d')).toBe('vpce-0123456789abcdef0 \ufffd');
  });

  test('that names more than can be asked is refused, and not cut', () => {
    const many = Array.from({ length: 300 }, (_, n) => `vpce-${String(n).padStart(17, '0')}`).join('\n');
    expect(() => shorten(many)).toThrow(
      'expected a text with at most 4096 characters of ids and Regions; got 300 ids',
    );
  });
});

test('an id that is cut is refused in a long text as in a short one', () => {
  const text = `subnet-0a1b2c3d4e5f60718 has dependencies: vpce-0ce9fdcd... ${'lorem ipsum '.repeat(500)}`;
  expect(shorten(text)).toMatch('vpce-0ce9fdcd');
});

test("a resource's own id is found in a long text too", () => {
  expect(shorten(`${'lorem ipsum '.repeat(500)} s-0123456789abcdef0 is busy`)).toBe('s-0123456789abcdef0');
});
