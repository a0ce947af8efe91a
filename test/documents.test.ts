import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const documents = ['.', 'docs', 'docs/adr', 'docs/services'].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : [])),
);

test.each(documents)('every file that %s links to exists', (document) => {
  const links = readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
  const missing = [...links].map(([, path = '']) => path).filter((path) => !exists(document, path));
  expect(missing).toEqual([]);
});

test('every document is reached from the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  const unlinked = documents.filter((path) => /^docs\/[^/]+$/.test(path) && !readme.includes(`](${path})`));
  expect(unlinked).toEqual([]);
});

function exists(document: string, path: string): boolean {
  return existsSync(join(dirname(document), path));
}
