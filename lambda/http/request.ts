/** HTTP in: which answer is asked for, about what, and in which form. */
import { echo } from '../plain-text.ts';
import { Problem } from '../problem.ts';
import { type Candidate, ownRegion, type Search } from '../search.ts';
import type { SweepQuestion } from '../sweep.ts';
import { type Format, formats, rowFormats } from './format.ts';
import { findSubject, nothingToIdentify, parseEndpointId, parseRegion } from './question.ts';
import { findRegions } from './regions.ts';
import { anywhere, parseScope, parseShown, sweepParameters } from './scope.ts';
import { unescapeText } from './unescape.ts';

export type Request =
  | { readonly route: 'home' | 'openapi' }
  | ({ readonly route: 'identify' } & Search)
  | ({ readonly route: 'sweep' } & SweepRequest);

/** A sweep, and the Regions that it may be about. */
export interface SweepRequest extends Omit<Search, 'subject'>, Asked {
  readonly nextToken: string | undefined;
}

type Asked = Omit<SweepQuestion, 'after' | 'mostBytes'>;

/** What is read of an API Gateway HTTP API event, payload 2.0. */
export interface RequestEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly stage: string;
    readonly requestId: string;
    readonly http: { readonly method: string };
  };
}

export interface RequestDefaults {
  /** Where neither the parameter nor the text says. */
  readonly region: string;
  readonly allowedRegions: readonly string[] | 'any';
}

type Route =
  | { readonly name: 'home' | 'openapi' }
  | { readonly name: 'endpoint'; readonly id: string }
  | { readonly name: 'search' | 'sweep' };

type Parameters = ReadonlyMap<string, string>;

const routes =
  'GET /vpc-endpoints/{vpcEndpointId}, GET /vpc-endpoints, GET /identify?q=TEXT, GET /openapi.json, GET /';

const allowedParameters: Record<Route['name'], readonly string[]> = {
  home: ['format'],
  openapi: ['format'],
  endpoint: ['region', 'format'],
  search: ['q', 'region', 'format', 'nextToken'],
  sweep: [...sweepParameters, 'region', 'format', 'nextToken'],
};

/** Longer than any error message with an endpoint's id in it. */
const longestQuestion = 4096;

/** @throws {Problem} for everything that is not one of the contract's requests */
export function parseRequest(event: RequestEvent, defaults: RequestDefaults): Request {
  const route = findRoute(event);
  if (event.requestContext.http.method !== 'GET') {
    throw new Problem(
      'method-not-allowed',
      `Expected GET, for every request only reads; got ${echo(event.requestContext.http.method)}.`,
    );
  }
  const parameters = parseParameters(event.rawQueryString, allowedParameters[route.name]);
  checkFormat(parameters.get('format'), formatsOf(route.name));
  if (route.name === 'openapi' || route.name === 'home') return { route: route.name };

  const given = parameters.get('region');
  const region = given === undefined ? undefined : parseRegion(given);
  if (route.name === 'endpoint') {
    const subject = parseEndpointId(decode(route.id, 'invalid-vpc-endpoint-id', 'the path'));
    return { route: 'identify', subject, ...chooseRegions(region, [], defaults) };
  }
  if (route.name === 'sweep') {
    const question = { scope: parseScope(parameters), ...parseShown(parameters) };
    return toSweep(question, parameters, chooseRegions(region, [], defaults));
  }
  return parseSearch(parameters, region, defaults);
}

function formatsOf(name: Route['name']): readonly Format[] {
  if (name === 'openapi') return ['json'];
  return name === 'search' || name === 'sweep' ? rowFormats : formats;
}

function parseSearch(parameters: Parameters, region: string | undefined, defaults: RequestDefaults): Request {
  const text = parseQuestion(parameters.get('q'));
  const searched = unescapeText(text);
  const regions = chooseRegions(region, findRegions(searched), defaults);
  const found = findSubject({ text, searched });
  const everything = parseShown(new Map());
  if (found.kind === 'scope') return toSweep({ scope: found.scope, ...everything }, parameters, regions);
  const isRows = rowFormats.some((one) => one === parameters.get('format') && !formats.includes(one));
  if (isRows && found.kind === 'vpc-endpoint')
    return toSweep(
      { scope: { ...anywhere, vpcEndpointIds: [found.id] }, ...everything },
      parameters,
      regions,
    );
  if (isRows || parameters.has('nextToken'))
    throw invalidParameter(
      `Expected ${isRows ? `format to be ${formats.join(' or ')}` : 'no nextToken'}, for q leads to one endpoint.`,
    );
  return { route: 'identify', subject: found, ...regions };
}

