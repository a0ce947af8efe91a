import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { actions as ofEndpoint } from '../../lambda/aws/endpoint.ts';
import { actions as ofEndpoints } from '../../lambda/aws/endpoints.ts';
import { actions as ofInterface } from '../../lambda/aws/interface.ts';
import { actions as ofInterfaces } from '../../lambda/aws/interfaces.ts';
import { actions as ofCloudTrail } from '../../lambda/evidence/cloudtrail.ts';
import type { Actions } from '../../lambda/model/service.ts';
import { resolvers, services } from '../../lambda/resolvers/index.ts';
import { arnsOf, permissionsOf, pipeline, telemetryActions } from '../../lib/permissions.ts';
import { plain, resourcesOf, statementsOf, templateOf } from './stack.ts';

const telemetry: readonly string[] = [...telemetryActions.log, ...telemetryActions.traces];
const statements = statementsOf(templateOf());
const reads = statements.filter(({ actions }) => !actions.some((action) => telemetry.includes(action)));
const writes = statements.filter((statement) => !reads.includes(statement));
const granted = reads.flatMap(({ actions }) => actions).sort();

const resourcesOfAction = (action: string) =>
  reads.filter(({ actions }) => actions.includes(action)).flatMap(({ resources }) => resources);

describe('the function', () => {
  test('is granted what the services and the pipeline declare, each once, and nothing else', () => {
    const declared = [pipeline, ...services].flatMap(({ actions }) => Object.keys(actions));
    expect(granted).toEqual([...new Set(declared)].sort());
  });

  test('only reads', () => {
    for (const action of granted)
      expect(action).toMatch(/^[a-z0-9-]+:(Describe|List|Get|BatchGet|Lookup)[A-Z]\w+$/);
  });

  test('writes its own log and its traces, and nothing else', () => {
    expect(writes.flatMap(({ actions }) => actions).sort()).toEqual([...telemetry].sort());
    const [log, traces] = writes;
    expect(log?.resources).toEqual([expect.stringMatching(/^FunctionLogs\w+\.Arn$/)]);
    expect(traces?.resources).toEqual(['*']);
  });

  test('has one statement for each set of resources', () => {
    const sets = reads.map(({ resources }) => [...resources].sort().join(' '));
    expect(new Set(sets).size).toBe(sets.length);
  });

  test('is granted everything only for what its code declares so, and whole types of resources otherwise', () => {
    const wide = reads.filter(({ resources }) => resources.includes('*'));
    expect(wide.map(({ resources }) => resources)).toEqual([['*']]);
    const declared = [pipeline, ...services].flatMap(({ actions }) => Object.entries(actions));
    const anything = declared.filter(([, on]) => on === 'anything').map(([action]) => action);
    expect(wide.flatMap(({ actions }) => actions).sort()).toEqual([...new Set(anything)].sort());
    for (const { resources } of reads.filter((statement) => !wide.includes(statement))) {
      for (const resource of resources)
        expect(resource).toMatch(/^arn:PARTITION:[a-z0-9-]+:REGION:(ACCOUNTID|\*):[a-z-]+[:/]\*$/);
    }
  });

  test('may describe what another account shares, and nothing else of that account', () => {
    const shareable = [
      'network-firewall:DescribeFirewall',
      'network-firewall:DescribeVpcEndpointAssociation',
    ];
    const describing = granted.filter((action) => !resourcesOfAction(action).includes('*'));
    const anyAccount = (action: string) =>
      resourcesOfAction(action).every((arn) => arn.split(':')[4] === '*');
    expect(describing.filter(anyAccount)).toEqual(shareable);
    for (const action of describing.filter((one) => !shareable.includes(one))) {
      for (const arn of resourcesOfAction(action)) expect(arn).toContain(':ACCOUNTID:');
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

  test.each([1, 17])('has policies that IAM takes, with %i Regions named', (count) => {
    const regions = Array.from({ length: count }, (_, index) => `ap-southeast-${index + 1}`).join(',');
    const documents = resourcesOf(templateOf({ regions }), 'AWS::IAM::Policy').map(({ Properties }) =>
      JSON.stringify(plain(Properties['PolicyDocument']))
        .replaceAll('PARTITION', 'aws-us-gov')
        .replaceAll('ACCOUNTID', '111122223333'),
    );
    expect(documents.join('')).toContain('ap-southeast-1');
    // IAM counts all policies of a role together, without the blanks.
    expect(documents.join('').length).toBeLessThan(10_240);
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
  const declaring: Readonly<Record<string, Actions>> = {
    ...Object.fromEntries(resolvers.map(({ id, actions }) => [`lambda/resolvers/${id}.ts`, actions])),
    'lambda/aws/endpoint.ts': ofEndpoint,
    'lambda/aws/endpoints.ts': ofEndpoints,
    'lambda/aws/interface.ts': ofInterface,
    'lambda/aws/interfaces.ts': ofInterfaces,
    'lambda/evidence/cloudtrail.ts': ofCloudTrail,
  };

  test('can call what is granted, and nothing else', () => {
    const callable = sources()
      .filter((file) => isSdk(file) && file !== ownClient)
      .flatMap((file) => {
        const [, prefix] = /^export const prefix = '([a-z0-9-]+)';$/m.exec(readFileSync(file, 'utf8')) ?? [];
        return commandsIn(file).map((name) => `${prefix}:${name}`);
      });
    expect(callable.sort()).toEqual(granted);
  });

  test('takes clients, commands and pages from the SDK, and nothing else that could call', () => {
    for (const file of sources().filter((one) => isSdk(one) && !isOwn(one))) {
      const [, names = ''] = /^export \{([^}]+)\} from '@aws-sdk\/client-[a-z0-9-]+';$/m.exec(
        readFileSync(file, 'utf8'),
      ) as RegExpExecArray;
      for (const name of names.split(',').map((one) => one.trim()))
        expect(name).toMatch(/^(|\w+Client as Client|[A-Z]\w+Command|paginate[A-Z]\w+)$/);
    }
  });

  test('makes clients of its own from one of the SDK, for operations that only read', () => {
    expect(readFileSync(ownClient, 'utf8').match(/^import .* from '@aws-sdk\/client-.*$/gm)).toEqual([
      "import { DocDBElasticClient, type DocDBElasticClientConfig } from '@aws-sdk/client-docdb-elastic';",
    ]);
    for (const file of sources().filter((one) => isSdk(one) && isOwn(one) && one !== ownClient)) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/@aws-sdk|@smithy/);
      for (const name of commandsIn(file)) expect(name).toMatch(/^(List|Get|Describe)[A-Z]/);
    }
  });

  test('takes nothing but types from the SDK in any other file', () => {
    for (const file of sources().filter((each) => !isSdk(each))) {
      const running = readFileSync(file, 'utf8').replaceAll(/^import type [^;]+;$/gm, '');
      expect(running).not.toMatch(/@aws-sdk\/client-/);
    }
  });

  test.each(Object.entries(declaring))(
    'in %s calls the actions that it declares, and no other',
    (file, actions) => {
      const names = Object.keys(actions).map((action) => action.replace(/^.*:/, ''));
      expect(commandsIn(file)).toEqual(names.sort());
    },
  );

  test('calls AWS in files that declare what they call, and in no other', () => {
    const calling = sources().filter((file) => !isSdk(file) && commandsIn(file).length > 0);
    expect(calling.sort()).toEqual(Object.keys(declaring).sort());
  });

  const ownClient = 'lambda/aws/sdk/own-client.ts';

  function isSdk(file: string): boolean {
    return file.includes('/sdk/');
  }

  /** Of an API that has no package of the SDK here. */
  function isOwn(file: string): boolean {
    return readFileSync(file, 'utf8').includes('ownApi(');
  }

  function sources(): string[] {
    const files = readdirSync('lambda', { recursive: true, encoding: 'utf8' });
    return files.filter((file) => file.endsWith('.ts')).map((file) => `lambda/${file}`);
  }

  /** The SDK's names for calls: commands, and paginators of commands. */
  function commandsIn(file: string): string[] {
    const found = readFileSync(file, 'utf8').matchAll(/\bpaginate([A-Z]\w+)|\b([A-Z]\w+)Command\b/g);
    return [...new Set([...found].map(([, paged, sent]) => paged ?? sent ?? ''))].sort();
  }
});

describe('permissions', () => {
  const china = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };

  test.each([
    'rds:DeleteDBProxy',
    'ec2:CreateTags',
    's3:PutObject',
    'rds:*',
    '*',
    'ec2:Describe*',
    'rds:Listen',
  ])('for %s are refused: it may write', (action) => {
    expect(() => permissionsOf([{ id: 'rds-proxy', actions: { [action]: 'anything' } }])).toThrow(
      `${action}, which rds-proxy declares, may write: expected SERVICE:Describe…, List…, Get…, BatchGet… or Lookup…`,
    );
  });

  test('say who calls', () => {
    const [first] = permissionsOf([
      { id: 'one', actions: { 'aoss:BatchGetVpcEndpoint': [['aoss', 'collection/*']] } },
      { id: 'two', actions: { 'aoss:BatchGetVpcEndpoint': [['aoss', 'collection/*']] } },
    ]);
    expect(first).toMatchObject({ action: 'aoss:BatchGetVpcEndpoint', calledBy: ['one', 'two'] });
    expect(first && arnsOf(first, china)).toEqual(['arn:aws-cn:aoss:cn-north-1:111122223333:collection/*']);
  });

  test('that two services declare are wide enough for both', () => {
    const [first] = permissionsOf([
      { id: 'one', actions: { 'aoss:BatchGetVpcEndpoint': [['aoss', 'collection/*']] } },
      { id: 'two', actions: { 'aoss:BatchGetVpcEndpoint': 'anything' } },
    ]);
    expect(first?.resources).toBe('anything');
  });

  test('name the account of the deployment, or any', () => {
    const resources = [
      ['rds', 'db-proxy:*'],
      ['network-firewall', 'firewall/*', '*'],
    ] as const;
    expect(arnsOf({ resources }, china)).toEqual([
      'arn:aws-cn:rds:cn-north-1:111122223333:db-proxy:*',
      'arn:aws-cn:network-firewall:cn-north-1:*:firewall/*',
    ]);
  });
});
