/** Whether memory stays flat: `npm run memory [LOOKUPS]` (default: 10,000) prints the heap in use after each tenth. */
import { measureMemory } from './measure-memory.ts';

const lookups = Number(process.argv[2] ?? 10_000);
const samples = 10;
const inUse = await measureMemory(lookups, samples);
for (const [index, megabytes] of inUse.entries()) {
  console.log(
    `${String(((index + 1) * lookups) / samples).padStart(6)} lookups ${megabytes.toFixed(1).padStart(6)} MB`,
  );
}
process.exit(0);
