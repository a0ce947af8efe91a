/**
 * Worlds in which it is known who owns each endpoint: all that services, DNS, EC2 and the history say is true, but not
 * everything is said, some of it fails, and tags say anything.
 */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import type { Creation, Endpoint, Items, Resource } from '../../lambda/model/model.ts';
import type { Marks, Service } from '../../lambda/model/service.ts';
import { dnsNameOf, endpointWith, resourceWith } from './cases.ts';
import {
  interfaceOf,
  listOf,
  type Name,
  namedBy,
  type Page,
  refusal,
  servFail,
  serviceOf,
  type Told,
} from './worlds.ts';

/** Its resources list what belongs to those of the narrow list too. */
type Kind = 'narrow' | 'wide';

export interface RawService {
  readonly two: boolean;
  readonly byVpc: boolean;
  readonly unlisted: boolean;
  readonly hasOwnName: boolean;
  readonly tagsAlways: boolean;
  readonly neverAppliance: boolean;
  readonly type: 'Interface' | 'GatewayLoadBalancer' | null;
  readonly lists: readonly [RawList, RawList];
  readonly canBeNamed: boolean;
}

export interface RawList {
  readonly pageSize: number;
  readonly afterMs: readonly number[];
  /** The page that fails instead of coming. */
  readonly failsAt: number | null;
  readonly hangsAt: number | null;
}

export interface RawEndpoint {
  readonly vpc: 1 | 2;
  readonly subnets: readonly string[];
  readonly zones: 1 | 2;
  readonly type: 'Interface' | 'GatewayLoadBalancer';
  readonly requesterManaged: boolean | null;
  /** Who holds it: a resource; else a service that made it for something that nobody lists, or that is gone. */
  readonly holder: number;
  readonly madeBy: number;
  readonly gone: boolean;
  readonly tags: readonly { readonly service: number; readonly names: number | null }[];
}

export interface RawResource {
  readonly service: number;
  readonly wide: boolean;
  readonly tells: 'id' | 'some-ids' | 'interface' | 'alias' | 'addresses' | 'some-addresses' | 'nothing';
  readonly names: readonly ('vpc' | 'subnets' | 'groups')[];
  readonly counts: 'exactly' | 'as-listed' | 'unknown';
  readonly vpc: 1 | 2;
  readonly subnets: readonly string[];
  /** Has an endpoint that nobody asks about, whose addresses are those of one in the other VPC. */
  readonly another: boolean;
  readonly alsoLists: boolean;
  readonly createdDaysAgo: number | null;
  readonly state: 'deleting' | 'unsure' | null;
  readonly unreadable: boolean;
  readonly nameFails: boolean;
  readonly nameAfterMs: number;
}

export interface RawWorld {
  readonly services: readonly RawService[];
  readonly unasked: boolean;
  readonly endpoints: readonly RawEndpoint[];
  readonly resources: readonly RawResource[];
  readonly ec2: 'answers' | 'refuses' | 'hangs';
  readonly history: 'knows' | 'knows-nothing' | 'refuses' | 'hangs';
}

export interface Built {
  readonly told: Told;
  readonly endpoints: readonly Endpoint[];
  /** The resource that holds each endpoint; `living`: of something that no list shows; `null`: it outlived its owner. */
  readonly owners: readonly (Resource | 'living' | null)[];
  readonly resources: readonly Resource[];
}

export const unaskedId = 'unasked';
const subnets = ['subnet-a', 'subnet-b'];
/** Less than the engine waits for the pages of one service. */
const delays = fc.constantFrom(0, 0, 1, 40, 200);

const rawList: fc.Arbitrary<RawList> = fc.record({
  pageSize: fc.integer({ min: 1, max: 3 }),
  afterMs: fc.tuple(delays, delays),
  failsAt: seldom(fc.integer({ min: 0, max: 1 })),
  hangsAt: fc.constant(null),
});

const rawService: fc.Arbitrary<RawService> = fc.record({
  two: fc.boolean(),
  byVpc: fc.boolean(),
  unlisted: often(false),
  hasOwnName: often(false),
  tagsAlways: fc.boolean(),
  neverAppliance: fc.boolean(),
  type: fc.constantFrom('Interface', 'GatewayLoadBalancer', null, null),
  lists: fc.tuple(rawList, rawList),
  canBeNamed: fc.boolean(),
});

