/** What every measurement needs: a time, a median, and a row to say it in. */

export interface Row {
  readonly what: string;
  readonly against: string;
  readonly toReach: string;
  readonly measured: string;
  /** `null`: this machine lacks what the row is measured against. */
  readonly met: boolean | null;
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const timeOfMachine = performance.now.bind(performance);
let forwardMs = 0;

/** For this process, and for what measures time from a point before. */
export function putClockForward(ms: number): void {
  forwardMs += ms;
  performance.now = () => timeOfMachine() + forwardMs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

/** `1.07`, but `34` where decimals say nothing. */
export function ratio(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
