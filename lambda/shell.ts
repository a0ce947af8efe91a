/** Commands that can be pasted into a POSIX shell, whatever the values are. */

/** @returns `null` when an argument has a control character: some terminals act on those even while they are pasted */
export function shellCommand(argv: readonly string[]): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (argv.some((argument) => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(argument))) return null;
  return joinOptions(argv).map(quote).join(' ');
}

function quote(argument: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A value that begins with a dash would be read as an option: `--name=-value` is not. */
function joinOptions(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const option = joined.at(-1);
    const isValue = option?.startsWith('--') && !option.includes('=');
    if (isValue && argument.startsWith('-') && !argument.startsWith('--'))
      joined[joined.length - 1] = `${option}=${argument}`;
    else joined.push(argument);
  }
  return joined;
}
