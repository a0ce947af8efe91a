import { expect, test } from '@jest/globals';
import { ask } from '../../cli/ask.ts';
import { parseOptions } from '../../cli/options.ts';
import { identification, problem } from '../../lambda/http/contract.ts';
import { demo } from '../../sandbox/demo.ts';

const { examples } = demo(new Date());
const idOf = (title: string) => {
  const [id] =
    /vpce-[0-9a-f]{17}/.exec(examples.find((one) => one.title.startsWith(title))?.path ?? '') ?? [];
  if (id === undefined) throw new Error(`the sandbox has no example "${title}"`);
  return id;
};
const proxy = idOf('an RDS proxy, a few days old');

interface Terminal {
  readonly stdin?: string;
  /** What of the two is a terminal. */
  readonly terminal?: readonly ('stdin' | 'stdout' | 'stderr')[];
  readonly colours?: boolean;
}

/** Runs a question on the sandbox; `--fault` and the like come before it. */
async function asked(args: readonly string[], { stdin = '', terminal = [], colours = false }: Terminal = {}) {
  const options = parseOptions(['--sandbox', ...args]);
  if (options.command !== 'ask') throw new Error(JSON.stringify(options));
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({
      isTTY: terminal.includes(name),
      hasColors: () => colours,
      columns: 80,
      write: (text: string) => {
        said[name] += text;
        return true;
      },
    }) as unknown as NodeJS.WriteStream;
  async function* chunks() {
    // In the middle of a character.
    const bytes = Buffer.from(stdin);
    yield bytes.subarray(0, 3);
    yield bytes.subarray(3);
  }
  const code = await ask(options, {
    stdin: Object.assign(chunks(), { isTTY: terminal.includes('stdin') }),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  return { code, ...said };
}

test('an answer that is complete is written as JSON where no terminal reads it, and ends with 0', async () => {
  const { code, stdout, stderr } = await asked([proxy]);
  expect(identification.parse(JSON.parse(stdout))).toMatchObject({
    vpcEndpointId: proxy,
    owner: { resourceId: 'orders' },
    complete: true,
  });
  expect([code, stderr]).toEqual([0, '']);
});

test('on a terminal it is a text', async () => {
  const { code, stdout } = await asked([proxy], { terminal: ['stdout'] });
  expect(stdout).toMatch(new RegExp(`^${proxy}  identified  rds-proxy  orders  arn:`));
  expect(stdout).toContain('\naws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1\n');
  expect([code, stdout.includes('\u001b')]).toEqual([0, false]);
});

test('colours mark what a text has, and change no letter of it', async () => {
  const plain = (await asked([proxy], { terminal: ['stdout'] })).stdout;
  const { stdout } = await asked([proxy], { terminal: ['stdout'], colours: true });
  expect(stdout).toContain('\u001b[1mvpce-');
  expect(stdout).toContain('\u001b[36maws rds delete-db-proxy');
  expect(stdout).toContain('\u001b[33mmind\u001b[39m  ');
  const escapes = new RegExp(`${'\u001b'}\\[[0-9]+m`, 'g');
  // Two lookups: the moments in them differ.
  const still = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME');
  expect(still(stdout.replace(escapes, ''))).toBe(still(plain));
});

test('--json and --text decide, wherever the answer goes', async () => {
  expect((await asked(['--json', proxy], { terminal: ['stdout'], colours: true })).stdout).toMatch(/^\{\n/);
  expect((await asked(['--text', proxy])).stdout).toMatch(/^vpce-/);
});

test('an answer that is not complete ends with 1', async () => {
  const { code, stdout } = await asked(['--fault', 'rds:*=denied', idOf('an orphan that nothing remembers')]);
  expect([code, JSON.parse(stdout).complete]).toEqual([1, false]);
});

test('what is not found ends with 2: the problem as text on standard error, and as JSON where JSON is read', async () => {
  const id = 'vpce-00000000000000000';
  const { code, stdout, stderr } = await asked([id]);
  expect(problem.parse(JSON.parse(stdout)).code).toBe('vpc-endpoint-not-found');
  expect(stderr).toMatch(/^error {2}404 {2}vpc-endpoint-not-found\n/);
  expect(code).toBe(2);
  const onTerminal = await asked([id], { terminal: ['stdout'] });
  expect([onTerminal.code, onTerminal.stdout]).toEqual([2, '']);
  expect(onTerminal.stderr).toContain(id);
});

test('a text without an id ends with 2, and says what was expected', async () => {
  const { code, stderr } = await asked(['the whole error']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('error  400  nothing-to-identify')]);
});

test('EC2 that does not say anything ends with 2', async () => {
  const { code, stderr } = await asked(['--fault', 'ec2:DescribeVpcEndpoints=denied', proxy]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('ec2:DescribeVpcEndpoints')]);
});

test('- reads standard input, and says so to a person only', async () => {
  const stdin = `An error occurred (InvalidParameter): ‘${proxy}’ – Operation is not allowed\n`;
  const { code, stdout, stderr } = await asked(['-'], { stdin });
  expect([code, JSON.parse(stdout).vpcEndpointId, stderr]).toEqual([0, proxy, '']);
  const typed = await asked(['-'], { stdin, terminal: ['stdin'] });
  expect(typed.stderr).toBe('vpce-owner: type or paste the text; Ctrl-D ends it\n');
  const empty = await asked(['-']);
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('got an empty q')]);
});

test('a text of any length is asked with what it names', async () => {
  const log = `${'2026-11-26T03:12:44Z INFO nothing of note ✓\n'.repeat(5_000)}deleting ${proxy} failed\n`;
  const { code, stdout } = await asked(['-'], { stdin: log });
  expect([code, JSON.parse(stdout).vpcEndpointId]).toEqual([0, proxy]);
});

test('--region decides, and without it the Region of the text', async () => {
  const there = idOf('an endpoint of another Region');
  const elsewhere = await asked(['--region', 'ap-northeast-1', there]);
  expect([elsewhere.code, JSON.parse(elsewhere.stdout).code]).toEqual([2, 'vpc-endpoint-not-found']);
  for (const args of [['--region', 'us-east-1', there], [`${there} us-east-1`]])
    expect(JSON.parse((await asked(args)).stdout)).toMatchObject({
      region: 'us-east-1',
      vpcEndpointId: there,
    });
});

test('whoever waits at a terminal sees that something happens, and nothing of it stays', async () => {
  const { stdout, stderr } = await asked([proxy], { terminal: ['stdout', 'stderr'] });
  const erased = '\r\u001b[K';
  expect(stderr.startsWith(`${erased}asking `) && stderr.endsWith(erased)).toBe(true);
  expect(stderr).not.toContain('\n');
  expect(stdout).toMatch(/^vpce-/);
});
