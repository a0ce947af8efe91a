/** Finds the ids of EC2's resources in a text, wherever they stand. */

/** What an id begins with. */
export type Prefix = 'vpce' | 'eni' | 'subnet' | 'sg' | 'vpc' | 'vpce-svc';

/** How a terminal breaks a line: the next begins with an indentation, the border of a box or a mail's quote. */
const lineBreak = '(?:[ |│┃║]*\\n[ |│┃║>]*)';
const oneDigit = '[0-9a-f]';
/** New ids have 17 digits, old ones and those of AWS's documentation 8. */
const [newLength, oldLength] = [17, 8];

const starts = Object.fromEntries(
  (['vpce', 'eni', 'subnet', 'sg', 'vpc', 'vpce-svc'] as const).map((prefix) => [
    prefix,
    new RegExp(`${[...prefix, '-'].map((letter) => `${letter}${lineBreak}?`).join('')}(?=${oneDigit})`, 'g'),
  ]),
) as Readonly<Record<Prefix, RegExp>>;
const digitsInARow = new RegExp(`${oneDigit}+`, 'y');
/** The id ends with its word: that of another word's beginning is none. */
const brokenDigits = new RegExp(`${oneDigit}(?:${lineBreak}?${oneDigit}){${newLength - 1}}(?![0-9a-z])`, 'y');

/**
 * The ids with this prefix, each once, in the order of the text.
 *
 * 17 digits are an id wherever they end, and within a broken line; 8 only where nothing says that there were more.
 *
 * @param text without escapes, in lower case
 */
export function findIds(text: string, prefix: Prefix): readonly string[] {
  const ids = Array.from(text.matchAll(starts[prefix]), ({ 0: start, index }) => {
    const digits = digitsAt(text, index, index + start.length, prefix);
    return digits === null ? [] : [`${prefix}-${digits}`];
  });
  const found = [...new Set(ids.flat())];
  // What one place has whole, another may have cut.
  return found.filter((id) => !found.some((longer) => longer !== id && longer.startsWith(id)));
}

function digitsAt(text: string, from: number, firstDigit: number, prefix: Prefix): string | null {
  const row = matchAt(digitsInARow, text, firstDigit);
  if (row.length >= newLength) return row.slice(0, newLength);
  const broken = matchAt(brokenDigits, text, firstDigit);
  if (broken !== '') return broken.replace(/[^0-9a-f]+/g, '');
  if (row.length !== oldLength) return null;
  const [before, after] = [text.slice(0, from), text.slice(firstDigit + oldLength)];
  if (text.slice(from, firstDigit).includes('\n') || isCut(text.slice(0, firstDigit), after)) return null;
  // "msg-", "rsvpc-"; a VPC endpoint's prefix is no word's end.
  return prefix.startsWith('vpce') || !/[0-9a-z]$/.test(before) ? row : null;
}

function matchAt(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? '';
}

/** Whether 8 digits may be the beginning of more. In doubt they are: an answer for the wrong endpoint is worse than none. */
function isCut(before: string, after: string): boolean {
  return (
    // Further digits, and letters that hide them
    /^[0-9a-z]/.test(after) ||
    /^[[(<{]?(?:\.\.|[•█▒▓░]|##|(?:snip|redacted|truncated)[\])>}])/.test(after) ||
    isMasked(before, after) ||
    // The rest of a new id after a blank or a hyphen, and a UUID
    /^[- ][0-9a-f]{9}(?![0-9a-z])/.test(after) ||
    /^-[0-9a-f]{4}-[0-9a-f]{4}-/.test(after) ||
    goesOnInNextLine(after)
  );
}

/** Asterisks hide digits, unless as many of them began an emphasis in this line. */
function isMasked(before: string, after: string): boolean {
  const [asterisks = ''] = /^\*+/.exec(after) ?? [];
  if (asterisks === '') return false;
  return !new RegExp(`(?<!\\*)\\*{${asterisks.length}}(?![ *])[^*\\n]*$`).test(before);
}

const nextLine = new RegExp(`^${lineBreak}(${oneDigit}+)(.{0,2})`);

/** Digits at the head of the next line, unless they are a date, an account id, or begin another word. */
function goesOnInNextLine(after: string): boolean {
  const [, digits = '', end = ''] = nextLine.exec(after) ?? [];
  if (digits === '' || (/^[0-9]{12}$/.test(digits) && !/^[0-9a-z]/.test(end))) return false;
  const restOfNewId = newLength - oldLength;
  return digits.length >= restOfNewId || !(/^[g-z]/.test(end) || /^[-:./_][0-9a-z]/.test(end));
}

/** Words that begin as ids of endpoints or interfaces do: cut or hidden ones, and any other word. The cut ones first. */
export function findBrokenIds(text: string): readonly string[] {
  const words = text.match(/(?<![0-9a-z])(?:vpce|eni)-(?!svc-)[0-9a-z*•█#]*(?:\.{2,}[0-9a-f]*)?/g) ?? [];
  const cut = words.filter(looksCut);
  return [...new Set([...cut, ...words])];
}

export function looksCut(word: string): boolean {
  return /^[a-z]+-(?:[0-9a-f]{3,}$|[0-9a-f]*(?:[*•█#x]{2}|\.\.))/.test(word);
}
