import { forwardAccessSession } from '../../world/creator.ts';
import { type Example, eachAge, identifiedById } from '../../world/example.ts';
import {
  type Generation,
  hidden,
  type Kind,
  owned,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../../world/generation.ts';
import { network as newNetwork } from '../../world/network.ts';
import type { Scope } from '../../world/scope.ts';
import { type ClusterMade, redshiftCluster, redshiftEndpointAccess } from './build.ts';

/** Who restores a cluster, for instance, makes the endpoint in the name of Redshift. */
const caller = forwardAccessSession('redshift');

export function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const event = { creator: caller };
    const sales = redshiftCluster(scope, { name: `sales${suffix}`, createdAt, event });
    const events = redshiftCluster(scope, { name: `events${suffix}`, createdAt, listed: false });
    const desk = redshiftEndpointAccess(scope, {
      name: `desk${suffix}`,
      cluster: sales,
      network: newNetwork(scope, { range: '10.2' }),
      createdAt,
    });
    const granted = redshiftEndpointAccess(scope, {
      name: `granted${suffix}`,
      cluster: { clusterIdentifier: 'finance', resourceOwner: '777788889999' },
      createdAt,
    });
    return [
      identifiedById(`a Redshift cluster that lists the endpoint, ${words}`, sales),
      identifiedById(`a Redshift cluster by its alias alone, ${words}`, events),
      identifiedById(`a Redshift-managed VPC endpoint, ${words}`, desk),
      identifiedById(`a Redshift-managed VPC endpoint to another account's cluster, ${words}`, granted),
    ];
  });
}

export function kinds(generation: Generation): Kind[] {
  const clusters: ClusterMade[] = [];
  return [() => clusters.push(someCluster(generation)), () => giveAccess(generation, clusters)];
}

function someCluster(generation: Generation): ClusterMade {
  const { build, chance } = generation;
  const options = {
    ...someTraits(generation, [caller]),
    ...someLies(generation),
    ...someHostname(generation, true),
    network: someNetwork(generation),
    listed: chance.chance(0.7),
  };
  const made = redshiftCluster(build, options);
  const isReachable = options.listed || !['public', 'nowhere'].includes(options.resolves);
  if (isReachable) owned(generation, made);
  else hidden(generation, made.vpcEndpointId, made.owner);
  return made;
}

function giveAccess(generation: Generation, clusters: readonly ClusterMade[]): void {
  const { build, chance } = generation;
  const own = clusters[chance.integer(clusters.length)];
  const granted = { clusterIdentifier: 'granted', resourceOwner: '777788889999' };
  const made = redshiftEndpointAccess(build, {
    ...someTraits(generation, [caller]),
    ...someLies(generation),
    ...someHostname(generation, true),
    network: someNetwork(generation),
    cluster: own === undefined || chance.chance(0.2) ? granted : own,
  });
  owned(generation, made);
}
