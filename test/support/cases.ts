/** Literals of the program's words, each with what a test does not care about already said. */
import type {
  Case,
  Check,
  Coverage,
  Creation,
  Doubt,
  Endpoint,
  Gap,
  Match,
  Place,
  Resource,
  ServiceRef,
} from '../../lambda/model/model.ts';

export const now = new Date('2026-10-11T00:00:00Z');
export const place: Place = { region: 'ap-northeast-1', accountId: '111122223333' };

export const endpointId = 'vpce-0ce9fdcdd4aa4097e';
export const otherId = 'vpce-0aaaabbbbccccdddd';

export function dnsNameOf(id: string): string {
  return `${id}-1hbywnw6.vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com`;
}

export function endpointWith(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    id: endpointId,
    type: 'Interface',
    state: 'available',
    requesterManaged: true,
    serviceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-a', 'subnet-b'],
    networkInterfaceIds: ['eni-a', 'eni-b'],
    securityGroupIds: ['sg-1'],
    createdAt: new Date('2026-10-01T03:12:44Z'),
    ownerId: '111122223333',
    tags: {},
    ...changes,
  };
}

/** As RDS makes the endpoint of a proxy. */
export const byRds: Creation = {
  eventTime: new Date('2026-10-01T00:00:00Z'),
  principal: 'rds.amazonaws.com',
  roleName: 'AWSServiceRoleForRDS',
  sessionNames: ['RDSSlrAssumptionSession'],
  tags: {},
  claimedBy: [],
};

export const rdsProxy: ServiceRef = { id: 'rds-proxy', name: 'Amazon RDS Proxy' };

/** An RDS proxy in the endpoint's network that shows nothing of its endpoint. */
export function resourceWith(changes: Partial<Resource> = {}): Resource {
  const id = changes.id ?? 'orders';
  return {
    type: 'AWS::RDS::DBProxy',
    id,
    arn: `arn:aws:rds:ap-northeast-1:111122223333:db-proxy:${id}`,
    shows: {},
    network: { vpcId: 'vpc-1', subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-1'] },
    ...changes,
  };
}

export function matchOf(
  resource: Resource,
  by: Match['by'] = 'id',
  service: ServiceRef = rdsProxy,
  statement = `${resource.id} holds it`,
): Match {
  return { service, resource, by, statement };
}

/** Of a resource on the endpoint's own network. */
export function doubtOf(resource: Resource, changes: Partial<Doubt> = {}): Doubt {
  return { service: rdsProxy, resource, sharesNetwork: true, lessLikely: false, ...changes };
}

export function denied(action: string): Gap {
  return { kind: 'denied', action, reason: `${action} is not allowed` };
}

export function throttled(action: string): Gap {
  return { kind: 'throttled', action, reason: `${action} was throttled` };
}

/** A check that read everything, but for its gaps. */
export function checkOf(name: string, ...gaps: readonly Gap[]): Check {
  const [gap, ...more] = gaps;
  return checkThat(
    name,
    gap === undefined
      ? { read: 'whole', without: null, note: null }
      : { read: 'partly', gaps: [gap, ...more] },
  );
}

export function checkThat(name: string, coverage: Coverage): Check {
  return { name, coverage, matched: false, apiCalls: 1, throttled: 0, durationMs: 1 };
}

/** The check of a service that nobody asks, and that may have made the endpoint. */
export function notAsked(name: string): Check {
  const reason = 'vpce-owner does not ask this service yet';
  return checkThat(name, { read: 'not', because: 'not-asked', reason });
}

/** An endpoint of which nothing is known, although one service was asked about it. */
export function caseOf(changes: Partial<Case> = {}): Case {
  return {
    endpoint: endpointWith(),
    place,
    creation: null,
    claims: [],
    owners: [],
    listedBy: [],
    probable: [],
    doubts: [],
    checks: [checkOf('rds-proxy')],
    ...changes,
  };
}
