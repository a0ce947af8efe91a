import type { Resolver } from '../resolver.ts';
import { auroraServerless } from './aurora-serverless.ts';
import { networkFirewall } from './network-firewall.ts';
import { rdsProxy } from './rds-proxy.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';

/** In the order in which checks are reported; all of them are asked at the same time. */
export const resolvers: readonly Resolver[] = [
  networkFirewall,
  auroraServerless,
  rdsProxy,
  redshift,
  redshiftServerless,
];
