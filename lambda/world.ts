/** Makes the world that a lookup looks into. What lasts for the life of the instance is made once: clients and connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientOverrides, connect } from './aws/clients.ts';
import { createRequestHandler } from './aws/connections.ts';
import { createDns } from './aws/dns.ts';
import { dnsSuffixOf } from './aws/region.ts';
import type { Config } from './config.ts';
import { cloudTrailHistory } from './evidence/cloudtrail.ts';
import { lastUsed } from './last-used.ts';
import type { Place } from './model/model.ts';
import type { Service } from './model/service.ts';
import type { World } from './model/world.ts';
import { services as everyService } from './resolvers/index.ts';
import { switchOff } from './resolvers/unasked.ts';
import { limitRate, limitTime } from './time/limit.ts';

/** LookupEvents has been seen to take 35 s; past this the answer does without it. */
const cloudTrailShareMs = 15_000;
/** Of a longer time, for the creations of many endpoints. */
const cloudTrailShare = 0.6;
/** AWS counts seconds by its own clock. */
const cloudTrailWindowMs = 1_050;

/** Above the number of AWS's Regions: where every Region may be asked, a caller can make names up. */
const mostRegions = 64;

/** Does some work in a world that ends, with every call under way, when the work has ended. */
export type Worlds = <T>(place: Place, timeLeftMs: number, work: (world: World) => Promise<T>) => Promise<T>;

export interface WorldOptions {
  /** All the services that there are; another list than AWS's is for tests. */
  readonly services?: readonly Service[] | undefined;
  readonly progress?: World['progress'];
}

export function createWorlds(
  config: Config,
  overrides: ClientOverrides,
  { services: all = everyService, progress }: WorldOptions = {},
): Worlds {
  const services = switchOff(all, config.servicesOff ?? []);
  const connectTo = createConnections(config, overrides);
  const dns = createDns(config.dnsServers);
  const history = cloudTrailHistory();

  return async (place, timeLeftMs, work) => {
    const ended = new AbortController();
    const endsAt = performance.now() + timeLeftMs;
    const deadline = limitTime(timeLeftMs);
    const historyDeadline = limitTime(
      Math.min(timeLeftMs, Math.max(cloudTrailShareMs, cloudTrailShare * timeLeftMs)),
    );
    const until = AbortSignal.any([deadline.signal, ended.signal]);
    try {
      return await work({
        place,
        services,
        progress,
        history,
        connect: connectTo(place.region),
        dns: dns(until, dnsSuffixOf(place.region)),
        clock: {
          now: () => new Date(),
          sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
          timeLeftMs: () => Math.max(0, endsAt - performance.now()),
          deadline: deadline.signal,
          historyDeadline: historyDeadline.signal,
        },
      });
    } finally {
      ended.abort();
      deadline.lift();
      historyDeadline.lift();
    }
  };
}

/** Each Region's clients and their connections. */
function createConnections({ lookupEventsPerSecond, elsewhere }: Config, overrides: ClientOverrides) {
  const requestHandler = createRequestHandler();
  const regions = lastUsed<World['connect']>(mostRegions);
  return (region: string): World['connect'] => {
    const known = regions.get(region);
    if (known !== undefined) return known;
    const cloudTrailTurn = limitRate(lookupEventsPerSecond, cloudTrailWindowMs, () => performance.now());
    const made = connect({ region, requestHandler, cloudTrailTurn, overrides, elsewhere });
    regions.set(region, made);
    return made;
  };
}
