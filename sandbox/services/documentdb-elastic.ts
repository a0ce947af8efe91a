import type { Cluster } from '@aws-sdk/client-docdb-elastic';
import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById } from '../world/example.ts';
import {
  type Generation,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

interface ClusterRow {
  readonly cluster: Partial<Cluster>;
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

const rows = rowsOf({ elasticClusters: [] as ClusterRow[] });

const creator = forwardAccessSession('docdb-elastic');

/** @see https://docs.aws.amazon.com/documentdb/latest/developerguide/API_Operations_Amazon_DocumentDB_Elastic_Clusters.html */
export const documentdbElastic = {
  id: 'documentdb-elastic',
  api: {
    id: 'docdb-elastic',
    protocol: restJson({
      routes: { ListClusters: 'GET /clusters', GetCluster: 'GET /cluster/{clusterArn}' },
      members: 'as-they-are',
      timestamps: 'iso8601',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalServerException', 500],
      },
    }),
    pageToken: 'nextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The nextToken is not valid'),
  },
  rows,
  creator,
  builders: { elasticCluster },
  examples,
  kinds: (generation) => [() => someCluster(generation)],
  operations: {
    ListClusters: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `maxResults must be between 1 and 100, not ${value}`);
      const size = pageSize(input, 'maxResults', { min: 1, max: 100 }, refuse) ?? 100;
      const clusters = rows(region).elasticClusters.map(({ cluster }) => {
        const { clusterName, clusterArn, status } = cluster;
        return { clusterName, clusterArn, status };
      });
      return page('clusters', clusters, size);
    },
    GetCluster: (input, { region }) => {
      const arn = text(input, 'clusterArn');
      const found = rows(region).elasticClusters.find(({ cluster }) => cluster.clusterArn === arn);
      if (found === undefined || found.findable === false)
        throw new AwsError('ResourceNotFoundException', `Cluster ${arn} not found`, 404);
      return { cluster: found.cluster };
    },
  },
} as const satisfies Service;

export interface ElasticClusterMade extends Made {
  readonly row: ClusterRow;
}

function elasticCluster(scope: Scope, options: NamedResourceOptions = {}): ElasticClusterMade {
  const { name = scope.nextName('elastic'), network = newNetwork(scope), status, ...rest } = options;
  const placed = placeEndpoint(scope, { ...rest, name: `elastic/${name}`, network, creator });
  const hostname = `${name}-${scope.accountId}.${scope.region}.docdb-elastic.${scope.dnsSuffix}`;
  const createdAt = rest.resourceCreatedAt ?? placed.endpoint.CreationTimestamp ?? scope.now;
  const row: ClusterRow = {
    cluster: {
      clusterName: name,
      clusterArn: scope.arn('docdb-elastic', `cluster/${scope.uuidOf(`elastic/${name}`)}`),
      status: (status ?? 'ACTIVE') as Cluster['status'],
      clusterEndpoint: publishHostname(scope, hostname, placed, rest),
      createTime: createdAt.toISOString(),
      subnetIds: network.subnets.map(({ subnetId }) => subnetId),
      vpcSecurityGroupIds: [...network.securityGroupIds],
    },
  };
  rows(scope.resources).elasticClusters.push(row);
  const owner: Owner = {
    service: 'documentdb-elastic',
    resourceType: 'AWS::DocDBElastic::Cluster',
    resourceId: name,
    arn: row.cluster.clusterArn ?? null,
    parentArn: null,
  };
  return { ...made(owner, network, placed), row };
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `a DocumentDB elastic cluster, ${words}`,
      elasticCluster(scope, { name: `catalog${suffix}`, createdAt }),
    ),
  ]);
}

function someCluster(generation: Generation): void {
  const hostname = someHostname(generation);
  const made = elasticCluster(generation.build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...hostname,
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, made);
  else owned(generation, made);
}
