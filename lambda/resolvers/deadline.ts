import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { absent, describeEach, hostOf, present, required, requiredIds, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/deadline.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * AWS Deadline Cloud: license endpoints. How many VPC endpoints one has nobody documents.
 *
 * Source: Deadline does not list the VPC endpoint. What its `dnsName` is, was not seen: an alias of the endpoint and a name
 * of the endpoint's own both prove it. Where it is neither, addresses are compared, and a license endpoint in the same VPC,
 * subnets and groups is a candidate. That it is made for a fleet too, only CloudFormation's permissions hint at.
 * Cost: one page per 100 license endpoints, one call for each, and a DNS lookup.
 * Missing: an empty page. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_GetLicenseEndpoint.html
 */
export const deadline: Service = {
  id: 'deadline',
  name: 'AWS Deadline Cloud',
  ids: /le-[0-9a-f]{32}/,
  marks: { principals: ['deadline'], never: neverAnAppliance },
  actions: {
    'deadline:GetLicenseEndpoint': [['deadline', 'license-endpoint/*']],
    'deadline:ListLicenseEndpoints': 'anything',
  },
  lists: [{ read: licenseEndpoints }],
  askedLast: true,
  unlisted: {
    what: 'the Deadline Cloud fleet that reaches resources of a VPC',
    command: ['aws', 'deadline', 'list-farms'],
  },
  console: () => 'deadlinecloud/home#/license-endpoints',
  removal: ({ id }, { region }) => ({
    summary: `Delete the license endpoint ${id}; AWS then deletes the VPC endpoint with it.`,
    commands: [
      ['aws', 'deadline', 'delete-license-endpoint', '--license-endpoint-id', id, '--region', region],
    ],
    warnings: [
      'Render nodes in this VPC get no license of metered products any more.',
      'AWS may refuse it while metered products are on it: list-metered-products shows them, and delete-metered-product takes one off.',
    ],
    documentation:
      'https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_DeleteLicenseEndpoint.html',
  }),
};

async function* licenseEndpoints(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListLicenseEndpoints } = await aws(sdk);
  const listed = paginateListLicenseEndpoints({ client }, { maxResults: 100 });
  for await (const page of pages('deadline:ListLicenseEndpoints', listed, 'licenseEndpoints')) {
    const ids = page.map(({ licenseEndpointId }) =>
      required(licenseEndpointId, 'deadline:ListLicenseEndpoints'),
    );
    yield describeEach('deadline:GetLicenseEndpoint', ids, (id) => describeLicenseEndpoint(aws, id));
  }
}

async function describeLicenseEndpoint(aws: Aws, licenseEndpointId: string): Promise<Resource | undefined> {
  const { client, GetLicenseEndpointCommand } = await aws(sdk);
  const found = await client.send(new GetLicenseEndpointCommand({ licenseEndpointId })).catch(notFound);
  if (found === undefined) return undefined;
  const hostnames = present(found.dnsName).map(hostOf);
  return {
    type: 'AWS::Deadline::LicenseEndpoint',
    id: licenseEndpointId,
    arn: null,
    shows: { hostnames },
    network: {
      vpcId: found.vpcId,
      subnetIds: requiredIds(found.subnetIds, 'deadline:GetLicenseEndpoint'),
      securityGroupIds: found.securityGroupIds,
    },
    state: stateOf(found.status, hostnames),
  };
}

function stateOf(status: string | undefined, hostnames: readonly string[]): Resource['state'] {
  if (status === 'DELETE_IN_PROGRESS') return 'deleting';
  return hostnames.length > 0 ? undefined : unsettled('has no DNS name yet', status);
}
