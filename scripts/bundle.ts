/** Bundles the function: `node scripts/run.mjs scripts/bundle.ts DIRECTORY`, from the root of the repository. */
import { bundle } from '../lib/bundle.ts';

const [outdir] = process.argv.slice(2);
if (outdir === undefined) throw new Error('expected the directory to write to');
await bundle(outdir);
