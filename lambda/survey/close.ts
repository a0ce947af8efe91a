/** From what a survey knows to what is known of one endpoint. */
import { parseArn } from '../aws/region.ts';
import { hasNameOf } from '../evidence/claims.ts';
import { mayBeManaged } from '../evidence/managed.ts';
import type { Case, Check, Claim, Coverage, Gap, JudgedClaim, Match, Standing } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import type { Service } from '../model/service.ts';
import { type Completed, complete } from './details.ts';
import { type Remains, remainsOf } from './doubts.ts';
import { canHold } from './network.ts';
import { notToAsk, ruledOut } from './rules.ts';
import { owners } from './settle.ts';
import type { Asked, Named, OpenCase, Survey } from './state.ts';

export async function close(it: Survey, one: OpenCase): Promise<Case> {
  const { endpoint, creation } = one;
  const held = await Promise.all(owners(one).map(({ match }) => complete(it, match)));
  const settled = held.length > 0;
  const remains = new Map<Asked, Remains>();
  for (const asked of settled ? [] : it.asked) {
    remains.set(asked, await remainsOf(it, asked, endpoint));
  }
  const left = [...remains.values()];
  const listedBy = settled ? [] : distinct(one.found.map(({ match }) => match));
  const probable = await Promise.all(
    distinct(left.flatMap((each) => each.probable)).map((match) => complete(it, match)),
  );
  const found: Finding = {
    settled,
    holders: [...held, ...listedBy.map((match) => ({ match, note: null })), ...probable],
  };
  return {
    endpoint,
    place: { ...it.world.place, accountId: it.accountId },
    creation,
    claims: judge(it, one),
    owners: distinct(held.map(({ match }) => match)),
    listedBy,
    probable: probable.map(({ match }) => match),
    doubts: [...remains].flatMap(([{ service }, each]) =>
      each.doubts.length > 0 && ruledOut(service, it.world.services, one) === null ? each.doubts : [],
    ),
    checks: [
      historyCheck(it, one, settled),
      ...it.asked.flatMap((asked) => checkOf(it, one, asked, found, remains.get(asked)) ?? []),
    ],
  };
}

/** What holds the endpoint, or may. */
interface Finding {
  readonly settled: boolean;
  readonly holders: readonly Completed[];
}

/** What became of each claim, for this endpoint. */
function judge(it: Survey, one: OpenCase): readonly JudgedClaim[] {
  const judged = one.claims.map((claim) => ({ ...claim, standing: standingOf(it, one, claim) }));
  // Tags come from one hand: when one of them is refuted, what the others say of the same service is worth as little.
  const refuted = judged.filter(
    ({ source, standing }) => source === 'endpoint-tag' && standing === 'refuted',
  );
  return judged.map((claim) =>
    claim.source === 'endpoint-tag' && refuted.some(({ service }) => service.id === claim.service.id)
      ? { ...claim, standing: 'refuted' }
      : claim,
  );
}

function standingOf(it: Survey, one: OpenCase, claim: Claim): Standing {
  const unfit = claim.written && !fitsEndpoint(it, one, claim);
  // A customer's own endpoint is not looked for, though what its tag names was asked for another one.
  if (claim.names !== undefined && it.named.has(claim.names) && mayBeManaged(one.endpoint)) {
    const standing = standingOfNamed(it, one, claim.names, it.named.get(claim.names) ?? null);
    const unseen = standing === 'unknown' || standing === 'gone' || standing === 'foreign';
    if (!(unseen && unfit) && standing !== 'unknown') return standing;
  }
  return unfit ? 'unfit' : 'stands';
}

/** What anybody can write does not stand against what only EC2 can set: the type, and a service name of somebody else's. */
function fitsEndpoint(it: Survey, { endpoint, found }: OpenCase, { service }: Claim): boolean {
  if (found.some(({ match }) => match.service.id === service.id)) return true;
  const { services } = it.world;
  const { marks, makesFor = [] } = services.find(({ id }) => id === service.id) ?? ({ marks: {} } as Service);
  const { type } = endpoint;
  const otherType =
    type !== null &&
    (marks.never?.[type] !== undefined || (marks.types !== undefined && !marks.types.includes(type)));
  const named = services.find((other) => hasNameOf(other, endpoint));
  const otherName = named !== undefined && named.id !== service.id && !makesFor.includes(named.id);
  return !otherType && !otherName;
}

function standingOfNamed(it: Survey, one: OpenCase, text: string, named: Named | null): Standing | 'unknown' {
  if (named === null) return 'refuted';
  const { reading, exists, mayOwn } = named;
  if (one.found.some((found) => found.reading === reading)) return 'unknown';
  const holds = owners(one).some(({ match }) => match.resource.arn === text);
  if (holds) return 'stands';
  if (reading.end === 'whole') {
    // What it names, or stands for, may hold the endpoint all the same.
    const mayHold = reading.sightings.some(({ resource }) => canHold(resource, one.endpoint));
    if (exists) return mayHold || !mayOwn ? 'unknown' : 'refuted';
    // A list that shows it, or that could not be read, may know it all the same.
    if (!isForeign(it, one, text))
      return reading.asked.readings.some(({ gaps }) => gaps.length > 0) ? 'unknown' : 'gone';
  }
  return isForeign(it, one, text) ? 'foreign' : 'unknown';
}

/** Of another account than the one that is searched. */
function isForeign(it: Survey, { endpoint }: OpenCase, text: string): boolean {
  const searched = it.accountId ?? endpoint.ownerId;
  return searched !== null && parseArn(text)?.accountId !== searched;
}

