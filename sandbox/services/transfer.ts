import { forwardAccessSession } from '../world/creator.ts';
import type { Placed } from '../world/endpoint.ts';
import { type Example, pathOf } from '../world/example.ts';
import { type Generation, someTraits, told } from '../world/generation.ts';
import { type OrdinaryOptions, orphan } from '../world/orphan.ts';
import type { Scope } from '../world/scope.ts';
import type { Service } from './service.ts';

const creator = forwardAccessSession('transfer');

/** Known by its marks only. */
export const transfer = {
  id: 'transfer',
  creator,
  builders: { transferEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
} as const satisfies Service;

/** Transfer Family's servers have service names of their own, and no tags. */
function transferEndpoint(scope: Scope, options: OrdinaryOptions = {}): Placed {
  const { name = scope.nextName('transfer'), ...rest } = options;
  const serviceName = `com.amazonaws.${scope.region}.transfer.server.c-0026`;
  return orphan(scope, { serviceName, ...rest, name, creator });
}

function examples(scope: Scope): Example[] {
  const { vpcEndpointId } = transferEndpoint(scope, { name: 'sftp', createdAt: scope.daysAgo(500) });
  return [
    {
      title: 'an endpoint of Transfer Family, by its service name',
      path: pathOf(vpcEndpointId),
      expect: { status: 200, verdict: 'service-identified', confidence: 'probable', service: 'transfer' },
    },
  ];
}

function someEndpoint(generation: Generation): void {
  const { vpcEndpointId } = transferEndpoint(generation.build, someTraits(generation));
  generation.truth.set(vpcEndpointId, told('transfer'));
}
