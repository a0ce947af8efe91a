/** One service's part of a lookup: reads its resources and matches them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from './aws/clients.ts';
import type { Endpoint } from './aws/endpoint.ts';
import { describeFailure, type Failure, OutOfTime } from './aws/failure.ts';
import { type Place, parseArn } from './aws/region.ts';
import type { Match, Unplaced } from './findings.ts';
import type { Evidence } from './http/contract.ts';
import type { Listings } from './listings.ts';
import {
  canHold,
  existedBefore,
  isLikely,
  type Lookups,
  matchById,
  nameOf,
  place,
  sharesNetwork,
} from './match.ts';
import type { Precedence } from './precedence.ts';
import type { Progress } from './progress.ts';
import type { Attachment, MissingArn, Page, Resolver, Unreadable } from './resolver.ts';
import { withoutOtherVpcs } from './unplaced.ts';

/** How long the page is waited for that may have a missing ARN, before that is asked for with a call of its own. */
const pagePatienceMs = 250;
/** An owner is worth more than its ARNs: these are waited for no longer than this. */
const completionMs = 3_000;

export interface ServiceCheck {
  readonly progress: Progress;
  readonly matches: Match[];
  /**
   * Reads every list of the service. Never rejects.
   *
   * @param othersToo is called once the likely names are looked up, and waits for the other services' to be
   */
  readonly run: (othersToo: () => Promise<void>) => Promise<void>;
  /** Fetches what the match's list does not say of its owner. An owner that may not be looked up keeps its name. */
  readonly complete: (match: Match) => Promise<Match>;
  readonly unplaced: readonly Unplaced[];
  /** Drops what is unplaced, but cannot be in the endpoint's VPC: worth a call only when nothing else held it. Never rejects. */
  readonly dropElsewhere: () => Promise<void>;
  /** Asks for the resource that a claim names: one call, and `rest` asks on where that did not tell. Never rejects. */
  readonly confirm: (resource: string) => Promise<{ readonly rest: () => Promise<Confirmation> }>;
}

/** What became of a named resource: `failures` are those of asking for it, and are not in the check's own account yet. */
export interface Confirmation {
  readonly outcome: 'holds' | 'does-not-hold' | 'gone' | 'unknown';
  readonly failures: readonly Failure[];
}

export interface CheckContext {
  readonly endpoint: Endpoint;
  readonly place: Place;
  readonly aws: Aws;
  readonly lookups: Lookups;
  readonly listings: Listings;
  readonly precedence: Precedence;
  /** Called with each match that settles the question. */
  readonly settle: (match: Match, progress: Progress) => void;
  /** Called with the account of each resource that the service lists: it is the one that is searched. */
  readonly sawAccount: (accountId: string) => void;
  /** Whether the question is settled, so that no further page is asked for. */
  readonly settled: () => boolean;
}

/** One list of resources, or one resource asked for by name. */
interface List {
  /** A resource of it holds the endpoint, so no further page is asked for. */
  held: boolean;
  /** Not all of it could be read: what it did not show may exist. */
  failed: boolean;
  /** Every page has been read, and every name that has to be looked up before others has been. */
  done: boolean;
  /** The page that is being asked for. */
  underWay: Promise<unknown>;
  readonly lookingUp: Promise<void>[];
  /** Names that are unlikely to be the endpoint's: looked up when the likely ones were not. */
  readonly later: (() => Promise<void>)[];
  readonly failures: Failure[];
}

function newList(failures: Failure[]): List {
  return {
    held: false,
    failed: false,
    done: false,
    underWay: Promise.resolve(),
    lookingUp: [],
    later: [],
    failures,
  };
}

