/** What several resolvers say in the same way. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Creation } from '../cloudtrail.ts';
import type { Endpoint } from '../endpoint.ts';
import { MalformedAnswer } from '../failure.ts';
import { firstLabel } from '../known-services.ts';
import type { Claim } from '../resolver.ts';

/** @returns the name of a resource; a list item without one cannot be told from any other. */
export function named(name: string | undefined, action: string): string {
  if (!name) throw new MalformedAnswer(`${action}: a resource came without its name`);
  return name;
}

/**
 * A claim when the endpoint was created by this service: by its principal or its service-linked role, and, where
 * several services share those, by the name of the session.
 *
 * @param principal first label of the service principal: `rds` of `rds.amazonaws.com`
 * @param session the session name that tells services apart; a record that has lost its principal is taken by it alone
 */
export function creationBy(
  creation: Creation | null,
  principal: string,
  roleName: string | null,
  session?: RegExp,
): Claim[] {
  if (creation === null) return [];
  const sessionName = creation.sessionNames.find((name) => session?.test(name));
  const label = firstLabel(creation.principal);
  const byRole = creation.roleName !== null && creation.roleName === roleName;
  const anonymous = label === null && creation.roleName === null && sessionName !== undefined;
  const created = label === principal || byRole || anonymous;
  if (!created || (session !== undefined && sessionName === undefined)) return [];
  const creator = [sessionName, `(${creation.principal ?? creation.roleName ?? 'unknown principal'})`];
  const statement =
    sessionName === undefined ? `${creation.principal ?? creation.roleName}` : creator.join(' ');
  return [{ source: 'cloudtrail', statement: `${statement} created the endpoint` }];
}

/** A database is reached through interface endpoints (documented); this one leads to an appliance. */
export function ruledOutByType(endpoint: Endpoint): { ruledOut: string } | Record<string, never> {
  return endpoint.type === 'GatewayLoadBalancer'
    ? { ruledOut: 'ruled out: a GatewayLoadBalancer endpoint leads to an appliance, not to a database' }
    : {};
}

/** How long the ARN of a parent is worth waiting for before it is asked for with a call of its own. */
const pagePatienceMs = 250;

/** What a list has shown so far, for another list that names its members without their ARNs. */
export interface Directory {
  /** The same pages, their members remembered by name. */
  readonly watch: <T>(
    pages: AsyncIterable<readonly T[]>,
    entry: (item: T) => readonly [name: string | undefined, arn: string | undefined],
  ) => AsyncGenerator<readonly T[]>;
  /** @param ask a call for this one, made when the page that is under way does not bring it either */
  readonly arnOf: (name: string, ask: () => Promise<string | undefined>) => Promise<string | null>;
}

export function newDirectory(): Directory {
  const arns = new Map<string, string>();
  let underWay: Promise<unknown> = Promise.resolve();
  return {
    async *watch(pages, entry) {
      const iterator = pages[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = iterator.next();
          underWay = next.catch(() => undefined);
          const { done, value } = await next;
          if (done) return;
          for (const item of value) {
            const [name, arn] = entry(item);
            if (name !== undefined && arn !== undefined) arns.set(name, arn);
          }
          yield value;
        }
      } finally {
        await iterator.return?.();
      }
    },

    async arnOf(name, ask) {
      if (!arns.has(name)) await Promise.race([underWay, sleep(pagePatienceMs, undefined, { ref: false })]);
      return arns.get(name) ?? (await ask()) ?? null;
    },
  };
}
