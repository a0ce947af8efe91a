import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { problems } from '../lambda/problem.ts';
import { alarmIds } from '../lambda/telemetry/metric-names.ts';

const runbook = readFileSync('docs/runbook.md', 'utf8');
const [, ...chapters] = runbook.split(/^## /m);

describe('the runbook', () => {
  test.each([
    ['Alarms', alarmIds],
    ['Error codes', Object.keys(problems)],
  ])('has a section for each of the %s, and no other', (title, names) => {
    const chapter = chapters.find((text) => text.startsWith(`${title}\n`)) ?? '';
    expect([...chapter.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading)).toEqual(names);
  });

  test('has no other chapters', () => {
    expect(chapters.map((text) => text.split('\n', 1)[0])).toEqual(['Alarms', 'Error codes']);
  });

  const [, ...sections] = runbook.split(/^### /m);
  test.each(sections.map((text) => [text.split('\n', 1)[0] ?? '', text]))(
    'says what %s means, how to look and how to mend',
    (_, text) => {
      const paragraphs = [...text.matchAll(/^\*\*(\w+)\.\*\* \S/gm)].map(([, label]) => label);
      expect(paragraphs).toEqual(['Means', 'Look', 'Mend']);
    },
  );

  test('leads to sections that it has', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, name = '']) => name);
    expect(links).not.toEqual([]);
    for (const name of links) expect(runbook).toContain(`\n### ${name}\n`);
  });
});