export function checkService(resolver: Resolver, progress: Progress, context: CheckContext): ServiceCheck {
  const { endpoint, aws, lookups, listings, precedence, settled } = context;
  const service = { id: resolver.id, name: resolver.name };
  const matches: Match[] = [];
  const unplaced: Unplaced[] = [];
  const lists: List[] = [];
  /** The ARNs of resources that others name without them, by type and id: all that is kept of what does not match. */
  const arns = new Map<string, string>();
  const scope = { ...context.place, vpcId: endpoint.vpcId };

  /** A call that was stopped has not failed. At the deadline the check is found unfinished instead. */
  const fail = (list: List, error: unknown) => {
    list.failed = true;
    if (!progress.usage.signal.aborted) list.failures.push(describeFailure(error));
  };

  const add = (
    list: List,
    attachment: Attachment,
    strength: Match['strength'],
    source: Evidence['source'],
    statement: string,
  ) => {
    const { owner } = attachment;
    const removal = resolver.removal(owner, context.place);
    const match: Match = { service, attachment, owner, strength, source, statement, removal };
    matches.push(match);
    if (strength !== 'confirmed') return;
    list.held = true;
    // Its own hostname is nobody else's.
    if (source === 'dns' || !attachment.givesWay) context.settle(match, progress);
    else settleGivenWay();
  };

  /**
   * A match that gives way settles the question when no other list can hold a narrower one any more: one that could not
   * be read can.
   */
  const settleGivenWay = (): void => {
    const match = matches.find(({ strength, attachment }) => strength === 'confirmed' && attachment.givesWay);
    const others = lists.filter(({ held }) => !held);
    if (match !== undefined && others.every(({ done, failed }) => done && !failed))
      context.settle(match, progress);
  };

  const examine = (list: List, attachment: Attachment | Unreadable): void => {
    if ('error' in attachment) {
      fail(list, attachment.error);
      return;
    }
    const { owner, missing } = attachment;
    if (missing === undefined && owner.arn) arns.set(nameOf(owner), owner.arn);
    const listed = matchById(attachment, endpoint);
    if (listed !== null) add(list, attachment, 'confirmed', 'api', listed);
    else if (!canHold(attachment, endpoint)) return;
    else if (isLikely(attachment, endpoint)) list.lookingUp.push(examineNames(list, attachment));
    else list.later.push(() => examineNames(list, attachment));
  };

  const lookUpLater = async (list: List): Promise<void> => {
    if (!settled()) await Promise.all(list.later.map((lookUp) => lookUp()));
    list.done = true;
    settleGivenWay();
  };

  const examineNames = async (list: List, attachment: Attachment): Promise<void> => {
    const name = nameOf(attachment.owner);
    const near = sharesNetwork(attachment, endpoint);
    try {
      const at = await place(attachment, endpoint, lookups);
      if (at.kind === 'elsewhere') return;
      if (at.kind === 'match') {
        add(list, attachment, at.source === 'address' ? 'probable' : 'confirmed', at.source, at.statement);
        return;
      }
      if (at.kind === 'undecided') {
        list.failed = true;
        list.failures.push({ kind: 'undecided', action: null, reason: `${name} ${at.reason}` });
      } else if (existedBefore(attachment, endpoint) && !near) {
        unplaced.push({ service, owner: attachment.owner, otherEndpointIds: at.otherEndpointIds });
      }
    } catch (error) {
      fail(list, error);
    }
    if (near) {
      const statement = `${name} shares the endpoint's network, and nothing says where its own endpoint is`;
      add(list, attachment, 'hint', 'network', statement);
    }
  };

  const dropElsewhere = async (): Promise<void> => {
    try {
      unplaced.splice(0, unplaced.length, ...(await withoutOtherVpcs(unplaced, endpoint, aws)));
    } catch (error) {
      if (!progress.usage.signal.aborted) progress.failures.push(describeFailure(error));
    }
  };

  const read = async (pages: AsyncIterator<Page>, list: List): Promise<void> => {
    try {
      while (!list.held && !settled()) {
        const next = pages.next();
        list.underWay = next.catch(() => undefined);
        const { done, value: page } = await next;
        if (done) break;
        for (const attachment of page) {
          const accountId = 'error' in attachment ? null : parseArn(attachment.owner.arn ?? '')?.accountId;
          if (accountId) context.sawAccount(accountId);
          examine(list, attachment);
        }
        await precedence.waitFor(resolver.id, progress.usage.signal);
      }
    } catch (error) {
      fail(list, error);
    }
    await pages.return?.();
    await Promise.all(list.lookingUp);
    if (list.later.length === 0) await lookUpLater(list);
  };

  const arnOf = async (missing: MissingArn): Promise<string | null> => {
    const find = () => arns.get(nameOf(missing));
    const known = find();
    if (known) return known;
    const pagesUnderWay = Promise.all(lists.map(({ underWay }) => underWay));
    await Promise.race([pagesUnderWay, sleep(pagePatienceMs, undefined, { ref: false })]);
    return find() ?? (await missing.ask(aws)) ?? null;
  };

  return {
    progress,
    matches,
    unplaced,

    run: (othersToo) =>
      progress.during(async () => {
        const reading = resolver.attachments.map((source) => {
          const list = newList(progress.failures);
          lists.push(list);
          return () => read(listings(source, scope, progress.usage)[Symbol.asyncIterator](), list);
        });
        await Promise.all(reading.map((begin) => begin()));
        precedence.spend(resolver.id);
        await othersToo();
        await Promise.all(lists.map((list) => (list.done ? undefined : lookUpLater(list))));
      }),

    complete: async (match) => {
      const { missing } = match.attachment;
      if (missing === undefined) return match;
      try {
        const late = sleep(completionMs, undefined, { ref: false }).then(() => {
          throw new OutOfTime(`the ARN of ${nameOf(missing)} did not come in time`);
        });
        return {
          ...match,
          owner: { ...match.owner, [missing.member]: await Promise.race([arnOf(missing), late]) },
        };
      } catch (error) {
        progress.reason = `not all of the owner's ARNs are known: ${describeFailure(error).reason}`;
        return match;
      }
    },

    dropElsewhere: async () => {
      if (unplaced.length > 0) await progress.during(dropElsewhere);
    },

    confirm: async (resource) => {
      const list = newList([]);
      const pages = resolver.confirm?.(aws, resource, context.place)[Symbol.asyncIterator]();
      let exists = false;
      let more = pages !== undefined;

      const ask = async (): Promise<void> => {
        try {
          const page = await pages?.next();
          more = page?.done === false;
          const found = (page?.done ? null : page?.value) ?? [];
          exists ||= found.length > 0;
          for (const attachment of found) examine(list, attachment);
        } catch (error) {
          more = false;
          fail(list, error);
        }
      };

      const rest = async (): Promise<Confirmation> => {
        while (more && !list.held && !settled()) await ask();
        await Promise.all(list.lookingUp);
        await lookUpLater(list);
        const { failures, held } = list;
        if (held) return { outcome: 'holds', failures };
        const unknown = more || failures.length > 0 || progress.usage.signal.aborted;
        return { outcome: unknown ? 'unknown' : exists ? 'does-not-hold' : 'gone', failures };
      };

      await progress.during(ask);
      return { rest: () => progress.during(rest) };
    },
  };
}
