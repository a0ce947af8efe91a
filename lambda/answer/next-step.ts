/** What to do now. Pure. */

import { type Endpoint, toSeconds } from '../aws/endpoint.ts';
import { parseArn } from '../aws/region.ts';
import { tooYoung } from '../evidence/cloudtrail.ts';
import type { ClaimFinding, Findings, Match, Unplaced } from '../findings.ts';
import type { NextStep } from '../http/contract.ts';
import { nameOf } from '../match.ts';
import type { Settlement } from './settle.ts';
import { shellCommand } from './shell.ts';

const endpointDocs = 'https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html';
const requesterManagedDocs = 'https://repost.aws/knowledge-center/vpc-delete-requester-managed-endpoint';

export function nextStep(findings: Findings, settlement: Settlement): NextStep {
  const { endpoint, place, claims, unplaced } = findings;
  const { verdict, owner, candidates, claim, complete } = settlement;

  if (endpoint.state === 'deleting' || endpoint.state === 'deleted') return waitForEndpoint(findings);
  if (owner?.attachment.deleting) return waitForOwner(owner);

  const account = otherAccount(findings, settlement);
  if (account !== null) return askAccount(findings, settlement, account);
  if (verdict === 'not-requester-managed') return deleteEndpoint(findings, settlement);
  if (owner !== null)
    return deleteOwner(owner, verdict === 'identified' && !complete ? incompleteWarning(findings) : []);
  if (verdict === 'ambiguous') return choose(findings, candidates);
  if (!complete) return askAgain(findings);
  const foreign = claims.find(({ standing }) => standing === 'foreign');
  if (foreign?.resource !== undefined) return askAccountOf(foreign.resource, foreign, endpoint);
  if (candidates.length > 0) return choose(findings, candidates);
  if (claim?.remove != null) {
    return step('delete-owner', `Delete ${claim.remove}; AWS then deletes the endpoint with it.`, {
      warnings: [
        `vpce-owner cannot tell which resource of ${claim.service.name} it is: it does not ask this service.`,
      ],
    });
  }
  if (claim !== null && claim.resolvers.length === 0) {
    return step(
      'delete-owner',
      `Find the resource of ${claim.service.name} in ${endpoint.vpcId} and delete it; AWS then deletes the endpoint with it.`,
      {
        warnings: [
          `vpce-owner does not know ${claim.service.name}: it cannot tell which of its resources it is.`,
        ],
      },
    );
  }
  const young = tooYoung(endpoint.createdAt, findings.now);
  if (young !== null || endpoint.state === 'pending') {
    return step(
      'retry',
      `Ask again in a few minutes: ${young ?? 'the endpoint is still being made'}, and a resource that is being made may not be listed yet.`,
    );
  }
  if (unplaced.length > 0) return lookAt(unplaced);
  if (place.accountId === null) return askWhichAccount(findings);
  return contactSupport(findings, settlement, place.accountId);
}

function step(
  action: NextStep['action'],
  summary: string,
  rest: {
    commands?: readonly (readonly string[])[];
    warnings?: readonly string[];
    documentation?: string;
  } = {},
): NextStep {
  const commands = (rest.commands ?? []).map(shellCommand);
  const warnings = [...(rest.warnings ?? [])];
  if (commands.includes(null))
    warnings.push(
      'A name holds characters that are not shown, so there is no command that is safe to paste.',
    );
  return {
    action,
    summary,
    commands: commands.flatMap((command) => command ?? []),
    warnings,
    documentation: rest.documentation ?? requesterManagedDocs,
  };
}

function waitForEndpoint({ endpoint }: Findings): NextStep {
  return step(
    'wait',
    endpoint.state === 'deleted'
      ? `AWS has deleted ${endpoint.id}; EC2 lists it for a while yet.`
      : `AWS is already deleting ${endpoint.id}. This takes minutes, rarely up to a day.`,
    { documentation: endpointDocs },
  );
}

function waitForOwner({ owner }: Match): NextStep {
  return step(
    'wait',
    `${nameOf(owner)} is being deleted; AWS deletes the endpoint with it, within minutes and rarely up to a day.`,
  );
}

/** The account that has to act, where it is not the one that was searched. */
function otherAccount({ endpoint, place }: Findings, { owner }: Settlement): string | null {
  if (place.accountId === null) return null;
  const ownerAccount = owner?.owner.arn == null ? null : parseArn(owner.owner.arn)?.accountId;
  const account = owner === null ? endpoint.ownerId : ownerAccount;
  return account && account !== place.accountId ? account : null;
}

function askAccount({ endpoint, place }: Findings, { verdict }: Settlement, account: string): NextStep {
  const belongs =
    endpoint.ownerId === account
      ? `The endpoint belongs to account ${account}`
      : `Its owner is in account ${account}`;
  const request =
    verdict === 'not-requester-managed'
      ? 'ask that account to delete it'
      : 'ask that account which resource owns it: the same lookup there tells';
  return step('ask-owner-account', `${belongs}, and account ${place.accountId} was searched: ${request}.`, {
    commands: [describeIn(endpoint.id, place.region)],
    warnings: ['The command is for the other account.'],
  });
}

/** A claim that could not be checked from here; a tag can be written by anyone. */
function askAccountOf(resource: string, { statement }: ClaimFinding, endpoint: Endpoint): NextStep {
  const account = parseArn(resource)?.accountId;
  return step(
    'ask-owner-account',
    `Ask account ${account} whether ${resource} holds ${endpoint.id}: this account cannot read it, and nothing else claims the endpoint.`,
    { warnings: [`Nothing confirms it: ${statement}.`] },
  );
}

