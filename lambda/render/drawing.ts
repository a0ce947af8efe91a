/** The chain as SVG: solid where it is confirmed, dashed where somebody merely says so. The list beside it says the same. */
import { plainText } from '../plain-text.ts';
import type { Chain, Step } from './chain.ts';
import { type Html, html } from './html.ts';

const width = 900;
const boxHeight = 56;
const rowHeight = 76;
const top = 4;
const claimLine = 16;
/** The widest of the fonts that browsers take for these, in pixels for each character. */
const pixels = { title: 8.7, name: 7.7, words: 7.2 };

interface Place {
  readonly x: number;
  readonly y: number;
}

export function draw({ vpcEndpointId, rows, said, refuted, claimant }: Chain): Html {
  const most = Math.max(...rows.map(({ length }) => length));
  const boxWidth = most === 1 ? 256 : 210;
  const xOf = (column: number) => Math.round((column * (width - boxWidth)) / most);
  const yOf = (row: number) => top + row * rowHeight;
  const start = { x: 0, y: yOf((rows.length - 1) / 2) };
  const drawn = rows.flatMap((steps, row) =>
    steps.map((step, index) => {
      const from = { x: xOf(index + 1), y: yOf(row) };
      const to = index === 0 ? start : { x: xOf(index), y: yOf(row) };
      return html`${drawLink(step, from, to, boxWidth)}${drawBox(step.title, step.name, from, boxWidth, boxClass(step))}`;
    }),
  );
  const bottom = yOf(rows.length - 1) + boxHeight;
  const middle = boxWidth / 2;
  const claims = {
    // Its arrow is beside the other's.
    said: { x: middle, under: start.y + boxHeight, bottom, y: bottom + 18 },
    refuted: { x: middle - 24, under: start.y + boxHeight, bottom, y: bottom + 18 + heightOf(said) },
  };
  const height = bottom + 12 + heightOf(said) + heightOf(refuted);
  const end = claimant === null ? null : xOf(claimant + 1) + middle;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="How it is known, drawn. The list says the same.">${drawBox('VPC endpoint', vpcEndpointId, start, boxWidth, 'b')}${drawn}${drawClaims(said, claims.said, end, false)}${drawClaims(refuted, claims.refuted, null, true)}</svg>`;
}

function heightOf(claims: readonly string[]): number {
  return claims.length === 0 ? 0 : claims.length * claimLine + 18;
}

function boxClass({ isOwner, weight }: Step): string {
  if (isOwner) return 'b own';
  return weight === 'open' ? 'b open' : 'b';
}

function drawBox(title: string, name: string, { x, y }: Place, boxWidth: number, classes: string): Html {
  const room = boxWidth - 26;
  return html`<rect class="${classes}" x="${x + 1.5}" y="${y}" width="${boxWidth - 3}" height="${boxHeight}" rx="9"/><text class="t" x="${x + 14}" y="${y + 24}">${cut(title, room / pixels.title)}</text><text class="s" x="${x + 14}" y="${y + 43}">${cut(name, room / pixels.name)}</text>`;
}

/** From the left side of one box to the right side of another, with a bend where they are not of one row. */
function drawLink({ weight, words, weakness }: Step, from: Place, to: Place, boxWidth: number): Html {
  const start = to.x + boxWidth + 2;
  const middle = from.y + boxHeight / 2;
  const end = to.y + boxHeight / 2;
  const bend = from.y === to.y ? start + 8 : start + 60;
  const columns = (from.x - bend) / pixels.words;
  const center = (from.x + bend) / 2;
  const [first = '', ...rest] = weakness === null ? [] : breakWords(weakness, columns);
  const write = (text: string, y: number, classes: string) =>
    html`<text class="${classes}" x="${center}" y="${y}">${cut(text, columns)}</text>`;
  const weak =
    weakness === null
      ? null
      : html`<path class="w" d="M${center} ${middle - 7}l8 14h-16z"/>${write(first, middle + 22, 'n weak')}${rest.length === 0 ? null : write(rest.join(' '), middle + 37, 'n weak')}`;
  return html`<path class="l ${weight}" d="M${from.x} ${middle}H${bend}V${end}H${start + 8}"/><path class="h ${weight}" d="M${start} ${end}l10 -5v10z"/>${write(words, middle - 11, 'n')}${weak}`;
}

/** Beneath the boxes, from whoever's part they take, if that is drawn. */
function drawClaims(
  claims: readonly string[],
  { x, y, under, bottom }: { x: number; y: number; under: number; bottom: number },
  end: number | null,
  areRefuted: boolean,
): Html | null {
  if (claims.length === 0) return null;
  const right = end ?? width - 60;
  const path = `${end === null ? `M${right} ${y}` : `M${right} ${bottom + 2}V${y}`}H${x}V${under + 10}`;
  const cross = areRefuted ? html`<path class="x" d="M${right - 6} ${y - 6}l12 12m0 -12l-12 12"/>` : null;
  const words = claims.map(
    (claim, index) =>
      html`<text class="n said" x="${x + 12}" y="${y + 16 + index * claimLine}">${cut(`${areRefuted ? 'Refuted. ' : ''}${claim}`, (width - x - 12) / pixels.words)}</text>`,
  );
  return html`<path class="l says" d="${path}"/><path class="h says" d="M${x} ${under + 2}l-5 10h10z"/>${cross}${words}`;
}

function breakWords(words: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < columns) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

/** What is longer ends with `…`; the list has it whole. */
function cut(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const character of plainText(text)) {
    used +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
    if (used > columns) return `${taken.slice(0, -1).trimEnd()}…`;
    taken += character;
  }
  return taken;
}
