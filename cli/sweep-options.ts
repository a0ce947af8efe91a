/** What a sweep is asked for on a command line. */
export interface SweepOptions {
  /** Empty: the caller's own. */
  readonly regions: readonly string[] | 'all';
  readonly vpcs: readonly string[];
  readonly verdicts: readonly string[];
  readonly services: readonly string[];
  /** `null`: as where it goes to reads it. */
  readonly output: Output | null;
  readonly exports: readonly { readonly file: string; readonly output: Output }[];
  readonly failOn: readonly string[];
  /** Keeps what is done, and goes on from there. */
  readonly resume: string | undefined;
}

export const outputs = ['table', 'json', 'ndjson', 'csv', 'md'] as const;
export type Output = (typeof outputs)[number];

export function extensionOf(output: Output): string {
  return output === 'table' ? 'txt' : output;
}

/** @returns the form that a file's name ends in */
export function outputOf(file: string): Output | undefined {
  return outputs.find((output) => file.endsWith(`.${extensionOf(output)}`));
}
