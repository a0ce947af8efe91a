/**
 * An endpoint service has one provider: endpoints of the same service name are of the same AWS service. One that is proven
 * to be a service's lends that to the others, and never its owner.
 */
import type { Claim } from '../model/model.ts';
import { owners } from './settle.ts';
import type { OpenCase, Survey } from './state.ts';

export function askSiblings({ cases }: Survey): void {
  const byName = new Map<string, OpenCase[]>();
  for (const one of cases.all) {
    const { serviceName } = one.endpoint;
    if (serviceName !== null) byName.set(serviceName, [...(byName.get(serviceName) ?? []), one]);
  }
  for (const [name, siblings] of byName) {
    const claim = claimOf(name, siblings);
    for (const one of siblings)
      if (claim !== null && cases.open.has(one) && !hasOwnName(one)) one.claims = [...one.claims, claim];
  }
}

/** @returns `null` where none is proven, or where they are not of one service */
function claimOf(serviceName: string, siblings: readonly OpenCase[]): Claim | null {
  const proven = siblings.flatMap((one) => {
    const [owner] = owners(one);
    return owner === undefined ? [] : [{ id: one.endpoint.id, service: owner.match.service }];
  });
  const [first, ...others] = proven;
  if (first === undefined || others.some(({ service }) => service.id !== first.service.id)) return null;
  return {
    source: 'service-name',
    service: first.service,
    speaksFor: [first.service.id],
    statement: `${first.id} leads to the same endpoint service, ${serviceName}, and is ${first.service.name}'s`,
  };
}

/** The service name itself says whose it is. */
function hasOwnName({ claims }: OpenCase): boolean {
  return claims.some(({ source }) => source === 'service-name');
}
