/** Commands that can be pasted into a POSIX shell, whatever the values are. */
import { plainText } from '../plain-text.ts';

/**
 * @param argv every option in it takes a value, but for those that begin with `--no-`
 * @returns `null` when an argument has characters that a terminal acts on while they are pasted, or does not show: what is
 * run would not be what is read
 */
export function shellCommand(argv: readonly string[]): string | null {
  if (argv.some((argument) => plainText(argument) !== argument)) return null;
  return joinOptions(argv).map(quote).join(' ');
}

function quote(argument: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A value that begins with a dash would be read as an option: `--name=-value` is not. */
function joinOptions(argv: readonly string[]): string[] {
  const joined: string[] = [];
  let option: string | null = null;
  for (const argument of argv) {
    const ofOption: string | null = option;
    const takesValue = argument.startsWith('--') && !argument.startsWith('--no-');
    option = ofOption === null && takesValue ? argument : null;
    if (ofOption !== null && argument.startsWith('-')) joined.splice(-1, 1, `${ofOption}=${argument}`);
    else joined.push(argument);
  }
  return joined;
}
