/** What several resolvers say in the same way. */

import type { Endpoint } from '../aws/endpoint.ts';
import { MalformedAnswer } from '../aws/failure.ts';
import type { Creation } from '../evidence/cloudtrail.ts';
import { firstLabel } from '../evidence/known-services.ts';
import type { Attachment, Claim, Page } from '../resolver.ts';

/** @returns the name of a resource; a list item without one cannot be told from any other. */
export function named(name: string | undefined, action: string): string {
  if (!name) throw new MalformedAnswer(`${action}: a resource came without its name`);
  return name;
}

/** Reads the items of a page, each by itself: one that came without what it needs does not hide the others. */
export function readItems<T>(items: readonly T[], read: (item: T) => Attachment): Page {
  return items.map((item) => {
    try {
      return read(item);
    } catch (error) {
      return { error };
    }
  });
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
