/**
 * The pipeline: from an endpoint that EC2 has described to findings that a verdict can be made of.
 *
 * Resources that the endpoint's tags name are asked for first, one call each. If none of them settles the question,
 * CloudTrail and every service that is not ruled out are asked at the same time; the first confirmation ends the rest.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws, Usage } from './aws/clients.ts';
import type { Dns } from './aws/dns.ts';
import { type Endpoint, interfaceAddresses } from './aws/endpoint.ts';
import { describeFailure } from './aws/failure.ts';
import { dnsSuffixOf, type Place, parseArn, partitionOf } from './aws/region.ts';
import { type Confirmation, checkService, type ServiceCheck } from './check.ts';
import { claimFindings, fits, type NamedResources } from './evidence/claims.ts';
import { type Creation, type FindCreation, tooOld, tooYoung } from './evidence/cloudtrail.ts';
import { serviceByName } from './evidence/known-services.ts';
import type { Findings, Match } from './findings.ts';
import type { Listings } from './listings.ts';
import { nameOf } from './match.ts';
import { newPrecedence } from './precedence.ts';
import { newProgress, type Progress } from './progress.ts';
import type { Resolver } from './resolver.ts';
import { afterAnswer, signal } from './time/limit.ts';

/** How long unlikely names wait for the likely ones of all services; a service that hangs keeps nobody else's back for longer. */
const likelyNamesMs = 1_000;

/** How long everything else waits for the resource that a tag names, which may settle the question with one call. */
const namedResourceMs = 2_000;
/** How long the unlikely services wait for the likely ones and CloudTrail; one that hangs would leave them no time. */
const unlikelyServicesMs = 10_000;

export interface Surroundings {
  readonly resolvers: readonly Resolver[];
  readonly connect: (usage: Usage) => Aws;
  readonly listings: Listings;
  readonly dns: Dns;
  readonly findCreation: FindCreation;
  readonly now: () => Date;
  /** Fires when the answer is due. */
  readonly deadline: AbortSignal;
  /** Fires when CloudTrail has had its share of the time: it has been seen to take longer than a caller can wait. */
  readonly cloudTrailDeadline: AbortSignal;
}

interface State {
  creation: Creation | null;
  confirmed: Match | null;
  accountId: string | null;
}

