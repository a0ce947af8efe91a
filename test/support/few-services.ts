import type { Service } from '../../lambda/model/service.ts';
import { services } from '../../lambda/resolvers/index.ts';

/**
 * Services as if AWS had no others: these, those that share a principal with one of them or make endpoints for it, and all
 * that are known by their marks only. What a test tries of one service does not cost more with each service that there is.
 */
export function only(...ids: readonly string[]): readonly Service[] {
  const chosen = services.filter(({ id }) => ids.includes(id));
  const isKin = ({ id, lists, marks: { family }, makesFor = [] }: Service) =>
    lists.length === 0 ||
    chosen.some(
      (one) =>
        one.id === id ||
        (family !== undefined && one.marks.family?.id === family.id) ||
        makesFor.includes(one.id) ||
        one.makesFor?.includes(id),
    );
  return services.filter(isKin);
}
