/**
 * Text that others wrote, made safe to show: control characters and line breaks become a blank, and what is invisible
 * or turns the direction of reading (bidi overrides, zero-width characters, soft hyphens) is left out.
 */
export function plainText(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
}

/** JSON in which nothing acts on a terminal or turns the direction of reading; it parses to the same values. */
export function plainJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(
    /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    escapeUnits,
  );
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16);
    return `\\u${unit.padStart(4, '0')}`;
  }).join('');
}

/** An error's `detail` shows this much of what the caller sent. */
const echoedCharacters = 100;

/** What the caller sent, in quotes, as an error may show it. */
export function echo(value: string): string {
  const characters = [...plainText(value)];
  const cut = characters.length > echoedCharacters;
  return `"${characters.slice(0, echoedCharacters).join('')}${cut ? '…' : ''}"`;
}
