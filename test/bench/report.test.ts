import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { median, ratio } from '../../bench/measure.ts';
import { renderRows, writeInto } from '../../bench/report.ts';

test('the README has the place that the bench writes to, once', () => {
  const readme = readFileSync('README.md', 'utf8');
  const written = writeInto(readme, 'what was measured');
  expect(written).toContain('what was measured');
  expect(writeInto(written, 'what was measured')).toBe(written);
  expect(readme.split('<!-- written by npm run bench')).toHaveLength(2);
});

test('what was measured takes the place of what was measured before, and of nothing else', () => {
  const readme = writeInto(
    'above\n<!-- written by npm run bench: from here -->\n<!-- to here -->\nbelow\n',
    'old',
  );
  const renewed = writeInto(readme, 'new');
  expect(renewed).toBe(readme.replace('old', 'new'));
  expect(renewed).toMatch(/^above\n.*\n\nnew\n\n.*\nbelow\n$/);
});

test('a README without that place is refused', () => {
  expect(() => writeInto('# Something else\n', 'new')).toThrow('expected the lines');
});

test('a row says whether its target is met, or that it could not be measured', () => {
  const row = { what: 'a', against: 'b', toReach: '≤ 1', measured: '1' };
  const [, , ...lines] = renderRows([true, false, null].map((met) => ({ ...row, met }))).split('\n');
  expect(lines.map((line) => line.split('|').at(-2)?.trim())).toEqual(['yes', '**no**', '–']);
});

test('the median of an even number of values lies between the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test('a ratio has the decimals that say something', () => {
  expect([ratio(1.0666), ratio(34.4)]).toEqual(['1.07', '34']);
});
