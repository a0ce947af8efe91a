/** What the tests of reliability amount to, counted from the tests themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFaults, kinds, operationFaults, operations, particularFaults } from '../test/support/matrix.ts';

/** fast-check's own. */
const defaultRuns = 100;

export function describeCounts(): string {
  const everywhere = Object.values(operationFaults).flat().length;
  const { properties, runs } = countProperties();
  const number = (value: number) => value.toLocaleString('en-US');
  return [
    `- ${operations.length} operations × ${everywhere} faults, and ${particularFaults.length} faults of DNS and of events: ` +
      `${number(allFaults.length)} bad days.`,
    `- Each for ${kinds.length} kinds of endpoint: ${number(allFaults.length * kinds.length)} lookups, ` +
      'every one held to every law.',
    `- ${properties} properties of generated input, ${number(runs)} cases a run, from a seed that is printed ` +
      '(`SEED=random npm test` takes another).',
  ].join('\n');
}

function countProperties(): { properties: number; runs: number } {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(join('test', file), 'utf8');
    const constant = Number(/^const runs = (\d+);$/m.exec(text)?.[1]);
    return text
      .split('fc.assert(')
      .slice(1)
      .map((property) => {
        const named = /numRuns: ([\d_]+|runs)/.exec(property)?.[1];
        if (named === undefined) return defaultRuns;
        return named === 'runs' ? constant : Number(named.replaceAll('_', ''));
      });
  });
  return { properties: found.length, runs: found.reduce((sum, runs) => sum + runs, 0) };
}
