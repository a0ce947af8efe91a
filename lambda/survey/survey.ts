/**
 * The survey: endpoints in, what is known of each out. One endpoint and ten thousand go the same way.
 *
 * Everything is read once, each resource is offered to every open case, and it ends when none is open. A lookup is a
 * survey of one.
 */
import { setMaxListeners } from 'node:events';
import { claimsOf } from '../evidence/claims.ts';
import type { Case, Endpoint } from '../model/model.ts';
import type { World } from '../model/world.ts';
import { inTurns } from '../time/turns.ts';
import { newAddresses } from './addresses.ts';
import { newCases } from './cases.ts';
import { newCheckLog } from './check-log.ts';
import { close } from './close.ts';
import { complete, newDetails } from './details.ts';
import { readLater, readLists, readNamed } from './read.ts';
import { recall } from './recall.ts';
import { isClaimed, isLikely, notToAsk } from './rules.ts';
import { owners } from './settle.ts';
import { askSiblings } from './siblings.ts';
import type { Asked, Survey } from './state.ts';

/** Of the time that there is: how long everything else waits for the resources that tags name, with one call each. */
const namedShare = 0.08;
/** How long all other services wait for those that the marks of a single endpoint claim it for. */
const claimedShare = 0.08;
/** How long the unlikely names and services wait for the likely ones; a service that hangs would leave them no time. */
const likelyShare = 0.4;
/** More is worth nothing, however much time there is: 2 s and 10 s. */
const mostMs = 25_000;

export async function survey<const E extends readonly Endpoint[]>(
  endpoints: E,
  world: World,
): Promise<{ readonly [K in keyof E]: Case }> {
  const cases: Case[] = [];
  for await (const found of surveyEach(endpoints, world)) cases.push(found);
  return cases as { readonly [K in keyof E]: Case };
}

/** The same, one after the other and in their order: what may be said of ten thousand need not be held at once. */
export async function* surveyEach(endpoints: readonly Endpoint[], world: World): AsyncGenerator<Case> {
  const it = open(endpoints, world);
  const patienceOf = (share: number) => share * Math.min(mostMs, world.clock.timeLeftMs());
  if (it.cases.open.size > 0) {
    await inTurns(
      [
        { patienceMs: patienceOf(namedShare), begin: async () => (namesFew(it) ? readNamed(it) : undefined) },
        ...(isOne(it)
          ? [{ patienceMs: patienceOf(claimedShare), begin: () => askServices(it, isClaimed) }]
          : []),
        { patienceMs: patienceOf(likelyShare), begin: () => askLikely(it) },
        { patienceMs: 0, begin: () => Promise.all([readLater(it), askServices(it)]) },
      ],
      it.until,
      world.clock.sleep,
    );
  }
  askSiblings(it);
  await Promise.all(it.cases.all.flatMap(owners).map(({ match }) => complete(it, match)));
  try {
    for (const one of it.cases.all) yield await close(it, one);
  } finally {
    it.finish();
  }
}

function open(endpoints: readonly Endpoint[], world: World): Survey {
  const { clock, services } = world;
  const cases = newCases(endpoints, (endpoint) => claimsOf(services, endpoint, null));
  const finished = new AbortController();
  const until = AbortSignal.any([clock.deadline, finished.signal]);
  // Every check listens to it.
  setMaxListeners(0, until);
  return {
    world,
    cases,
    asked: services.map(
      (service): Asked => ({
        service,
        log: newCheckLog(service.id, until, clock),
        readings: [],
        namedReadings: [],
        skipped: null,
      }),
    ),
    history: newCheckLog('cloudtrail', AbortSignal.any([until, clock.historyDeadline]), clock),
    named: new Map(),
    until,
    finish: () => finished.abort(),
    known: new Map(),
    addresses: newAddresses(cases, world.connect),
    left: new Map(),
    details: newDetails(world),
    resolved: new Map(),
    unlikelyNamesToo: false,
    accountId: world.place.accountId,
  };
}

function isOne({ cases }: Survey): boolean {
  return cases.all.length === 1;
}

/** More than these are left to the lists, which have them all in fewer calls. */
const mostNamed = 20;

function namesFew({ cases }: Survey): boolean {
  const names = new Set<string>();
  for (const { claims } of cases.open) for (const claim of claims) if (claim.names) names.add(claim.names);
  return names.size <= mostNamed;
}

/**
 * Of many endpoints the lists settle most, in any order, for each list is read once. The history, and the resources that claims
 * name, are asked about the rest.
 */
async function askLikely(it: Survey): Promise<void> {
  if (isOne(it)) {
    const recalled = recall(it).then(() => askServices(it, isClaimed));
    await Promise.all([recalled, askServices(it, isLikely)]);
    return;
  }
  await askServices(it);
  await readNamed(it);
  await recall(it);
}

/** Every list of the services that some open case may belong to, and that were not asked before. */
async function askServices(it: Survey, isNow: typeof isLikely = () => true): Promise<void> {
  const due = it.asked.filter((asked) => isDue(it, asked, isNow));
  await Promise.all(due.map((asked) => readLists(it, asked)));
}

function isDue(it: Survey, asked: Asked, isNow: typeof isLikely): boolean {
  const { service, readings } = asked;
  if (service.lists.length === 0 || readings.length > 0) return false;
  for (const one of it.cases.open) {
    if (!isNow(service, one)) continue;
    const reason = notToAsk(service, it.world.services, one);
    if (reason === null) return true;
    asked.skipped = reason;
  }
  return false;
}
