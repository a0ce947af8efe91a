import { cloudtrail } from './cloudtrail.ts';
import { ec2 } from './ec2.ts';
import { networkFirewall } from './network-firewall.ts';
import { rds } from './rds.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';
import type { Service } from './service.ts';
import { sts } from './sts.ts';

const all = [ec2, cloudtrail, rds, redshift, redshiftServerless, networkFirewall, sts];

export const services: readonly Service[] = all;

/** `rds:DescribeDBProxies`, as in IAM, for each operation; `rds:*` for all of a service. */
export type OperationTarget = TargetOf<(typeof all)[number]>;

type TargetOf<S extends Service> = S extends Service
  ? `${S['id']}:${(keyof S['operations'] & string) | '*'}`
  : never;
