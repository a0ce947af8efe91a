/** What a text is taken to ask, by a deployment in eu-west-1 that may look everywhere. */
import { parseRequest, type Request } from '../../lambda/http/request.ts';
import { Problem } from '../../lambda/problem.ts';

export const id = 'vpce-0ce9fdcdd4aa4097e';
export const service = 'vpce-svc-0b2f119acb23c050e';
export const ownRegion = 'eu-west-1';

export interface Asked {
  /** Endpoints, interfaces, hostnames, or what a sweep is about. */
  readonly ids: readonly string[];
  /** In the order of asking, without the deployment's own where that comes last. */
  readonly regions: readonly string[];
}

export interface Refused {
  readonly code: string;
  readonly detail: string;
}

function idsOf(request: Exclude<Request, { route: 'home' | 'openapi' }>): readonly string[] {
  if (request.route === 'sweep') return Object.values(request.scope).flat();
  const { subject } = request;
  if (subject.kind === 'vpc-endpoint') return [subject.id];
  return subject.kind === 'hostnames' ? subject.names : subject.ids;
}

export function askedIn(text: string): Asked | Refused {
  try {
    const request = parseRequest(
      {
        rawPath: '/identify',
        rawQueryString: `q=${encodeURIComponent(text.toWellFormed())}`,
        headers: {},
        requestContext: { stage: '$default', requestId: 'request-1', http: { method: 'GET' } },
      },
      { region: ownRegion, allowedRegions: 'any' },
    );
    if (request.route !== 'identify' && request.route !== 'sweep')
      throw new Error(`${request.route} is another route`);
    const named = request.regions.filter(({ why }) => why !== "this deployment's own");
    return { ids: idsOf(request), regions: named.map(({ region }) => region) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, detail: error.message };
  }
}
