/** What the tests of reliability amount to, counted from the tests themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allFaults,
  kinds,
  operationFaults,
  operations,
  particularFaults,
  usualFaults,
} from '../test/support/matrix.ts';

/** fast-check's own. */
const defaultRuns = 100;

export function describeCounts(): string {
  const everywhere = Object.values(operationFaults).flat().length;
  const { properties, few, many } = countProperties();
  const number = (value: number) => value.toLocaleString('en-US');
  return [
    `- ${operations.length} operations × ${everywhere} faults, and ${particularFaults.length} faults of DNS and of events: ` +
      `${number(allFaults.length)} bad days.`,
    `- \`npm test\` tries ${number(usualFaults.size)} of them, and asks on each for every kind of endpoint of the service at fault, ` +
      'and for three that must not suffer from it.',
    `- \`npm run laws\` asks for all ${kinds.length} kinds of endpoint: ${number(allFaults.length * kinds.length)} lookups, ` +
      'every one held to every law.',
    `- ${properties} properties of generated input, ${number(few)} cases with \`npm test\` and ${number(many)} with ` +
      '`npm run laws`, from a seed that is printed (`SEED=random npm test` takes another).',
  ].join('\n');
}

interface Runs {
  readonly few: number;
  readonly many: number;
}

/** How often a property is tried, as its file writes it: `500`, `times(100, 500)`, or the name of a constant. */
function countProperties(): Runs & { properties: number } {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(join('test', file), 'utf8');
    const constant = /^const (?:runs|numRuns) = (.*);$/m.exec(text)?.[1] ?? '';
    return text
      .split('fc.assert(')
      .slice(1)
      .map((property) => runsOf(/numRuns(?:: (times\([^)]*\)|\w+))?/.exec(property)?.[1], constant));
  });
  return {
    properties: found.length,
    few: found.reduce((sum, { few }) => sum + few, 0),
    many: found.reduce((sum, { many }) => sum + many, 0),
  };
}

function runsOf(written: string | undefined, constant: string): Runs {
  const text = written === undefined || written === 'runs' ? constant : written;
  const [, few, many] = /times\(([\d_]+), ([\d_]+)\)/.exec(text) ?? [];
  const read = (digits: string) => Number(digits.replaceAll('_', ''));
  if (few !== undefined && many !== undefined) return { few: read(few), many: read(many) };
  const runs = /^[\d_]+$/.test(text) ? read(text) : defaultRuns;
  return { few: runs, many: runs };
}