/** Nothing that was seen tells whose account it is, and of another account's endpoint this one would know nothing. */
function askWhichAccount({ endpoint, place }: Findings): NextStep {
  return step(
    'ask-owner-account',
    `Nothing here holds the endpoint, but which account was searched could not be learned: make sure that it is ${endpoint.ownerId ?? "the endpoint's own"}, and ask again.`,
    { commands: [['aws', 'sts', 'get-caller-identity'], describeIn(endpoint.id, place.region)] },
  );
}

function describeIn(id: string, region: string): readonly string[] {
  return ['aws', 'ec2', 'describe-vpc-endpoints', '--vpc-endpoint-ids', id, '--region', region];
}

function deleteEndpoint({ endpoint, place }: Findings, { service, claim }: Settlement): NextStep {
  const made =
    service === null
      ? []
      : [
          `${service.name} made this endpoint and may make it again: to be rid of it, remove ${claim?.remove ?? 'what uses it'}.`,
        ];
  return step('delete-endpoint', `The endpoint is not requester-managed: delete ${endpoint.id} itself.`, {
    commands: [
      ['aws', 'ec2', 'delete-vpc-endpoints', '--vpc-endpoint-ids', endpoint.id, '--region', place.region],
    ],
    warnings: ['Clients in the VPC that use this endpoint lose their private path to the service.', ...made],
    documentation: endpointDocs,
  });
}

function deleteOwner({ removal }: Match, warnings: readonly string[]): NextStep {
  return step('delete-owner', removal.summary, { ...removal, warnings: [...warnings, ...removal.warnings] });
}

function choose({ checks }: Findings, candidates: readonly Match[]): NextStep {
  const list = candidates.map(({ owner }) => nameOf(owner)).join(', ');
  const failed = checks.some(({ failures }) => failures.length > 0);
  const several = candidates.length > 1;
  return step(
    'choose',
    `${several ? `${candidates.length} resources fit and nothing tells them apart` : 'One resource fits, but nothing confirms it'}: ${list}. Look at ${several ? 'each of them' : 'it'} before you delete anything.`,
    {
      warnings: failed
        ? ['Not everything could be checked: ask again, for the answer may become certain.']
        : [],
    },
  );
}

/** How many resources a sentence names. */
const mostNamed = 10;

/** Of these nothing says that they hold the endpoint, nor that they do not. */
function lookAt(unplaced: readonly Unplaced[]): NextStep {
  const names = unplaced.map(({ owner }) => nameOf(owner));
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return step(
    'choose',
    `No resource is known to hold it, but nothing says where the endpoints of these are: ${names.slice(0, mostNamed).join(', ')}${more}. Look at each of them before you ask AWS Support.`,
    {
      warnings: [
        'Hostnames that do not resolve here may resolve inside the VPC: ask again with its DNS servers.',
      ],
    },
  );
}

/** Something failed that could have changed the answer: have the permission granted, or try again. */
function askAgain(findings: Findings): NextStep {
  const failures = findings.checks.flatMap(({ failures }) => failures);
  const denied = [
    ...new Set(failures.flatMap(({ kind, action }) => (kind === 'denied' && action) || [])),
  ].sort();
  const rest = [...new Set(failures.flatMap(({ kind, reason }) => (kind === 'denied' ? [] : reason)))];
  if (denied.length > 0) {
    return step(
      'grant-permission',
      `Allow ${denied.join(', ')} to the role that this lookup runs as, then ask again. Until then nobody can say that the endpoint has no owner.`,
      {
        warnings: rest,
      },
    );
  }
  return step(
    'retry',
    'Ask again: not everything could be checked, so nobody can say yet that the endpoint has no owner.',
    { warnings: rest },
  );
}

function incompleteWarning({ checks }: Findings): readonly string[] {
  const names = checks.filter(({ failures }) => failures.length > 0).map(({ report }) => report.check);
  return [
    `Not confirmed, and not everything could be checked (${names.join(', ')}): look before you delete.`,
  ];
}

/** The summary is the text of a support case; what to rule out before opening one comes as warnings. */
function contactSupport(findings: Findings, { claim }: Settlement, accountId: string): NextStep {
  const { endpoint, place, checks, now } = findings;
  const checked = checks.flatMap(({ report }) => (report.outcome === 'no-match' ? report.check : []));
  const service = claim === null ? '' : ` It was made by ${claim.service.name} (${claim.statement}).`;
  const summary = [
    `VPC endpoint ${endpoint.id} in ${place.region}, account ${accountId}, is requester-managed (service ${endpoint.serviceName ?? 'unknown'}, VPC ${endpoint.vpcId ?? 'unknown'}, created ${endpoint.createdAt === null ? 'at an unknown time' : toSeconds(endpoint.createdAt)}).`,
    `${service.trim()}`,
    `As of ${toSeconds(now)} no resource of this account and Region holds it (checked: ${checked.join(', ')}), so it outlived its owner and cannot be deleted with DeleteVpcEndpoints. Please delete it.`,
  ];
  return step('contact-support', summary.filter((line) => line !== '').join(' '), {
    warnings: [
      'An endpoint can outlive its owner by minutes, rarely by a day: if the owner was deleted only now, wait first.',
      "The owner can be in another account: a firewall shared through AWS RAM, Firewall Manager's administrator, the account that granted access to a Redshift cluster. Rule that out first.",
    ],
  });
}
