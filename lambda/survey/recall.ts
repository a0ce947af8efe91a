/** Asks the event history who made the endpoints that are open, and for what that names. */
import { describeFailure } from '../aws/failure.ts';
import { claimsOf } from '../evidence/claims.ts';
import type { Creation } from '../model/model.ts';
import { readNamed } from './read.ts';
import type { OpenCase, Survey } from './state.ts';

/** LookupEvents takes two calls a second: more endpoints than these are asked for together. */
const mostByThemselves = 10;

/** Never rejects. */
export async function recall(it: Survey): Promise<void> {
  const { world } = it;
  const within: OpenCase[] = [];
  for (const one of it.cases.open) {
    const skipped = world.history.outOfReach(one.endpoint, world.clock.now());
    if (skipped === null) within.push(one);
    else one.historySays = { gap: null, skipped, note: null };
  }
  if (within.length === 0) return;
  await it.history.during(async () => {
    if (within.length > mostByThemselves) await recallTogether(it, within);
    else await Promise.all(within.map((one) => recallOne(it, one)));
  });
  await readNamed(it);
}

async function recallOne(it: Survey, one: OpenCase): Promise<void> {
  const { world, history } = it;
  try {
    const aws = world.connect(history.usage);
    remember(it, one, await world.history.find(aws, world.place.region, one.endpoint));
  } catch (error) {
    fail(it, [one], error);
  }
}

async function recallTogether(it: Survey, within: readonly OpenCase[]): Promise<void> {
  const { world, history } = it;
  const byId = new Map(within.map((one) => [one.endpoint.id, one]));
  try {
    const aws = world.connect(history.usage);
    const endpoints = within.map(({ endpoint }) => endpoint);
    for await (const found of world.history.findAll(aws, endpoints)) {
      const one = byId.get(found.endpoint.id);
      if (one === undefined) continue;
      if ('error' in found) fail(it, [one], found.error);
      else remember(it, one, found.creation);
    }
  } catch (error) {
    fail(
      it,
      within.filter(({ historySays }) => historySays === null),
      error,
    );
  }
}

function remember({ world }: Survey, one: OpenCase, creation: Creation | null): void {
  one.creation = creation;
  const note = world.history.note(one.endpoint, creation, world.clock.now());
  one.historySays = { gap: null, skipped: null, note };
  one.claims = claimsOf(world.services, one.endpoint, creation);
}

/** A call that was stopped has not failed: at the deadline the check is found unfinished instead. */
function fail({ history }: Survey, cases: readonly OpenCase[], error: unknown): void {
  if (history.usage.signal.aborted) return;
  for (const one of cases) one.historySays = { gap: describeFailure(error), skipped: null, note: null };
}
