/** What the caller wants identified: an id, alone or somewhere in a text. */
import type { Subject } from '../model/model.ts';
import { listFew } from '../model/names.ts';
import { echo, plainText } from '../plain-text.ts';
import { Problem } from '../problem.ts';
import { findBrokenIds, findIds, looksCut } from './ids.ts';

const endpointExample = 'vpce-0ce9fdcdd4aa4097e';
const interfaceExample = 'eni-0a1b2c3d4e5f60718';

const digits = '(?:[0-9a-f]{8}|[0-9a-f]{17})';
const endpointId = new RegExp(`^vpce-${digits}$`);
const interfaceId = new RegExp(`^eni-${digits}$`);

/** An endpoint has one in each Availability Zone, and no Region has more of these. */
const mostInterfaces = 6;
/** An error stays short enough to read. */
const mostListed = 8;

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

/** A text, and the Regions that it will be asked in. */
export interface Question {
  /** As it came. */
  readonly text: string;
  /** Without escapes, in lower case. */
  readonly searched: string;
  /** The parameter. */
  readonly region: string | undefined;
  readonly namedRegions: readonly string[];
}

/**
 * Finds what a text is about. An endpoint's id wins over an interface's, and that over the ids of what endpoints are in.
 * Errors: a `Problem` that says what was found, and which requests would be answered.
 */
export function findSubject(question: Question): Subject {
  const { searched } = question;
  const endpoints = findIds(searched, 'vpce');
  if (endpoints.length > 1) throw severalIds(endpoints, question);
  const [id] = endpoints;
  if (id !== undefined) return { kind: 'vpc-endpoint', id };

  const [first, ...others] = findIds(searched, 'eni');
  if (first === undefined) throw noSubject(question);
  const ids = [first, ...others] as const;
  if (ids.length > mostInterfaces) throw severalIds(ids, question);
  return { kind: 'network-interfaces', ids };
}

/** Never chooses between ids: an answer for the wrong one is worse than none. */
function severalIds(ids: readonly string[], question: Question): Problem {
  const requests = ids.map((id) => requestFor(id, question));
  return new Problem(
    'invalid-parameter',
    `Expected q to lead to one endpoint; it names ${ids.length} ids. Ask about each: ${listFew(requests, mostListed)}.`,
  );
}

/** The request about one id of a text, in the Regions of that text. */
function requestFor(id: string, { region, namedRegions }: Question): string {
  const some = namedRegions.slice(0, 3);
  if (region === undefined && some.length > 0) return `GET /identify?q=${[id, ...some].join('+')}`;
  const parameter = region === undefined ? '' : `region=${region}`;
  if (id.startsWith('eni-')) return `GET /identify?${[`q=${id}`, parameter].filter(Boolean).join('&')}`;
  return `GET /vpc-endpoints/${[id, parameter].filter(Boolean).join('?')}`;
}

/** Says what a text has in place of a whole id of an endpoint or an interface. */
function noSubject(question: Question): Problem {
  const { text, searched } = question;
  const [broken] = findBrokenIds(searched);
  const places = placePrefixes.flatMap((prefix) => findIds(searched, prefix).map((id) => ({ prefix, id })));
  const placeIds = listFew(
    places.map(({ id }) => id),
    mostListed,
  );
  if (broken !== undefined && (looksCut(broken) || places.length === 0)) {
    const also = places.length === 0 ? '' : ` It also names ${placeIds}.`;
    const hint = looksCut(broken) ? `${cutHint}${also}` : '';
    return broken.startsWith('vpce-') ? invalidEndpointId(broken, hint) : invalidInterfaceId(broken, hint);
  }
  const [place] = places;
  if (place === undefined) return nothingToIdentify(`got ${echo(text)}`);
  const hint =
    'Ask about one of them with GET /vpc-endpoints/{vpcEndpointId}; this command lists them: ' +
    listCommand(place.prefix, place.id, question);
  if (place.prefix === 'vpce-svc') return invalidEndpointId(placeIds, `${endpointServiceHint} ${hint}`);
  return nothingToIdentify(`got ${echo(placeIds)}, which may hold any number of endpoints`, hint);
}

/** What any number of endpoints lead to or are in, the narrowest first. */
const placePrefixes = ['vpce-svc', 'subnet', 'sg', 'vpc'] as const;

/** Lists the endpoints of such a place, until a sweep does. */
function listCommand(
  prefix: (typeof placePrefixes)[number],
  id: string,
  { region, namedRegions }: Question,
): string {
  const where = region ?? namedRegions[0];
  const inRegion = where === undefined ? '' : ` --region ${where}`;
  if (prefix === 'vpce-svc') {
    return `aws ec2 describe-vpc-endpoints --query "VpcEndpoints[?contains(ServiceName, '${id}')].VpcEndpointId"${inRegion}`;
  }
  const filter = { subnet: 'subnet-id', sg: 'group-id', vpc: 'vpc-id' }[prefix];
  return (
    `aws ec2 describe-network-interfaces --filters Name=${filter},Values=${id} ` +
    `Name=interface-type,Values=vpc_endpoint,gateway_load_balancer_endpoint --query "NetworkInterfaces[].Description"${inRegion}`
  );
}

/** @param hint a sentence, or a command that is better off without a full stop */
export function nothingToIdentify(came: string, hint?: string): Problem {
  const detail =
    `Expected q to hold the id of a VPC endpoint, such as ${endpointExample}, or of its network interface, ` +
    `such as ${interfaceExample}, alone or within an error message, a DNS name or an ARN; ${came}.`;
  return new Problem('nothing-to-identify', withHint(detail, hint));
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
