/** What decided an answer, as boxes and links: from the endpoint to its owner, and what others merely say. Pure. */
import type { Candidate, Evidence, Identification } from '../answer/identification.ts';
import { isClaim, openChecks } from './text.ts';

/** `confirms`: the service or DNS says so of this endpoint. `says`: it may be so. `open`: nobody could tell. */
export type Weight = 'confirms' | 'says' | 'open';

export interface Step {
  /** What leads from this box to the one before it. */
  readonly weight: Weight;
  readonly words: string;
  /** What the link rests on without proof, or what was not checked. */
  readonly weakness: string | null;
  readonly title: string;
  readonly name: string;
  readonly isOwner: boolean;
}

/** Every row begins at the endpoint. */
export interface Chain {
  readonly vpcEndpointId: string;
  readonly rows: readonly (readonly Step[])[];
  /** What is merely said, and stands. */
  readonly said: readonly string[];
  readonly refuted: readonly string[];
  /** Whose part what is said takes: that step of the first row. `null`: nobody's who is drawn. */
  readonly claimant: number | null;
}

/** With the endpoint and the box that counts the rest they are eight. */
const mostCandidates = 6;
const mostClaims = 3;

export function chainOf(answer: Identification): Chain {
  const { vpcEndpointId, evidence } = answer;
  const rows = chainRows(answer);
  const claims = evidence.filter(({ source }) => isClaim(source));
  const stands = claims.filter(({ strength }) => strength !== 'refuted');
  const refuted = claims.filter(({ strength }) => strength === 'refuted');
  return {
    vpcEndpointId,
    rows,
    said: claimWords(stands),
    refuted: claimWords(refuted),
    claimant: claimantOf(answer, rows),
  };
}

function claimWords(claims: readonly Evidence[]): readonly string[] {
  const more = claims.length - mostClaims;
  const words = claims
    .slice(0, mostClaims)
    .map(({ source, statement }) => `${sourceNames[source]}: ${shorten(statement)}`);
  return more > 0 ? [...words, `and ${more} more`] : words;
}

function claimantOf({ verdict, candidates }: Identification, [first = []]: Chain['rows']): number | null {
  if (verdict === 'identified') return first.length - 1;
  return verdict === 'service-identified' && candidates.length === 0 ? 0 : null;
}

export const sourceNames: Readonly<Record<Evidence['source'], string>> = {
  'endpoint-tag': 'Tag',
  'service-name': 'Service name',
  cloudtrail: 'CloudTrail',
  api: "The service's list",
  dns: 'DNS',
  address: 'Addresses',
  network: 'Network',
};

function chainRows(answer: Identification): Chain['rows'] {
  const { verdict, service, candidates, complete } = answer;
  if (candidates.length > 0) return candidateRows(answer);
  const notChecked = weakening(answer);
  const missing = (title: string, words: string) =>
    step('open', complete ? words : 'not checked', title, 'not found', notChecked);
  switch (verdict) {
    case 'identified':
      return [ownerSteps(answer, notChecked)];
    case 'not-requester-managed':
      return [[step('confirms', 'may delete it, says EC2', 'Account', answer.endpoint.ownerId ?? 'unknown')]];
    case 'service-identified':
      return [
        [step('says', 'made it', 'Service', service?.name ?? ''), missing('Resource', 'none holds it')],
      ];
    case 'ambiguous':
    case 'unidentified':
      return [[missing('Owner', 'nothing claims it')]];
  }
}

function ownerSteps({ owner, evidence }: Identification, notChecked: string | null): Step[] {
  const decided = evidence.find(({ source }) => !isClaim(source));
  const title = kindOf(owner?.resourceType);
  const last = (weight: Weight, words: string, weakness: string | null): Step => ({
    ...step(weight, words, title, owner?.resourceId ?? '', weakness),
    isOwner: true,
  });
  if (decided === undefined) return [last('says', 'made it', notChecked)];
  const [host = ''] = decided.statement.split(' ');
  switch (decided.source) {
    case 'dns': {
      const words = decided.statement.includes('is an alias of') ? 'is an alias of' : 'is a name of';
      return [step('confirms', words, 'Hostname', host), last('confirms', 'answers on', notChecked)];
    }
    case 'address':
      return [
        step('says', 'equal addresses', 'Hostname', host, 'if nothing else has them'),
        last('confirms', 'answers on', notChecked),
      ];
    case 'api': {
      if (decided.strength === 'probable')
        return [last('says', 'names its endpoint service', notChecked ?? 'if no other uses it')];
      const [, eni] = /lists (eni-\w+)/.exec(decided.statement) ?? [];
      if (eni === undefined) return [last('confirms', 'lists it', notChecked)];
      const between = step('confirms', 'is part of', 'Network interface', eni);
      return [between, last('confirms', 'lists', notChecked)];
    }
    default:
      return [last('says', 'fits', notChecked)];
  }
}

function candidateRows(answer: Identification): Chain['rows'] {
  const { candidates } = answer;
  const notChecked = weakening(answer);
  const more = candidates.length - mostCandidates;
  return [
    ...candidates
      .slice(0, mostCandidates)
      .map((candidate, index) => [
        step(
          candidate.strength === 'confirmed' ? 'confirms' : 'says',
          candidateWords(answer, candidate),
          kindOf(candidate.resourceType),
          candidate.resourceId,
          index === 0 ? notChecked : null,
        ),
      ]),
    ...(more > 0 ? [[step('says', 'fit as well', 'More', `${more} of them`)]] : []),
  ];
}

function candidateWords(answer: Identification, candidate: Candidate): string {
  const speaks = evidenceOf(answer, candidate);
  switch (speaks?.source) {
    case 'api':
      return / lists /.test(speaks.statement) ? 'lists it' : 'names its endpoint service';
    case 'dns':
      return 'its hostname is an alias of it';
    case 'address':
      return 'has its addresses';
    case 'network':
      return 'is in the same network';
    default:
      return 'may hold it';
  }
}

/** What speaks for a candidate: the evidence ends with one piece for each, in their order. */
export function evidenceOf(answer: Identification, candidate: Candidate): Evidence | undefined {
  return answer.evidence.slice(-answer.candidates.length)[answer.candidates.indexOf(candidate)];
}

/** What was not checked stands on the link that it may change. */
function weakening(answer: Identification): string | null {
  const names = [...openChecks(answer).values()].flat();
  if (names.length === 0) return null;
  return names.length > 2
    ? `${names.length} checks could change this`
    : `${names.join(', ')} could change this`;
}

function step(
  weight: Weight,
  words: string,
  title: string,
  name: string,
  weakness: string | null = null,
): Step {
  return { weight, words, title, name, weakness, isOwner: false };
}

/** `VPC endpoint association` of `AWS::NetworkFirewall::VpcEndpointAssociation`, `DB proxy` of `AWS::RDS::DBProxy` */
export function kindOf(resourceType = 'Resource'): string {
  const name = resourceType.split('::').at(-1) ?? resourceType;
  const words = name.replace(/^Vpc/, 'VPC').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [name];
  const [first = '', ...rest] = words.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}

/** An ARN is longer than a line of the drawing, and its end is what people know it by. */
function shorten(statement: string): string {
  return statement
    .replace(/^The (endpoint carries the tag|service name) /, '')
    .replace(/arn:[^\s,]*[:/]([^\s,:/]+)/g, '…$1');
}