export async function investigate(endpoint: Endpoint, place: Place, around: Surroundings): Promise<Findings> {
  const { resolvers, listings, deadline } = around;
  const now = () => around.now().getTime();
  const named: NamedResources = new Map();
  const state: State = { creation: null, confirmed: null, accountId: place.accountId };
  const precedence = newPrecedence(resolvers.map(({ id }) => id));
  const finished = signal();
  const confirmations: (Confirmation & { readonly resource: string; readonly service: ServiceCheck })[] = [];

  const cloudTrail = newProgress('cloudtrail', AbortSignal.any([deadline, around.cloudTrailDeadline]), now);
  const dnsSuffix = dnsSuffixOf(place.region);
  const checks = resolvers.map((resolver) => {
    const progress = newProgress(resolver.id, deadline, now);
    const aws = around.connect(progress.usage);
    const lookups = { ...around.dns, dnsSuffix, endpointAddresses: () => endpointAddresses(aws) };
    const settled = () => state.confirmed !== null;
    const context = { endpoint, place, aws, lookups, listings, precedence, settle, settled, sawAccount };
    return { resolver, progress, service: checkService(resolver, progress, context) };
  });
  const everyProgress = [cloudTrail, ...checks.map(({ progress }) => progress)];

  let addresses: Promise<ReadonlySet<string>> | undefined;
  function endpointAddresses(aws: Aws) {
    addresses ??= interfaceAddresses(aws, endpoint);
    return addresses;
  }

  function sawAccount(accountId: string) {
    state.accountId ??= accountId;
  }

  function complete(match: Match): Promise<Match> | Match {
    return checks.find(({ resolver }) => resolver.id === match.service.id)?.service.complete(match) ?? match;
  }

  function stopAll(except?: Progress): void {
    for (const progress of everyProgress) if (progress !== except) progress.stop();
  }

  /** The first confirmation wins; only its own check goes on, to complete the owner. */
  async function settle(match: Match, winner: Progress): Promise<void> {
    if (state.confirmed !== null) return;
    state.confirmed = match;
    afterAnswer(() => stopAll(winner));
    state.confirmed = await winner.during(async () => complete(match));
    finished.fire();
  }

  /** Asks for each resource that the traces name and that was not asked for, and returns what asks on. */
  function confirmNamed(): Promise<(() => Promise<void>)[]> {
    const asked = checks.flatMap(({ resolver, service }) =>
      resolver.recognise({ endpoint, creation: state.creation }).claims.flatMap(({ resource }) => {
        if (resource === undefined || named.has(resource)) return [];
        const arn = parseArn(resource);
        const here = arn?.region === place.region && arn.partition === partitionOf(place.region);
        named.set(resource, here ? 'stands' : 'refuted');
        return here ? [confirmOne(resource, service)] : [];
      }),
    );
    return Promise.all(asked);
  }

  async function confirmOne(resource: string, service: ServiceCheck): Promise<() => Promise<void>> {
    const { rest } = await service.confirm(resource);
    return async () => {
      confirmations.push({ ...(await rest()), resource, service });
    };
  }

  /** Once the lists have shown which account it is that is searched. */
  function judgeNamed(): void {
    const searched = state.accountId ?? endpoint.ownerId;
    for (const { resource, service, outcome, failures } of confirmations) {
      const foreign = searched !== null && parseArn(resource)?.accountId !== searched;
      if (foreign && outcome !== 'holds' && outcome !== 'does-not-hold') {
        // That another account's resource cannot be read is no failure of this account's permissions.
        named.set(resource, 'foreign');
        continue;
      }
      service.progress.failures.push(...failures);
      if (outcome === 'does-not-hold') named.set(resource, 'refuted');
      if (outcome === 'gone') named.set(resource, 'gone');
    }
  }

  async function askCloudTrail(): Promise<void> {
    const skipped = tooOld(endpoint.createdAt, around.now());
    if (skipped !== null) {
      skip(cloudTrail, skipped);
      return;
    }
    try {
      const aws = around.connect(cloudTrail.usage);
      state.creation = await cloudTrail.during(() => around.findCreation(aws, place.region, endpoint));
    } catch (error) {
      if (!cloudTrail.usage.signal.aborted) cloudTrail.failures.push(describeFailure(error));
      return;
    }
    cloudTrail.outcome = state.creation === null ? 'no-match' : 'match';
    if (state.creation === null) cloudTrail.reason = tooYoung(endpoint.createdAt, around.now());
    else {
      precedence.give(madeBy(state.creation));
      await runAll(await confirmNamed());
    }
  }

  /** The services that CloudTrail names. */
  function madeBy(creation: Creation): string[] {
    const named = ({ recognise }: Resolver) =>
      recognise({ endpoint, creation }).claims.some(({ source }) => source === 'cloudtrail');
    return resolvers.filter(named).map(({ id }) => id);
  }

  async function askServices(unlikely: boolean): Promise<void> {
    const asked = checks.filter(({ resolver, progress }) => {
      if (isUnlikely(resolver, endpoint) !== unlikely) return false;
      const reason = ruledOut(resolver, endpoint, unlikely ? state.creation : null);
      if (reason === null) return true;
      precedence.spend(resolver.id);
      skip(progress, reason);
      return false;
    });
    const othersToo = rendezvous(asked.length, likelyNamesMs);
    await Promise.all(asked.map(({ service }) => service.run(othersToo)));
  }

  const over = new AbortController();
  const patience = (ms: number) => sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);

  async function work(): Promise<void> {
    if (endpoint.requesterManaged === false) {
      for (const progress of everyProgress) skip(progress, 'the endpoint is not requester-managed');
      finished.fire();
      return;
    }
    const first = confirmNamed();
    await Promise.race([first, patience(namedResourceMs)]);
    if (state.confirmed === null) {
      const likely = Promise.all([askServices(false), first.then(runAll), askCloudTrail()]);
      await Promise.race([likely, patience(unlikelyServicesMs)]);
      await Promise.all([likely, state.confirmed === null ? askServices(true) : undefined]);
    }
    if (state.confirmed === null) await Promise.all(checks.map(({ service }) => service.dropElsewhere()));
    // A confirmation fires by itself, when its owner is complete.
    if (state.confirmed === null) finished.fire();
  }

  const expired = signal();
  if (deadline.aborted) expired.fire();
  deadline.addEventListener('abort', expired.fire, { once: true });
  await Promise.race([work().then(() => finished.fired), finished.fired, expired.fired]);

  judgeNamed();
  const { confirmed } = state;
  const others = confirmed === null ? distinct(checks.flatMap(({ service }) => service.matches)) : [];
  const completed = await Promise.race([
    // Of what is not confirmed only a match by address can become the owner, so only that is worth a call.
    Promise.all(others.map((other) => (other.strength === 'probable' ? complete(other) : other))),
    expired.fired.then(() => others),
  ]);
  afterAnswer(() => {
    stopAll();
    over.abort();
  });
  const settled = confirmed !== null;
  return {
    endpoint,
    place: { ...place, accountId: state.accountId },
    claims: claimFindings(resolvers, endpoint, state.creation, named),
    confirmed,
    others: completed,
    unplaced: confirmed === null ? checks.flatMap(({ service }) => service.unplaced) : [],
    creation: state.creation,
    checks: [
      cloudTrail.report(false, settled),
      ...checks.map(({ progress, service }) =>
        progress.report(
          service.matches.some(({ strength }) => strength !== 'hint'),
          settled,
        ),
      ),
    ],
    now: around.now(),
  };
}