const someSubnets = fc.subarray(subnets, { minLength: 1 });
const rawEndpoint: fc.Arbitrary<RawEndpoint> = fc.record({
  vpc: fc.constantFrom(1, 1, 2),
  subnets: someSubnets,
  zones: fc.constantFrom(1, 2),
  type: fc.constantFrom('Interface', 'Interface', 'GatewayLoadBalancer'),
  requesterManaged: fc.constantFrom(true, true, true, true, null, false),
  holder: fc.nat({ max: 5 }),
  madeBy: fc.nat({ max: 4 }),
  gone: fc.boolean(),
  tags: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({ service: fc.nat({ max: 4 }), names: fc.option(fc.nat({ max: 6 }), { freq: 3 }) }),
        {
          maxLength: 2,
        },
      ),
    },
  ),
});

const rawResource: fc.Arbitrary<RawResource> = fc.record({
  service: fc.nat({ max: 2 }),
  wide: fc.boolean(),
  tells: fc.constantFrom('id', 'some-ids', 'interface', 'alias', 'addresses', 'some-addresses', 'nothing'),
  names: fc.subarray(['vpc', 'subnets', 'groups']),
  counts: fc.constantFrom('exactly', 'as-listed', 'unknown'),
  vpc: fc.constantFrom(1, 1, 2),
  subnets: someSubnets,
  another: often(false),
  alsoLists: fc.boolean(),
  createdDaysAgo: fc.option(fc.integer({ min: 1, max: 100 })),
  state: fc.constantFrom(null, null, null, 'deleting', 'unsure'),
  unreadable: often(false),
  nameFails: often(false),
  nameAfterMs: delays,
});

export const rawWorlds: fc.Arbitrary<RawWorld> = fc.record({
  services: fc.array(rawService, { minLength: 1, maxLength: 3 }),
  unasked: fc.boolean(),
  endpoints: fc.array(rawEndpoint, { minLength: 1, maxLength: 3 }),
  resources: fc.array(rawResource, { maxLength: 6, size: 'max' }),
  ec2: often(true).map((answers) => (answers ? 'answers' : 'refuses')),
  history: fc.constantFrom('knows', 'knows', 'knows', 'knows-nothing', 'knows-nothing', 'refuses'),
});

function often(usual: boolean): fc.Arbitrary<boolean> {
  return fc.constantFrom(...Array<boolean>(11).fill(usual), !usual);
}

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** The same world, where nothing fails. */
export function unharmed(raw: RawWorld): RawWorld {
  return {
    ...raw,
    ec2: 'answers',
    history: raw.history === 'refuses' ? 'knows' : raw.history,
    services: raw.services.map((service) => ({
      ...service,
      lists: service.lists.map((list) => ({ ...list, failsAt: null, hangsAt: null })) as [RawList, RawList],
    })),
    resources: raw.resources.map((resource) => ({ ...resource, unreadable: false, nameFails: false })),
  };
}

interface Plan extends RawResource {
  readonly serviceId: string;
  readonly kind: Kind;
  readonly id: string;
  /** Positions of the endpoints that it holds. */
  readonly holds: readonly number[];
}

const idOf = (n: number) => `vpce-0ce9fdcdd4aa4${String(n).padStart(4, '0')}`;
const anotherIdOf = (n: number) => `vpce-0fedcba987654${String(n).padStart(4, '0')}`;
const serviceIdOf = (n: number) => `s${n}`;
const arnOf = (serviceId: string, id: string) =>
  `arn:aws:${serviceId}:ap-northeast-1:111122223333:thing/${id}`;
const addressOf = (endpoint: number, zone: number) => `10.0.${zone}.${endpoint + 10}`;

