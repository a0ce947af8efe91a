/** Makes openapi.yaml and what GET /openapi.json serves: `npm run openapi`, from the root of the repository. */
import { readFileSync, writeFileSync } from 'node:fs';
import { makeDocument, toJson, toYaml } from './openapi-document.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const document = makeDocument(version);
writeFileSync('openapi.yaml', toYaml(document));
writeFileSync('lambda/http/openapi.json', toJson(document));
