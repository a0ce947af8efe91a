import type { Service } from '../model/service.ts';

/**
 * The services as a deployment asks them. One that it switched off is still known by its marks, and stands in an answer that
 * it could have changed as a check that was not made.
 *
 * Errors: names the ids that no service which is asked has.
 */
export function switchOff(services: readonly Service[], off: readonly string[]): readonly Service[] {
  const unknown = off.filter((id) => !services.some((service) => service.id === id && service.lists.length > 0));
  if (unknown.length > 0)
    throw new Error(`expected ids of services to switch off, such as msk, but got ${unknown.join(', ')}`);
  return services.map((service) => (off.includes(service.id) ? withoutLists(service) : service));
}

function withoutLists({ id, name, marks, makesFor = [] }: Service): Service {
  const unlisted = { what: `the resource of ${name} that uses it` };
  return { id, name, marks, makesFor, actions: {}, lists: [], unlisted, isOff: true };
}