export function build(raw: RawWorld): Built {
  const plans = raw.resources.map((resource, n) => planOf(raw, resource, n));
  const endpoints = raw.endpoints.map((_, n) => endpointOf(raw, plans, n));
  const names: Record<string, Name> = {};
  const interfaces: NetworkInterface[] = endpoints.flatMap((endpoint, n) =>
    endpoint.networkInterfaceIds.map((eni, zone) => interfaceOf(endpoint, eni, addressOf(n, zone))),
  );
  const others: Pick<Endpoint, 'id' | 'vpcId'>[] = [];
  const resources = plans.map((plan, n) =>
    resourceOf(plan, n, { raw, plans, endpoints, names, interfaces, others }),
  );
  const asked = raw.services.map((service, n) => askedOf(service, n, raw, plans, resources));
  const unasked = serviceOf(unaskedId, {
    marks: { principals: [unaskedId], tags: { [unaskedId]: 'any' } },
    unlisted: { what: 'the unasked thing', command: ['aws', 'unasked', 'list'] },
  });
  const creation = creationOf(raw, plans);
  return {
    endpoints,
    resources,
    owners: endpoints.map((_, n) => ownerOf(raw, plans, resources, n)),
    told: {
      services: raw.unasked ? [...asked, unasked] : asked,
      names,
      interfaces,
      endpoints: [...endpoints, ...others],
      ec2:
        raw.ec2 === 'refuses'
          ? { error: refusal('ec2:DescribeNetworkInterfaces', 'UnauthorizedOperation') }
          : { afterMs: raw.ec2 === 'hangs' ? Infinity : 5 },
      history: {
        creations: raw.history === 'knows' ? { [idOf(0)]: creation } : {},
        afterMs: raw.history === 'hangs' ? Infinity : 20,
        ...(raw.history === 'refuses' ? { error: refusal('cloudtrail:LookupEvents') } : {}),
      },
    },
  };
}

function planOf(raw: RawWorld, resource: RawResource, n: number): Plan {
  const service = resource.service % raw.services.length;
  const kind = resource.wide && raw.services[service]?.two ? 'wide' : 'narrow';
  const holds = raw.endpoints.flatMap((endpoint, position) => (endpoint.holder === n ? [position] : []));
  return { ...resource, serviceId: serviceIdOf(service), kind, id: `r${n}`, holds };
}

/** Which service made the endpoint: that of its owner, where it has one. */
function makerOf(raw: RawWorld, plans: readonly Plan[], n: number): string {
  const holder = plans.find(({ holds }) => holds.includes(n));
  if (holder !== undefined) return holder.serviceId;
  const makers = [
    ...raw.services.map((_, position) => serviceIdOf(position)),
    ...(raw.unasked ? [unaskedId] : []),
  ];
  return makers[(raw.endpoints[n]?.madeBy ?? 0) % makers.length] ?? unaskedId;
}

function ownerOf(raw: RawWorld, plans: readonly Plan[], resources: readonly Resource[], n: number) {
  const holder = plans.findIndex(({ holds }) => holds.includes(n));
  if (holder >= 0) return resources[holder] ?? null;
  const maker = makerOf(raw, plans, n);
  const canLive = maker === unaskedId || raw.services[Number(maker.slice(1))]?.unlisted;
  return canLive && !raw.endpoints[n]?.gone ? ('living' as const) : null;
}

function endpointOf(raw: RawWorld, plans: readonly Plan[], n: number): Endpoint {
  const { vpc, subnets: on, zones, type, requesterManaged, tags } = raw.endpoints[n] as RawEndpoint;
  const maker = makerOf(raw, plans, n);
  const named = raw.services[Number(maker.slice(1))]?.hasOwnName ?? false;
  return endpointWith({
    id: idOf(n),
    type,
    requesterManaged,
    vpcId: `vpc-${vpc}`,
    subnetIds: on.map((subnet) => `${subnet}${vpc}`),
    networkInterfaceIds: Array.from({ length: zones }, (_, zone) => `eni-${n}${zone}`),
    securityGroupIds: [`sg-${vpc}`],
    serviceName: named ? `com.amazonaws.${maker}.x` : `com.amazonaws.vpce.ap-northeast-1.vpce-svc-${n}`,
    tags: Object.fromEntries(
      tags.map(({ service, names }) => {
        const id = serviceIdOf(service % raw.services.length);
        const of = plans[names ?? -1];
        return of === undefined ? [`${id}-made`, 'yes'] : [`${of.serviceId}-arn`, arnOf(of.serviceId, of.id)];
      }),
    ),
  });
}

interface Scene {
  readonly raw: RawWorld;
  readonly plans: readonly Plan[];
  readonly endpoints: readonly Endpoint[];
  readonly names: Record<string, Name>;
  readonly interfaces: NetworkInterface[];
  readonly others: Pick<Endpoint, 'id' | 'vpcId'>[];
}

