/** Looks into the Regions that a request may be about. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Sweep } from '../answer/sweep.ts';
import type { ClientOverrides } from '../aws/clients.ts';
import type { Config } from '../config.ts';
import { type Lookup, lookUp } from '../lookup.ts';
import type { World } from '../model/world.ts';
import { LeadsToSeveral } from '../problem.ts';
import { search } from '../search.ts';
import { answeringMs, type SweepQuestion, type SweepResult, sweep } from '../sweep.ts';
import { createWorlds, type WorldOptions } from '../world.ts';
import { nextTokens } from './next-token.ts';
import type { Request, SweepRequest } from './request.ts';
import { anywhere, parseShown } from './scope.ts';
import { searchScope } from './search-scope.ts';

export type Looked =
  | { readonly is: 'lookup'; readonly lookup: Lookup }
  | { readonly is: 'sweep'; readonly sweep: Sweep; readonly throttled: number };

type Asked = Extract<Request, { route: 'identify' | 'sweep' }>;

/** @returns asks AWS, as long as there is time. Errors: a `Problem` where there is no answer */
export function createLook(config: Config, overrides: ClientOverrides, options: WorldOptions = {}) {
  const worlds = createWorlds(config, overrides, options);
  const tokens = nextTokens(config.tokenKey ?? randomUUID());

  return async (asked: Asked, accountId: string | null, { timeLeftMs, mostBytes }: Room): Promise<Looked> => {
    const endsAt = performance.now() + Math.min(config.deadlineMs, timeLeftMs);
    const leftMs = () => Math.max(0, endsAt - performance.now());
    const within = <T>(region: string, work: (world: World) => Promise<T>) =>
      worlds({ region, accountId }, leftMs(), work);
    const sweepIn = (region: string, question: SweepQuestion) =>
      worlds({ region, accountId }, Math.max(leftMs() / 2, leftMs() - answeringMs), (world) =>
        sweep(question, world),
      );

    const swept = ({ sweep: known, goesOnAfter, throttled }: SweepResult, shown: Shown): Looked => {
      const request = [accountId, known.scope, shown.verdicts, shown.services];
      const position = goesOnAfter === null ? null : { after: goesOnAfter, region: known.region };
      const nextToken = position === null ? null : tokens.seal(position, request, new Date());
      return { is: 'sweep', sweep: { ...known, nextToken }, throttled };
    };
    const sweepOn = async (request: SweepRequest): Promise<Looked> => {
      const { scope, verdicts, services, nextToken, regions } = request;
      const signed = [accountId, scope, verdicts, services];
      const position =
        nextToken === undefined
          ? null
          : tokens.open(nextToken, { request: signed, regions, now: new Date() });
      const question = { ...request, mostBytes, after: position?.after ?? null };
      const lookIn = (region: string) => sweepIn(region, question);
      const found = await (position === null
        ? searchScope(request, accountId, lookIn)
        : lookIn(position.region));
      return swept(found, question);
    };

    if (asked.route === 'sweep') return sweepOn(asked);
    return search(asked, accountId, async (region): Promise<Looked> => {
      try {
        return {
          is: 'lookup',
          lookup: await within(region, (world) => lookUp(asked.subject, world)),
        };
      } catch (error) {
        if (!(error instanceof LeadsToSeveral)) throw error;
        const scope = { ...anywhere, vpcEndpointIds: [...error.vpcEndpointIds] };
        const question = { ...everything, scope, mostBytes };
        return swept(await sweepIn(region, question), question);
      }
    });
  };
}

/** What an answer may take. */
export interface Room {
  readonly timeLeftMs: number;
  /** Of rows. */
  readonly mostBytes: number;
}

type Shown = Pick<SweepQuestion, 'verdicts' | 'services'>;
const everything = { ...parseShown(new Map()), after: null };
