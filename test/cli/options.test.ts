import { describe, expect, test } from '@jest/globals';
import { faultsHelp, help, serveHelp, sweepHelp } from '../../cli/help.ts';
import { type Options, parseOptions } from '../../cli/options.ts';
import { rowsOf, screenRows } from '../../lambda/render/lines.ts';
import { countedKinds, dnsKinds, steadyKinds } from '../../sandbox/faults.ts';

const refused = (args: readonly string[]) => {
  const options = parseOptions(args);
  return options.command === 'refuse' ? options.message : options;
};

describe('a question', () => {
  const asks = {
    command: 'ask',
    text: 'vpce-1',
    form: null,
    source: { kind: 'aws' },
    region: undefined,
    profile: undefined,
  } satisfies Options;

  test('is asked of AWS, with the credentials, the Region and the profile of the caller', () => {
    expect(parseOptions(['vpce-1'])).toEqual(asks);
    expect(parseOptions(['--region', 'eu-west-1', '--profile=audit', 'vpce-1'])).toEqual({
      ...asks,
      region: 'eu-west-1',
      profile: 'audit',
    });
  });

  test('may be the words of a text that nobody put in quotes', () => {
    const args = ['vpce-1', '-', 'Operation', 'is', 'not', '--json', 'allowed'];
    expect(parseOptions(args)).toEqual({ ...asks, text: 'vpce-1 - Operation is not allowed', form: 'json' });
  });

  test.each([
    '--vpc-endpoint-ids vpce-1 --region us-east-1',
    '-- vpce-1',
    '- vpce-1 - Operation',
    '-foo vpce-1=x',
  ])('may begin as an option does: %j', (text) => {
    expect(parseOptions([text])).toEqual({ ...asks, text });
    expect(parseOptions(['--text', text])).toEqual({ ...asks, text, form: 'text' });
  });

  test('comes from standard input', () => {
    expect(parseOptions(['-'])).toEqual({ ...asks, text: '-' });
  });

  test('is asked of a deployment, with a signature or with a token, which the environment may have', () => {
    const source = { kind: 'api', url: new URL('https://a.example/prod/'), token: undefined };
    const args = ['--api', 'https://a.example/prod', 'vpce-1'];
    expect(parseOptions(args)).toEqual({ ...asks, source });
    expect(parseOptions([...args, '--token', 't'])).toEqual({ ...asks, source: { ...source, token: 't' } });
    const env = { VPCE_OWNER_TOKEN: 'of the environment' };
    expect(parseOptions(args, env)).toEqual({
      ...asks,
      source: { ...source, token: 'of the environment' },
    });
    expect(parseOptions([...args, '--token=t'], env)).toMatchObject({ source: { token: 't' } });
    expect(parseOptions(['vpce-1'], env)).toEqual(asks);
  });

  test('is asked of the sandbox, which may fail in many ways', () => {
    const args = ['--sandbox', '--fault', 'dns=servfail', '--fault=rds:*=denied', 'vpce-1'];
    const faults = ['dns=servfail', 'rds:*=denied'];
    expect(parseOptions(args)).toEqual({ ...asks, source: { kind: 'sandbox', faults } });
  });
});

describe('serve', () => {
  const serves = {
    command: 'serve',
    port: 3000,
    source: { kind: 'sandbox', faults: [] },
    profile: undefined,
  } satisfies Options;

  test('without options serves the sandbox on port 3000', () => {
    expect(parseOptions(['serve'])).toEqual(serves);
    expect(parseOptions(['serve', '--sandbox'])).toEqual(serves);
  });

  test('takes a port and any number of faults', () => {
    const args = ['--port', '0', '--fault', 'dns=servfail', '--fault=rds:DescribeDBProxies=throttled:2'];
    expect(parseOptions(['serve', ...args])).toEqual({
      ...serves,
      port: 0,
      source: { kind: 'sandbox', faults: ['dns=servfail', 'rds:DescribeDBProxies=throttled:2'] },
    });
  });

  test('serves AWS or a deployment', () => {
    expect(parseOptions(['serve', '--live', '--port=65535', '--profile', 'audit'])).toEqual({
      ...serves,
      port: 65_535,
      source: { kind: 'aws' },
      profile: 'audit',
    });
    expect(parseOptions(['serve', '--api', 'http://127.0.0.1:8080/'])).toEqual({
      ...serves,
      source: { kind: 'api', url: new URL('http://127.0.0.1:8080/'), token: undefined },
    });
  });
});

