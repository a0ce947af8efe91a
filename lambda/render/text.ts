/** The answer for people in a terminal: one screen, what to do before why. */
import type { CheckReport, Evidence, Identification } from '../answer/identification.ts';
import { plainText } from '../plain-text.ts';
import type { ProblemDocument } from '../problem.ts';
import { counted, headline, join, labelled, rowsOf, screenRows, wrap } from './lines.ts';

/** Where a section's text begins. */
const textColumn = 6;

/** What a screen has room for: further evidence, and where AWS documents it, push the rest off, and JSON has them. */
interface Room {
  readonly mostEvidence: number;
  readonly documentation: boolean;
}

export function renderText(identification: Identification): string {
  const full = render(identification, { mostEvidence: 2, documentation: true });
  if (rowsOf(full) <= screenRows) return full;
  const short = render(identification, { mostEvidence: 1, documentation: true });
  return rowsOf(short) <= screenRows
    ? short
    : render(identification, { mostEvidence: 1, documentation: false });
}

function render(identification: Identification, room: Room): string {
  const { vpcEndpointId, verdict, service, owner } = identification;
  const first = headline([vpcEndpointId, verdict, service?.id, owner?.resourceId, owner?.arn]);
  const sections = [
    wrap(whoSentence(identification), 0),
    candidates(identification),
    whatToDo(identification, room),
    why(identification, room),
    notChecked(identification),
    place(identification),
  ];
  return join([first, ...sections.flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines]))]);
}

export function renderProblemText(problem: ProblemDocument): string {
  const { status, code, detail, action, retryAfterSeconds, requestId } = problem;
  const facts = [
    ...(action === undefined ? [] : [['IAM action', action]]),
    ...(retryAfterSeconds === undefined ? [] : [['retry after', `${retryAfterSeconds} s`]]),
    ['request', requestId],
  ];
  return join([
    headline(['error', String(status), code]),
    ...wrap(detail, 0),
    ...facts.flatMap(([label = '', value = '']) => labelled(label, 14, value)),
  ]);
}

function whoSentence({ verdict, service, owner, confidence, candidates: fitting }: Identification): string {
  switch (verdict) {
    case 'identified':
      return `${service?.name} made this endpoint for the ${kindOf(owner?.resourceType)} ${owner?.resourceId} (${confidence}).`;
    case 'service-identified':
      return `${service?.name} made this endpoint (${confidence}), and no resource is known to hold it.`;
    case 'ambiguous':
      return `${fitting.length} resources may be the owner, and only one can be.`;
    case 'unidentified':
      return 'A service made this endpoint, and nothing that was asked claims it.';
    case 'not-requester-managed':
      return service === null
        ? 'This endpoint is yours: no service manages it.'
        : `${service.name} made this endpoint, and leaves it to you to delete.`;
  }
}

/** `DBProxy` of `AWS::RDS::DBProxy` */
function kindOf(resourceType = 'resource'): string {
  return resourceType.split('::').at(-1) ?? resourceType;
}

function candidates({ candidates: fitting }: Identification): readonly string[] {
  return fitting.flatMap(({ resourceType, resourceId, arn, service, strength }, index) => {
    const about = [`${resourceType} ${resourceId}`, `(${service.name}, ${strength})`, arn];
    return labelled(index === 0 ? 'fits' : '', textColumn, about.flatMap((part) => part ?? []).join(' '));
  });
}

function whatToDo({ nextStep }: Identification, room: Room): readonly string[] {
  const { action, summary, commands, warnings, documentation } = nextStep;
  const told = summary
    .split('\n')
    .flatMap((paragraph, index) => labelled(index === 0 ? 'do' : '', textColumn, paragraph));
  const minded = warnings.flatMap((warning) => labelled('mind', textColumn, warning));
  return [
    // The summary goes into a support case, so what speaks against opening one has to be read before it.
    ...(action === 'contact-support' ? minded : []),
    ...told,
    ...commands.flatMap(command),
    ...(action === 'contact-support' ? [] : minded),
    ...(room.documentation ? labelled('see', textColumn, documentation) : []),
  ];
}

