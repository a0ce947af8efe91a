import { serviceLinkedRole } from '../world/creator.ts';
import { type Placed, placeEndpoint } from '../world/endpoint.ts';
import { type Example, pathOf } from '../world/example.ts';
import { type Generation, someNetwork, someTraits } from '../world/generation.ts';
import { network as newNetwork } from '../world/network.ts';
import type { OrdinaryOptions } from '../world/orphan.ts';
import type { Scope } from '../world/scope.ts';
import type { Service } from './service.ts';

const creator = serviceLinkedRole('guardduty', 'AWSServiceRoleForAmazonGuardDuty');

/** Known by its marks only. */
export const guardDuty = {
  id: 'guardduty',
  creator,
  builders: { guardDutyEndpoint },
  examples,
  kinds: (generation) => [() => someEndpoint(generation)],
} as const satisfies Service;

/** GuardDuty's Runtime Monitoring makes one in each VPC, and leaves it to the customer to delete. */
function guardDutyEndpoint(scope: Scope, options: OrdinaryOptions = {}): Placed {
  const { name = scope.nextName('guardduty'), network = newNetwork(scope), ...rest } = options;
  return placeEndpoint(scope, {
    serviceName: `com.amazonaws.${scope.region}.guardduty-data`,
    requesterManaged: false,
    ...rest,
    name: `guardduty/${name}`,
    network,
    creator,
    serviceTags: { GuardDutyManaged: 'true' },
  });
}

function examples(scope: Scope): Example[] {
  const { vpcEndpointId } = guardDutyEndpoint(scope, { name: 'guard', createdAt: scope.daysAgo(500) });
  return [
    {
      title: "GuardDuty's endpoint, which its customer may delete",
      path: pathOf(vpcEndpointId),
      expect: {
        status: 200,
        verdict: 'not-requester-managed',
        service: 'guardduty',
        action: 'delete-endpoint',
      },
    },
  ];
}

function someEndpoint(generation: Generation): void {
  const { build, truth } = generation;
  const options = { ...someTraits(generation), network: someNetwork(generation) };
  const { vpcEndpointId } = guardDutyEndpoint(build, options);
  truth.set(vpcEndpointId, { owner: null, verdicts: ['not-requester-managed'], services: ['guardduty'] });
}
