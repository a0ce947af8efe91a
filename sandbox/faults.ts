import { apis, type OperationTarget } from './services/registry.ts';

/**
 * What goes wrong, and where: by operation as in `rds:DescribeDBProxies`, by `rds:*` for all operations of a service
 * without a fault of their own, or for `dns`. Add, replace and `delete` them at any time.
 */
export type Faults = { [target in OperationTarget]?: Fault } & { dns?: DnsFault };

export type Fault =
  /** `times`: the first so many requests fail, later ones do not; absent: all fail. */
  | { readonly kind: CountedKind; readonly times?: number }
  | { readonly kind: SteadyKind }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** The first page holds `firstPageItems` items, or as many as fit; all the later ones fail. */
  | { readonly kind: 'second-page'; readonly firstPageItems?: number }
  /** No record of the answer has this field, however deep it is in it. */
  | { readonly kind: 'missing-field'; readonly field: string };

type CountedKind = (typeof countedKinds)[number];
type SteadyKind = (typeof steadyKinds)[number];

/** Takes effect for one `name`, or for all. */
export type DnsFault = { readonly name?: string } & (
  | { readonly kind: (typeof dnsKinds)[number] }
  | { readonly kind: 'slow'; readonly delayMs: number }
);

export const countedKinds = [
  'throttled',
  'error',
  'reset',
  /** Half of the body, and the connection is reset. */
  'cut-off',
  /** 503 and a page for browsers, from something before the service. */
  'html',
] as const;

export const steadyKinds = [
  /** The service's own access-denied error, naming the action. */
  'denied',
  /** The same by a service control policy of the organisation, which nobody in the account can change. */
  'scp-denied',
  'expired-credentials',
  /** Never answers. */
  'hang',
  /** 200 and no body at all. */
  'empty',
  /** 200 and a body that is neither XML nor JSON. */
  'garbage',
  /** Half of the body, under headers that say that it is all of it. */
  'truncated',
  /** Half of the body, and nothing more. */
  'stalled',
  /** Every page comes with the same token, and the token gives the first page. */
  'repeat-token',
  /** The first page, and then empty ones for ever, each with a token of its own. */
  'endless',
  /** The first page is empty, and its token gives the whole list: AWS filters after it has cut pages. */
  'empty-first-page',
  /** The last page has a token too, of no characters. */
  'empty-token',
  /** The members of lists, and the resource of a single answer, have no fields. */
  'missing-fields',
  /** The answer has no fields, not even its list. */
  'missing-lists',
  /** LookupEvents: CloudTrailEvent is cut off in the middle. */
  'not-json-event',
] as const;

export const dnsKinds = [
  'nxdomain',
  /** The name exists, and has no record of the type that was asked for. */ 'nodata',
  'servfail',
  'refused',
  'yxdomain',
  'notauth',
  /** No answer. */ 'drop',
  /** An alias of itself. */ 'loop',
  /** A CNAME record, but of another name than the one that was asked for. */ 'foreign-cname',
  /** Two CNAME records of the one name, which lead to different places. */ 'two-cnames',
  /** An answer by its header, and behind it nothing that can be read. */ 'garbage',
  /** An answer to another question comes first: the same name, another id. */ 'wrong-id',
] as const;

/** The fault that an operation has, if it or its service has one. */
export function faultOf(
  { dns: _, ...faults }: Faults,
  service: string,
  operation: string,
): Fault | undefined {
  const byTarget: Readonly<Record<string, Fault | undefined>> = faults;
  return byTarget[`${service}:${operation}`] ?? byTarget[`${service}:*`];
}

/** Reads `TARGET=KIND[:ARGUMENT]`, for instance `rds:DescribeDBProxies=throttled:2`; what it cannot read, it explains. */
export function parseFault(text: string): Faults {
  const [, target, kind, argument] = /^([^=]+)=([^:]+)(?::(.+))?$/s.exec(text.trim()) ?? [];
  if (target === undefined || kind === undefined) {
    throw new Error(
      `a fault is TARGET=KIND[:ARGUMENT], like rds:DescribeDBProxies=throttled:2 or dns=servfail, not '${text}'`,
    );
  }
  if (target === 'dns') return { dns: parseDnsFault(kind, argument) };
  return { [parseTarget(target)]: parseOperationFault(target, kind, argument) };
}

function parseTarget(target: string): `${string}:${string}` {
  const [id = '', operation = ''] = target.split(':');
  const api = apis.find((candidate) => candidate.id === id);
  if (api === undefined) {
    throw new Error(
      `a fault's target is dns or SERVICE:OPERATION with one of the services ${list(apis.map((known) => known.id))}; there is no '${id}'`,
    );
  }
  const operations = [...Object.keys(api.operations).sort(), '*'];
  if (!operations.includes(operation)) {
    throw new Error(`the operations of ${id} are ${list(operations)}; there is no '${operation}'`);
  }
  return `${id}:${operation}`;
}

function parseOperationFault(target: string, kind: string, argument: string | undefined): Fault {
  const counted = countedKinds.find((known) => known === kind);
  if (counted !== undefined) {
    return argument === undefined ? { kind: counted } : { kind: counted, times: parseCount(kind, argument) };
  }
  if (kind === 'slow') return { kind, delayMs: parseCount(kind, argument) };
  if (kind === 'second-page') {
    return argument === undefined ? { kind } : { kind, firstPageItems: parseCount(kind, argument) };
  }
  if (kind === 'missing-field') return { kind, field: parseField(argument) };
  const steady = steadyKinds.find((known) => known === kind);
  if (steady === undefined) {
    const kinds = [...countedKinds, 'slow', 'second-page', 'missing-field', ...steadyKinds].sort();
    throw new Error(`the faults of an operation are ${list(kinds)}; there is no '${kind}'`);
  }
  if (argument !== undefined) throw new Error(`${kind} takes no argument, so not '${argument}'`);
  if (steady === 'not-json-event' && target !== 'cloudtrail:LookupEvents') {
    throw new Error(`only cloudtrail:LookupEvents can have the fault not-json-event, not ${target}`);
  }
  return { kind: steady };
}

function parseField(argument: string | undefined): string {
  if (argument !== undefined && /^\w+$/.test(argument)) return argument;
  throw new Error(
    `the argument of missing-field is a field's name, like missing-field:Endpoint, not '${argument ?? ''}'`,
  );
}

function parseDnsFault(kind: string, argument: string | undefined): DnsFault {
  if (kind === 'slow') return { kind, delayMs: parseCount(kind, argument) };
  const known = dnsKinds.find((candidate) => candidate === kind);
  if (known === undefined) {
    throw new Error(`the faults of dns are ${list([...dnsKinds, 'slow'])}; there is no '${kind}'`);
  }
  return argument === undefined ? { kind: known } : { kind: known, name: argument };
}

function parseCount(kind: string, argument: string | undefined): number {
  if (argument !== undefined && /^\d+$/.test(argument)) return Number(argument);
  throw new Error(
    `the argument of ${kind} is a number${kind === 'slow' ? ' of milliseconds, like slow:500' : `, like ${kind}:2`}, not '${argument ?? ''}'`,
  );
}

function list(words: readonly string[]): string {
  return words.join(', ');
}