/** @returns resolves once it has been called by as many as are expected, or when these have had their time */
function rendezvous(parties: number, patienceMs: number): () => Promise<void> {
  const everybody = signal();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === parties) everybody.fire();
    return Promise.race([everybody.fired, sleep(patienceMs, undefined, { ref: false })]);
  };
}

function skip(progress: Progress, reason: string): void {
  progress.outcome = 'skipped';
  progress.reason = reason;
}

async function runAll(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(tasks.map((task) => task()));
}

/** Each resource once: its strongest match, and of equals the one whose list says more of it. */
function distinct(matches: readonly Match[]): readonly Match[] {
  const rank = ({ strength, attachment }: Match) =>
    ['hint', 'probable', 'confirmed'].indexOf(strength) * 2 + (attachment.missing === undefined ? 1 : 0);
  const best = new Map<string, Match>();
  for (const match of matches) {
    const key = nameOf(match.owner);
    const known = best.get(key);
    if (known === undefined || rank(match) > rank(known)) best.set(key, match);
  }
  return [...best.values()];
}

function isUnlikely(resolver: Resolver, endpoint: Endpoint): boolean {
  return resolver.recognise({ endpoint, creation: null }).unlikely === true;
}

/** @param creation rules out what it does not fit; given for the unlikely only, against whom the endpoint itself speaks too */
function ruledOut(resolver: Resolver, endpoint: Endpoint, creation: Creation | null): string | null {
  const byName = serviceByName(endpoint);
  if (byName !== undefined && byName.id !== resolver.id && !byName.resolvers?.includes(resolver.id)) {
    return `ruled out: the service name ${endpoint.serviceName} is ${byName.name}'s`;
  }
  const created = claimFindings([resolver], endpoint, creation, new Map()).filter(
    ({ source }) => source === 'cloudtrail',
  );
  const [other] = created;
  if (other !== undefined && !created.some((claim) => fits(claim, resolver.id))) {
    return `ruled out: CloudTrail says that ${other.service.name} made this ${endpoint.type} endpoint`;
  }
  return resolver.recognise({ endpoint, creation: null }).ruledOut ?? null;
}
