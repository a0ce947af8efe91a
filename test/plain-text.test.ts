import { expect, test } from '@jest/globals';
import { echo, plainText } from '../lambda/plain-text.ts';

test.each(['orders', "it's 東京 – ok ✓", '  two  blanks ', 'a/b_c=d+e@f', ''])(
  'leaves %p as it is',
  (text) => {
    expect(plainText(text)).toBe(text);
  },
);

test.each([
  ['a\r\n\tb\u0000c', 'a b c'],
  ['\u001b[31mred\u009b0m', ' [31mred 0m'],
  ['a\u2028b', 'a b'],
  ['a\u202eb\u200bc\ufeff\u00add', 'abcd'],
  ['a\ud800b', 'a\ufffdb'],
])('makes %j into %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('shows 100 characters of what a caller sent, and that it was more', () => {
  expect(echo('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
  expect(echo('😀'.repeat(101))).toBe(`"${'😀'.repeat(100)}…"`);
});
