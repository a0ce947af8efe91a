import type { Account, Region } from '../account.ts';
import { AwsError, type Input, isRecord, type Protocol } from '../protocols/protocol.ts';

/** The names that services have in SigV4 and, all of these, in IAM actions. */
export type ServiceId =
  | 'cloudtrail'
  | 'ec2'
  | 'network-firewall'
  | 'rds'
  | 'redshift'
  | 'redshift-serverless'
  | 'sts';

/** One AWS service of the sandbox: `satisfies` it, so that the names of its operations are known to the compiler. */
export interface Service {
  readonly id: ServiceId;
  readonly protocol: Protocol;
  /** The field that carries the page token, in requests and in answers. */
  readonly pageToken: 'NextToken' | 'nextToken' | 'Marker';
  readonly invalidPageToken: (token: string) => AwsError;
  readonly operations: Readonly<Record<string, Operation>>;
}

export type Operation = (input: Input, context: Context) => object;

export interface Context {
  readonly account: Account;
  readonly regionName: string;
  readonly region: Region;
  readonly now: () => Date;
  /** One page of a list under the name of its field, with the token of the next page if there is one. */
  readonly page: (field: string, items: readonly object[], size: number | undefined) => object;
  /** Whether the Region's quota of lookups per second has room for one more, which this takes. */
  readonly takeLookup: () => boolean;
}

/** A field that is text, if it is there; an empty one counts as absent, as it does in AWS's forms. */
export function text(input: Input, field: string): string | undefined {
  const value = input[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list of text; undefined where the list is absent or empty. */
export function texts(input: Input, field: string): readonly string[] | undefined {
  const value = input[field];
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

export function filters(input: Input): readonly Filter[] {
  const list: unknown[] = Array.isArray(input['Filters']) ? input['Filters'] : [];
  return list
    .filter(isRecord)
    .map((filter) => ({ name: text(filter, 'Name') ?? '', values: texts(filter, 'Values') ?? [] }));
}

/** A page size within the service's limits; `refuse` says how the service puts it when it is not. */
export function pageSize(
  input: Input,
  field: string,
  limits: { min: number; max: number },
  refuse: (value: string, limit: 'min' | 'max') => AwsError,
): number | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < limits.min) {
    throw refuse(String(value), 'min');
  }
  if (value > limits.max) throw refuse(String(value), 'max');
  return value;
}

/** RDS and Redshift word a page size alike. */
export function maxRecords(input: Input): number {
  const size = pageSize(
    input,
    'MaxRecords',
    { min: 20, max: 100 },
    (value) =>
      new AwsError(
        'InvalidParameterValue',
        `Invalid value ${value} for MaxRecords. Must be between 20 and 100`,
      ),
  );
  return size ?? 100;
}
