/** Parts of the README that `npm run docs` makes: what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
import { readFileSync } from 'node:fs';

const file = 'README.md';

export function readBlock(name: string): string {
  const readme = readFileSync(file, 'utf8');
  const [start, end] = boundsOf(readme, name);
  return readme.slice(start, end).trim();
}

/** @returns the text with another block */
export function withBlock(readme: string, name: string, block: string): string {
  const [start, end] = boundsOf(readme, name);
  return `${readme.slice(0, start)}\n\n${block}\n\n${readme.slice(end)}`;
}

function boundsOf(readme: string, name: string): readonly [start: number, end: number] {
  const opening = `<!-- ${name} -->`;
  const start = readme.indexOf(opening) + opening.length;
  const end = readme.indexOf(`<!-- /${name} -->`);
  if (!readme.includes(opening) || end < start) throw new Error(`${file}: expected ${opening} and its end`);
  return [start, end];
}

/** Aligned, as Biome and Prettier leave Markdown tables. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
