/** Next steps that ask a person to look before anything is deleted. Pure. */
import { parseArn } from '../aws/region.ts';
import type { Case, Doubt } from '../model/model.ts';
import { listFew, nameOf } from '../model/names.ts';
import type { Service } from '../model/service.ts';
import type { Asker } from './asker.ts';
import type { NextStep } from './identification.ts';
import { readCommand, step } from './step.ts';
import {
  type Candidate,
  fits,
  gapsOf,
  likeliestFirst,
  narrowingOf,
  notAsked,
  type Verdict,
} from './verdict.ts';

/** How many resources a sentence names. */
const mostNamed = 10;

export function choose({ checks }: Case, candidates: readonly Candidate[]): NextStep {
  const list = candidates.map(({ resource }) => nameOf(resource)).join(', ');
  const failed = gapsOf(checks).length > 0;
  const several = candidates.length > 1;
  const proven = candidates.filter(({ strength }) => strength === 'confirmed').length > 1;
  const why = proven
    ? `${candidates.length} resources hold it, as their own services say, and only one can`
    : several
      ? `${candidates.length} resources fit and nothing tells them apart`
      : 'One resource fits, but nothing confirms it';
  return step(
    'choose',
    `${why}: ${list}. Look at ${several ? 'each of them' : 'it'} before you delete anything.`,
    {
      warnings: failed
        ? ['Not everything could be checked: ask again, for the answer may become certain.']
        : [],
    },
  );
}

/** Of these nothing says that they hold the endpoint, nor that they do not. */
export function lookAt(found: Case, { claim }: Verdict, asker: Asker): NextStep {
  const { doubts, against } = followClaims(found);
  const names = listFew(
    likeliestFirst(doubts).map(({ resource }) => nameOf(resource)),
    mostNamed,
  );
  const because =
    against && claim !== null ? ` None is of ${claim.service.name}, which made it by all that is known.` : '';
  const hand = byHand(found, asker.services);
  return step(
    'choose',
    `No resource is known to hold it, but nothing says where the endpoints of these are: ${names}.${because} Look at each of them before you ask AWS Support.`,
    {
      commands: hand.flatMap((each) => readCommand(each, asker.place.region)),
      warnings: [
        'Hostnames that do not resolve here may resolve inside the VPC: ask again with its DNS servers.',
        ...(hand.length === 0 ? [] : [notAskedWarning(found)]),
      ],
    },
  );
}

/** Doubts of the service that is named; where it has none, those of others, and that is said. */
function followClaims(found: Case): { doubts: readonly Doubt[]; against: boolean } {
  const { doubts } = found;
  const narrowing = narrowingOf(found);
  const fitting = doubts.filter(({ service }) => narrowing.every((claim) => fits(claim, service.id)));
  return fitting.length > 0 ? { doubts: fitting, against: false } : { doubts, against: narrowing.length > 0 };
}

/** Services that may have made the endpoint and were not asked: the one command for each that shows its resources. */
export function lookElsewhere(found: Case, { place, services: known }: Asker): NextStep | null {
  const hand = byHand(found, known);
  if (hand.length === 0) return null;
  const services = hand.length === 1 ? 'a service' : `one of ${hand.length} services`;
  return step(
    'choose',
    `No resource of the services that were asked holds it, but it may belong to ${services} that vpce-owner does not ask yet: look there before you ask AWS Support.`,
    {
      commands: hand.flatMap((each) => readCommand(each, place.region)),
      warnings: [
        'The commands only read. A resource in the same VPC, subnets and security groups is the likeliest.',
        ...hand.flatMap(({ what, command }) => (command === undefined ? `Look at ${what} too.` : [])),
      ],
    },
  );
}

function byHand(found: Case, services: readonly Service[]) {
  const names = notAsked(found.checks).map(({ name }) => name);
  return services.flatMap(({ id, unlisted }) => (names.includes(id) && unlisted !== null ? [unlisted] : []));
}

function notAskedWarning({ checks }: Case): string {
  const names = notAsked(checks).map(({ name }) => name);
  return `It may also belong to a service that vpce-owner does not ask yet (${names.join(', ')}): the commands show their resources.`;
}

/** What a tag says of the owner, where it names a resource; whoever may tag can have written it. */
export function namedByTags({ endpoint }: Case, { place }: Asker): readonly string[] {
  return Object.entries(endpoint.tags).flatMap(([key, value]) => {
    const account = parseArn(value)?.accountId;
    if (!account) return [];
    const whose =
      account === place.accountId
        ? 'of this account'
        : `of account ${account}${place.accountId === null ? '' : `, and account ${place.accountId} was searched`}`;
    return [`The tag ${key} names ${value}, ${whose}. Nothing confirms it.`];
  });
}
