export {
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client as Client,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2';

export const prefix = 'ec2';
