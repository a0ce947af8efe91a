import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { resolvers } from '../../lambda/resolvers/index.ts';
import { iamActions } from '../../lib/iam-actions.ts';
import { permissionsOf, pipelineActions, telemetryActions } from '../../lib/permissions.ts';
import { resourcesOf, statementsOf, templateOf } from './stack.ts';

const telemetry: readonly string[] = [...telemetryActions.log, ...telemetryActions.traces];
const statements = statementsOf(templateOf());
const reads = statements.filter(({ actions }) => !actions.some((action) => telemetry.includes(action)));
const writes = statements.filter((statement) => !reads.includes(statement));
const granted = reads.flatMap(({ actions }) => actions).sort();

describe('the function', () => {
  test('is granted what the resolvers and the pipeline declare, each once, and nothing else', () => {
    const declared = new Set([...resolvers.flatMap(({ actions }) => actions), ...pipelineActions]);
    expect(granted).toEqual([...declared].sort());
  });

  test('only reads', () => {
    for (const action of granted) {
      expect(action).toMatch(/^[a-z0-9-]+:(Describe|List|Get|Lookup|BatchGet)[A-Za-z]+$/);
      expect(iamActions[action]?.access).toMatch(/^(List|Read)$/);
    }
  });

  test('writes its own log and its traces, and nothing else', () => {
    expect(writes.flatMap(({ actions }) => actions).sort()).toEqual([...telemetry].sort());
    const [log, traces] = writes;
    expect(log?.resources).toEqual([expect.stringMatching(/^FunctionLogs\w+\.Arn$/)]);
    expect(traces?.resources).toEqual(['*']);
  });

  test('is granted every resource only where IAM knows nothing narrower', () => {
    const wide = reads.filter(({ resources }) => resources.includes('*')).flatMap(({ actions }) => actions);
    expect(wide.sort()).toEqual(granted.filter((action) => iamActions[action]?.resources === 'anything'));
    for (const { resources } of reads) {
      for (const resource of resources) {
        expect(resource).toMatch(/^(\*|arn:PARTITION:[a-z-]+:REGION:ACCOUNTID:[a-z-]+[:/]\*)$/);
      }
    }
  });

  test('may ask the Region of its own stack alone, unless others are named', () => {
    for (const { conditions } of reads) {
      expect(conditions).toEqual({ StringEquals: { 'aws:RequestedRegion': ['REGION'] } });
    }
    const elsewhere = statementsOf(templateOf({ regions: 'eu-west-1,us-east-1' }));
    const named = elsewhere.filter(({ actions }) => !actions.some((action) => telemetry.includes(action)));
    expect(named.length).toBeGreaterThan(0);
    for (const { conditions } of named) {
      expect(conditions).toEqual({ StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } });
    }
  });

  test('has policies that IAM takes, however many Regions are named', () => {
    const regions = Array.from({ length: 40 }, (_, index) => `eu-west-${index + 1}`).join(',');
    expect(JSON.stringify(statementsOf(templateOf({ regions }))).length).toBeLessThan(10_240);
  });

  test("has no policy of AWS's and is trusted to Lambda alone", () => {
    const [role, ...others] = resourcesOf(templateOf(), 'AWS::IAM::Role');
    expect(others).toEqual([]);
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(role?.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    });
  });
});

describe('the code', () => {
  const sdk = new Map(
    sources().flatMap((file) => (isSdk(file) ? [[basename(file, '.ts'), commandsIn(file)] as const] : [])),
  );

  test('can call what is granted, and nothing else', () => {
    const callable = [...sdk].flatMap(([prefix, commands]) => commands.map((name) => `${prefix}:${name}`));
    expect(callable.sort()).toEqual(granted);
  });

  test('makes clients of no other module', () => {
    const others = sources().filter((file) => !isSdk(file));
    for (const file of others) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/^import (?!type )[^;]*@aws-sdk\/client-/m);
    }
  });

  test.each(resolvers.map(({ id, actions }) => [id, actions] as const))(
    '%s calls the actions that it declares, and no other',
    (id, actions) => {
      const names = actions.map((action) => action.replace(/^.*:/, ''));
      expect(commandsIn(`lambda/resolvers/${id}.ts`)).toEqual(names.sort());
    },
  );

  test("calls the pipeline's actions outside of the resolvers, and no other", () => {
    const files = sources().filter((file) => !isSdk(file) && !file.startsWith('lambda/resolvers/'));
    const names = new Set(files.flatMap(commandsIn));
    expect([...names].sort()).toEqual(pipelineActions.map((action) => action.replace(/^.*:/, '')).sort());
  });

  function isSdk(file: string): boolean {
    return file.includes('/sdk/');
  }

  function sources(): string[] {
    const files = readdirSync('lambda', { recursive: true, encoding: 'utf8' });
    return files.filter((file) => file.endsWith('.ts')).map((file) => `lambda/${file}`);
  }

  /** The SDK's names for calls: commands, and paginators of commands. */
  function commandsIn(file: string): string[] {
    const found = readFileSync(file, 'utf8').matchAll(
      /\bpaginate([A-Z]\w+)|\b((?:Describe|List|Get|Lookup|Batch|Create|Delete|Update|Modify|Put)\w+)Command\b/g,
    );
    return [...new Set([...found].map(([, paged, sent]) => paged ?? sent ?? ''))].sort();
  }
});

test('an action that is not known to read is refused, with what to do', () => {
  expect(() => permissionsOf([{ id: 'rds-proxy', actions: ['rds:DeleteDBProxy'] }])).toThrow(
    'rds:DeleteDBProxy (rds-proxy): expected one of the read actions in lib/iam-actions.ts; add it there',
  );
});

test('no action that could be granted writes', () => {
  for (const action of Object.keys(iamActions)) {
    expect(action).toMatch(/^[a-z0-9-]+:(Describe|List|Get|Lookup|BatchGet)[A-Za-z0-9]+$/);
  }
});
