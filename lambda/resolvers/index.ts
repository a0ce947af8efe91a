import type { Resolver } from '../resolver.ts';
import { auroraServerless } from './aurora-serverless.ts';
import { networkFirewall } from './network-firewall.ts';
import { rdsProxy } from './rds-proxy.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';

/**
 * In the order in which checks are reported, and asked: all at the same time, but one process sends and reads one after
 * the other. First whose answers are short, or settle the question without DNS; last whose service has ended.
 */
export const resolvers: readonly Resolver[] = [
  networkFirewall,
  redshiftServerless,
  redshift,
  rdsProxy,
  auroraServerless,
];
