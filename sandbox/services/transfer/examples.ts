import { type Example, eachAge, identifiedById, pathOf } from '../../world/example.ts';
import {
  type Generation,
  type Kind,
  owned,
  someLies,
  someNetwork,
  someTraits,
  told,
} from '../../world/generation.ts';
import type { Scope } from '../../world/scope.ts';
import { publicTransferServer, transferEndpoint, transferServer, transferWebApp } from './build.ts';

export function examples(scope: Scope): Example[] {
  publicTransferServer(scope, { name: 'partners' });
  const left = transferEndpoint(scope, { name: 'sftp', createdAt: scope.daysAgo(500) });
  const own = transferServer(scope, {
    name: 'legacy',
    createdAt: scope.daysAgo(2000),
    endpointType: 'VPC_ENDPOINT',
  });
  return [
    ...eachAge(scope, ({ words, suffix }, createdAt) => [
      identifiedById(
        `a Transfer Family server, ${words}`,
        transferServer(scope, { name: `uploads${suffix}`, createdAt }),
      ),
      identifiedById(
        `a Transfer Family web app, ${words}`,
        transferWebApp(scope, { name: `browse${suffix}`, createdAt }),
      ),
    ]),
    {
      title: 'an endpoint that a deleted Transfer Family server left behind, by its service name',
      path: pathOf(left.vpcEndpointId),
      expect: {
        status: 200,
        verdict: 'service-identified',
        confidence: 'probable',
        service: 'transfer',
        action: 'contact-support',
      },
    },
    {
      title: "a customer's own endpoint that a Transfer Family server of the deprecated type uses",
      path: pathOf(own.vpcEndpointId),
      expect: { status: 200, verdict: 'not-requester-managed', service: 'transfer' },
    },
  ];
}

export function kinds(generation: Generation): Kind[] {
  const { build, truth } = generation;
  const traits = () => ({ ...someTraits(generation), network: someNetwork(generation) });
  return [
    () => owned(generation, transferServer(build, { ...traits(), ...someLies(generation) })),
    () => owned(generation, transferWebApp(build, { ...traits(), ...someLies(generation) })),
    () => someDecoy(generation),
    () => {
      const { vpcEndpointId } = transferEndpoint(build, someTraits(generation));
      truth.set(vpcEndpointId, told('transfer'));
    },
  ];
}

/** A server that has no endpoint of Transfer Family's making. */
function someDecoy({ build, chance, truth }: Generation): void {
  if (chance.chance(0.5)) publicTransferServer(build);
  else {
    const { vpcEndpointId } = transferServer(build, { endpointType: 'VPC_ENDPOINT' });
    truth.set(vpcEndpointId, {
      owner: null,
      verdicts: ['not-requester-managed'],
      services: ['transfer'],
    });
  }
}
