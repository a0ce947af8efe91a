import { AwsError, type Input, isRecord } from '../protocols/protocol.ts';

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
