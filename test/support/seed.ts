/**
 * One seed for all that a test file generates, printed: the same in every run, so that what fails has been changed, and
 * another with `SEED=N npm test`, or `SEED=random`.
 */
import fc from 'fast-check';

const { SEED = '1' } = process.env;
export const seed = SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);

process.stderr.write(`SEED=${seed}\n`);
fc.configureGlobal({ seed });
