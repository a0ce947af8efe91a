/** HTML in which all that is put in is text: escaped, and without characters that act or are not shown. */
import { plainText } from '../plain-text.ts';

const markup: unique symbol = Symbol('markup');

/** Only `html` makes it: no text, whoever wrote it, can be taken for it. */
export interface Html {
  readonly [markup]: string;
}

export type Value = string | number | Html | null | undefined | false | readonly Value[];

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { [markup]: strings.reduce((before, part, index) => before + toMarkup(values[index - 1]) + part) };
}

export function toMarkup(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  if (markup in value) return value[markup];
  return value.map(toMarkup).join('');
}

/** Of our own, and free of what the element that holds it would end with. */
export function trusted(source: string): Html {
  return { [markup]: source };
}

/** Each line by itself, for line breaks are all that may stay. */
export function keepLines(text: string): Html {
  return trusted(
    text
      .split(/\r\n?|\n/)
      .map(escapeText)
      .join('\n'),
  );
}

/** A link to AWS; text alone where the address is of another kind. */
export function link(address: string | null, text: Value): Html {
  if (address === null || !address.startsWith('https://')) return html`${text}`;
  return html`<a href="${address}" rel="noreferrer">${text}</a>`;
}

const codeWord =
  /((?<![\w-])(?:arn:|[a-z]{2,6}-(?:svc-)?[0-9a-f]{8})[^\s,;()]*|[\w.-]*amazonaws\.[\w.-]*\w|\d{4}-\d\d-\d\dT[\d:]+Z)/;
/** Within a line of a phone. */
const shortWord = 30;

/** Ids, ARNs, host names and times in the type that tells `l` from `1`; the short ones are not broken. */
export function codeWords(text: string): Html {
  const parts = text.split(codeWord).map((part, index) => {
    if (index % 2 === 0) return part;
    return part.length > shortWord ? html`<code>${part}</code>` : html`<code class="k">${part}</code>`;
  });
  return html`${parts}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
