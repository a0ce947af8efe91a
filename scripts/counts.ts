/** `npm run counts` writes the counts of the tests of reliability into the README, and prints them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describeCounts, withCounts } from './reliability-counts.ts';

writeFileSync('README.md', withCounts(readFileSync('README.md', 'utf8')));
console.log(describeCounts());
