import type { Made, RegionBuilder } from '../build.ts';
import { type Example, identified, pathOf } from '../world/example.ts';

/** The other ways to ask, of one endpoint in Tokyo and one in Virginia. */
export function requestExamples(tokyo: RegionBuilder, virginia: RegionBuilder): Example[] {
  const shop = tokyo.rdsProxy({ name: 'shop', createdAt: tokyo.daysAgo(30) });
  const billing = virginia.rdsProxy({ name: 'billing', createdAt: virginia.daysAgo(30) });
  const spectrum = virginia.redshiftCluster({ name: 'spectrum', createdAt: virginia.daysAgo(200) });
  return [
    identified('the whole error line', identifyPath(errorLine(tokyo, shop)), shop.owner),
    identified('the error line of another Region', identifyPath(errorLine(virginia, billing)), billing.owner),
    identified(
      'an id in capitals, between blanks',
      identifyPath(`  ${shop.vpcEndpointId.toUpperCase()} `),
      shop.owner,
    ),
    identified('a network interface of an endpoint', identifyPath(interfaceOf(tokyo, shop)), shop.owner),
    identified(
      'an endpoint of another Region',
      pathOf(spectrum.vpcEndpointId, '?region=us-east-1'),
      spectrum.owner,
    ),
    identified('an answer for people', pathOf(shop.vpcEndpointId, '?format=text'), shop.owner),
    ...refusals(tokyo, shop, billing),
  ];
}

function refusals(tokyo: RegionBuilder, shop: Made, elsewhere: Made): Example[] {
  const { networkInterfaceId } = tokyo.instanceInterface(shop.network);
  const refused = (title: string, path: string, status: number, code: string): Example => ({
    title,
    path,
    expect: { status, code },
  });
  const badId = 'invalid-vpc-endpoint-id';
  const unknown = 'vpc-endpoint-not-found';
  const shopWith = (query: string) => pathOf(shop.vpcEndpointId, query);
  return [
    refused('an endpoint that does not exist', pathOf('vpce-0123456789abcdef0'), 404, unknown),
    refused('an endpoint that another Region has', pathOf(elsewhere.vpcEndpointId), 404, unknown),
    refused('a malformed id', pathOf('vpce-123'), 400, badId),
    refused('the id of an endpoint service', pathOf('vpce-svc-0b2f119acb23c050e'), 400, badId),
    refused(
      'a network interface of an EC2 instance',
      identifyPath(networkInterfaceId),
      409,
      'not-an-endpoint-interface',
    ),
    refused(
      'a network interface that does not exist',
      identifyPath('eni-0123456789abcdef0'),
      404,
      'network-interface-not-found',
    ),
    refused('a text without an id', identifyPath('please delete my endpoint'), 400, 'nothing-to-identify'),
    refused('an unknown parameter', shopWith('?verbose=true'), 400, 'invalid-parameter'),
    refused('something that is no Region', shopWith('?region=tokyo'), 400, 'invalid-region'),
    refused('a Region that is not allowed', shopWith('?region=eu-west-1'), 403, 'region-not-allowed'),
  ];
}

function identifyPath(text: string): string {
  return `/identify?q=${encodeURIComponent(text)}`;
}

/** As `aws ec2 delete-vpc-endpoints` prints it. */
function errorLine({ resources }: RegionBuilder, { vpcEndpointId }: Made): string {
  const endpoint = resources.vpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === vpcEndpointId);
  return `${vpcEndpointId} - Operation is not allowed for requester-managed VPC endpoints for the service ${endpoint?.ServiceName}`;
}

function interfaceOf({ resources }: RegionBuilder, { vpcEndpointId }: Made): string {
  const description = `VPC Endpoint Interface ${vpcEndpointId}`;
  return resources.networkInterfaces.find((eni) => eni.Description === description)?.NetworkInterfaceId ?? '';
}
