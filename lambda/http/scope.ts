/** Which endpoints a sweep is about, from the parameters of a request. */
import type { VerdictName } from '../answer/identification.ts';
import type { Scope } from '../answer/sweep.ts';
import { echo, plainText } from '../plain-text.ts';
import { Problem, type ProblemCode } from '../problem.ts';
import { services } from '../resolvers/index.ts';

export const anywhere: Scope = {
  vpcIds: [],
  subnetIds: [],
  securityGroupIds: [],
  serviceNames: [],
  vpcEndpointIds: [],
  resourceArns: [],
  resourceIds: [],
};

/** Of one parameter; EC2 takes so many values of a filter. */
const mostValues = 200;
const mostRows = 20_000;

export const verdicts: readonly VerdictName[] = [
  'identified',
  'service-identified',
  'ambiguous',
  'unidentified',
  'not-requester-managed',
];

type Parameters = ReadonlyMap<string, string>;

/** The parameters of a sweep, beside `region`, `format` and `nextToken`. */
export const sweepParameters = [
  'vpcId',
  'subnetId',
  'securityGroupId',
  'serviceName',
  'verdict',
  'service',
  'limit',
] as const;

export function parseScope(parameters: Parameters): Scope {
  return {
    ...anywhere,
    vpcIds: ids(parameters, 'vpcId', 'vpc', 'invalid-vpc-id'),
    subnetIds: ids(parameters, 'subnetId', 'subnet'),
    securityGroupIds: ids(parameters, 'securityGroupId', 'sg'),
    serviceNames: values(parameters, 'serviceName', (name) => {
      if (/^[a-z0-9.-]{1,200}$/.test(name)) return;
      throw invalid(
        'serviceName',
        'names of endpoint services, such as com.amazonaws.vpce.eu-west-1.vpce-svc-0b2f119acb23c050e',
        name,
      );
    }),
  };
}

/** What to show, and never what to check. */
export function parseShown(parameters: Parameters) {
  return {
    verdicts: oneOf(parameters, 'verdict', verdicts),
    services: oneOf(
      parameters,
      'service',
      services.map(({ id }) => id),
    ),
    limit: parseLimit(parameters.get('limit')),
  };
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return mostRows;
  const limit = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostRows) return limit;
  throw invalid('limit', `a whole number from 1 to ${mostRows}`, text);
}

function ids(parameters: Parameters, name: string, prefix: string, code?: ProblemCode): string[] {
  const whole = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
  return values(parameters, name, (id) => {
    if (whole.test(id)) return;
    throw invalid(
      name,
      `${prefix}- and 8 or 17 hexadecimal digits, such as ${prefix}-0a1b2c3d4e5f60718, or several with commas`,
      id,
      code,
    );
  });
}

function oneOf(parameters: Parameters, name: string, known: readonly string[]): string[] {
  return values(parameters, name, (value) => {
    if (!known.includes(value)) throw invalid(name, `any of ${known.join(', ')}`, value);
  });
}

function values(parameters: Parameters, name: string, check: (value: string) => void): string[] {
  const text = parameters.get(name);
  if (text === undefined) return [];
  const all = text.split(',').map((value) => plainText(value).trim().toLowerCase());
  for (const value of all) check(value);
  const distinct = [...new Set(all)];
  if (distinct.length <= mostValues) return distinct;
  throw invalid(name, `at most ${mostValues} values`, `${distinct.length}`);
}

function invalid(
  name: string,
  expected: string,
  came: string,
  code: ProblemCode = 'invalid-parameter',
): Problem {
  return new Problem(code, `Expected ${name} to be ${expected}; got ${echo(came)}.`);
}
