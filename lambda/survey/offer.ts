/** Offers what a list shows to every open case: by id, then by name. */
import { describeFailure } from '../aws/failure.ts';
import { parseArn } from '../aws/region.ts';
import type { Items, Match, Resource } from '../model/model.ts';
import { nameOf } from '../model/names.ts';
import { isLikely } from './network.ts';
import { settle } from './settle.ts';
import { endpointOf, knownEndpoints, sight } from './sight.ts';
import type { OpenCase, Reading, Sighting, Survey } from './state.ts';

/** A page: ends when every name on it that may lead to an open case has been looked up. */
export async function offerAll(it: Survey, reading: Reading, items: Items): Promise<void> {
  const looking: Promise<void>[] = [];
  for (const item of items) {
    if ('error' in item) note(it, reading, item.error);
    else looking.push(...offer(it, reading, item));
  }
  await Promise.all(looking);
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

  const near = [...it.cases.near(resource), ...rivals(it, reading, resource)].filter((one) => !held.has(one));
  if (near.length === 0) return [];
  const look = async () => examine(it, reading, await sight(it, resource));
  const likely = hostnames.length === 0 || near.some(({ endpoint }) => isLikely(resource, endpoint));
  if (likely || it.unlikelyNamesToo) return [look()];
  reading.later.push(look);
  return [];
}

/**
 * Cases that another resource of the same service holds already. This one may prove the same: which of the two is heard of
 * first must not decide.
 */
function rivals(it: Survey, { asked }: Reading, resource: Resource): readonly OpenCase[] {
  return it.cases
    .settledNear(resource)
    .filter(
      ({ endpoint, found }) =>
        isLikely(resource, endpoint) && found.some((other) => other.reading.asked === asked),
    );
}

function examine(it: Survey, reading: Reading, sighting: Sighting): void {
  const { resource, names } = sighting;
  if (!isPlaced(it, sighting)) reading.sightings.push(sighting);
  for (const { chain } of names) {
    const [name = ''] = chain;
    for (const link of chain) {
      const one = it.cases.byId(endpointOf(it, link) ?? '');
      if (one === undefined) continue;
      const verb = link === name ? 'is a DNS name of the endpoint itself' : `is an alias of ${link}`;
      match(it, reading, one, resource, 'alias', `${name} ${verb}`);
    }
  }
  // What the addresses are compared with takes a call: it is under way when the lists have been read.
  if (names.some(({ addresses }) => addresses.length > 0))
    for (const { endpoint } of it.cases.near(resource))
      it.addresses.of(endpoint, reading.asked.log.usage).catch(() => undefined);
}

/** All the endpoints that the resource can have are known by id or alias: it holds no other. */
function isPlaced(it: Survey, { resource, names, gap }: Sighting): boolean {
  const { shows, mostEndpoints, state } = resource;
  if (gap !== null || typeof state === 'object' || mostEndpoints === undefined) return false;
  return mostEndpoints === 'as-listed' || knownEndpoints(it, shows, names).size >= mostEndpoints;
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