/** What the service says of it, all of it true; what it does not say is up to the plan. */
function resourceOf(plan: Plan, n: number, scene: Scene): Resource {
  const { raw, plans, endpoints } = scene;
  const own = plan.holds.map((position) => ({ position, endpoint: endpoints[position] as Endpoint }));
  const vpcs = [...new Set(own.map(({ endpoint }) => endpoint.vpcId))];
  const vpcId = vpcs[0] ?? `vpc-${plan.vpc}`;
  const another = plan.another && vpcs.length <= 1 ? { id: anotherIdOf(n), vpcId } : null;
  if (another !== null) {
    scene.others.push(another);
    // Another VPC has the same addresses.
    scene.interfaces.push(interfaceOf(another, `eni-x${n}`, anotherAddress(n, vpcId, raw)));
  }
  const ids = [...own.map(({ endpoint }) => endpoint.id), ...(another === null ? [] : [another.id])];
  const inOneVpc = vpcs.length <= 1;
  const counts = inOneVpc ? plan.counts : 'unknown';
  const narrow = plans.filter(({ serviceId, kind }) => serviceId === plan.serviceId && kind === 'narrow');
  const also =
    plan.kind === 'wide' && plan.alsoLists && counts !== 'exactly'
      ? narrow.flatMap(({ holds }) => holds.map((position) => idOf(position)))
      : [];
  const hasState = plan.state === 'unsure' && (ids.length === 0 || counts !== 'as-listed');
  return resourceWith({
    type: `AWS::Test::${plan.kind}`,
    id: plan.id,
    arn: arnOf(plan.serviceId, plan.id),
    shows:
      counts === 'as-listed'
        ? { endpointIds: [...ids, ...also] }
        : showsOf(plan, n, scene, ids, also, another),
    network: {
      vpcId: plan.names.includes('vpc') && inOneVpc ? vpcId : undefined,
      subnetIds: plan.names.includes('subnets') && inOneVpc ? networkOf(plan, own, vpcId) : undefined,
      securityGroupIds: plan.names.includes('groups') && inOneVpc ? [vpcId.replace('vpc', 'sg')] : undefined,
    },
    ...(counts === 'unknown'
      ? {}
      : { mostEndpoints: counts === 'as-listed' ? counts : Math.max(1, ids.length) }),
    createdAt:
      plan.createdDaysAgo === null
        ? undefined
        : new Date(Date.UTC(2026, 9, 11) - plan.createdDaysAgo * 86_400_000),
    state: plan.state === 'deleting' ? 'deleting' : hasState ? { unsure: 'is being made' } : undefined,
  });
}

function anotherAddress(n: number, vpcId: string, raw: RawWorld): string {
  const twin = raw.endpoints.findIndex(({ vpc }) => `vpc-${vpc}` !== vpcId);
  return twin >= 0 ? addressOf(twin, 0) : `10.0.9.${n}`;
}

function networkOf(plan: Plan, own: readonly { endpoint: Endpoint }[], vpcId: string): readonly string[] {
  const held = own.flatMap(({ endpoint }) => endpoint.subnetIds);
  return [...new Set([...held, ...plan.subnets.map((subnet) => `${subnet}${vpcId.slice(-1)}`)])];
}

function showsOf(
  plan: Plan,
  n: number,
  { raw, endpoints, names }: Scene,
  ids: readonly string[],
  also: readonly string[],
  another: { readonly id: string; readonly vpcId: string } | null,
): Resource['shows'] {
  const hostname = (what: string, leads: Name): string => {
    const name = `${plan.id}-${what}.example`;
    names[name] = {
      ...leads,
      afterMs: plan.nameAfterMs,
      ...(plan.nameFails ? { error: servFail(name) } : {}),
    };
    return name;
  };
  const addresses = (position: number) =>
    (endpoints[position] as Endpoint).networkInterfaceIds.map((_, zone) => addressOf(position, zone));
  const listed = { endpointIds: also };
  switch (plan.tells) {
    case 'id':
      return { endpointIds: [...ids, ...also] };
    case 'some-ids':
      return { endpointIds: [...ids.slice(0, -1), ...also], hostnames: [hostname('none', {})] };
    case 'interface':
      return {
        ...listed,
        interfaceIds: plan.holds.flatMap((position) => (endpoints[position] as Endpoint).networkInterfaceIds),
      };
    case 'alias':
      return {
        ...listed,
        hostnames: ids.map((id) => hostname(id, { aliases: [`${plan.id}.middle.example`, dnsNameOf(id)] })),
      };
    case 'addresses':
      return {
        ...listed,
        hostnames: [
          ...plan.holds.map((position) => hostname(`at-${position}`, { addresses: addresses(position) })),
          ...(another === null
            ? []
            : [hostname('at-x', { addresses: [anotherAddress(n, another.vpcId, raw)] })]),
        ],
      };
    case 'some-addresses':
      return {
        ...listed,
        hostnames: plan.holds.map((position) =>
          hostname(`at-${position}`, { addresses: [...addresses(position).slice(0, 1), '198.51.100.7'] }),
        ),
      };
    case 'nothing':
      return listed;
  }
}

