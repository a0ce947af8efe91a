/** What `npm pack` puts into the tarball: the command, built, and the licences of what is built into it. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { bundle } from '../lib/bundle.ts';

const outdir = 'dist';
await rm(outdir, { recursive: true, force: true });
const inputs = await bundle(outdir, { entryPoint: 'cli/main.ts', target: 'node20', credentials: 'any' });
await writeFile(`${outdir}/LICENSES.txt`, await licencesOf(packagesOf(inputs)));

/** The folders of the packages that these files are from. */
function packagesOf(files: readonly string[]): readonly string[] {
  const folders = files.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** Each text once, below the names of those that have it. */
async function licencesOf(folders: readonly string[]): Promise<string> {
  const namesOf = new Map<string, string[]>();
  for (const { name, text } of await Promise.all(folders.map(licenceOf))) {
    namesOf.set(text, [...(namesOf.get(text) ?? []), name]);
  }
  const each = [...namesOf].map(([text, names]) => `${'-'.repeat(80)}\n${names.join('\n')}\n\n${text}`);
  return `What dist/ is built from, beside vpce-owner itself.\n\n${each.join('\n')}`;
}

/** @throws where a package says no licence: it must not be handed on */
async function licenceOf(folder: string): Promise<{ readonly name: string; readonly text: string }> {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} says no licence`);
  const files = (await readdir(folder)).filter((entry) => /^(licen[cs]e|notice)(\.|$)/i.test(entry));
  const texts = await Promise.all(files.sort().map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return { name: `${name} ${version}: ${license}`, text: texts.join('\n') };
}
