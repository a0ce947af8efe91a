export { EC2Client as Client, paginateDescribeNatGateways } from '@aws-sdk/client-ec2';

export const prefix = 'ec2';
