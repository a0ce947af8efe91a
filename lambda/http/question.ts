/** What the caller wants identified: an id, alone or somewhere in a text. */
import type { Scope } from '../answer/sweep.ts';
import type { Subject } from '../model/model.ts';
import { listFew } from '../model/names.ts';
import { echo, plainText } from '../plain-text.ts';
import { Problem } from '../problem.ts';
import { services } from '../resolvers/index.ts';
import { findBrokenIds, findIds, looksCut, type Prefix } from './ids.ts';
import { anywhere } from './scope.ts';

const endpointExample = 'vpce-0ce9fdcdd4aa4097e';
const interfaceExample = 'eni-0a1b2c3d4e5f60718';

const digits = '(?:[0-9a-f]{8}|[0-9a-f]{17})';
const endpointId = new RegExp(`^vpce-${digits}$`);
const interfaceId = new RegExp(`^eni-${digits}$`);

/** Each of them costs a call or two before the lookup begins. */
const mostInterfaces = 20;
/** Of names, likewise. */
const mostNames = 4;
/** An error stays short enough to read. */
const mostListed = 8;

/** What a text leads to: one endpoint, as far as the text tells, or all of a scope. */
export type Found = Subject | { readonly kind: 'scope'; readonly scope: Scope };

/** Reads the id in a path: nothing but an endpoint's id will do. */
export function parseEndpointId(text: string): Subject {
  const id = plainText(text).trim().toLowerCase();
  if (endpointId.test(id)) return { kind: 'vpc-endpoint', id };
  if (interfaceId.test(id)) {
    throw invalidEndpointId(id, `This is the id of a network interface: ask with /identify?q=${id}.`);
  }
  if (id.startsWith('vpce-svc-')) throw invalidEndpointId(id, endpointServiceHint);
  throw invalidEndpointId(
    text,
    'An error message, a DNS name, an ARN or the id of a network interface (eni-…) goes into /identify?q=TEXT.',
  );
}

export interface Question {
  /** As it came. */
  readonly text: string;
  /** Without escapes, in lower case. */
  readonly searched: string;
}

/**
 * Finds what a text is about. An endpoint's id wins over an interface's, and that over the ids of what endpoints are in; a
 * hostname counts where there is no id at all. Never chooses between ids: an answer for the wrong one is worse than none.
 * Errors: a `Problem` that says what was found, and which requests would be answered.
 */
export function findSubject(question: Question): Found {
  const { searched } = question;
  const [id, ...otherIds] = findIds(searched, 'vpce');
  if (id !== undefined && otherIds.length > 0) return inScope({ vpcEndpointIds: [id, ...otherIds] });
  if (id !== undefined) return { kind: 'vpc-endpoint', id };

  const [first, ...others] = findIds(searched, 'eni');
  if (others.length >= mostInterfaces) throw tooMany([first ?? '', ...others]);
  if (first !== undefined) return { kind: 'network-interfaces', ids: [first, ...others] };
  return findPlace(question);
}

function inScope(part: Partial<Scope>): Found {
  return { kind: 'scope', scope: { ...anywhere, ...part } };
}

function tooMany(ids: readonly string[]): Problem {
  return new Problem(
    'invalid-parameter',
    `Expected q to name at most ${mostInterfaces} network interfaces; it names ${ids.length}: ${listFew(ids, mostListed)}. ` +
      'Ask with fewer of them, or with the subnets that they are in.',
  );
}

/** What endpoints lead to or are in, the narrowest that is named; then resources, by their ARNs or names. */
function findPlace({ text, searched }: Question): Found {
  const [broken] = findBrokenIds(searched);
  const ids = (prefix: Prefix) => [...findIds(searched, prefix)];
  const places: readonly Partial<Scope>[] = [
    { serviceNames: ids('vpce-svc') },
    { subnetIds: ids('subnet') },
    { securityGroupIds: ids('sg') },
    { vpcIds: ids('vpc') },
    { resourceArns: findResourceArns(searched) },
    { resourceIds: findResourceIds(searched) },
  ];
  const place = places.find((part) => Object.values(part).some(({ length }) => length > 0));
  if (broken !== undefined && (looksCut(broken) || place === undefined)) throw brokenId(broken, searched);
  if (place !== undefined) return inScope(place);
  const [name, ...otherNames] = findHostnames(searched);
  if (name !== undefined && otherNames.length < mostNames)
    return { kind: 'hostnames', names: [name, ...otherNames] };
  throw nothingToIdentify(`got ${echo(text)}`);
}

