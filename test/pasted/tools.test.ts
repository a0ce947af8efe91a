import { describe, expect, test } from '@jest/globals';
import { askedIn, id, service } from '../support/asked.ts';

const serviceName = `com.amazonaws.vpce.ap-northeast-1.${service}`;
const refused = `Operation is not allowed for requester-managed VPC endpoints for the service ${serviceName}`;

/** What it is, the text, and the Regions in the order of asking. */
const texts: readonly (readonly [string, string, readonly string[]])[] = [
  ['the refusal of delete-vpc-endpoints', `${id} - ${refused}.`, ['ap-northeast-1']],
  [
    'its JSON',
    `{\n    "Unsuccessful": [\n        {\n            "Error": {\n                "Code": "InvalidParameter",\n                "Message": "${refused}"\n            },\n            "ResourceId": "${id}"\n        }\n    ]\n}`,
    ['ap-northeast-1'],
  ],
  ['its text output', `UNSUCCESSFUL\t${id}\nERROR\tInvalidParameter\t${refused}`, ['ap-northeast-1']],
  [
    'the command that failed',
    `$ aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id} --region "ap-northeast-1" --profile prod`,
    ['ap-northeast-1'],
  ],
  [
    'a command with a variable',
    `AWS_REGION=us-west-2 aws ec2 describe-vpc-endpoints --vpc-endpoint-ids=${id}`,
    ['us-west-2'],
  ],
  [
    'a command in lines',
    `aws ec2 delete-vpc-endpoints \\\n  --vpc-endpoint-ids ${id} \\\n  --region=sa-east-1`,
    ['sa-east-1'],
  ],
  [
    'an exported variable',
    `export AWS_DEFAULT_REGION='eu-central-1'\naws ec2 delete-vpc-endpoints --vpc-endpoint-ids '${id}'`,
    ['eu-central-1'],
  ],
  [
    'an error of EC2',
    `An error occurred (InvalidVpcEndpointId.NotFound) when calling the DeleteVpcEndpoints operation: The Vpc Endpoint Id '${id}' does not exist`,
    [],
  ],
  [
    'a table',
    `|  DescribeVpcEndpoints   |\n+-------------------------+\n|  VpcEndpointId          |  ServiceName |\n|  ${id}  |  ${serviceName}  |`,
    ['ap-northeast-1'],
  ],
  [
    'YAML output',
    `VpcEndpoints:\n- ServiceName: ${serviceName}\n  VpcEndpointId: ${id}\n  VpcId: vpc-0d1e2f3a4b5c6d7e8`,
    ['ap-northeast-1'],
  ],
  [
    'all that is described, of a service in another Region',
    JSON.stringify({
      VpcEndpointId: id,
      VpcId: 'vpc-0d1e2f3a4b5c6d7e8',
      ServiceName: `com.amazonaws.vpce.us-east-1.${service}`,
      ServiceRegion: 'us-east-1',
      SubnetIds: ['subnet-0a1b2c3d4e5f60718'],
      NetworkInterfaceIds: ['eni-0a1b2c3d4e5f60718', 'eni-0b2c3d4e5f6071829'],
      Groups: [{ GroupId: 'sg-0c3d4e5f60718293a', GroupName: 'default' }],
      DnsEntries: [{ DnsName: `${id}-1hbywnw6.${service}.us-west-2.vpce.amazonaws.com` }],
    }),
    ['us-west-2', 'us-east-1'],
  ],
  [
    'an event of CloudFormation',
    `DELETE_FAILED  AWS::EC2::VPCEndpoint  Endpoint  Resource handler returned message: "${refused} (Service: Ec2, Status Code: 400, Request ID: 1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901)" (RequestToken: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0, HandlerErrorCode: InvalidRequest) ${id}`,
    ['ap-northeast-1'],
  ],
  [
    'a stack of CloudFormation',
    `arn:aws:cloudformation:us-east-2:111122223333:stack/net/1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901 The following resource(s) failed to delete: [${id}].`,
    ['us-east-2'],
  ],
  [
    'a box of Terraform',
    `╷\n│ Error: deleting EC2 VPC Endpoint (${id}): InvalidParameter: ${refused}\n│ \n╵`,
    ['ap-northeast-1'],
  ],
  ['progress of Terraform', `aws_vpc_endpoint.this["rds"]: Still destroying... [id=${id}, 10s elapsed]`, []],
  [
    'a generated name of Terraformer',
    `resource "aws_vpc_endpoint" "tfer--${id}" {\n  region = "me-south-1"\n}`,
    ['me-south-1'],
  ],
  [
    'state of Terraform',
    `# aws_vpc_endpoint.this:\nresource "aws_vpc_endpoint" "this" {\n    arn          = "arn:aws:ec2:ca-central-1:111122223333:vpc-endpoint/${id}"\n    id           = "${id}"\n    service_name = "${serviceName}"\n}`,
    ['ca-central-1', 'ap-northeast-1'],
  ],
  ['an import', `terraform import 'module.net["a"].aws_vpc_endpoint.e' ${id}`, []],
  [
    'coloured Terraform in a CI log',
    `2026-10-01T03:12:44.123Z \u001b[31m│\u001b[0m \u001b[0m\u001b[1m\u001b[31mError: \u001b[0m\u001b[0m\u001b[1mdeleting \u001b[4m${id}\u001b[0m`,
    [],
  ],
  [
    'the same with its escapes spelt out',
    `\\u001b[31mError:\\u001b[0m \\x1b[1m${id}\\x1b[0m \\033[2m(us-gov-east-1)\\033[0m`,
    ['us-gov-east-1'],
  ],
  [
    'CDK',
    `❌  NetStack failed: Error: The stack named NetStack is in a failed state: DELETE_FAILED (Resource ${id} has a dependency) at https://console.aws.amazon.com/cloudformation/home?region=ap-south-1#/stacks`,
    ['ap-south-1'],
  ],
  [
    'Pulumi',
    `aws:ec2:VpcEndpoint (prod-${id}):\n    error: deleting urn:pulumi:prod::net::aws:ec2/vpcEndpoint:VpcEndpoint::db: 1 error occurred:\n    * ${refused}`,
    ['ap-northeast-1'],
  ],
  ['a Pulumi option', `pulumi config set aws:region eu-north-1 # ${id}`, ['eu-north-1']],
  [
    'Ansible',
    `fatal: [localhost]: FAILED! => {"changed": false, "msg": "couldn't delete ${id}", "region": "us-west-1"}`,
    ['us-west-1'],
  ],
  [
    'Python',
    `botocore.exceptions.ClientError: An error occurred (InvalidParameter) when calling DeleteVpcEndpoints: {'VpcEndpointIds': ['${id}'], 'region_name': 'eu-west-3'}`,
    ['eu-west-3'],
  ],
  [
    'Go',
    `operation error EC2: DeleteVpcEndpoints, https response error StatusCode: 400, api error InvalidParameter: [${id}] https://ec2.eu-south-2.amazonaws.com/`,
    ['eu-south-2'],
  ],
  ['Java', `DeleteVpcEndpointsRequest(VpcEndpointIds=[${id}]) Ec2Client{region=af-south-1}`, ['af-south-1']],
  [
    'Kubernetes',
    `Warning  FailedCleanup  vpcendpoint/${id}  node ip-10-0-1-2.eu-central-2.compute.internal zone=eu-central-2b`,
    ['eu-central-2'],
  ],
  [
    'nslookup',
    `orders.proxy-abc123.us-east-1.rds.amazonaws.com\tcanonical name = ${id}-1hbywnw6.${service}.us-east-1.vpce.amazonaws.com.`,
    ['us-east-1'],
  ],
  [
    'dig, in a zone',
    `;; ANSWER SECTION:\nx. 60 IN CNAME ${id}-1hbywnw6-us-east-1a.${service}.us-east-1.vpce.amazonaws.com.`,
    ['us-east-1'],
  ],
  ['a hostname of China', `${id}-1hbywnw6.${service}.cn-north-1.vpce.amazonaws.com.cn`, ['cn-north-1']],
  [
    'curl',
    `curl: (28) Failed to connect to ${id}-1hbywnw6.execute-api.il-central-1.vpce.amazonaws.com port 443`,
    ['il-central-1'],
  ],
  ['an SQL row', ` ${id} | ap-southeast-2 | 111122223333 | available\n(1 row)`, ['ap-southeast-2']],
  [
    'an endpoint whose service is in another Region',
    `"VpcEndpointId": "${id}", "ServiceRegion": "us-east-1", "AvailabilityZone": "us-west-2a"`,
    ['us-west-2', 'us-east-1'],
  ],
  ['a wrapped terminal', 'Error: could not delete vpce-0ce9fdcdd\n    4aa4097e: not allowed', []],
  ['a terminal that wraps in the prefix', 'deleting vpc\ne-0ce9fdcdd4aa4097e failed', []],
  ['a wrapped cell', '| vpce-0ce9fdc |\n| dd4aa4097e   |', []],
  ['a highlighted grep', `endpoints.txt:12:\u001b[01;31m\u001b[Kvpce-0ce9\u001b[m\u001b[Kfdcdd4aa4097e`, []],
  ['a diff', `-  vpc_endpoint_id = "${id}"\n+  vpc_endpoint_id = null`, []],
  [
    'a URL-encoded query',
    `filter=%257B%2522id%2522%253A%2522${id}%2522%257D%26region%3Dus-east-2`,
    ['us-east-2'],
  ],
  ['an encoded path', `https%3A%2F%2Fexample.com%252Fendpoints%252F${id}%2Fdetails`, []],
];

describe('what tools print', () => {
  test.each(texts)('%s', (_, text, regions) => {
    expect(askedIn(text)).toEqual({ ids: [id], regions });
  });
});
