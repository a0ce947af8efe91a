/** Lines for people: at most 80 columns where the values allow, nothing that moves a terminal's cursor. */
import { plainText } from '../plain-text.ts';

const columns = 80;
export const screenRows = 24;

/** How many rows of a terminal a text takes, which breaks what is longer. */
export function rowsOf(text: string): number {
  const lines = text.trimEnd().split('\n');
  return lines.reduce((rows, { length }) => rows + Math.max(1, Math.ceil(length / columns)), 0);
}

/** What `cut`, `awk -F '  '` and eyes take apart: two blanks between values, none within, `-` for what is not known. */
export function headline(values: readonly (string | null | undefined)[]): string {
  return values
    .map(
      (value) =>
        plainText(value ?? '')
          .trim()
          .replace(/\s+/g, ' ') || '-',
    )
    .join('  ');
}

/** @param head stands before the first line, filled up to where the text begins in every line; nothing without a text */
export function labelled(head: string, indent: number, text: string | null): readonly string[] {
  const lines = text === null ? [] : wrap(text, indent);
  return lines.map((line, index) =>
    index === 0 ? plainText(head).padEnd(indent) + line.slice(indent) : line,
  );
}

/** Breaks between words only: an id, an ARN or an address stays whole, however long. */
export function wrap(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  const words = plainText(text).split(' ');
  for (const word of words.filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= columns)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

export function join(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** `2 subnets` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
