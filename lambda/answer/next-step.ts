/** What to do now. Pure. */

import { parseArn } from '../aws/region.ts';
import { tooYoung } from '../evidence/age.ts';
import type { Case, Match } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import type { Service } from '../model/service.ts';
import type { Asker } from './asker.ts';
import { toSeconds } from './endpoint.ts';
import type { NextStep } from './identification.ts';
import { choose, lookAt, lookElsewhere, namedByTags } from './look.ts';
import { type NothingLeft, nothingLeft } from './nothing-left.ts';
import { isOnItsWay, meaningOf } from './states.ts';
import { describeIn, endpointDocs, readCommand, routesFirst, sayOnce, showRoutes, step } from './step.ts';
import { gapsOf, type Verdict } from './verdict.ts';

export function nextStep(found: Case, verdict: Verdict, asker: Asker): NextStep {
  const { state } = found.endpoint;
  const next = whatToDo(found, verdict, asker);
  const meaning = meaningOf(state);
  if (meaning === null || next.action === 'wait') return next;
  return { ...next, warnings: [...next.warnings, `EC2 says that the endpoint is ${state}: ${meaning}.`] };
}

function whatToDo(found: Case, verdict: Verdict, asker: Asker): NextStep {
  const { endpoint } = found;
  const { owner } = verdict;
  if (endpoint.state === 'deleting' || endpoint.state === 'deleted') return waitForEndpoint(found);
  if (owner?.resource.state === 'deleting') return waitForOwner(owner);

  const account = otherAccount(found, verdict, asker);
  if (account !== null) return askAccount(found, verdict, asker, account);
  if (verdict.is === 'not-requester-managed') return deleteEndpoint(found, verdict, asker);
  if (owner !== null) return deleteOwner(found, verdict, owner, asker);
  if (verdict.is === 'ambiguous') return choose(found, verdict.candidates);
  if (gapsOf(found.checks).length > 0) return askAgain(found);
  const foreign = found.claims.find(({ standing }) => standing === 'foreign');
  if (foreign?.names !== undefined) return askAccountOf(found, foreign.names, foreign.statement);
  if (verdict.candidates.length > 0) return choose(found, verdict.candidates);
  return withoutCandidates(found, verdict, asker);
}

/** Nothing failed, and nothing that was asked fits. */
function withoutCandidates(found: Case, verdict: Verdict, asker: Asker): NextStep {
  const { endpoint } = found;
  const { place, now } = asker;
  const byClaim = deleteByHand(found, verdict, asker);
  if (byClaim !== null) return byClaim;
  const young = tooYoung(endpoint.createdAt, now);
  if (young !== null || isOnItsWay(endpoint.state)) {
    const reason = young ?? meaningOf(endpoint.state) ?? 'the endpoint is still being made';
    return step(
      'retry',
      `Ask again in a few minutes: ${reason}, and a resource that is being made may not be listed yet.`,
    );
  }
  if (found.doubts.length > 0) return lookAt(found, verdict, asker);
  if (place.accountId === null) return askWhichAccount(found, asker);
  const elsewhere = lookElsewhere(found, asker);
  if (elsewhere !== null) return elsewhere;
  const nothing = nothingLeft(found);
  return nothing === null ? isItManaged(found, asker) : contactSupport(found, verdict, asker, nothing);
}

function waitForEndpoint({ endpoint }: Case): NextStep {
  return step(
    'wait',
    endpoint.state === 'deleted'
      ? `AWS has deleted ${endpoint.id}; EC2 lists it for a while yet.`
      : `AWS is already deleting ${endpoint.id}. This takes minutes, rarely up to a day.`,
    { documentation: endpointDocs },
  );
}

function waitForOwner({ resource }: Match): NextStep {
  return step(
    'wait',
    `${nameOf(resource)} is being deleted; AWS deletes the endpoint with it, within minutes and rarely up to a day.`,
  );
}

