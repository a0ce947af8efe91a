/** When a case is closed: a resource holds the endpoint, and no narrower one of its service can. */
import type { Found, OpenCase } from './cases.ts';
import type { Reading, Survey } from './state.ts';

/**
 * How long the pages under way of the same service are waited for once one of its resources holds the endpoint, so that
 * the choice between two never depends on which list answers first; a list that hangs is waited for no longer.
 */
const siblingsMs = 250;

export function settle(it: Survey, one: OpenCase): void {
  if (!it.cases.open.has(one)) return;
  const winner = one.found.find((found) => isProven(found));
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
 * narrower. Its own hostname is nobody else's, even where these could not be read.
 */
export function isProven({ match, reading }: Found): boolean {
  const narrower = narrowerThan(reading);
  if (narrower.some(({ end }) => end === null)) return false;
  return match.by === 'alias' || narrower.every(({ end }) => end === 'whole');
}

/** The lists that may show the resource which an endpoint listed here really belongs to. */
function narrowerThan({ list, asked }: Reading): readonly Reading[] {
  return asked.readings.filter((other) => other.list !== null && list?.yieldsTo?.includes(other.list));
}

/** Of one service's resources the narrowest: those whose lists yield to a list that shows the endpoint too give way. */
export function owners(found: readonly Found[]): readonly Found[] {
  return found.filter(
    (one) =>
      isProven(one) &&
      !found.some(({ reading }) => reading !== one.reading && narrowerThan(one.reading).includes(reading)),
  );
}

async function finishAfter(it: Survey, readings: readonly Reading[]): Promise<void> {
  const under = Promise.all(readings.map(({ page }) => page.catch(() => undefined)));
  await Promise.race([under, it.world.clock.sleep(siblingsMs, it.until)]);
  it.finish();
}
