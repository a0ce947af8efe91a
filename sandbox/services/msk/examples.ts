import { type Example, eachAge, identifiedById, pathOf } from '../../world/example.ts';
import {
  type Generation,
  hidden,
  type Kind,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../../world/generation.ts';
import type { Scope } from '../../world/scope.ts';
import { kafkaConnection, mskEndpoint, serverlessKafka } from './build.ts';

export function kinds(generation: Generation): Kind[] {
  return [() => someCluster(generation), () => someConnection(generation)];
}

export function examples(scope: Scope): Example[] {
  const left = mskEndpoint(scope, { name: 'clicks', createdAt: scope.daysAgo(8), tagged: false });
  const { vpcEndpointId } = kafkaConnection(scope, { name: 'partner', createdAt: scope.daysAgo(200) });
  const aged = eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `an MSK Serverless cluster that the endpoint's tag names, ${words}`,
      serverlessKafka(scope, { name: `events${suffix}`, createdAt }),
    ),
    identifiedById(
      `an MSK Serverless cluster whose endpoint has lost its tags, ${words}`,
      serverlessKafka(scope, { name: `metrics${suffix}`, createdAt, tagged: false }),
    ),
  ]);
  const byService = {
    status: 200,
    verdict: 'service-identified',
    confidence: 'probable',
    service: 'msk',
  } as const;
  return [
    ...aged,
    { title: 'an endpoint of MSK, by CloudTrail alone', path: pathOf(left.vpcEndpointId), expect: byService },
    {
      title: "an MSK managed VPC connection to another account's cluster",
      path: pathOf(vpcEndpointId),
      expect: { ...byService, action: 'choose', candidates: 1 },
    },
  ];
}

function someCluster(generation: Generation): void {
  const { build, chance } = generation;
  const hostname = someHostname(generation);
  const made = serverlessKafka(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...hostname,
    tagged: chance.chance(0.5),
    network: someNetwork(generation),
  });
  if (hostname.resolves === 'addresses') perhapsFound(generation, made);
  else owned(generation, made);
}

function someConnection(generation: Generation): void {
  const { build, chance } = generation;
  const { vpcEndpointId, owner } = kafkaConnection(build, {
    ...someTraits(generation),
    tagged: chance.chance(0.5),
    network: someNetwork(generation),
  });
  hidden(generation, vpcEndpointId, owner);
}
