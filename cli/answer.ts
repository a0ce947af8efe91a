/** What a source answered, read: one endpoint, several, or the problem that it had. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Identification } from '../lambda/answer/identification.ts';
import type { Sweep } from '../lambda/answer/sweep.ts';
import type { ProblemDocument } from '../lambda/problem.ts';

export type Answer =
  | { readonly is: 'identification'; readonly identification: Identification }
  | { readonly is: 'sweep'; readonly sweep: Sweep }
  | { readonly is: 'problem'; readonly problem: ProblemDocument };

/**
 * A deployment may be newer than this: what it has more is let pass, and what is not as promised is an error.
 *
 * @throws an `Error` that says what is not as the contract has it
 */
export async function readAnswer({
  statusCode,
  body = '',
  isBase64Encoded = false,
}: APIGatewayProxyStructuredResultV2): Promise<Answer> {
  // Loaded for each answer, and before the first one nothing needs it.
  const { identification, problem, sweep } = await import('../lambda/http/contract.ts');
  const value: unknown = parseJson(isBase64Encoded ? await unpack(body) : body);
  const isSweep = 'vpcEndpoints' in Object(value);
  const schema = statusCode !== 200 ? problem : isSweep ? sweep : identification;
  const issues = (schema.safeParse(value).error?.issues ?? []).filter(
    ({ code }) => code !== 'unrecognized_keys',
  );
  const [issue] = issues;
  if (issue !== undefined) {
    throw new Error(
      `expected an answer of vpce-owner's contract; ${issue.path.join('.') || 'it'}: ${issue.message}. ` +
        'Is this version older than the deployment?',
    );
  }
  if (statusCode !== 200) return { is: 'problem', problem: value as ProblemDocument };
  return isSweep
    ? { is: 'sweep', sweep: value as Sweep }
    : { is: 'identification', identification: value as Identification };
}

/** @throws an `Error` where it is not packed with gzip */
async function unpack(body: string): Promise<string> {
  const text = await promisify(gunzip)(Buffer.from(body, 'base64')).catch((error: Error) => {
    throw new Error(`expected an answer packed with gzip; got ${error.message}`);
  });
  return text.toString();
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('expected an answer in JSON; got something else');
  }
}
