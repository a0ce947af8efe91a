/** The files of a service that begins, from templates, and its lines in the registries. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each template, and where it goes. */
const templates = {
  resolver: 'lambda/resolvers/service-id.ts',
  sdk: 'lambda/resolvers/sdk/service-id.ts',
  sandbox: 'sandbox/services/service-id.ts',
  test: 'test/resolvers/service-id.test.ts',
} as const;

export interface Begun {
  readonly made: readonly string[];
  /** Were there before, and are as they were. */
  readonly kept: readonly string[];
  /** The registries. */
  readonly changed: readonly string[];
  /** unasked.ts has it too, and two services of one id are not let in. */
  readonly isUnasked: boolean;
}

/** Throws, and has written nothing, where the id or the name is none, or the service is asked already. */
export function beginService(id: string, name: string, root = '.'): Begun {
  check(id, name, root);
  const fill = (text: string) =>
    text
      .replaceAll('service-id', id)
      .replaceAll('serviceId', camelCase(id))
      .replaceAll('ServiceId', pascalCase(id))
      .replaceAll('Service Name', name);
  const files = Object.entries(templates).map(([template, path]) => {
    const text = fill(readFileSync(`scripts/templates/${template}.ts.txt`, 'utf8'));
    return { path: fill(path), text };
  });
  const isThere = (path: string) =>
    existsSync(join(root, path)) || existsSync(join(root, path.replace(/\.ts$/, ''), 'index.ts'));
  const made = files.filter(({ path }) => !isThere(path));
  for (const { path, text } of made) writeFileSync(join(root, path), text, { flag: 'wx' });
  const changed = [
    ...register(root, 'lambda/resolvers/index.ts', id, '  ...unasked,\n'),
    ...register(root, 'sandbox/services/registry.ts', id, '};\n\nexport const services'),
  ];
  const paths = new Set(made.map(({ path }) => path));
  return {
    made: [...paths],
    kept: files.flatMap(({ path }) => (paths.has(path) ? [] : [path])),
    changed,
    isUnasked: readFileSync(join(root, 'lambda/resolvers/unasked.ts'), 'utf8').includes(`'${id}'`),
  };
}

function check(id: string, name: string, root: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new Error(`expected an id in lower case, such as network-firewall; got '${id}'`);
  if (!/^[A-Za-z0-9]([A-Za-z0-9 .,&()@/+-]*[A-Za-z0-9)])?$/.test(name))
    throw new Error(`expected the service's full name, such as "AWS Network Firewall"; got '${name}'`);
  if (readdirSync(join(root, 'lambda/resolvers')).includes(`${id}.ts`))
    throw new Error(`lambda/resolvers/${id}.ts exists: nothing was written`);
}

/** Puts the service before `end`, and its import among the others, unless it is there. The formatter sorts imports. */
function register(root: string, file: string, id: string, end: string): readonly string[] {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const key = camelCase(id);
  if (text.includes(`import { ${key} } from`)) return [];
  const [list, rest, ...more] = text.split(end);
  if (list === undefined || rest === undefined || more.length > 0)
    throw new Error(`${file}: expected one '${end.trim()}'`);
  const lastImport = list.lastIndexOf('\nimport ') + 1;
  const line = `import { ${key} } from './${id}.ts';\n`;
  writeFileSync(path, `${list.slice(0, lastImport)}${line}${list.slice(lastImport)}  ${key},\n${end}${rest}`);
  return [file];
}

function camelCase(id: string): string {
  return id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function pascalCase(id: string): string {
  return id.replaceAll(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
}
