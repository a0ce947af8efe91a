/** Undoes what tools, terminals and editors did to a text on its way here, as often as they did it. */

/** More than any chain of tools puts on. */
const mostPasses = 64;

/**
 * The text in lower case, without escapes, colour codes and typography. Lines end in a line feed, and every other
 * control character is a blank.
 */
export function unescapeText(text: string): string {
  let before = '';
  let after = plain(text.toWellFormed());
  for (let pass = 0; after !== before && pass < mostPasses; pass++) {
    before = after;
    after = plain(undoOnce(before));
  }
  return after.toLowerCase();
}

/** One layer of each kind. */
function undoOnce(text: string): string {
  return text
    .replace(/=\n/g, '')
    .replace(quotedPrintable, (bytes) => decodeBytes(bytes.split('=')))
    .replace(/%u([0-9a-f]{4})/gi, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => decodeBytes(bytes.split('%')))
    .replace(/(?:\\x[0-9a-f]{2})+/gi, (bytes) => decodeBytes(bytes.split(/\\x/i)))
    .replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,20}));/gi, decodeEntity)
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(?:b|em|i|mark|strong|u|wbr)(?:\s[^<>]*)?>/gi, (tag) =>
      namesSomething.test(tag) ? tag : '',
    )
    .replace(backslashed, decodeBackslash);
}

/** Of ASCII only what no plain text has after an equals sign, and all that UTF-8 makes of other characters. */
const quotedPrintable = /=(?:09|20|22|27|2C|2D|2F|3A|3D|5B|5D|7B|7D)|=[C-F][0-9A-F](?:=[89AB][0-9A-F])+/g;

/** An id or a Region in an attribute. */
const namesSomething = /(?:vpce|eni|subnet|sg|vpc)-|[a-z]-[a-z]+-[0-9]/i;

/** A line that goes on in the next; a character by its number; \e before a colour code; any sign, and the blanks \n \r \t. */
const backslashed =
  /\\(?:(\n *)|u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|0([0-7]{2})|(e)(?=[[\]])|([nrt])|([^0-9a-z]))/gi;

function decodeBackslash(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [goesOn, braced, unit, octal, escapeCode, blank, sign] = groups;
  if (goesOn !== undefined) return '';
  const hexadecimal = braced ?? unit;
  if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16), whole);
  if (octal !== undefined) return character(Number.parseInt(octal, 8), whole);
  if (escapeCode !== undefined) return '\u001b';
  if (blank !== undefined) return blank.toLowerCase() === 't' ? ' ' : '\n';
  return sign ?? whole;
}

/** Those that stand in or beside ids. */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  colon: ':',
  dash: '-',
  equals: '=',
  gt: '>',
  hellip: '...',
  hyphen: '-',
  lt: '<',
  mdash: '-',
  minus: '-',
  nbsp: ' ',
  ndash: '-',
  newline: '\n',
  quot: '"',
  shy: '',
  sol: '/',
  tab: ' ',
  zerowidthspace: '',
  zwj: '',
  zwnj: '',
};

function decodeEntity(whole: string, hexadecimal?: string, decimal?: string, name = ''): string {
  if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16), whole);
  if (decimal !== undefined) return character(Number(decimal), whole);
  const key = name.toLowerCase();
  return Object.hasOwn(entities, key) ? (entities[key] ?? whole) : whole;
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

function decodeBytes([, ...pairs]: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
}

/** Terminal codes: colours and cursor, links and titles, and both as `cat -v` shows them. */
const terminalCodes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what terminals act on
  /(?:\u001b\[|\u009b|\^\[\[)[0-?]*[A-HJKSTfhlmnr]|(?:\u001b\]|\u009d)[0-9]*;[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)/g;

/**
 * Other widths of letters and digits become ASCII, all dashes a hyphen, and what is not shown is left out. Decomposed
 * (NFKD), for an accent after an id would become one character with its last digit.
 */
function plain(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(terminalCodes, (code) => (namesSomething.test(code) ? ` ${code.slice(2)} ` : ''))
      .replaceAll('\0', '')
      .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
      .replace(/[^\P{Cc}\n]|\p{Zs}/gu, ' ')
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      // The minus, bullet, box and katakana signs that are typed or drawn for a hyphen.
      .replace(/[\p{Pd}\u02d7\u2043\u2212\u2500\u30fc]/gu, '-')
      .replaceAll('\u22ef', '...')
  );
}
