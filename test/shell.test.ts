import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellCommand } from '../lambda/answer/shell.ts';
import { seed } from './support/seed.ts';

describe('a command', () => {
  test('is quoted only where the shell needs it', () => {
    expect(shellCommand(['aws', 'rds', 'delete-db-proxy', '--db-proxy-name', 'orders'])).toBe(
      'aws rds delete-db-proxy --db-proxy-name orders',
    );
    expect(shellCommand(['aws', '--name', "it's $HOME `here`; rm -rf *"])).toBe(
      "aws --name 'it'\\''s $HOME `here`; rm -rf *'",
    );
    expect(shellCommand(['aws', '--name', '', '~', '#'])).toBe("aws --name '' '~' '#'");
  });

  test('gives a value that begins with a dash to its option', () => {
    expect(shellCommand(['aws', '--name', '-rf', '--region', 'us-east-1'])).toBe(
      'aws --name=-rf --region us-east-1',
    );
    expect(shellCommand(['aws', '--name', '--endpoint-url', '--region', '--help'])).toBe(
      'aws --name=--endpoint-url --region=--help',
    );
  });

  test('gives no value to an option that says no', () => {
    expect(shellCommand(['aws', '--no-paginate', '--name', '--no-paginate', '--region', 'us-east-1'])).toBe(
      'aws --no-paginate --name=--no-paginate --region us-east-1',
    );
  });

  test('is none at all when a value has a character that acts on a terminal or is not shown', () => {
    const controls = ['\u0000', '\n', '\r', '\t', '\u001b', '\u007f', '\u009b', '\u2028', '\u2029'];
    for (const character of [...controls, '\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad', '\ud800']) {
      expect(shellCommand(['aws', '--name', `a${character}b`])).toBeNull();
    }
  });
});

test('every argument reaches the program as it was, through a real shell', () => {
  const awkward = fc.constantFrom(...`'"\`$\\;&|<>(){}[]*?!~#= -%@,:é日🙂`);
  const argument = fc.oneof(
    fc.string({ unit: awkward, maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('$(id)', '`id`', '$HOME', '\\', "'", '!!', '%s', '-', '*'),
  );
  // A dash would make the value one with the option before it, as the test above says.
  const values = argument.filter((text) => !text.startsWith('-'));
  const lists = fc
    .sample(fc.array(values, { minLength: 1, maxLength: 6 }), { seed, numRuns: 400 })
    .flatMap((list) => {
      const command = shellCommand(list);
      return command === null ? [] : [{ list, command }];
    });
  const script = lists.map(({ command }) => `printf '%s\\0' ${command}; printf '\\n\\0'`).join('\n');
  const output = execFileSync('sh', ['-s'], { input: script, encoding: 'utf8' });
  const expected = lists.map(({ list }) => [...list, '\n', ''].join('\u0000')).join('');
  expect(output).toBe(expected);
  expect(lists.length).toBeGreaterThan(300);
});
