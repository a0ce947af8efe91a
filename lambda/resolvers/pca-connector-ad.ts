import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { dateOfSeconds, hostOf, present, readItems, required, unsettled } from './helpers.ts';
import type { Connector } from './sdk/pca-connector-ad.ts';

const sdk = () => import('./sdk/pca-connector-ad.ts');

/**
 * AWS Private CA Connector for Active Directory: connectors, each with an endpoint in the VPC of its directory.
 *
 * Source: the list does not name the VPC endpoint. That the certificate enrolment endpoint is an alias of it is unverified:
 * where it is one, that proves it. Where it is none, a connector with one of the endpoint's security groups is a candidate, and
 * any other one leaves it open whose the endpoint is: the list names neither VPC nor subnets. How many endpoints one has nobody
 * documents. One that failed says what it failed at, and not whether its endpoint is left.
 * Cost: one page per 1,000 connectors, and a DNS lookup for each.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/pca-connector-ad/latest/APIReference/API_ListConnectors.html
 */
export const pcaConnectorAd: Service = {
  id: 'pca-connector-ad',
  name: 'AWS Private CA Connector for Active Directory',
  marks: { principals: ['pca-connector-ad'], never: neverAnAppliance },
  actions: { 'pca-connector-ad:ListConnectors': 'anything' },
  lists: [{ read: connectors }],
  unlisted: null,
  console: () => 'pca-connector-ad/home',
  removal: ({ id, arn }, { region }) => ({
    summary: `Delete the connector ${id}; AWS then deletes the endpoint with it.`,
    commands: [
      ['aws', 'pca-connector-ad', 'delete-connector', '--connector-arn', arn ?? id, '--region', region],
    ],
    warnings: [
      'Nothing in its directory can enrol for certificates any more, nor renew them.',
      'The directory stays registered with AWS Private CA.',
    ],
    documentation:
      'https://docs.aws.amazon.com/pca-connector-ad/latest/APIReference/API_DeleteConnector.html',
  }),
};

async function* connectors(aws: Aws): AsyncGenerator<Items> {
  const { client, ListConnectorsCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) =>
    client.send(new ListConnectorsCommand({ MaxResults: 1000, NextToken })),
  );
  for await (const page of pages('pca-connector-ad:ListConnectors', listed, 'Connectors'))
    yield readItems(page, toResource);
}

function toResource(connector: Connector): Resource {
  const { Arn, CertificateEnrollmentPolicyServerEndpoint, CreatedAt, Status, VpcInformation } = connector;
  const arn = required(Arn, 'pca-connector-ad:ListConnectors');
  const hostnames = present(CertificateEnrollmentPolicyServerEndpoint).map(hostOf);
  return {
    type: 'AWS::PCAConnectorAD::Connector',
    // It has no name.
    id: arn.split('/').at(-1) ?? arn,
    arn,
    shows: { hostnames },
    network: { securityGroupIds: VpcInformation?.SecurityGroupIds },
    createdAt: dateOfSeconds(CreatedAt),
    state: stateOf(Status, hostnames),
  };
}

/** One that failed will show no enrolment endpoint later. */
function stateOf(status: string | undefined, hostnames: readonly string[]): Resource['state'] {
  if (status === 'DELETING') return 'deleting';
  const isSettled = hostnames.length > 0 || status === 'FAILED';
  return isSettled ? undefined : unsettled('has no enrolment endpoint yet', status);
}
