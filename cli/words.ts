/** Lists on a command line. */
import { verdicts } from '../lambda/http/scope.ts';

/** Of values with commas or blanks between them, in lower case. */
export function wordsOf(values: readonly string[] = []): readonly string[] {
  return values.flatMap((value) =>
    value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
}

export function unknownVerdict(words: readonly string[]): string | undefined {
  return words.find((word) => !verdicts.some((verdict) => verdict === word));
}
