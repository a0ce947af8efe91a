import { forwardAccessSession, serviceLinkedRole } from '../build.ts';
import {
  hidden,
  owned,
  perhapsFound,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
  type Truth,
  type Verdict,
  type World,
} from './world.ts';

/** Each makes one resource. Firewalls first: the tags that lie need some to name. */
export const kinds: readonly ((world: World) => void)[] = [
  firewall,
  association,
  proxy,
  proxyEndpoint,
  auroraCluster,
  redshiftCluster,
  redshiftAccess,
  workgroup,
  serverlessAccess,
  orphan,
  otherService,
  ordinaryEndpoint,
  decoy,
];

function firewall(world: World): void {
  const { build, chance } = world;
  const tagged = chance.chance(0.6);
  const made = build.firewall({ ...someTraits(world), network: someNetwork(world), tagged });
  world.firewalls.push(made);
  owned(world, made);
}

function association(world: World): void {
  const { build, chance, firewalls } = world;
  const firewall = firewalls[chance.integer(firewalls.length)];
  if (firewall === undefined) return;
  const tagged = chance.chance(0.5);
  owned(
    world,
    build.vpcEndpointAssociation({ ...someTraits(world), firewall, network: someNetwork(world), tagged }),
  );
}

function proxy(world: World): void {
  const { build } = world;
  const options = {
    ...someTraits(world),
    ...someLies(world),
    ...someHostname(world),
    network: someNetwork(world),
  };
  const made = build.rdsProxy(options);
  world.proxies.push(made);
  owned(world, made);
}

function proxyEndpoint(world: World): void {
  const { build, chance, proxies } = world;
  const proxy = proxies[chance.integer(proxies.length)];
  if (proxy === undefined) return;
  const elsewhere = chance.chance(0.5) ? { network: someNetwork(world) } : {};
  const options = { ...someTraits(world), ...someLies(world), ...someHostname(world), ...elsewhere, proxy };
  owned(world, build.rdsProxyEndpoint(options));
}

function auroraCluster(world: World): void {
  const { build, chance } = world;
  const readerEndpoint = chance.chance(0.8);
  const hostname = someHostname(world);
  const made = build.auroraServerless({
    ...someTraits(world),
    ...someLies(world),
    ...hostname,
    readerEndpoint,
    network: someNetwork(world),
  });
  if (hostname.resolves === 'addresses') perhapsFound(world, made);
  else owned(world, made);
  if (!readerEndpoint) hidden(world, made.otherVpcEndpointId, made.owner);
}

const redshiftCreators = [forwardAccessSession('redshift')];

function redshiftCluster(world: World): void {
  const { build, chance } = world;
  const options = {
    ...someTraits(world, redshiftCreators),
    ...someLies(world),
    ...someHostname(world, true),
    network: someNetwork(world),
    listed: chance.chance(0.7),
  };
  const made = build.redshiftCluster(options);
  world.clusters.push(made);
  if (!options.listed && unreachable(options)) hidden(world, made.vpcEndpointId, made.owner);
  else owned(world, made);
}

function redshiftAccess(world: World): void {
  const { build, chance, clusters } = world;
  const own = clusters[chance.integer(clusters.length)];
  const granted = { clusterIdentifier: 'granted', resourceOwner: '777788889999' };
  const made = build.redshiftEndpointAccess({
    ...someTraits(world, redshiftCreators),
    ...someLies(world),
    ...someHostname(world, true),
    network: someNetwork(world),
    cluster: own === undefined || chance.chance(0.2) ? granted : own,
  });
  owned(world, made);
}

function workgroup(world: World): void {
  const { build, chance } = world;
  const options = {
    ...someTraits(world),
    ...someLies(world),
    ...someHostname(world, true),
    network: someNetwork(world),
    listed: chance.chance(0.7),
  };
  const made = build.workgroup(options);
  world.workgroups.push(made);
  if (options.listed || options.resolves.startsWith('alias')) owned(world, made);
  else if (unreachable(options)) hidden(world, made.vpcEndpointId, made.owner);
  else perhapsFound(world, made);
}

function serverlessAccess(world: World): void {
  const { build, chance, workgroups } = world;
  const own = workgroups[chance.integer(workgroups.length)];
  const made = build.serverlessEndpointAccess({
    ...someTraits(world),
    ...someLies(world),
    ...someHostname(world, true),
    network: someNetwork(world),
    workgroup: own === undefined || chance.chance(0.2) ? { workgroupName: 'granted' } : own,
  });
  owned(world, made);
}

function unreachable({ resolves }: ReturnType<typeof someHostname>): boolean {
  return resolves === 'public' || resolves === 'nowhere';
}

function orphan(world: World): void {
  const { build, chance, truth } = world;
  const alone = chance.chance(0.5);
  const foreign = chance.chance(0.1);
  const traits = someTraits(world);
  const lies = someLies(world);
  const { vpcEndpointId } = build.orphan({
    ...traits,
    ...lies,
    ...(foreign ? { ownerId: '444455556666' } : {}),
    ...(alone ? {} : { network: someNetwork(world) }),
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

/** Services that CloudTrail, a tag or the service name tells, and that no resolver need know. */
function otherService(world: World): void {
  const { build, chance, truth } = world;
  const traits = someTraits(world);
  const known = traits.event !== false;
  switch (chance.integer(4)) {
    case 0: {
      const tagged = chance.chance(0.5);
      const { vpcEndpointId } = build.mskEndpoint({ ...traits, tagged });
      truth.set(vpcEndpointId, tagged || known ? told('msk') : untold);
      break;
    }
    case 1:
      truth.set(build.transferEndpoint(traits).vpcEndpointId, told('transfer'));
      break;
    default: {
      const mwaa = serviceLinkedRole('airflow', 'AWSServiceRoleForAmazonMWAA');
      const creator = chance.pick([mwaa, forwardAccessSession('novelty')]);
      const { vpcEndpointId } = build.orphan({ ...traits, creator });
      truth.set(
        vpcEndpointId,
        known ? { owner: null, verdicts: ['service-identified', 'unidentified'] } : untold,
      );
    }
  }
}

const untold: Truth = { owner: null, verdicts: ['unidentified'], services: [null] };

function told(service: string): Truth {
  return { owner: null, verdicts: ['service-identified'], services: [service] };
}

function ordinaryEndpoint(world: World): void {
  const { build, chance, truth } = world;
  const options = { ...someTraits(world), network: someNetwork(world) };
  const guard = chance.chance(0.3);
  const { vpcEndpointId } = guard
    ? build.guardDutyEndpoint(options)
    : build.customerEndpoint({ ...options, service: chance.pick(['ssm', 'logs', 'kms']) });
  const services = [guard ? 'guardduty' : null];
  truth.set(vpcEndpointId, { owner: null, verdicts: ['not-requester-managed'], services });
}

function decoy(world: World): void {
  const { build, chance } = world;
  const network = someNetwork(world);
  build.dbCluster({
    network,
    engine: chance.pick(['neptune', 'docdb', 'aurora-mysql', 'aurora-postgresql']),
  });
  if (chance.chance(0.1)) build.rdsProxyInCreation({ network });
}
