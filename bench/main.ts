/** `npm run bench` prints what is measured; `npm run bench -- --write` puts it into the README too. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildBundle } from './bundles.ts';
import { measureByHand } from './by-hand.ts';
import { measureColdStart } from './cold-start.ts';
import { measureLookups, measureOrphan, rowsOfLookups } from './lookups.ts';
import { measureMemory } from './memory.ts';
import { loadCode, startPlace } from './program.ts';
import { renderKinds, renderRows, writeInto } from './report.ts';
import { measureSurvey } from './survey.ts';
import { measureSweeps } from './sweep.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
// Not `performance.now`, which the measurements put forward.
const startedAt = Date.now();
const [loadBefore = 0] = loadavg();

const bundle = await buildBundle('lambda', 'main');
const coldStart = await announced('loading the bundle', () => measureColdStart(bundle));
const code = await loadCode();
const [small, large] = await announced('starting the accounts', () =>
  Promise.all([startPlace(code, 30, true), startPlace(code, 1_500)]),
);
const memory = await announced('first lookups', () => measureMemory(bundle, large));
const [inSmall = [], inLarge = []] = await announced('lookups alone', () => measureLookups([small, large]));
const orphan = await announced('an orphan', () => measureOrphan(small));
const byHand = await announced('by hand', () => measureByHand(small));
for (const place of [small, large]) place.close();
const survey = await announced('surveys', measureSurvey);
const sweeps = await announced('sweeps', () => measureSweeps(bundle, code));
for (const built of [bundle, code]) await built.remove();

const rows = [...rowsOfLookups(inSmall, inLarge), orphan, ...byHand, ...coldStart, memory, survey, ...sweeps];
const report = [renderRows(rows), renderKinds(inSmall, inLarge), circumstances()].join('\n\n');
console.log(report);
if (values.write) await writeFile('README.md', writeInto(await readFile('README.md', 'utf8'), report));

function circumstances(): string {
  const cores = cpus();
  const processor = cores[0]?.model.trim() || 'unknown';
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured in ${seconds} s on ${date}: Node.js ${process.versions.node}, ${cores.length} cores (${processor}), load ${loadBefore.toFixed(1)} before.`;
}

/** Minutes are long without a word. */
async function announced<T>(what: string, work: () => Promise<T>): Promise<T> {
  console.error(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${what}`);
  return work();
}
