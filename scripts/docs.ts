/** `npm run docs` writes every generated part of the repository, and says which have changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generated } from './generated.ts';

const changed = [...generated()].filter(([file, text]) => readFileSync(file, 'utf8') !== text);
for (const [file, text] of changed) writeFileSync(file, text);
console.log(changed.length === 0 ? 'nothing changed' : changed.map(([file]) => `wrote ${file}`).join('\n'));
