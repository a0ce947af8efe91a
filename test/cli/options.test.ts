import { describe, expect, test } from '@jest/globals';
import { help, parseOptions } from '../../cli/options.ts';
import { countedKinds, dnsKinds, steadyKinds } from '../../sandbox/faults.ts';

describe('the command line', () => {
  test('without options serves the sandbox on port 3000', () => {
    expect(parseOptions([])).toEqual({ command: 'serve', live: false, port: 3000, faults: [] });
  });

  test('takes a port and any number of faults', () => {
    const args = ['--port', '0', '--fault', 'dns=servfail', '--fault=rds:DescribeDBProxies=throttled:2'];
    expect(parseOptions(args)).toEqual({
      command: 'serve',
      live: false,
      port: 0,
      faults: ['dns=servfail', 'rds:DescribeDBProxies=throttled:2'],
    });
  });

  test('asks for real AWS', () => {
    expect(parseOptions(['--live', '--port=65535'])).toEqual({
      command: 'serve',
      live: true,
      port: 65_535,
      faults: [],
    });
  });

  test.each(['--help', '-h'])('%s asks for help, whatever else is there', (option) => {
    expect(parseOptions(['--live', option, '--nonsense'])).toEqual({ command: 'help' });
  });

  const known = '--live, --port N, --fault TARGET=KIND or --help';
  const port = '--port and a number from 0 to 65535, such as --port 8080';
  const fault = '--fault TARGET=KIND, such as --fault dns=servfail';
  test.each([
    [['--prot', '80'], known, "'--prot'"],
    [['-p', '80'], known, "'-p'"],
    [['80'], known, "'80'"],
    [['--', '80'], known, "'80'"],
    [['--live=yes'], '--live without a value', "'--live=yes'"],
    [['--port'], port, 'nothing'],
    [['--port='], port, "''"],
    [['--port', '65536'], port, "'65536'"],
    [['--port', '-1'], port, "'-1'"],
    [['--port', '1e3'], port, "'1e3'"],
    [['--port', '--live'], port, "'--live'"],
    [['--fault'], fault, 'nothing'],
    [['--fault', 'dns'], fault, "'dns'"],
    [['--fault', '=denied'], fault, "'=denied'"],
    [
      ['--live', '--fault', 'dns=drop'],
      '--fault without --live, for only the sandbox can be made to fail',
      "'--live and --fault dns=drop'",
    ],
  ])('%j is refused, with what was expected and what came', (args, expected, came) => {
    expect(parseOptions(args)).toEqual({ command: 'refuse', message: `expected ${expected}; got ${came}` });
  });

  test('has help for every fault that the sandbox has', () => {
    for (const kind of [...countedKinds, ...steadyKinds, ...dnsKinds, 'slow', 'second-page'])
      expect(help).toMatch(new RegExp(`\\b${kind}\\b`));
  });

  test('has help for every option and variable', () => {
    const words = ['--live', '--port N', '--fault TARGET=KIND', '--help'];
    const variables = ['AWS_ENDPOINT_URL', 'DNS_SERVERS', 'AWS_REGION', 'AWS_PROFILE'];
    for (const word of [...words, ...variables]) expect(help).toContain(word);
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
