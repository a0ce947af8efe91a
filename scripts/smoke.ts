/** Asks a deployed API for one endpoint and says which of its checks were denied: `npm run smoke -- --help`. */
import { parseArgs } from 'node:util';
import { type Api, connectApi, explain } from '../cli/api.ts';
import { parseApiUrl } from '../cli/api-url.ts';
import type { Identification, ProblemDocument } from '../lambda/http/contract.ts';
import { plainText } from '../lambda/plain-text.ts';

const help = `Asks a deployed API for one VPC endpoint, and lists the checks that were denied.

Usage: npm run smoke -- --api URL [OPTION ...] ENDPOINT_ID

  --api URL      the deployment's output ApiUrl, or what npm start prints
  --region R     Region of the endpoint (default: the API's own)
  --token T      a token for the API, instead of a signature with the
                 credentials that the AWS CLI would take
  --help         this text

Ends with 0 when nothing was denied, 1 when something was or when there was
no answer, 2 when it was called in another way than this.
`;

interface Question extends Api {
  readonly id: string;
  readonly region: string | undefined;
}

try {
  const question = parse(process.argv.slice(2));
  if (question === null) process.stdout.write(help);
  else await smoke(question).catch((error: unknown) => end(1, `no answer: ${explain(error)}`));
} catch (error) {
  end(2, `${(error as Error).message}\n\n${help}`);
}

/** @throws for whatever is not the usage */
function parse(args: string[]): Question | null {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    options: { api: text, region: text, token: text, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const { api = '', region, token, help: wantsHelp } = values;
  if (wantsHelp === true) return null;
  const [id = '', ...others] = positionals;
  if (!/^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/i.test(id) || others.length > 0)
    throw new Error(
      `expected one id of a VPC endpoint, such as vpce-0ce9fdcdd4aa4097e; got '${positionals.join(' ')}'`,
    );
  const url = parseApiUrl(api);
  if (url === null)
    throw new Error(`expected --api and an https URL, the output ApiUrl of the stack; got '${api}'`);
  return { url, id, region, token };
}

async function smoke(question: Question): Promise<void> {
  const { id, region } = question;
  const query = new URLSearchParams(region === undefined ? {} : { region });
  const response = await connectApi(question, region)(`vpc-endpoints/${id}`, query);
  const answer = (await response.json()) as Partial<Identification & ProblemDocument & { message: string }>;
  if (answer.checks !== undefined && answer.nextStep !== undefined) {
    return report(answer as Identification);
  }
  const { detail, message, code, action } = answer;
  if (code === 'aws-access-denied' && action !== undefined) print(`denied: ${action}`);
  throw new Error(plainText(`HTTP ${response.status} ${code ?? ''} ${detail ?? message ?? ''}`));
}

function report({ vpcEndpointId, verdict, owner, checks, nextStep }: Identification): void {
  print(`${vpcEndpointId}  ${verdict}  ${owner?.arn ?? owner?.resourceId ?? '-'}`);
  for (const { check, outcome, reason } of checks)
    print(`  ${check.padEnd(22)}${outcome.padEnd(10)}${reason ?? ''}`.trimEnd());
  // A check can find the owner and still have been denied a part of what it asked.
  const denied = checks.flatMap(({ check, reason }) => {
    const actions = [...(reason ?? '').matchAll(/([a-z0-9-]+:[A-Za-z]+) is not allowed/g)];
    return [...new Set(actions.map(([, action]) => `${check}: ${action}`))];
  });
  if (denied.length === 0) print('denied: nothing');
  else process.exitCode = 1;
  for (const line of denied) print(`denied: ${line}`);
  if (nextStep.action === 'grant-permission') print(`next step: ${nextStep.summary}`);
}

function print(line: string): void {
  console.log(plainText(line));
}

function end(status: 1 | 2, message: string): void {
  console.error(`smoke: ${message}`);
  process.exitCode = status;
}
