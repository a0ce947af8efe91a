/** When a case is closed: a resource holds the endpoint, and no narrower one of its service can. */
import type { Endpoint } from '../model/model.ts';
import { canHold } from './network.ts';
import type { Found, OpenCase, Reading, Survey } from './state.ts';

/**
 * How long the pages under way of the same service are waited for once one of its resources holds the endpoint, so that
 * the choice between two never depends on which list answers first; a list that hangs is waited for no longer.
 */
const siblingsMs = 250;

export function settle(it: Survey, one: OpenCase): void {
  if (!it.cases.open.has(one)) return;
  const winner = one.found.find((found) => isProven(found, one.endpoint));
  if (winner === undefined) return;
  it.cases.close(one);
  if (it.cases.open.size === 0) void finishAfter(it, winner.reading.asked.readings);
}

/** A list of the service has ended: what yields to it may be proven now. */
export function settleYielding(it: Survey): void {
  for (const one of [...it.cases.open]) if (one.found.length > 0) settle(it, one);
}

/**
 * Whether a resource owns the endpoint: its list yields to none, or to lists that have been read and show none that is
 * narrower, nor one that may be. Its own hostname is nobody else's, even where these could not be read.
 */
function isProven({ match, reading }: Found, endpoint: Endpoint): boolean {
  const narrower = narrowerThan(reading);
  if (narrower.some((other) => other === undefined || other.end === null)) return false;
  return match.by === 'alias' || narrower.every((other) => other !== undefined && isWithout(other, endpoint));
}

/** The lists that may show the resource which an endpoint listed here really belongs to; not each has been begun. */
function narrowerThan({ list, asked }: Reading): readonly (Reading | undefined)[] {
  const { lists } = asked.service;
  // A resource that was asked for by name may be in any of the lists.
  const yieldsTo = list === null ? lists.flatMap((each) => each.yieldsTo ?? []) : (list.yieldsTo ?? []);
  return yieldsTo.map((narrower) => asked.readings.find((other) => other.list === narrower));
}

/** Sightings are of resources that may have an endpoint which they do not show. */
function isWithout({ end, sightings }: Reading, endpoint: Endpoint): boolean {
  return end === 'whole' && !sightings.some(({ resource }) => canHold(resource, endpoint));
}

/** Of one service's resources the narrowest: those whose lists yield to a list that shows the endpoint too give way. */
export function owners({ found, endpoint }: OpenCase): readonly Found[] {
  return found.filter(
    (one) =>
      isProven(one, endpoint) &&
      !found.some(({ reading }) => reading !== one.reading && narrowerThan(one.reading).includes(reading)),
  );
}

async function finishAfter(it: Survey, readings: readonly Reading[]): Promise<void> {
  const under = Promise.all(readings.map(({ page }) => page.catch(() => undefined)));
  await Promise.race([under, it.world.clock.sleep(siblingsMs, it.until)]);
  it.finish();
}
