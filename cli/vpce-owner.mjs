#!/usr/bin/env node
/** The `vpce-owner` command: in a clone from its sources, in a package from what was built of them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The SDK's notice that Node 20 is near its end says nothing to the people who run this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const sources = fileURLToPath(new URL('main.ts', import.meta.url));
if (existsSync(sources)) {
  await import('../scripts/install.mjs');
  process.argv.splice(2, 0, sources);
  await import('../scripts/run.mjs');
} else {
  await import('../dist/main.mjs');
}
