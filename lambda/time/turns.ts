export interface Turn {
  /** How long the next turn waits for this one; what is under way goes on. */
  readonly patienceMs: number;
  readonly begin: () => Promise<unknown>;
}

/** Begins one turn after the other, and ends when all have ended. Once the signal has fired no turn is begun any more. */
export async function inTurns(
  turns: readonly Turn[],
  until: AbortSignal,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const begun: Promise<unknown>[] = [];
  const over = fired(until);
  for (const { patienceMs, begin } of turns) {
    if (until.aborted) break;
    const turn = begin();
    begun.push(turn);
    const patience = new AbortController();
    await Promise.race([turn, sleep(patienceMs, patience.signal), over]);
    patience.abort();
  }
  await Promise.race([Promise.all(begun), over]);
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
