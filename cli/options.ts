/** The command line of `npm start -- …`. */
import { parseArgs } from 'node:util';

export type Options =
  | { readonly command: 'help' }
  | {
      readonly command: 'serve';
      /** Against real AWS, or what AWS_ENDPOINT_URL names, instead of the sandbox. */
      readonly live: boolean;
      /** 0: any free port. */
      readonly port: number;
      /** `TARGET=KIND` each, as given. */
      readonly faults: readonly string[];
    }
  | { readonly command: 'refuse'; readonly message: string };

const defaultPort = 3000;
const highestPort = 65_535;

export const help = `Serves the API on http://127.0.0.1:PORT, to this machine only.

Usage: npm start -- [OPTION ...]

  --live               answer from AWS, with your own credentials, instead of
                       from the sandbox account in this process
  --port N             port to listen on, 0 to ${highestPort} (default: ${defaultPort};
                       0: any that is free)
  --fault TARGET=KIND  without --live only, may be repeated: what goes wrong in
                       the sandbox, such as
                         --fault rds:DescribeDBProxies=denied
                         --fault cloudtrail:LookupEvents=throttled:2
                         --fault dns=servfail
  --help               this text

TARGET is SERVICE:OPERATION, SERVICE:* or dns. KIND, N being a number:

  an operation's       throttled, error, reset, cut-off, html (each of these
                       five with :N for the first N requests only), denied,
                       scp-denied, expired-credentials, hang, slow:N
                       (milliseconds), empty, garbage, truncated, stalled,
                       missing-fields, missing-lists, repeat-token, endless,
                       second-page, empty-first-page
                       (cloudtrail:LookupEvents also: not-json-event)
  of DNS               nxdomain, nodata, servfail, refused, yxdomain, notauth,
                       drop, loop, foreign-cname, two-cnames, garbage, wrong-id
                       (each with :NAME for that name only), slow:N

Environment, with --live:

  AWS_REGION           Region to look into, unless a request names another
  AWS_PROFILE          profile of the AWS configuration files with credentials
  AWS_ENDPOINT_URL     where to send AWS requests instead of to AWS
  DNS_SERVERS          DNS servers to ask, HOST:PORT, separated by commas
                       (default: the system's)
`;

const known = '--live, --port N, --fault TARGET=KIND or --help';

export function parseOptions(args: readonly string[]): Options {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      live: { type: 'boolean' },
      port: { type: 'string' },
      fault: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
    // Not strict: the messages are ours, for every mistake says what was expected and what came.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  let live = false;
  let port = defaultPort;
  const faults: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') return refuse(known, token.value);
    const { name, rawName, value } = token;
    if (name === 'help') return { command: 'help' };
    if (name === 'live') {
      if (value !== undefined) return refuse('--live without a value', `${rawName}=${value}`);
      live = true;
    } else if (name === 'port') {
      if (!isPort(value))
        return refuse(`--port and a number from 0 to ${highestPort}, such as --port 8080`, value);
      port = Number(value);
    } else if (name === 'fault') {
      if (!isFault(value)) return refuse('--fault TARGET=KIND, such as --fault dns=servfail', value);
      faults.push(value);
    } else {
      return refuse(known, rawName);
    }
  }
  if (live && faults.length > 0) {
    return refuse(
      '--fault without --live, for only the sandbox can be made to fail',
      `--live and --fault ${faults[0]}`,
    );
  }
  return { command: 'serve', live, port, faults };
}

function isPort(value: string | undefined): value is string {
  return value !== undefined && /^\d{1,5}$/.test(value) && Number(value) <= highestPort;
}

function isFault(value: string | undefined): value is string {
  return value !== undefined && /^[^=]+=[^=]/.test(value);
}

function refuse(expected: string, came: string | undefined): Options {
  return {
    command: 'refuse',
    message: `expected ${expected}; got ${came === undefined ? 'nothing' : `'${came}'`}`,
  };
}
