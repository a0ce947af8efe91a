/** `npm run docs` writes every generated part of the repository, and says which have changed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generated } from './generated.ts';

const changed = [...generated()].filter(
  ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
);
for (const [file, text] of changed) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
console.log(changed.length === 0 ? 'nothing changed' : changed.map(([file]) => `wrote ${file}`).join('\n'));