/** The account that has to act, where it is not the one that was searched. */
function otherAccount({ endpoint }: Case, { owner }: Verdict, { place }: Asker): string | null {
  if (place.accountId === null) return null;
  const ownerAccount = owner?.resource.arn == null ? null : parseArn(owner.resource.arn)?.accountId;
  const account = owner === null ? endpoint.ownerId : ownerAccount;
  return account && account !== place.accountId ? account : null;
}

function askAccount({ endpoint }: Case, { is }: Verdict, { place }: Asker, account: string): NextStep {
  const belongs =
    endpoint.ownerId === account
      ? `The endpoint belongs to account ${account}`
      : `Its owner is in account ${account}`;
  const request =
    is === 'not-requester-managed'
      ? 'ask that account to delete it'
      : 'ask that account which resource owns it: the same lookup there tells';
  return step('ask-owner-account', `${belongs}, and account ${place.accountId} was searched: ${request}.`, {
    commands: [describeIn(endpoint.id, place.region)],
    warnings: ['The command is for the other account.'],
  });
}

/** A claim that could not be checked from here; a tag can be written by anyone. */
function askAccountOf({ endpoint }: Case, resource: string, statement: string): NextStep {
  const account = parseArn(resource)?.accountId;
  return step(
    'ask-owner-account',
    `Ask account ${account} whether ${resource} holds ${endpoint.id}: this account cannot read it, and nothing else claims the endpoint.`,
    { warnings: [`Nothing confirms it: ${statement}.`] },
  );
}

/** Nothing that was seen tells whose account it is, and of another account's endpoint this one would know nothing. */
function askWhichAccount({ endpoint }: Case, { place }: Asker): NextStep {
  return step(
    'ask-owner-account',
    `Nothing here holds the endpoint, but which account was searched could not be learned: make sure that it is ${endpoint.ownerId ?? "the endpoint's own"}, and ask again.`,
    { commands: [['aws', 'sts', 'get-caller-identity'], describeIn(endpoint.id, place.region)] },
  );
}

function deleteEndpoint({ endpoint }: Case, { service }: Verdict, { place, services }: Asker): NextStep {
  const what = serviceOf(services, service?.id)?.unlisted?.what ?? 'what uses it';
  const made =
    service === null
      ? []
      : [`${service.name} made this endpoint and may make it again: to be rid of it, remove ${what}.`];
  return step('delete-endpoint', `The endpoint is not requester-managed: delete ${endpoint.id} itself.`, {
    commands: [
      ['aws', 'ec2', 'delete-vpc-endpoints', '--vpc-endpoint-ids', endpoint.id, '--region', place.region],
    ],
    warnings: ['Clients in the VPC that use this endpoint lose their private path to the service.', ...made],
    documentation: endpointDocs,
  });
}

function deleteOwner(
  { checks, endpoint }: Case,
  { complete }: Verdict,
  { service, resource }: Match,
  { services, place }: Asker,
): NextStep {
  const removal = serviceOf(services, service.id)?.removal?.(resource, place, endpoint);
  const failed = checks.flatMap(({ name, coverage }) => (coverage.read === 'partly' ? name : []));
  const incomplete = complete
    ? []
    : [`Not confirmed, and not everything could be checked (${failed.join(', ')}): look before you delete.`];
  const summary = removal?.summary ?? `Delete ${nameOf(resource)}; AWS then deletes the endpoint with it.`;
  const routed = endpoint.type === 'GatewayLoadBalancer';
  return step('delete-owner', summary, {
    ...removal,
    commands: [...(removal?.commands ?? []), ...(routed ? [showRoutes(endpoint.id, place.region)] : [])],
    warnings: [...incomplete, ...(routed ? [routesFirst] : []), ...(removal?.warnings ?? [])],
  });
}