/** The services whose resources are listed, as ARNs name them. */
const arnServices = new Set(
  services
    .filter(({ lists }) => lists.length > 0)
    .flatMap(({ actions }) => Object.keys(actions).map((action) => action.split(':')[0] ?? '')),
);
const resourceArn =
  /(?<![a-z0-9])arn:[a-z-]+:([a-z-]+):[a-z0-9-]+:[0-9]{12}:[a-z0-9_.:/+=@-]*[a-z0-9](?![*a-z0-9])/g;

/** Of one resource each: what a permission is for has asterisks. */
export function findResourceArns(searched: string): string[] {
  const arns = Array.from(searched.matchAll(resourceArn), ([arn, service = '']) =>
    arnServices.has(service) ? arn : '',
  );
  return [...new Set(arns)].filter(
    (arn) => arn !== '' && !searched.includes(`${arn}/*`) && !searched.includes(`${arn}:*`),
  );
}

const resourceId = new RegExp(
  `(?<![a-z0-9_.-])(?:${services.flatMap(({ ids }) => ids?.source ?? []).join('|')})(?![a-z0-9_-]|\\.[a-z0-9])`,
  'g',
);

/** Ids that tell by themselves whose they are; what is part of a name is none. */
export function findResourceIds(searched: string): string[] {
  return [...new Set(searched.match(resourceId))];
}

const labels = '(?:[a-z0-9_-]{1,63}\\.)';
/** Names of resources have three labels or more before AWS's domain; the APIs' own have two. */
const hostname = new RegExp(
  `(?<![a-z0-9_.-])${labels}{3,8}(?:amazonaws\\.com(?:\\.cn)?|on\\.aws)(?![a-z0-9-]|\\.[a-z])`,
  'g',
);

/** Names that may be a resource's. */
export function findHostnames(searched: string): readonly string[] {
  const names = searched.match(hostname) ?? [];
  return [...new Set(names.filter((name) => !/\.(?:console|signin)\./.test(`.${name}`)))];
}

function brokenId(broken: string, searched: string): Problem {
  const places = (['vpce-svc', 'subnet', 'sg', 'vpc'] as const).flatMap((prefix) =>
    findIds(searched, prefix),
  );
  const also = places.length === 0 ? '' : ` It also names ${listFew(places, mostListed)}.`;
  const hint = looksCut(broken) ? `${cutHint}${also}` : '';
  return broken.startsWith('vpce-') ? invalidEndpointId(broken, hint) : invalidInterfaceId(broken, hint);
}

export function nothingToIdentify(came: string): Problem {
  const detail =
    `Expected q to hold the id of a VPC endpoint, such as ${endpointExample}, or of its network interface, ` +
    `such as ${interfaceExample}, or of a subnet, a security group or a VPC, alone or within an error message, a DNS name ` +
    `or an ARN; ${came}.`;
  return new Problem('nothing-to-identify', detail);
}

const region = '[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\\d{1,2}';
const wholeRegion = new RegExp(`^${region}$`);

/** @returns the Region in lower case */
export function parseRegion(text: string): string {
  const name = plainText(text).trim().toLowerCase();
  if (wholeRegion.test(name)) return name;
  throw new Problem(
    'invalid-region',
    `Expected region to be the code of an AWS Region, such as ap-northeast-1; got ${echo(text)}.`,
  );
}

const endpointServiceHint =
  'This is the id of an endpoint service, which any number of endpoints lead to: give the id of one endpoint.';
const cutHint = 'The rest of it is cut or hidden: give the whole id to GET /identify?q=TEXT.';

function invalidEndpointId(came: string, hint?: string): Problem {
  const detail =
    `Expected the id of a VPC endpoint, vpce- and 8 or 17 hexadecimal digits, such as ${endpointExample}; ` +
    `got ${echo(came)}.`;
  return new Problem('invalid-vpc-endpoint-id', withHint(detail, hint));
}

function invalidInterfaceId(came: string, hint?: string): Problem {
  const detail =
    'Expected the id of a network interface, eni- and 8 or 17 hexadecimal digits, such as ' +
    `${interfaceExample}; got ${echo(came)}.`;
  return new Problem('invalid-network-interface-id', withHint(detail, hint));
}

function withHint(detail: string, hint: string | undefined): string {
  return hint ? `${detail} ${hint}` : detail;
}
