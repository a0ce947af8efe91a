import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };

const read = (file: string) => readFileSync(file, 'utf8');

test('what CI runs is .ci/run, on the oldest Node.js that is supported and on the one of Lambda', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'));
  const { strategy, steps } = jobs.check;
  expect(steps.flatMap(({ run }: { run?: string }) => run ?? [])).toEqual(['.ci/run']);
  const oldest = Number(/^>=(\d+)$/.exec(packageJson.engines.node)?.[1]);
  expect(strategy.matrix.node).toEqual([oldest, Number(read('.nvmrc'))]);
});

test('an issue asks for an answer with its ids replaced', () => {
  const { body } = parse(read('.github/ISSUE_TEMPLATE/wrong-owner.yml'));
  const answer = body.find(({ id }: { id?: string }) => id === 'answer');
  expect(answer).toMatchObject({
    attributes: { description: expect.stringContaining('ids replaced'), render: 'json' },
    validations: { required: true },
  });
});

test('every form that is offered for an issue is whole', () => {
  const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((file) => file !== 'config.yml');
  expect(forms.sort()).toEqual(['missing-service.yml', 'wrong-owner.yml']);
  for (const form of forms) {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${form}`));
    expect([name, description, body]).toEqual([expect.any(String), expect.any(String), expect.any(Array)]);
  }
});
