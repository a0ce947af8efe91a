/**
 * The rooms of a folder, and the arrows between them, read from the imports. A room is a folder, or a file beside the
 * folders; what only has types in it counts like everything else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface House {
  /** Every file, and the files of the same house that it imports. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every room, and the other rooms that it imports from. */
  readonly arrows: ReadonlyMap<string, ReadonlySet<string>>;
  /** The rooms of each floor: the lowest import from no other, and each other stands one above the highest it imports from. */
  readonly floors: readonly (readonly string[])[];
}

const specifier = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** Errors: rooms that import from each other in a circle have no floors. */
export function readHouse(folder: string): House {
  const all = importsIn(folder);
  const within = ([file, targets]: readonly [string, ReadonlySet<string>]) =>
    [
      relative(folder, file),
      new Set([...targets].filter((to) => all.has(to)).map((to) => relative(folder, to))),
    ] as const;
  const imports = new Map([...all].map(within));
  const arrows = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const from = roomOf(file);
    const others = arrows.get(from) ?? new Set();
    for (const target of targets) if (roomOf(target) !== from) others.add(roomOf(target));
    arrows.set(from, others);
  }
  return { imports, arrows, floors: floorsOf(arrows) };
}

/** By file, `sandbox/server.ts`, the files that it imports, wherever they are. Packages are left out. */
export function importsIn(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return new Map(
    files.sort().map((name) => {
      const file = join(folder, name);
      const named = readFileSync(file, 'utf8').matchAll(specifier);
      return [file, new Set(Array.from(named, ([, to = '']) => join(dirname(file), to)))] as const;
    }),
  );
}

export function roomOf(file: string): string {
  const [first = file, ...rest] = file.split('/');
  return rest.length === 0 ? file : `${first}/`;
}

function floorsOf(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const floors: string[][] = [];
  const placed = new Set<string>();
  while (placed.size < arrows.size) {
    const next = [...arrows].flatMap(([room, below]) =>
      !placed.has(room) && [...below].every((other) => placed.has(other)) ? [room] : [],
    );
    if (next.length === 0)
      throw new Error(
        `these rooms import from each other: ${[...arrows.keys()].filter((room) => !placed.has(room)).join(', ')}`,
      );
    for (const room of next) placed.add(room);
    floors.push(next);
  }
  return floors;
}

/** @returns a circle of files that import each other, or `null` */
export function findCircle(imports: ReadonlyMap<string, Iterable<string>>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const target of imports.get(file) ?? []) {
      const circle = walk(target, [...path, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle !== null) return circle;
  }
  return null;
}
