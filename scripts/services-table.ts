/** The services that are asked: what can own an endpoint, and the IAM actions that are needed to find out. */
import { resolvers } from '../lambda/resolvers/index.ts';
import { demo } from '../sandbox/demo.ts';
import { table } from './blocks.ts';

export function servicesTable(): string {
  const { examples } = demo(new Date());
  const typesOf = (id: string) => {
    const found = examples.flatMap(({ expect: { service, resourceType } }) =>
      service === id ? (resourceType ?? []) : [],
    );
    return [...new Set(found)].sort();
  };
  const code = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(' ');
  const rows = resolvers.map(({ id, name, actions }) => [
    code([id]),
    name,
    code(typesOf(id)),
    code(Object.keys(actions)),
  ]);
  return table(['id', 'service', 'owners', 'IAM actions'], rows);
}