/** The service is known, and vpce-owner does not ask it. */
function deleteByHand(found: Case, { claim }: Verdict, asker: Asker): NextStep | null {
  if (claim === null) return null;
  const { services, place } = asker;
  const { name } = claim.service;
  const service = serviceOf(services, claim.service.id);
  if (service?.lists.length === 0 && service.unlisted !== null) {
    return step('delete-owner', `Delete ${service.unlisted.what}; AWS then deletes the endpoint with it.`, {
      commands: readCommand(service.unlisted, place.region),
      warnings: [
        ...namedByTags(found, asker),
        `vpce-owner cannot tell which resource of ${name} it is: ${service.isOff ? 'this deployment' : 'it'} does not ask this service.`,
      ],
    });
  }
  if (service !== undefined || claim.speaksFor.length > 0) return null;
  return step(
    'delete-owner',
    `Find the resource of ${name} in ${found.endpoint.vpcId} and delete it; AWS then deletes the endpoint with it.`,
    {
      warnings: [
        ...namedByTags(found, asker),
        `vpce-owner does not know ${name}: it cannot tell which of its resources it is.`,
      ],
    },
  );
}

/** Something failed that could have changed the answer: have the permission granted, or try again. */
function askAgain({ checks }: Case): NextStep {
  const gaps = gapsOf(checks);
  const denied = [...new Set(gaps.flatMap(({ kind, action }) => (kind === 'denied' && action) || []))].sort();
  // A policy above the role's own has to be changed by whoever wrote it.
  const rest = sayOnce(
    gaps.filter(({ kind, reason }) => kind !== 'denied' || !reason.endsWith('is not allowed')),
  );
  if (denied.length > 0) {
    return step(
      'grant-permission',
      `Allow ${denied.join(', ')} to the role that this lookup runs as, then ask again. Until then nobody can say that the endpoint has no owner.`,
      { warnings: rest },
    );
  }
  return step(
    'retry',
    'Ask again: not everything could be checked, so nobody can say yet that the endpoint has no owner.',
    { warnings: rest },
  );
}

/** EC2 leaves out whether a service manages it: that is no reason to delete it, nor to call for support. */
function isItManaged({ endpoint }: Case, { place }: Asker): NextStep {
  return step(
    'choose',
    `EC2 does not say whether a service manages ${endpoint.id}, and no resource that was asked about holds it. Look who uses it before you delete it: EC2 refuses if a service manages it.`,
    { commands: [describeIn(endpoint.id, place.region)], documentation: endpointDocs },
  );
}

/** The summary is the text of a support case; what to rule out before opening one comes as warnings. */
function contactSupport(
  { endpoint }: Case,
  { claim }: Verdict,
  { place, now }: Asker,
  { checked }: NothingLeft,
): NextStep {
  const service = claim === null ? '' : `It was made by ${claim.service.name} (${claim.statement}).`;
  const meaning = meaningOf(endpoint.state);
  const why =
    meaning === null
      ? 'so it outlived its owner and cannot be deleted with DeleteVpcEndpoints. Please delete it.'
      : `and its state is ${endpoint.state} (${meaning}); it cannot be deleted with DeleteVpcEndpoints. Please say what it belongs to, or delete it.`;
  const summary = [
    `VPC endpoint ${endpoint.id} in ${place.region}, account ${place.accountId}, is requester-managed (service ${endpoint.serviceName ?? 'unknown'}, VPC ${endpoint.vpcId ?? 'unknown'}, created ${endpoint.createdAt === null ? 'at an unknown time' : toSeconds(endpoint.createdAt)}).`,
    service,
    `As of ${toSeconds(now)} no resource of this account and Region holds it (checked: ${checked.join(', ')}), ${why}`,
  ];
  return step('contact-support', summary.filter((line) => line !== '').join(' '), {
    warnings: [
      'An endpoint can outlive its owner by minutes, rarely by a day: if the owner was deleted only now, wait first.',
      "The owner can be in another account: a firewall shared through AWS RAM, Firewall Manager's administrator, the account that granted access to a Redshift cluster. Rule that out first.",
    ],
  });
}

function serviceOf(services: readonly Service[], id: string | undefined): Service | undefined {
  return services.find((service) => service.id === id);
}
