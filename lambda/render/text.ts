/** Answers for people: at most 80 columns where the values allow, nothing that moves a terminal's cursor. */
import type { CheckReport, Identification, Owner } from '../answer/identification.ts';
import { plainText } from '../plain-text.ts';
import type { ProblemDocument } from '../problem.ts';

const columns = 80;
/** Where values begin: labels are shorter. */
const valueColumn = 22;

export function renderText(identification: Identification): string {
  const { verdict, service, owner } = identification;
  const headline = [identification.vpcEndpointId, verdict, service?.id, owner?.resourceId, owner?.arn];
  const sections = [
    renderOwner(identification),
    identification.candidates.flatMap((candidate) => [
      ...labelled('candidate', `${candidate.service.name} (${candidate.strength})`),
      ...renderResource(candidate),
    ]),
    renderEvidence(identification),
    renderEndpoint(identification),
    renderNotChecked(identification),
    renderNextStep(identification),
  ];
  return join([
    renderHeadline(headline),
    ...sections.flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines])),
  ]);
}

export function renderProblemText(problem: ProblemDocument): string {
  const { status, code, detail, action, retryAfterSeconds, requestId } = problem;
  return join([
    renderHeadline(['error', String(status), code]),
    ...wrap(detail, 0),
    ...(action === undefined ? [] : labelled('IAM action', action)),
    ...(retryAfterSeconds === undefined ? [] : labelled('retry after', `${retryAfterSeconds} s`)),
    ...labelled('request', requestId),
  ]);
}

function renderOwner({ owner, service, confidence }: Identification): readonly string[] {
  const title = labelled('owner', `${owner === null ? 'not found' : (service?.name ?? '-')} (${confidence})`);
  if (owner !== null) return [...title, ...renderResource(owner)];
  return service === null ? title : [...title, ...labelled('  service', service.name)];
}

function renderResource(resource: Owner): readonly string[] {
  return [
    ...labelled('  type', resource.resourceType),
    ...labelled('  id', resource.resourceId),
    ...labelled('  ARN', resource.arn),
    ...labelled('  parent', resource.parentArn),
    ...labelled('  console', resource.consoleUrl),
  ];
}

function renderEvidence({ evidence }: Identification): readonly string[] {
  if (evidence.length === 0) return labelled('evidence', 'none');
  return [
    'evidence',
    ...evidence.flatMap(({ source, strength, service, statement }) => [
      ...labelled(`  ${source}`, service === null ? strength : `${strength}, ${service}`),
      ...wrap(statement, valueColumn),
    ]),
  ];
}

function renderEndpoint({ endpoint, accountId, region }: Identification): readonly string[] {
  const { type, state, requesterManaged } = endpoint;
  const managed = requesterManaged ? 'requester-managed' : 'not requester-managed';
  const facts = [type, state, requesterManaged === null ? null : managed].filter((fact) => fact !== null);
  return [
    ...labelled('endpoint', facts.join(', ')),
    ...labelled('  service name', endpoint.serviceName),
    ...labelled('  created', endpoint.createdAt),
    ...labelled('  account', endpoint.ownerId),
    ...labelled('  searched', `account ${accountId ?? 'unknown'}, Region ${region}`),
    ...labelled('  VPC', endpoint.vpcId),
    ...labelled('  subnets', endpoint.subnetIds.join(' ')),
    ...labelled('  interfaces', endpoint.networkInterfaceIds.join(' ')),
    ...labelled('  sec. groups', endpoint.securityGroupIds.join(' ')),
    ...Object.entries(endpoint.tags).flatMap(([key, value]) => labelled('  tag', `${key}=${value}`)),
  ];
}

function renderNotChecked({ checks, complete }: Identification): readonly string[] {
  const open = checks.filter(({ outcome }) => isOpen(outcome));
  return [
    ...labelled(
      'complete',
      complete ? 'yes' : 'no: a check that could have changed the answer failed or ran out of time',
    ),
    ...(open.length === 0 ? labelled('not checked', 'nothing') : ['not checked']),
    ...open.flatMap(({ check, outcome, reason }) =>
      labelled(`  ${check}`, `${outcome}: ${reason ?? 'no reason is known'}`),
    ),
  ];
}

function isOpen(outcome: CheckReport['outcome']): boolean {
  switch (outcome) {
    case 'failed':
    case 'skipped':
      return true;
    case 'match':
    case 'no-match':
      return false;
  }
}

function renderNextStep({ nextStep }: Identification): readonly string[] {
  const { action, summary, commands, warnings, documentation } = nextStep;
  const warned = warnings.flatMap((warning) => labelled('  warning', warning));
  const told = summary.split('\n').flatMap((paragraph) => wrap(paragraph, 2));
  return [
    ...labelled('what to do', action),
    // The summary goes into a support case, so what speaks against opening one has to be read before it.
    ...(action === 'contact-support' ? [...warned, ...told] : [...told, ...warned]),
    ...commands.flatMap(renderCommand),
    ...(documentation === null ? [] : labelled('  see', documentation)),
  ];
}

/** A command that cannot be shown as it is would be another command. */
function renderCommand(command: string): readonly string[] {
  if (plainText(command) === command) return [command];
  return wrap(
    '(A command is left out: it has characters that a terminal does not show. See format=json.)',
    2,
  );
}

/** What `cut`, `awk -F '  '` and eyes take apart: two blanks between values, none within, `-` for what is not known. */
function renderHeadline(values: readonly (string | null | undefined)[]): string {
  return values
    .map(
      (value) =>
        plainText(value ?? '')
          .trim()
          .replace(/\s+/g, ' ') || '-',
    )
    .join('  ');
}

function labelled(label: string, value: string | null): readonly string[] {
  const [first = '-', ...others] = wrap(value ?? '', valueColumn);
  return [`${plainText(label).padEnd(valueColumn - 1)} ${first.trimStart()}`, ...others];
}

/** Breaks between words only: an id, an ARN or an address stays whole, however long. */
function wrap(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  for (const word of plainText(text)
    .split(' ')
    .filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= columns)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

function join(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
