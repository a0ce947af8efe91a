/** Runs a TypeScript file of this repository: `node scripts/run.mjs FILE [ARGUMENT …]`. */
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

// The SDK's notice that Node 20 is near its end says nothing to the people who run this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
register();
const [file] = process.argv.splice(2, 1);
await import(pathToFileURL(file).href);
