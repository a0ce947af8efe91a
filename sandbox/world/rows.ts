/** The lists that every service's endpoints are in: EC2's, and CloudTrail's history of them. */
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { NatGateway, NetworkInterface, VpcEndpoint } from '@aws-sdk/client-ec2';
import { rowsOf } from './account.ts';

export const ec2Rows = rowsOf({
  vpcEndpoints: [] as VpcEndpoint[],
  networkInterfaces: [] as NetworkInterface[],
  natGateways: [] as NatGateway[],
});

/** In any order; LookupEvents answers newest first. */
export const trailRows = rowsOf({ events: [] as Event[] });
