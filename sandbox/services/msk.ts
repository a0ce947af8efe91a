import { forwardAccessSession } from '../world/creator.ts';
import type { Placed } from '../world/endpoint.ts';
import { type Example, pathOf } from '../world/example.ts';
import { type Generation, someTraits, told, untold } from '../world/generation.ts';
import { type OrdinaryOptions, orphan } from '../world/orphan.ts';
import type { Scope } from '../world/scope.ts';
import type { Service } from './service.ts';

const creator = forwardAccessSession('kafka');

/** Known by its marks only. */
export const msk = {
  id: 'msk',
  creator,
  builders: { mskEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
} as const satisfies Service;

/** MSK writes two tags; `tagged: false` leaves CloudTrail alone to tell. */
function mskEndpoint(scope: Scope, options: OrdinaryOptions & { readonly tagged?: boolean } = {}): Placed {
  const { name = scope.nextName('msk'), ...rest } = options;
  const clusterArn = scope.arn('kafka', `cluster/${name}/${scope.uuidOf(`msk/${name}`)}-s1`);
  const serviceTags = { AWSMSKManaged: 'true', ClusterArn: clusterArn };
  return orphan(scope, { ...rest, name, creator, serviceTags });
}

function examples(scope: Scope): Example[] {
  const createdAt = scope.daysAgo(8);
  const { vpcEndpointId } = mskEndpoint(scope, { name: 'clicks', createdAt, tagged: false });
  return [
    {
      title: 'an endpoint of MSK, by CloudTrail alone',
      path: pathOf(vpcEndpointId),
      expect: { status: 200, verdict: 'service-identified', confidence: 'probable', service: 'msk' },
    },
  ];
}

function someEndpoint(generation: Generation): void {
  const { build, chance, truth } = generation;
  const traits = someTraits(generation);
  const tagged = chance.chance(0.5);
  const { vpcEndpointId } = mskEndpoint(build, { ...traits, tagged });
  truth.set(vpcEndpointId, tagged || traits.event !== false ? told('msk') : untold);
}
