/** What must be true of every answer, whatever AWS and DNS do. */
import type { Identification, ProblemDocument } from '../../lambda/http/contract.ts';
import { resolvers } from '../../lambda/resolvers/index.ts';
import { type Answered, deadlineMs, passing } from './matrix.ts';

const describing = 'ec2:DescribeVpcEndpoints';

/** @param usual the answer on an ordinary day. @returns the laws that the answer breaks, each with what it says */
export function breaches(fault: string, usual: Identification, answered: Answered): string[] {
  const wrong: string[] = [];
  const { kind, afterMs } = answered;
  const said = 'answer' in answered ? answered.answer : answered.problem;
  const demand = (law: string, kept: boolean) => {
    if (!kept) wrong.push(`${kind.title}: ${law}; ${excerpt(said)}`);
  };
  demand('an answer comes before the deadline', afterMs <= deadlineMs);
  if (!('answer' in answered)) {
    demand('only what EC2 says of the endpoint itself makes an error', fault.startsWith(describing));
    demand('the error is what went wrong', isFitting(fault, answered.problem));
    return wrong;
  }

  const { answer } = answered;
  const { owner, complete, checks, nextStep } = answer;
  const [operation = '', does = ''] = fault.split('=');
  const failed = checks.filter(hasFailed);
  const asks = resolvers.filter(({ actions }) => Object.hasOwn(actions, operation)).map(({ id }) => id);
  const fromEc2 = operation.startsWith('ec2:');

  demand('the owner named is the true one, or none', owner === null || isTrueOwner(answer, usual));
  demand(
    '`complete` is false exactly when a check failed, or was never made',
    complete === isWhole(answer, failed),
  );
  demand(
    'a complete answer is that of an ordinary day',
    !complete || hidesRecords(fault) || sameAnswer(answer, usual),
  );
  demand(
    'nobody is sent to support unless that is right and everything was checked',
    nextStep.action !== 'contact-support' ||
      (complete && !checks.some(wasNeverMade) && usual.nextStep.action === 'contact-support'),
  );
  demand(
    'a failed check has a reason',
    failed.every(({ reason }) => reason),
  );
  demand(
    'what failed is what is at fault',
    fromEc2 || failed.every(({ check }) => isAtFault(check, operation, asks)),
  );
  demand(
    'the cause is named',
    failed.length === 0 ||
      operation === 'dns' ||
      failed.some(({ reason }) => namesCause(reason, operation, does)),
  );
  demand(
    'a missing permission is asked for',
    failed.length === 0 || does !== 'denied' || owner !== null || isAskedFor(operation, nextStep),
  );
  demand(
    "a fault in one service does not hide another's answer",
    usual.owner === null || mayHide(operation, asks, usual) || sameAnswer(answer, usual),
  );
  demand(
    'a fault that passes changes nothing',
    !passing.includes(does) || (complete === usual.complete && sameAnswer(answer, usual)),
  );
  return wrong;
}

/** A match that says which of the owner's ARNs it could not learn has done its work. */
function hasFailed({ outcome, reason }: Identification['checks'][number]): boolean {
  const reasons = reason?.split('; ') ?? [];
  return (
    outcome === 'failed' ||
    (outcome === 'match' && reasons.some((one) => !one.startsWith("not all of the owner's")))
  );
}

function isWhole(
  { confidence, verdict, owner, checks }: Identification,
  failed: readonly unknown[],
): boolean {
  if (verdict === 'not-requester-managed' || (verdict === 'identified' && confidence === 'confirmed'))
    return true;
  // Who has the addresses of the endpoint's interfaces is known: what was not asked cannot have them too.
  return failed.length === 0 && (owner !== null || !checks.some(wasNeverMade));
}

function wasNeverMade({ reason }: Identification['checks'][number]): boolean {
  return reason?.includes('vpce-owner does not ask') ?? false;
}

function isTrueOwner({ owner, service }: Identification, usual: Identification): boolean {
  return (
    owner?.resourceId === usual.owner?.resourceId &&
    owner?.resourceType === usual.owner?.resourceType &&
    service?.id === usual.service?.id &&
    (owner?.arn == null || owner.arn === usual.owner?.arn)
  );
}

function sameAnswer(answer: Identification, usual: Identification): boolean {
  const told = ({ verdict, confidence, service, owner, nextStep }: Identification) =>
    JSON.stringify([
      verdict,
      confidence,
      service?.id,
      owner?.resourceId,
      owner?.resourceType,
      nextStep.action,
    ]);
  return told(answer) === told(usual);
}

/** DNS that denies a name which exists cannot be told from one that does not exist. */
function hidesRecords(fault: string): boolean {
  return fault === 'dns=nxdomain' || fault === 'dns=nodata';
}

function isAtFault(check: string, operation: string, asks: readonly string[]): boolean {
  if (operation === 'dns') return check !== 'cloudtrail' && check !== 'network-firewall';
  return operation.startsWith('cloudtrail:') ? check === 'cloudtrail' : asks.includes(check);
}

function mayHide(operation: string, asks: readonly string[], { service, evidence }: Identification): boolean {
  if (operation === 'dns') return !evidence.some(({ source }) => source === 'api');
  if (operation === 'ec2:DescribeNetworkInterfaces')
    return !evidence.some(({ source }) => source === 'api' || source === 'dns');
  return asks.includes(service?.id ?? '');
}

/** What is said of a resource without fields is said of the resource. */
function namesCause(reason: string | null, operation: string, does: string): boolean {
  return (
    reason?.includes(operation) || (does.startsWith('missing-field') && reason?.includes('AWS::')) || false
  );
}

/** What is to be done first may be something else: wait, or ask the account that the endpoint belongs to. */
function isAskedFor(operation: string, { action, summary, warnings }: Identification['nextStep']): boolean {
  if (action === 'grant-permission') return `${summary} ${warnings.join(' ')}`.includes(operation);
  return action === 'wait' || action === 'ask-owner-account' || action === 'choose';
}

function isFitting(fault: string, { code, action }: ProblemDocument): boolean {
  if (fault.endsWith('=denied')) return code === 'aws-access-denied' && action === describing;
  if (fault.endsWith('=throttled')) return code === 'aws-throttled' && action === describing;
  return code === 'aws-error' || code === 'deadline-exceeded';
}

function excerpt(said: Identification | ProblemDocument): string {
  if ('code' in said) return `${said.code}: ${said.detail}`;
  const { verdict, owner, complete, checks, nextStep } = said;
  const reasons = checks.flatMap(({ check, outcome, reason }) =>
    reason === null ? [] : `${check} ${outcome}: ${reason}`,
  );
  return JSON.stringify([verdict, owner?.resourceId ?? null, complete, nextStep.action, ...reasons]);
}