function historyCheck(it: Survey, { endpoint, creation, historySays }: OpenCase, settled: boolean): Check {
  const { history } = it;
  const done = (coverage: Coverage, matched = false): Check => ({
    name: history.name,
    coverage,
    matched,
    ...history.numbers(),
  });
  if (!mayBeManaged(endpoint)) return done(notManaged);
  if (historySays === null)
    return done(settled ? ownerFound : { read: 'partly', gaps: [history.outOfTime()] });
  const { skipped, gap, note } = historySays;
  if (skipped !== null) return done({ read: 'not', because: 'out-of-reach', reason: skipped });
  if (gap !== null) return done({ read: 'partly', gaps: [gap] });
  return done({ read: 'whole', without: null, note }, creation !== null && note === null);
}

const notManaged: Coverage = {
  read: 'not',
  because: 'ruled-out',
  reason: 'the endpoint is not requester-managed',
};
const ownerFound: Coverage = { read: 'not', because: 'owner-found', reason: 'the owner was found first' };

/** @returns `null` for a service that nobody asks and that cannot have made the endpoint, or whose part is not wanted */
function checkOf(
  it: Survey,
  one: OpenCase,
  asked: Asked,
  { settled, holders }: Finding,
  remains: Remains | undefined,
): Check | null {
  const { service, log, readings, namedReadings } = asked;
  const own = holders.filter(({ match }) => match.service.id === service.id);
  const matched = own.length > 0;
  const done = (coverage: Coverage): Check => ({ name: service.id, coverage, matched, ...log.numbers() });
  const managed = mayBeManaged(one.endpoint);
  const out = () => ruledOut(service, it.world.services, one);
  const mayHaveMade = () => !settled && managed && out() === null;
  if (service.lists.length === 0) {
    if (!mayHaveMade()) return null;
    const reason = service.isOff
      ? 'switched off in this deployment'
      : 'vpce-owner does not ask this service yet';
    return done({ read: 'not', because: 'not-asked', reason });
  }
  if (!managed) return done(notManaged);
  // It was asked for the sake of other endpoints, or because a tag lies.
  const wasAsked = readings.length > 0 || namedReadings.length > 0;
  const neverIts = wasAsked && !matched ? notToAsk(service, it.world.services, one) : null;
  if (neverIts !== null) return done({ read: 'not', because: 'ruled-out', reason: neverIts });
  const all = gapsOf(it, one, asked, settled, remains);
  const isThere = [...readings, ...namedReadings].some(({ answered }) => answered);
  const gaps = isThere ? all.map(asFailure) : all.filter(({ kind }) => kind !== 'not-in-region');
  const [absent] = all;
  if (absent !== undefined && gaps.length === 0)
    return done({ read: 'not', because: 'not-in-region', reason: absent.reason });
  const [gap, ...more] = gaps;
  if (matched && (settled || gap === undefined)) {
    const notes = [...own.flatMap(({ note }) => note ?? []), ...gaps.map(({ reason }) => reason)];
    return done({ read: 'whole', without: null, note: notes.join('; ') || null });
  }
  if (gap !== undefined) return done({ read: 'partly', gaps: [gap, ...more] });
  if (readings.length === 0 && asked.skipped !== null)
    return done({ read: 'not', because: 'ruled-out', reason: out() ?? asked.skipped });
  const isLeft = readings.length === 0 || (settled && readings.some(({ end }) => end !== 'whole'));
  if (!log.hasEnded() || isLeft) return done(ownerFound);
  return done({ read: 'whole', without: mayHaveMade() ? unlistedFor(asked, one) : null, note: null });
}

/** A service that has answered is in the Region: a name of it that does not exist a moment later is a failure. */
function asFailure(gap: Gap): Gap {
  if (gap.kind !== 'not-in-region') return gap;
  return { ...gap, kind: 'unreachable', reason: `${gap.action}: no connection (ENOTFOUND)` };
}

function unlistedFor({ service: { unlisted } }: Asked, { endpoint }: OpenCase): string | null {
  const concerned = unlisted?.types === undefined || unlisted.types.includes(endpoint.type ?? '');
  return unlisted !== null && concerned ? unlisted.what : null;
}

/** What of a check could have changed the answer for this endpoint, and was not learned. */
function gapsOf(
  it: Survey,
  one: OpenCase,
  { log, readings, namedReadings, skipped }: Asked,
  settled: boolean,
  remains: Remains | undefined,
): readonly Gap[] {
  const own = one.claims.flatMap(({ names = '' }) => {
    const named = it.named.get(names);
    // That another account's resource cannot be read is no failure of this account's permissions.
    return named && (named.exists || !isForeign(it, one, names)) ? [named.reading] : [];
  });
  const asked = [...readings, ...namedReadings.filter((reading) => own.includes(reading))];
  const isWaiting = readings.some(({ later }) => later.length > 0) || !log.hasEnded();
  const unfinished = !settled && (readings.length > 0 ? isWaiting : skipped === null);
  return [
    ...asked.flatMap((reading) => reading.gaps),
    ...(remains?.gaps ?? []),
    ...(unfinished ? [log.outOfTime()] : []),
  ];
}

/** Each resource once: of two matches the one that says more of it. */
function distinct(matches: readonly Match[]): readonly Match[] {
  const best = new Map<string, Match>();
  for (const match of matches) {
    const key = `${match.service.id} ${nameOf(match.resource)}`;
    const known = best.get(key);
    const lacks = ({ resource }: Match) => resource.lacks !== undefined;
    if (known === undefined || (lacks(known) && !lacks(match))) best.set(key, match);
  }
  return [...best.values()];
}
