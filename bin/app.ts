import { App } from 'aws-cdk-lib';
import { parseContext, type Settings } from '../lib/context.ts';
import { VpceOwnerStack } from '../lib/vpce-owner-stack.ts';

const app = new App();
new VpceOwnerStack(app, settings());

/** A value that was mistyped needs a sentence, not a stack trace. */
function settings(): Settings {
  try {
    return parseContext(app.node.getAllContext());
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
