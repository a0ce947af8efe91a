/** When `npm start` ends: a signal, or the end of the npm that started it. */
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Ctrl-C reaches this process twice: from the terminal, and from npm, which passes it on. */
const sameWishMs = 500;
/** Often enough that the port is free when somebody starts the next server. */
const parentCheckMs = 200;

/** The first signal lets answers under way finish; the second ends at once. */
export function endOnSignals(close: () => Promise<void>): void {
  const byNpm = process.env['npm_lifecycle_event'] !== undefined;
  let endingSince: number | null = null;
  const end = () => {
    endingSince = performance.now();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of signals) {
    process.on(signal, () => {
      if (endingSince === null) end();
      else if (!byNpm || performance.now() - endingSince > sameWishMs)
        process.exit(128 + constants.signals[signal]);
    });
  }
  if (byNpm) watchParents(() => endingSince ?? end());
}

/**
 * npm, and the shell that it starts scripts with, may be killed in ways that they do not pass on. All that is seen of it
 * here is that a process has another parent. Started without npm, this one may be meant to outlive whoever started it.
 */
function watchParents(whenGone: () => void): void {
  const parents = parentsNow();
  setInterval(() => {
    if (parentsNow() !== parents) whenGone();
  }, parentCheckMs).unref();
}

/** npm; or a shell and its parent npm, where the shell stays. Those that do are Linux's, which has `/proc`. */
function parentsNow(): string {
  const parent = process.ppid;
  try {
    const [, name = '', grandparent] =
      /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return name.endsWith('sh') ? `${parent} ${grandparent}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}
