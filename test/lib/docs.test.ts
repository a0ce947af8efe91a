import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseContext } from '../../lib/context.ts';
import { contextKeys } from '../../lib/context-keys.ts';
import { readBlock } from '../../scripts/blocks.ts';
import { statementsOf, templateOf } from './stack.ts';

test('the permissions in the documents are those of the template, with their resources', () => {
  const rows = readBlock('docs/permissions.md', 'permissions').matchAll(
    /^\| `([a-z0-9-]+:\w+)` *\| \w+ *\| (.*?) *\|/gm,
  );
  const shown = [...rows].map(([, action, resources = '']) => {
    const arns = resources.replaceAll('`', '').split(/ (?=arn:)/);
    return `${action} ${arns.sort().join('|')}`;
  });
  const granted = statementsOf(templateOf()).flatMap(({ actions, resources }) => {
    const arns = resources.map((arn) =>
      arn
        .replace('arn:PARTITION:', 'arn:aws:')
        .replace('ACCOUNTID', 'ACCOUNT')
        .replace(/^FunctionLogs\w+\.Arn$/, "the function's own log group"),
    );
    return actions.map((action) => `${action} ${arns.sort().join('|')}`);
  });
  expect(shown.sort()).toEqual(granted.sort());
});

test('the documents have a row for everything that a deployment can choose, with its default', () => {
  const chapter = readFileSync('docs/deploy.md', 'utf8');
  const rows = [...chapter.matchAll(/^\| `(\w+)` *\| (.*?) *\| [^|]+ \|$/gm)];
  expect(rows.map(([, key]) => key)).toEqual(contextKeys);
  const settings: Readonly<Record<string, unknown>> = { ...parseContext({}) };
  for (const [, key = '', shown = ''] of rows) {
    const value = settings[key] ?? null;
    expect(shown.replaceAll('`', '')).toMatch(value === null ? /^none: |^the stack's own$/ : String(value));
  }
});
