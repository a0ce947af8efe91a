/** Parts of documents that `npm run docs` makes: what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
import { readFileSync } from 'node:fs';

export function readBlock(file: string, name: string): string {
  const text = readFileSync(file, 'utf8');
  const [start, end] = boundsOf(text, name);
  return text.slice(start, end).trim();
}

/** @returns the text with another block */
export function withBlock(text: string, name: string, block: string): string {
  const [start, end] = boundsOf(text, name);
  return `${text.slice(0, start)}\n\n${block}\n\n${text.slice(end)}`;
}

function boundsOf(text: string, name: string): readonly [start: number, end: number] {
  const opening = `<!-- ${name} -->`;
  const start = text.indexOf(opening) + opening.length;
  const end = text.indexOf(`<!-- /${name} -->`);
  if (!text.includes(opening) || end < start) throw new Error(`expected ${opening} and its end`);
  return [start, end];
}

export function code(value: string): string {
  return `\`${value}\``;
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
