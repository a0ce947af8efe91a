import { RemovalPolicy } from 'aws-cdk-lib';
import type { Settings } from './settings.ts';

/** Of both logs: whoever removes the deployment chooses whether what it logged goes with it. */
export function logRemovalPolicy({ logRemoval }: Settings): RemovalPolicy {
  return logRemoval === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