/** A command that cannot be shown as it is would be another command. */
function command(line: string): readonly string[] {
  if (plainText(line) === line) return [line];
  const leftOut =
    '(A command is left out: it has characters that a terminal does not show. See format=json.)';
  return wrap(leftOut, textColumn);
}

/** What decided comes first, then what merely speaks for it or against it. */
function why({ vpcEndpointId, evidence, owner }: Identification, { mostEvidence }: Room): readonly string[] {
  const decided = evidence.filter(({ source }) => !isClaim(source));
  const claimed = evidence.filter(({ source }) => isClaim(source));
  const told = [...decided, ...claimed].slice(0, mostEvidence).map(({ source, strength, statement }) => {
    const said = statement
      .replace(dnsNameOf(vpcEndpointId), "the endpoint's DNS name")
      .replace(owner?.arn ?? owner?.parentArn ?? '\n', 'its ARN')
      .replace(/\bAWS::\w+::(\w+ )/g, 'the $1');
    return `${source}: ${strength === 'refuted' ? '(refuted) ' : ''}${said}`;
  });
  return told.flatMap((text, index) => labelled(index === 0 ? 'why' : '', textColumn, text));
}

export function isClaim(source: Evidence['source']): boolean {
  return source === 'endpoint-tag' || source === 'service-name' || source === 'cloudtrail';
}

/** It is as long as a line, and says nothing that the id does not. */
function dnsNameOf(vpcEndpointId: string): RegExp {
  return new RegExp(`${vpcEndpointId.replace(/[^a-z0-9-]/g, '')}-[a-z0-9.-]+\\.vpce\\.[a-z0-9.-]*[a-z0-9]`);
}

function notChecked(identification: Identification): readonly string[] {
  if (identification.complete) return [];
  return [
    'Not checked, and it could have changed the answer:',
    ...[...openChecks(identification)].flatMap(([reason, of]) =>
      wrap(`${of.join(', ')}: ${reason}`, textColumn),
    ),
  ];
}

/** Only what could have changed the answer: each reason once, with the checks that it is of. */
export function openChecks({ complete, checks }: Identification): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { check, outcome, reason } of complete ? [] : checks) {
    const why = isOpen(outcome, reason) ? `${reason ?? outcome}` : null;
    if (why !== null) names.set(why, [...(names.get(why) ?? []), check]);
  }
  return names;
}

function isOpen(outcome: CheckReport['outcome'], reason: string | null): boolean {
  return outcome === 'failed' || (reason?.includes('vpce-owner does not ask') ?? false);
}

function place({ accountId, region, endpoint }: Identification): readonly string[] {
  const { type, state, vpcId, ownerId, createdAt, serviceName } = endpoint;
  const belongs = ownerId !== null && ownerId !== accountId ? `belongs to account ${ownerId}` : null;
  const searched = [`account ${accountId ?? 'unknown'}`, region, vpcId, belongs];
  const parts = [
    [endpoint.subnetIds.length, 'subnet'] as const,
    [endpoint.networkInterfaceIds.length, 'interface'] as const,
    [endpoint.securityGroupIds.length, 'group'] as const,
  ].flatMap(([count, noun]) => (count === 0 ? [] : counted(count, noun)));
  const made = createdAt === null ? null : `made ${createdAt.slice(0, 10)}`;
  const lines = [known([type, ...parts]).join(', '), known([state, made]).join(', ')];
  return [
    ...labelled('in', textColumn, known(searched).join(', ')),
    ...wrap(lines.filter((text) => text !== '').join('; '), textColumn),
    ...(serviceName === null ? [] : wrap(serviceName, textColumn)),
  ];
}

function known(values: readonly (string | null)[]): readonly string[] {
  return values.filter((value) => value !== null);
}