describe('help', () => {
  test.each(['--help', '-h'])('%s asks for it, whatever else is there', (option) => {
    expect(parseOptions(['--json', option, '--text'])).toEqual({ command: 'help', text: help });
    expect(parseOptions(['serve', '--live', option])).toEqual({ command: 'help', text: serveHelp });
  });

  test('has every fault of the sandbox', () => {
    expect(parseOptions(['--faults'])).toEqual({ command: 'help', text: faultsHelp });
    for (const kind of [...countedKinds, ...steadyKinds, ...dnsKinds, 'slow', 'second-page', 'missing-field'])
      expect(faultsHelp).toMatch(new RegExp(`\\b${kind}\\b`));
  });

  test.each([
    ['vpce-owner', help],
    ['serve', serveHelp],
    ['faults', faultsHelp],
  ])('of %s fits a screen', (_, text) => {
    expect(rowsOf(text)).toBeLessThanOrEqual(screenRows - 1);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each([
    ['vpce-owner', ['--nonsense'], help],
    ['serve', ['serve', '--nonsense'], serveHelp],
  ])('of %s has every option that an error lists', (_, args, text) => {
    const options = `${refused(args)}`.match(/--[a-z]+/g) ?? [];
    expect(options.length).toBeGreaterThan(7);
    for (const option of options.filter((name) => name !== '--nonsense')) expect(text).toContain(option);
  });
});

describe('what is not understood', () => {
  const port = '--port and a number from 0 to 65535, such as --port 8080';
  const fault = '--fault TARGET=KIND, such as --fault dns=servfail';
  const api = '--api and an https address, the output ApiUrl of the stack';
  const region = '--region and the code of a Region, such as --region ap-northeast-1';
  const sandboxOnly = '--fault with the sandbox, for nothing else can be made to fail';
  const oneSource = 'one of --sandbox, --live and --api';
  test.each([
    [['serve', '80'], 'no TEXT after serve, for the page takes it', "'80'"],
    [['serve', '--live=yes'], '--live without a value', "'--live=yes'"],
    [['serve', '--port'], port, 'nothing'],
    [['serve', '--port='], port, "''"],
    [['serve', '--port', '65536'], port, "'65536'"],
    [['serve', '--port', '-1'], port, "'-1'"],
    [['serve', '--port', '1e3'], port, "'1e3'"],
    [['serve', '--port', '--live'], port, "'--live'"],
    [['serve', '--fault'], fault, 'nothing'],
    [['serve', '--fault', 'dns'], fault, "'dns'"],
    [['serve', '--fault', '=denied'], fault, "'=denied'"],
    [['serve', '--live', '--fault', 'dns=drop'], sandboxOnly, "'--live and --fault dns=drop'"],
    [['serve', '--live', '--sandbox'], oneSource, "'--sandbox and --live'"],
    [['serve', '--live', '--api', 'https://a.example'], oneSource, "'--live and --api'"],
    [['--fault', 'dns=drop', 'vpce-1'], sandboxOnly, "'--fault dns=drop'"],
    [['--api', 'http://a.example', 'vpce-1'], api, "'http://a.example'"],
    [['--api', 'https://u:p@a.example', 'vpce-1'], api, "'https://…@a.example'"],
    [['--api', 'https://a.example/?q=1', 'vpce-1'], api, "'https://a.example/?q=1'"],
    [['--api', 'a.example', 'vpce-1'], api, "'a.example'"],
    [['--token', 't', 'vpce-1'], '--token with --api', "'--token alone'"],
    [['--region', '--json', 'vpce-1'], region, "'--json'"],
    [['--json', '--text', 'vpce-1'], 'one of --json and --text', "'--json --text'"],
  ])('%j is refused, with what was expected and what came', (args, expected, came) => {
    expect(refused(args)).toBe(`expected ${expected}; got ${came}`);
  });

  test.each([[[]], [['']], [[' ']], [['--json']]])('%j is no question', (args) => {
    expect(refused(args)).toMatch(/^expected a TEXT that names an endpoint, such as .*; got /);
  });

  test.each([
    [['--prot', '80', 'vpce-1'], '--prot'],
    [['-p', '80', 'vpce-1'], '-p'],
    [['--live', 'vpce-1'], '--live'],
    [['--port', '80', 'vpce-1'], '--port'],
    [['serve', '--json'], '--json'],
    [['serve', '--region', 'eu-west-1'], '--region'],
  ])('%j has an option that is not one', (args, option) => {
    expect(refused(args)).toMatch(
      new RegExp(`^expected --[a-z]+(, --[a-z]+){7,}, and a TEXT in quotes; got '${option}'$`),
    );
  });
});

describe('a sweep', () => {
  const sweepOf = (...args: readonly string[]) => parseOptions(['sweep', ...args]);

  test('is of the own Region without options', () => {
    expect(sweepOf()).toEqual({
      command: 'sweep',
      regions: [],
      vpcs: [],
      verdicts: [],
      services: [],
      output: null,
      exports: [],
      failOn: [],
      resume: undefined,
      source: { kind: 'aws' },
      profile: undefined,
    });
  });

  test('takes lists, and options that may be repeated', () => {
    expect(
      sweepOf(
        '--region',
        'us-east-1,eu-west-1',
        '--region=us-east-1',
        '--vpc',
        'vpc-1',
        '--vpc',
        'vpc-2',
        '--export',
        'a.csv',
        '--export',
        'b.txt',
      ),
    ).toMatchObject({
      regions: ['us-east-1', 'eu-west-1'],
      vpcs: ['vpc-1', 'vpc-2'],
      exports: [
        { file: 'a.csv', output: 'csv' },
        { file: 'b.txt', output: 'table' },
      ],
    });
    expect(sweepOf('--all-regions', '--output', 'md')).toMatchObject({ regions: 'all', output: 'md' });
  });

  test.each([
    [
      ['vpce-0ce9fdcdd4aa4097e'],
      "no TEXT after sweep, for it is about a Region: name its VPCs with --vpc; got 'vpce-",
    ],
    [['--output', 'xml'], "--output and one of table, json, ndjson, csv, md; got 'xml'"],
    [['--export', 'a.doc'], "--export and a file that ends in .txt, .json, .ndjson, .csv, .md; got 'a.doc'"],
    [['--region', 'us-east-1', '--all-regions'], 'one of --region and --all-regions'],
    [['--port', '1'], "got '--port'"],
  ])('%j is refused', (args, message) => {
    expect(sweepOf(...args)).toEqual({ command: 'refuse', message: expect.stringContaining(message) });
  });

  test('has a help of its own, on one screen', () => {
    expect(sweepOf('--help')).toEqual({ command: 'help', text: sweepHelp });
    expect(sweepHelp.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
    expect(sweepHelp.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('the lists of a sweep', () => {
  test('may have blanks and capitals', () => {
    const args = ['sweep', '--region', 'US-EAST-1, us-east-1', '--fail-on', 'Unidentified, ambiguous'];
    expect(parseOptions(args)).toMatchObject({
      regions: ['us-east-1'],
      failOn: ['unidentified', 'ambiguous'],
    });
  });

  test('that never fail a schedule are refused', () => {
    expect(refused(['sweep', '--fail-on', 'identifed'])).toMatch(
      "verdicts after --fail-on, such as unidentified; got 'identifed'",
    );
  });
});
