import { forwardAccessSession, type RegionBuilder, serviceLinkedRole } from '../build.ts';
import {
  type Generation,
  type Kind,
  someLies,
  someNetwork,
  someTraits,
  untold,
  type Verdict,
} from '../world/generation.ts';

/** Endpoints that no resource of the account holds, or that need no owner. */
export function ownerlessKinds(generation: Generation, build: RegionBuilder): Kind[] {
  return [
    () => orphan(generation, build),
    () => unknownService(generation, build),
    () => ordinaryEndpoint(generation, build),
  ];
}

function orphan(generation: Generation, build: RegionBuilder): void {
  const { chance, truth } = generation;
  const alone = chance.chance(0.5);
  const foreign = chance.chance(0.1);
  const traits = someTraits(generation);
  const lies = someLies(generation);
  const { vpcEndpointId } = build.orphan({
    ...traits,
    ...lies,
    ...(foreign ? { ownerId: '444455556666' } : {}),
    ...(alone ? {} : { network: someNetwork(generation) }),
  });
  const known = traits.event !== false && !foreign;
  /** What shares its subnets and security group may be offered as a candidate. */
  const maybe: Verdict[] = alone ? [] : ['ambiguous'];
  if (lies.tags !== undefined) {
    truth.set(vpcEndpointId, { owner: null, verdicts: ['service-identified', 'unidentified', ...maybe] });
  } else if (known) {
    truth.set(vpcEndpointId, {
      owner: null,
      verdicts: ['service-identified', ...maybe],
      services: ['rds-proxy'],
    });
  } else {
    const services = alone ? { services: [null] } : {};
    truth.set(vpcEndpointId, { owner: null, verdicts: ['unidentified', ...maybe], ...services });
  }
}

/** Services that CloudTrail tells, and that no resolver need know. */
function unknownService(generation: Generation, build: RegionBuilder): void {
  const { chance, truth } = generation;
  const traits = someTraits(generation);
  const emr = serviceLinkedRole('elasticmapreduce', 'AWSServiceRoleForEMRCleanup');
  const creator = chance.pick([emr, forwardAccessSession('novelty')]);
  const { vpcEndpointId } = build.orphan({ ...traits, creator });
  const known = traits.event !== false;
  truth.set(
    vpcEndpointId,
    known ? { owner: null, verdicts: ['service-identified', 'unidentified'] } : untold,
  );
}

function ordinaryEndpoint(generation: Generation, build: RegionBuilder): void {
  const { chance, truth } = generation;
  const options = { ...someTraits(generation), network: someNetwork(generation) };
  const { vpcEndpointId } = build.customerEndpoint({
    ...options,
    service: chance.pick(['ssm', 'logs', 'kms']),
  });
  truth.set(vpcEndpointId, { owner: null, verdicts: ['not-requester-managed'], services: [null] });
}
