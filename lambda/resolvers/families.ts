/** Services that share a principal and a service-linked role, and what no interface endpoint's maker can make. */
import type { Family, Marks } from '../model/service.ts';

export const rds: Family = {
  id: 'rds',
  name: 'Amazon RDS',
  principals: ['rds'],
  roles: ['AWSServiceRoleForRDS'],
};

export const redshiftFamily: Family = {
  id: 'redshift',
  name: 'Amazon Redshift',
  principals: ['redshift'],
  roles: ['AWSServiceRoleForRedshift'],
};

/** It provisions what other services need of it. */
export const lattice: Family = {
  id: 'vpc-lattice',
  name: 'Amazon VPC Lattice',
  principals: ['vpc-lattice'],
  roles: ['AWSServiceRoleForVpcLattice'],
};

/** What is connected to is reached through interface endpoints (documented); this one leads to an appliance. */
export const neverAnAppliance: NonNullable<Marks['never']> = {
  GatewayLoadBalancer: 'a GatewayLoadBalancer endpoint leads to an appliance, and not to a service',
};
