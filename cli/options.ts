/** The command line of `vpce-owner`. */
import { parseArgs } from 'node:util';
import { parseApiUrl } from './api-url.ts';
import { faultsHelp, help, serveHelp, sweepHelp } from './help.ts';
import type { Source } from './source.ts';
import { extensionOf, outputOf, outputs, type SweepOptions } from './sweep-options.ts';
import { unknownVerdict, wordsOf } from './words.ts';

export type Options =
  | { readonly command: 'help'; readonly text: string }
  | ({
      readonly command: 'serve';
      /** 0: any free port. */
      readonly port: number;
    } & Common)
  | ({
      readonly command: 'ask';
      /** `-`: standard input has it. */
      readonly text: string;
      /** `null`: as where it goes to reads it. */
      readonly form: 'json' | 'text' | null;
      readonly region: string | undefined;
    } & Common)
  | ({ readonly command: 'sweep' } & SweepOptions & Common)
  | { readonly command: 'refuse'; readonly message: string };

interface Common {
  readonly source: Source;
  readonly profile: string | undefined;
}

const defaultPort = 3000;
const highestPort = 65_535;

const flags = ['json', 'text', 'sandbox', 'live', 'faults', 'help', 'all-regions'] as const;
const settings = [
  'region',
  'profile',
  'api',
  'token',
  'port',
  'fault',
  'vpc',
  'verdict',
  'service',
  'output',
  'export',
  'fail-on',
  'resume',
] as const;
type Flag = (typeof flags)[number];
type Setting = (typeof settings)[number];

/** What each takes, as an error says that it was expected. */
const expectations: Readonly<Record<Setting, string>> = {
  region: '--region and the code of a Region, such as --region ap-northeast-1',
  profile: '--profile and the name of a profile',
  api: '--api and an https address, the output ApiUrl of the stack',
  token: '--token and a token',
  port: `--port and a number from 0 to ${highestPort}, such as --port 8080`,
  fault: '--fault TARGET=KIND, such as --fault dns=servfail',
  vpc: '--vpc and the id of a VPC, such as --vpc vpc-0a1b2c3d4e5f60718',
  verdict: '--verdict and verdicts, such as --verdict unidentified,ambiguous',
  service: '--service and ids of services, such as --service rds-proxy',
  output: `--output and one of ${outputs.join(', ')}`,
  export: `--export and a file that ends in ${outputs.map((output) => `.${extensionOf(output)}`).join(', ')}`,
  'fail-on': '--fail-on and verdicts, such as --fail-on unidentified',
  resume: '--resume and a file',
};

const common = ['profile', 'api', 'token', 'sandbox', 'fault', 'faults', 'help'] as const;
const options = {
  ask: ['region', 'json', 'text', ...common],
  serve: ['port', 'live', ...common],
  sweep: [
    ...(['region', 'all-regions', 'vpc', 'verdict', 'service', 'output', 'export', 'fail-on'] as const),
    ...(['resume', ...common] as const),
  ],
} as const satisfies Record<string, readonly (Flag | Setting)[]>;

class Refusal extends Error {
  constructor(expected: string, came: string | undefined) {
    super(`expected ${expected}; got ${came === undefined ? 'nothing' : `'${came}'`}`);
  }
}

/** @param env VPCE_OWNER_TOKEN is read */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Options {
  const [first] = args;
  const command = first === 'serve' || first === 'sweep' ? first : 'ask';
  try {
    const given = readTokens(command === 'ask' ? args : args.slice(1), options[command]);
    if (given.flags.has('help')) return { command: 'help', text: helps[command] };
    if (given.flags.has('faults')) return { command: 'help', text: faultsHelp };
    const about: Common = {
      source: sourceOf(given, command === 'serve', env['VPCE_OWNER_TOKEN']),
      profile: given.settings.get('profile')?.at(-1),
    };
    return makers[command](given, about);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { command: 'refuse', message: error.message };
  }
}

const helps = { ask: help, serve: serveHelp, sweep: sweepHelp };

interface Given {
  readonly texts: readonly string[];
  readonly flags: ReadonlySet<Flag>;
  readonly settings: ReadonlyMap<Setting, readonly string[]>;
}