function toSweep(
  question: Asked,
  parameters: Parameters,
  regions: Pick<Search, 'regions' | 'notAllowed'>,
): Request {
  return { route: 'sweep', ...question, nextToken: parameters.get('nextToken'), ...regions };
}

function findRoute({ rawPath, requestContext: { stage } }: RequestEvent): Route {
  // API Gateway leaves a named stage in rawPath, unless a custom domain leads to the API.
  const staged = stage !== '$default' && rawPath.startsWith(`/${stage}/`);
  const path = staged ? rawPath.slice(stage.length + 1) : rawPath;
  if (path === '/') return { name: 'home' };
  if (path === '/openapi.json') return { name: 'openapi' };
  if (path === '/identify') return { name: 'search' };
  if (path === '/vpc-endpoints') return { name: 'sweep' };
  const [, id] = /^\/vpc-endpoints\/([^/]*)$/.exec(path) ?? [];
  if (id !== undefined) return { name: 'endpoint', id };
  throw new Problem('route-not-found', `Expected one of ${routes}; got ${echo(path)}.`);
}

function parseParameters(query: string, allowed: readonly string[]): Parameters {
  const pairs = parseQuery(query);
  const names = pairs.map(([name]) => name);
  const unknown = [...new Set(names.filter((name) => !allowed.includes(name)))];
  if (unknown.length > 0) {
    throw invalidParameter(
      `Expected no other parameters than ${allowed.join(', ')}; got ${echo(unknown.join(', '))}.`,
    );
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw invalidParameter(`Expected each parameter once; got ${echo(repeated)} more than once.`);
  }
  return new Map(pairs);
}

/** @throws {Problem} for malformed percent-encoding, which URLSearchParams would let pass */
function parseQuery(query: string): readonly (readonly [name: string, value: string])[] {
  const decodePart = (part: string) => decode(part.replaceAll('+', ' '), 'invalid-parameter', 'the query');
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decodePart(name), decodePart(value.join('='))];
    });
}

function decode(text: string, code: 'invalid-parameter' | 'invalid-vpc-endpoint-id', where: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem(
      code,
      `Expected percent-encoded UTF-8 in ${where}, such as %20 for a blank and %25 for a percent sign; got ${echo(text)}.`,
    );
  }
}

function checkFormat(format: string | undefined, known: readonly string[]): void {
  if (format === undefined || known.includes(format)) return;
  throw invalidParameter(`Expected format to be ${known.join(' or ')}; got ${echo(format)}.`);
}

function parseQuestion(question: string | undefined): string {
  if (question === undefined) throw nothingToIdentify('got no q');
  if (question.trim() === '') throw nothingToIdentify('got an empty q');
  if (question.length <= longestQuestion) return question;
  throw invalidParameter(
    `Expected q to have at most ${longestQuestion} characters; got ${question.length}. ` +
      'The id of the endpoint alone is enough, such as q=vpce-0ce9fdcdd4aa4097e.',
  );
}

/** The parameter decides; without it the Regions that the text names are asked, and then the deployment's own. */
function chooseRegions(
  given: string | undefined,
  named: readonly Candidate[],
  defaults: RequestDefaults,
): Pick<Search, 'regions' | 'notAllowed'> {
  const { allowedRegions } = defaults;
  const isAllowed = (region: string) => allowedRegions === 'any' || allowedRegions.includes(region);
  const own = { region: defaults.region, why: ownRegion };
  const candidates =
    given === undefined
      ? [...named, ...(named.some(({ region }) => region === own.region) ? [] : [own])]
      : [{ region: given, why: 'asked for with region=' }];
  const [first, ...others] = candidates.filter(({ region }) => isAllowed(region));
  const notAllowed = candidates.map(({ region }) => region).filter((region) => !isAllowed(region));
  if (first !== undefined) return { regions: [first, ...others], notAllowed };
  const allowed = allowedRegions === 'any' ? '' : allowedRegions.join(', ');
  throw new Problem(
    'region-not-allowed',
    `Expected a Region that this deployment may look into, which are: ${allowed}; got ${echo(notAllowed.join(', '))}.`,
  );
}

function invalidParameter(detail: string): Problem {
  return new Problem('invalid-parameter', detail);
}
