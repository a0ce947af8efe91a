/** Every file that is generated, or has parts that are, with what must stand in it. A test compares, `npm run docs` writes. */
import { readFileSync } from 'node:fs';
import { architecture } from './architecture.ts';
import { costText } from './cost-table.ts';
import { makeDocument, toJson, toYaml } from './openapi-document.ts';
import { permissionsTable } from './permissions-table.ts';
import { withBlock } from './readme-block.ts';
import { describeCounts } from './reliability-counts.ts';
import { servicesTable } from './services-table.ts';

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->` in the README. */
const blocks: Readonly<Record<string, () => string>> = {
  services: servicesTable,
  counts: describeCounts,
  permissions: permissionsTable,
  cost: costText,
};

export function generated(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const document = makeDocument(version);
  const readme = Object.entries(blocks).reduce(
    (text, [name, make]) => withBlock(text, name, make()),
    readFileSync('README.md', 'utf8'),
  );
  return new Map([
    ['README.md', readme],
    ['docs/architecture.svg', architecture()],
    ['openapi.yaml', toYaml(document)],
    ['lambda/http/openapi.json', toJson(document)],
  ]);
}
