/** Colours for an answer on a terminal: the verdict, the labels, and the commands. */
import { styleText } from 'node:util';

/** @param text as lambda/render/text.ts writes it */
export function paint(text: string): string {
  return text
    .split('\n')
    .map((line, index) => {
      if (index === 0) return style('bold', line);
      if (/^aws /.test(line)) return style('cyan', line);
      const [, label = '', rest = ''] = /^([a-z]{1,5})( {1,4}\S.*)$/s.exec(line) ?? [];
      if (label.length + indentOf(rest) !== textColumn) return line;
      return style(label === 'mind' ? 'yellow' : 'bold', label) + rest;
    })
    .join('\n');
}

/** Where a section's text begins. */
const textColumn = 6;

function indentOf(rest: string): number {
  return rest.length - rest.trimStart().length;
}

/** Whether the stream has colours was asked already. */
function style(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { validateStream: false });
}
