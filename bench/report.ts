/** The measurements as Markdown, and their place in the README. */
import { type Kind, ratioOf } from './lookups.ts';
import { type Row, ratio } from './measure.ts';

const header = ['what', 'measured against', 'to reach', 'measured', 'met?'];

export function renderRows(rows: readonly Row[]): string {
  return renderTable([
    header,
    ...rows.map(({ what, against, toReach, measured, met }) => [what, against, toReach, measured, say(met)]),
  ]);
}

export function renderKinds(small: readonly Kind[], large: readonly Kind[]): string {
  const head = ['kind of owner', '30 of each', 'AWS calls', '1,500 of each', 'AWS calls'];
  const lines = small.map((inSmall, index) => [
    inSmall.kind,
    ...figuresOf(inSmall),
    ...figuresOf(large[index]),
  ]);
  return `How many times its critical path a lookup takes, and the AWS calls that it sends:\n\n${renderTable([head, ...lines])}`;
}

function figuresOf(kind: Kind | undefined): readonly string[] {
  return kind === undefined ? ['–', '–'] : [ratio(ratioOf(kind)), String(kind.calls)];
}

/** @param lines the first is the header */
function renderTable([head = [], ...lines]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => (line[column] ?? '').length)),
  );
  const render = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...lines].map(render).join('\n');
}

const begin = '<!-- written by npm run bench: from here -->';
const end = '<!-- to here -->';

/** Errors: a README without the two marks. */
export function writeInto(readme: string, report: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`expected the lines ${begin} and ${end}`);
  return `${readme.slice(0, from)}${begin}\n\n${report}\n\n${readme.slice(to)}`;
}

function say(met: boolean | null): string {
  return met === null ? '–' : met ? 'yes' : '**no**';
}
