import { App } from 'aws-cdk-lib';
import { parseContext } from '../lib/context.ts';
import type { Settings } from '../lib/settings.ts';
import { VpceOwnerStack } from '../lib/vpce-owner-stack.ts';

const app = new App();
new VpceOwnerStack(app, settings());

/** A value that was mistyped needs a sentence, not a stack trace. */
function settings(): Settings {
  // Without credentials the CDK does not know where it would deploy, and makes a Region up.
  const { CDK_DEFAULT_ACCOUNT, CDK_DEFAULT_REGION } = process.env;
  const stackRegion = CDK_DEFAULT_ACCOUNT === undefined ? undefined : CDK_DEFAULT_REGION;
  try {
    return parseContext(app.node.getAllContext(), stackRegion);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
