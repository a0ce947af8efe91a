/** Offers what a list shows to every open case: by id, then by name. */
import { describeFailure } from '../aws/failure.ts';
import { parseArn } from '../aws/region.ts';
import type { Items, Match, Network, Resource } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import { settle } from './settle.ts';
import { endpointOf, sight } from './sight.ts';
import type { OpenCase, Reading, Sighting, Survey } from './state.ts';

/** A page: ends when every name on it that may lead to an open case has been looked up. */
export async function offerAll(it: Survey, reading: Reading, items: Items): Promise<void> {
  const looking: Promise<void>[] = [];
  for (const item of items) {
    try {
      if ('error' in item) note(it, reading, item.error);
      else looking.push(...offer(it, reading, { ...item, network: namedOf(item.network) }));
    } catch (error) {
      // A field of another kind than AWS documents spoils its own item.
      note(it, reading, error);
    }
  }
  await Promise.all(looking);
}

/** AWS writes null or an empty text for what a resource does not name; it could be anything. */
function namedOf({ vpcId, subnetIds, securityGroupIds }: Network): Network {
  const named = (ids: Network['subnetIds']) => (ids ?? []).filter((id) => id);
  return {
    vpcId: vpcId || undefined,
    subnetIds: named(subnetIds),
    securityGroupIds: named(securityGroupIds),
  };
}

/** A call that was stopped has not failed: at the deadline the check is found unfinished instead. */
export function note(it: Survey, reading: Reading, error: unknown): void {
  reading.damaged = true;
  if (!it.until.aborted) reading.gaps.push(describeFailure(error));
}

function offer(it: Survey, reading: Reading, resource: Resource): readonly Promise<void>[] {
  remember(it, resource);
  const { endpointIds = [], interfaceIds = [], hostnames = [] } = resource.shows;
  const holder = nameOf(resource);
  const held = new Set<OpenCase>();
  const hold = (one: OpenCase | undefined, statement: (id: string) => string) => {
    if (one === undefined || held.has(one)) return;
    held.add(one);
    match(it, reading, one, resource, 'id', statement(one.endpoint.id));
  };
  for (const id of endpointIds) hold(it.cases.byId(id), (own) => `${holder} lists ${own}`);
  for (const eni of interfaceIds)
    hold(it.cases.byInterface(eni), (own) => `${holder} lists ${eni}, an interface of ${own}`);

  const isFree = (one: OpenCase) => !held.has(one);
  const likely = some(it.cases.likely(resource), isFree) || hasRival(it, reading, resource, isFree);
  if (!likely && !some(it.cases.near(resource), isFree)) return [];
  const look = async () => examine(it, reading, await sight(it, resource));
  if (likely || hostnames.length === 0 || it.unlikelyNamesToo) return [look()];
  reading.later.push(look);
  return [];
}

/**
 * Whether another resource of the same service holds a case already that this one may prove to be its: which of the two is
 * heard of first must not decide.
 */
function hasRival(
  it: Survey,
  { asked }: Reading,
  resource: Resource,
  isFree: (one: OpenCase) => boolean,
): boolean {
  return some(
    it.cases.settledLikely(resource),
    (one) => isFree(one) && one.found.some((other) => other.reading.asked === asked),
  );
}

function some(cases: Iterable<OpenCase>, is: (one: OpenCase) => boolean): boolean {
  for (const one of cases) if (is(one)) return true;
  return false;
}

function examine(it: Survey, reading: Reading, sighting: Sighting): void {
  const { resource, names } = sighting;
  if (!isPlaced(sighting)) reading.sightings.push(sighting);
  for (const { chain } of names) {
    const [name = ''] = chain;
    for (const link of chain) {
      const one = it.cases.byId(endpointOf(it, link) ?? '');
      if (one === undefined) continue;
      const verb = link === name ? 'is a DNS name of the endpoint itself' : `is an alias of ${link}`;
      match(it, reading, one, resource, 'alias', `${name} ${verb}`);
    }
  }
  if (names.some(({ addresses }) => addresses.length > 0)) askForAddresses(it, reading, resource);
}

/** What they are compared with takes a call, the same for all cases: it is under way when the lists have been read. */
function askForAddresses(it: Survey, { asked }: Reading, resource: Resource): void {
  const { usage } = asked.log;
  some(it.cases.near(resource), ({ endpoint }) => {
    it.addresses.of(endpoint, usage).catch(() => undefined);
    return endpoint.networkInterfaceIds.length > 0;
  });
}

/** All the endpoints that the resource can have are known by id or alias: it holds no other. */
function isPlaced({ resource, endpoints, gap }: Sighting): boolean {
  const { mostEndpoints, state } = resource;
  if (gap !== null || typeof state === 'object' || mostEndpoints === undefined) return false;
  return mostEndpoints === 'as-listed' || endpoints.size >= mostEndpoints;
}

function match(
  it: Survey,
  reading: Reading,
  one: OpenCase,
  resource: Resource,
  by: Match['by'],
  statement: string,
): void {
  const { id, name } = reading.asked.service;
  one.found.push({ match: { service: { id, name }, resource, by, statement }, reading });
  settle(it, one);
}

function remember(it: Survey, { type, id, arn, lacks, state }: Resource): void {
  const known = it.known.get(nameOf({ type, id }));
  it.known.set(nameOf({ type, id }), {
    arn: known?.arn ?? (lacks?.member === 'arn' ? null : arn),
    deleting: known?.deleting === true || state === 'deleting',
  });
  it.accountId ??= parseArn(arn ?? '')?.accountId || null;
}