function askedOf(
  service: RawService,
  n: number,
  raw: RawWorld,
  plans: readonly Plan[],
  resources: readonly Resource[],
): Service {
  const id = serviceIdOf(n);
  const of = (kind: Kind) =>
    plans.flatMap((plan, position) =>
      plan.serviceId === id && plan.kind === kind
        ? [{ plan, resource: resources[position] as Resource }]
        : [],
    );
  const itemOf = ({ plan, resource }: { plan: Plan; resource: Resource }): Items[number] =>
    plan.unreadable ? { error: refusal(`${id}:DescribeThing`) } : resource;
  const pagesOf = (kind: Kind) =>
    cut(of(kind).map(itemOf), service.lists[kind === 'wide' ? 1 : 0], `${id}:List`);
  const narrow = listOf(pagesOf('narrow'), service.byVpc ? { byVpc: true } : {});
  const wide = listOf(pagesOf('wide'), { yieldsTo: [narrow] });
  const made = raw.endpoints.filter((_, position) => makerOf(raw, plans, position) === id);
  const marks: Marks = {
    principals: [id],
    tags: { [`${id}-made`]: 'any', [`${id}-arn`]: 'arn' },
    ...(service.type === null ? {} : { types: [service.type] }),
    ...(service.tagsAlways ? { tagsAlways: true } : {}),
    ...(service.hasOwnName
      ? { serviceName: new RegExp(`^com\\.amazonaws\\.${id}\\.`), serviceNameAlways: true }
      : {}),
    ...(service.neverAppliance && made.every(({ type }) => type === 'Interface')
      ? { never: { GatewayLoadBalancer: 'it makes none' } }
      : {}),
  };
  const all = [...of('narrow'), ...of('wide')];
  const named = Object.fromEntries(
    all.map((each) => [each.resource.arn, [{ items: [itemOf(each)], afterMs: 3 }]]),
  );
  return serviceOf(id, {
    marks,
    lists: service.two ? [wide, narrow] : [narrow],
    unlisted: service.unlisted ? { what: `the hidden thing of ${id}` } : null,
    ...(service.canBeNamed ? { named: namedBy(new RegExp(`^arn:aws:${id}:`), named) } : {}),
  });
}

function cut(
  items: Items,
  { pageSize, afterMs, failsAt, hangsAt }: RawList,
  action: string,
): readonly Page[] {
  const pages: Page[] = [];
  for (let from = 0; from < items.length || pages.length === 0; from += pageSize)
    pages.push({ items: items.slice(from, from + pageSize), afterMs: afterMs[pages.length % 2] ?? 0 });
  return pages.map((page, position) => {
    if (position === Math.min(hangsAt ?? Infinity, pages.length - 1) && hangsAt !== null)
      return { ...page, afterMs: Infinity };
    return position === Math.min(failsAt ?? Infinity, pages.length - 1) && failsAt !== null
      ? { ...page, error: refusal(action) }
      : page;
  });
}

/** Of the first endpoint; only a survey of one asks for it. */
function creationOf(raw: RawWorld, plans: readonly Plan[]): Creation {
  return {
    eventTime: new Date('2026-10-01T03:12:45Z'),
    principal: `${makerOf(raw, plans, 0)}.amazonaws.com`,
    roleName: null,
    sessionNames: [],
    tags: {},
    claimedBy: [],
  };
}