function readTokens(args: readonly string[], known: readonly (Flag | Setting)[]): Given {
  // A pasted text may begin with a hyphen; before the equals sign no option has a blank.
  const isText = (argument: string) => /^-[^=]*\s/.test(argument);
  const texts = args.filter(isText);
  const { tokens } = parseArgs({
    args: args.filter((argument) => !isText(argument)),
    options: {
      ...Object.fromEntries(settings.map((name) => [name, { type: 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
    // Not strict: the messages are ours, for every mistake says what was expected and what came.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const set = new Set<Flag>();
  const values = new Map<Setting, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      texts.push(token.value);
      continue;
    }
    const { name, rawName, value } = token;
    if (!includes(known, name)) {
      throw new Refusal(`${list(known)}, and a TEXT in quotes`, rawName);
    } else if (includes(flags, name)) {
      if (value !== undefined) throw new Refusal(`--${name} without a value`, `${rawName}=${value}`);
      set.add(name);
    } else {
      if (!isFit(name, value))
        throw new Refusal(expectations[name], (value as string | undefined)?.replace(/\/\/[^/@]*@/, '//…@'));
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return { texts, flags: set, settings: values };
}

function list(known: readonly (Flag | Setting)[]): string {
  return known.map((name) => `--${name}`).join(', ');
}

function includes<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some((known) => known === name);
}

function isFit(name: Setting, value: string | undefined): value is string {
  if (value === undefined || value === '') return false;
  switch (name) {
    case 'port':
      return /^\d{1,5}$/.test(value) && Number(value) <= highestPort;
    case 'fault':
      return /^[^=]+=[^=]/.test(value);
    case 'api':
      return parseApiUrl(value) !== null;
    case 'output':
      return outputs.some((output) => output === value);
    case 'export':
      return outputOf(value) !== undefined;
    default:
      return !value.startsWith('-');
  }
}

function sourceOf({ flags, settings }: Given, isServer: boolean, tokenOfEnvironment?: string): Source {
  const url = parseApiUrl(settings.get('api')?.at(-1) ?? '');
  const faults = settings.get('fault') ?? [];
  const given = [
    ...(flags.has('sandbox') ? ['--sandbox'] : []),
    ...(flags.has('live') ? ['--live'] : []),
    ...(url === null ? [] : ['--api']),
  ];
  if (given.length > 1) throw new Refusal('one of --sandbox, --live and --api', given.join(' and '));
  const token = settings.get('token')?.at(-1);
  if (token !== undefined && url === null) throw new Refusal('--token with --api', '--token alone');
  const isSandbox = given.length === 0 ? isServer : flags.has('sandbox');
  if (faults.length > 0 && !isSandbox) {
    const came = [...given, `--fault ${faults[0]}`].join(' and ');
    throw new Refusal('--fault with the sandbox, for nothing else can be made to fail', came);
  }
  if (url !== null) return { kind: 'api', url, token: token ?? (tokenOfEnvironment || undefined) };
  return isSandbox ? { kind: 'sandbox', faults } : { kind: 'aws' };
}

function serving({ texts, settings }: Given, about: Common): Options {
  const [text] = texts;
  if (text !== undefined) throw new Refusal('no TEXT after serve, for the page takes it', text);
  return { command: 'serve', port: Number(settings.get('port')?.at(-1) ?? defaultPort), ...about };
}

function asking({ texts, flags, settings }: Given, about: Common): Options {
  const text = texts.join(' ');
  if (text.trim() === '')
    throw new Refusal(
      "a TEXT that names an endpoint, such as 'vpce-0ce9fdcdd4aa4097e', or - or serve",
      texts[0],
    );
  if (flags.has('json') && flags.has('text')) throw new Refusal('one of --json and --text', '--json --text');
  const form = flags.has('json') ? 'json' : flags.has('text') ? 'text' : null;
  return { command: 'ask', text, form, region: settings.get('region')?.at(-1), ...about };
}

function sweeping({ texts, flags, settings }: Given, about: Common): Options {
  const [text] = texts;
  if (text !== undefined)
    throw new Refusal('no TEXT after sweep, for it is about a Region: name its VPCs with --vpc', text);
  const words = (name: Setting) => wordsOf(settings.get(name));
  const regions = words('region');
  if (regions.length > 0 && flags.has('all-regions'))
    throw new Refusal('one of --region and --all-regions', '--region and --all-regions');
  const failOn = words('fail-on');
  const odd = unknownVerdict(failOn);
  if (odd !== undefined) throw new Refusal('verdicts after --fail-on, such as unidentified', odd);
  const output = settings.get('output')?.at(-1);
  return {
    command: 'sweep',
    regions: flags.has('all-regions') ? 'all' : [...new Set(regions)],
    vpcs: words('vpc'),
    verdicts: words('verdict'),
    services: words('service'),
    output: outputs.find((each) => each === output) ?? null,
    exports: (settings.get('export') ?? []).flatMap((file) => {
      const form = outputOf(file);
      return form === undefined ? [] : { file, output: form };
    }),
    failOn,
    resume: settings.get('resume')?.at(-1),
    ...about,
  };
}

const makers = { ask: asking, serve: serving, sweep: sweeping };
