/** A list of resources, or one resource asked for by name: pages of the same, read in the same way. */
import { parseArn, partitionOf } from '../aws/region.ts';
import type { Items } from '../model/model.ts';
import type { List } from '../model/service.ts';
import { note, offerAll } from './offer.ts';
import { settleYielding } from './settle.ts';
import type { Asked, Named, Reading, Survey } from './state.ts';

/** Reads every list of a service. Never rejects. */
export async function readLists(it: Survey, asked: Asked): Promise<void> {
  const aws = it.world.connect(asked.log.usage);
  const scope = { ...it.world.place, accountId: it.accountId, vpcId: it.cases.vpcId() };
  const readings = asked.service.lists.map((list) => newReading(asked, list));
  asked.readings.push(...readings);
  const { id: service } = asked.service;
  it.world.progress?.({ is: 'reading', service });
  const readList = async (reading: Reading) => {
    await readPages(it, reading, reading.list?.read(aws, scope) ?? none());
    // What was put off is looked up with the unlikely names of all services.
    if (reading.later.length === 0 || it.unlikelyNamesToo) await lookUpRest(it, reading);
  };
  const first = readings.filter(({ list }) => isOfAll(it, list));
  await asked.log.during(async () => {
    await Promise.all(first.map(readList));
    if (it.cases.open.size === 0) return;
    await Promise.all(readings.filter((reading) => !first.includes(reading)).map(readList));
  });
  it.world.progress?.({ is: 'read', service });
}

/** Whether every open endpoint has the service name of this list's resources. Then the service's other lists wait for it. */
function isOfAll({ cases }: Survey, list: List | null): boolean {
  return [...cases.open].every(({ endpoint }) => list?.serviceName?.test(endpoint.serviceName ?? ''));
}

/** The names that were unlikely, once no service has the endpoint among the likely ones. */
export async function readLater(it: Survey): Promise<void> {
  it.unlikelyNamesToo = true;
  const readings = it.asked.flatMap(({ readings: lists, namedReadings }) => [...lists, ...namedReadings]);
  const waiting = readings.filter(({ later }) => later.length > 0);
  await Promise.all(waiting.map((reading) => reading.asked.log.during(() => lookUpRest(it, reading))));
}

async function lookUpRest(it: Survey, reading: Reading): Promise<void> {
  await Promise.all(reading.later.splice(0).map((look) => look()));
  if (!reading.read) return;
  reading.end ??= reading.damaged || it.until.aborted ? 'partly' : 'whole';
  settleYielding(it);
}

/** Asks for each resource that a claim names and that was not asked for. */
export async function readNamed(it: Survey): Promise<void> {
  const { region } = it.world.place;
  const reading = it.asked.flatMap((asked) =>
    namedIn(it, asked).map((text) => {
      const arn = parseArn(text);
      const here = arn?.region === region && arn.partition === partitionOf(region);
      const named: Named = { reading: newReading(asked, null), exists: false, mayOwn: false };
      it.named.set(text, here ? named : null);
      return here ? readOne(it, named, text) : undefined;
    }),
  );
  await Promise.all(reading);
}

function namedIn(it: Survey, { service }: Asked): readonly string[] {
  const names = [...it.cases.open].flatMap(({ claims }) => claims.flatMap((claim) => claim.names ?? []));
  return [...new Set(names)].filter((name) => service.named?.arn.test(name) && !it.named.has(name));
}

async function readOne(it: Survey, named: Named, arn: string): Promise<void> {
  const { reading } = named;
  const { service, log, namedReadings } = reading.asked;
  namedReadings.push(reading);
  const pages = service.named?.read(it.world.connect(log.usage), arn, it.world.place) ?? none();
  await log.during(() =>
    readPages(it, reading, pages, (items) => {
      named.exists ||= items.length > 0;
      named.mayOwn ||= items.some(
        (item) => !('error' in item) && item.arn === arn && item.mostEndpoints !== 0,
      );
    }),
  );
  if (reading.later.length === 0) await lookUpRest(it, reading);
}

async function readPages(
  it: Survey,
  reading: Reading,
  pages: AsyncIterable<Items>,
  seen: (items: Items) => void = () => undefined,
): Promise<void> {
  const iterator = pages[Symbol.asyncIterator]();
  const readPage = async (): Promise<boolean> => {
    const { done, value: items } = await iterator.next();
    if (done) return false;
    reading.answered = true;
    seen(items);
    await offerAll(it, reading, items);
    return true;
  };
  try {
    for (let more = true; more; ) {
      const page = readPage();
      reading.page = page;
      more = await page;
      // A page after the match tells nothing.
      if (more && (it.until.aborted || it.cases.open.size === 0 || isSpent(it, reading))) {
        reading.damaged = true;
        break;
      }
    }
  } catch (error) {
    note(it, reading, error);
  }
  await iterator.return?.();
  reading.read = true;
}

/** Every open case is in it already: a further page tells nothing. */
function isSpent(it: Survey, reading: Reading): boolean {
  return [...it.cases.open].every(({ found }) => found.some((one) => one.reading === reading));
}

function newReading(asked: Asked, list: List | null): Reading {
  return {
    asked,
    list,
    gaps: [],
    sightings: [],
    later: [],
    damaged: false,
    answered: false,
    read: false,
    end: null,
    page: Promise.resolve(),
  };
}

async function* none(): AsyncGenerator<Items> {}
