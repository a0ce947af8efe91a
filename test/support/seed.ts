/** One seed for all that a test file generates: printed, and `SEED=… npm test` repeats it. */
import fc from 'fast-check';

export const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

process.stderr.write(`SEED=${seed}\n`);
fc.configureGlobal({ seed, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true });
