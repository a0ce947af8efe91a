import { expect, test } from '@jest/globals';
import { resolvers } from '../../lambda/resolvers/index.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { services } from '../../sandbox/services/registry.ts';
import type { Service } from '../../sandbox/services/service.ts';
import { askFor, crowdOf } from '../support/crowd.ts';
import { only } from '../support/few-services.ts';
import { isOwnerOrNone } from '../support/honest.ts';
import { thorough } from '../support/thorough.ts';

/** What AWS leaves out on purpose: a workforce without it is in no VPC. */
const absences = ['WorkforceVpcConfig'];

/** The names of all fields that records have, however deep. */
function fieldsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value) fieldsIn(item, found);
  else if (typeof value === 'object' && value !== null && !(value instanceof Date))
    for (const [name, member] of Object.entries(value)) fieldsIn(member, found.add(name));
  return found;
}

const asked: readonly Service[] = services.filter(({ id }) => resolvers.some((one) => one.id === id));
const all = asked.flatMap((service) => {
  const { regions } = crowdOf(service, 2).account;
  const fields = fieldsIn(Object.values(regions).map((region) => service.rows?.(region)));
  const known = [...fields].filter((field) => /^\w+$/.test(field) && !absences.includes(field));
  return known.map((field) => ({ service, id: service.id, field }));
});
const some = all.filter((_, index) => thorough || index % 16 === 0);

test('there are fields to leave out of the records of every service', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(asked.length);
});

test.each(some)('$id without $field makes no wrong owner and no orphan', async ({ service, id, field }) => {
  const { account, owned, hidden } = crowdOf(service, 2, { unmarked: true });
  const held = [...owned, ...hidden];
  const options = { faults: parseFault(`${service.api?.id}:*=missing-field:${field}`), services: only(id) };
  const [{ answers = [] } = {}] = await askFor(account, [held.map((one) => one.id)], options);
  expect(answers).toHaveLength(held.length);
  const wrong = answers.filter(
    (answer, index) =>
      !isOwnerOrNone(answer, held[index]?.owner) || answer.nextStep.action === 'contact-support',
  );
  expect(wrong).toEqual([]);
});
