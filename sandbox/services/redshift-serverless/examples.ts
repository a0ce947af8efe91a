import { type Example, eachAge, identifiedById } from '../../world/example.ts';
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
import { serverlessEndpointAccess, type WorkgroupMade, workgroup } from './build.ts';

export function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const adhoc = workgroup(scope, { name: `adhoc${suffix}`, createdAt });
    const nightly = workgroup(scope, { name: `nightly${suffix}`, createdAt, listed: false });
    const lab = serverlessEndpointAccess(scope, { name: `lab${suffix}`, workgroup: adhoc, createdAt });
    return [
      identifiedById(`a Redshift Serverless workgroup that lists the endpoint, ${words}`, adhoc),
      identifiedById(`a Redshift Serverless workgroup by its alias alone, ${words}`, nightly),
      identifiedById(`a Redshift Serverless managed VPC endpoint, ${words}`, lab),
    ];
  });
}

export function kinds(generation: Generation): Kind[] {
  const workgroups: WorkgroupMade[] = [];
  return [() => workgroups.push(someWorkgroup(generation)), () => giveAccess(generation, workgroups)];
}

function someWorkgroup(generation: Generation): WorkgroupMade {
  const { build, chance } = generation;
  const options = {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation, true),
    network: someNetwork(generation),
    listed: chance.chance(0.7),
  };
  const made = workgroup(build, options);
  if (options.listed || options.resolves.startsWith('alias')) owned(generation, made);
  else if (options.resolves === 'addresses') perhapsFound(generation, made);
  else hidden(generation, made.vpcEndpointId, made.owner);
  return made;
}

function giveAccess(generation: Generation, workgroups: readonly WorkgroupMade[]): void {
  const { build, chance } = generation;
  const own = workgroups[chance.integer(workgroups.length)];
  const made = serverlessEndpointAccess(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...someHostname(generation, true),
    network: someNetwork(generation),
    workgroup: own === undefined || chance.chance(0.2) ? { workgroupName: 'granted' } : own,
  });
  owned(generation, made);
}
