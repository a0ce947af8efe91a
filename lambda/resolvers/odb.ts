import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { lattice, neverAnAppliance } from './families.ts';
import { dateOf, present, readItems, required, unsettled } from './helpers.ts';
import type { OdbNetwork } from './sdk/odb.ts';

const sdk = () => import('./sdk/odb.ts');

/**
 * Oracle Database@AWS: ODB networks, each with the endpoint of its default service network.
 *
 * Source: ListOdbNetworks names the endpoint (documented), of which there is one. Its type is ServiceNetwork by the API's
 * reference; CloudFormation's says otherwise, so that other types are not ruled out, but asked about last. Nobody says whose
 * VPC it is in: where that is another account's, the id is never asked for here, and nothing comes of it. Lattice provisions
 * it (documented), so a creation by Lattice speaks for an ODB network too.
 * One that lists no endpoint may have none. It is no owner, but no orphan is declared beside it; while it changes it is unsure.
 * Cost: one page per 1,000 networks. Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/odb/latest/APIReference/API_ListOdbNetworks.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/vpc-lattice-oci.html
 */
export const odb: Service = {
  id: 'odb',
  name: 'Oracle Database@AWS',
  ids: /odbnet_[0-9a-z]{10}/,
  marks: { principals: ['odb'], family: lattice, types: ['ServiceNetwork'], never: neverAnAppliance },
  actions: { 'odb:ListOdbNetworks': 'anything' },
  lists: [{ read: networks }],
  unlisted: null,
  console: () => 'odb/home',
  removal: ({ id }, { region }) => ({
    summary: `Delete the ODB network ${id}; AWS then deletes the endpoint with it.`,
    commands: [
      ['aws', 'odb', 'delete-odb-network', '--odb-network-id', id]
        .concat(['--no-delete-associated-resources'])
        .concat(['--region', region]),
    ],
    warnings: [
      'The VM clusters in this network, with their databases, and its peering connections have to go first: what they serve is lost.',
      "The databases' backups to Amazon S3 go through this endpoint.",
      "The network's resources at Oracle stay: --delete-associated-resources takes them too.",
    ],
    documentation: 'https://docs.aws.amazon.com/odb/latest/APIReference/API_DeleteOdbNetwork.html',
  }),
};

async function* networks(aws: Aws): AsyncGenerator<Items> {
  const { client, ListOdbNetworksCommand } = await aws(sdk);
  const listed = pageByPage((nextToken) =>
    client.send(new ListOdbNetworksCommand({ maxResults: 1000, nextToken })),
  );
  for await (const page of pages('odb:ListOdbNetworks', listed, 'odbNetworks'))
    yield readItems(page, toResource);
}

function toResource(network: OdbNetwork): Resource {
  const endpointIds = present(network.managedServices?.serviceNetworkEndpoint?.vpcEndpointId);
  const isListed = endpointIds.length > 0;
  return {
    type: 'AWS::ODB::OdbNetwork',
    id: required(network.odbNetworkId, 'odb:ListOdbNetworks'),
    arn: network.odbNetworkArn ?? null,
    shows: { endpointIds },
    network: {},
    ...(isListed ? { mostEndpoints: 'as-listed' } : {}),
    createdAt: dateOf(network.createdAt),
    state: stateOf(network.status, isListed),
  };
}

function stateOf(status: string | undefined, isListed: boolean): Resource['state'] {
  if (status === 'TERMINATING') return 'deleting';
  const isSettled = status === 'AVAILABLE' || status === 'FAILED' || status === 'TERMINATED';
  return isListed || isSettled ? undefined : unsettled('does not say its VPC endpoint', status);
}
