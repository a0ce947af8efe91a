/** Which file of this repository imports which, as the sources say it: types count too. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

/** By file, `sandbox/server.ts`, the files that it imports. Packages are left out. */
export type Imports = ReadonlyMap<string, readonly string[]>;

export function importsIn(folder: string): Imports {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const paths = files.map((file) => join(folder, file).split(sep).join('/'));
  return new Map(paths.sort().map((path) => [path, importsOf(path)]));
}

function importsOf(path: string): string[] {
  const specifiers = readFileSync(path, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return Array.from(specifiers, ([, specifier = '']) => posix.join(dirname(path), specifier));
}

/** A way from a file back to itself, if there is any: `['a.ts', 'b.ts', 'a.ts']`. */
export function circleIn(imports: Imports): readonly string[] | undefined {
  const clear = new Set<string>();
  const follow = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (clear.has(path)) return undefined;
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    for (const next of imports.get(path) ?? []) {
      const circle = follow(next, [...way, path]);
      if (circle !== undefined) return circle;
    }
    clear.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const circle = follow(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
