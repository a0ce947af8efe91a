/** A world of literals: lists are arrays of pages, DNS is a map, and EC2 says what is written here. No sockets. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Identification } from '../../lambda/answer/identification.ts';
import { identify } from '../../lambda/answer/identify.ts';
import { DnsFailure, noteCall } from '../../lambda/aws/failure.ts';
import { cloudTrailHistory } from '../../lambda/evidence/cloudtrail.ts';
import type { Case, Creation, Endpoint, Items, Place, Resource } from '../../lambda/model/model.ts';
import type { Aws, List, Service } from '../../lambda/model/service.ts';
import type { Usage, World } from '../../lambda/model/world.ts';
import { survey } from '../../lambda/survey/survey.ts';
import * as cases from './cases.ts';
import { newOwnTime, type OwnTime } from './own-time.ts';

/** What comes, or what goes wrong instead, and when: never, where it is `Infinity`. */
interface Coming {
  readonly error?: unknown;
  readonly afterMs?: number;
}

export interface Page extends Coming {
  readonly items?: Items;
}

export interface Name extends Coming {
  readonly aliases?: readonly string[];
  readonly addresses?: readonly string[];
}

export interface Told {
  readonly services: readonly Service[];
  /** A name that is not here does not exist. */
  readonly names?: Readonly<Record<string, Name>>;
  readonly interfaces?: readonly NetworkInterface[];
  /** Endpoints that EC2 knows by their VPC. */
  readonly endpoints?: readonly Pick<Endpoint, 'id' | 'vpcId'>[];
  readonly ec2?: Coming;
  /** By the ids of endpoints. */
  readonly history?: Coming & { readonly creations?: Readonly<Record<string, Creation>> };
  readonly place?: Place;
  readonly deadlineMs?: number;
}

export interface Telling {
  readonly world: World;
  readonly time: OwnTime;
  /** What was asked, in order: `list orders`, `dns orders.example`, `ec2:DescribeNetworkInterfaces`. */
  readonly asked: readonly string[];
  readonly survey: (...endpoints: readonly Endpoint[]) => Promise<readonly Case[]>;
  readonly answers: (...endpoints: readonly Endpoint[]) => Promise<readonly Identification[]>;
}

/** @param action IAM action of the call that is refused */
export function refusal(action: string, name = 'AccessDeniedException'): unknown {
  return noteCall(Object.assign(new Error(name), { name }), { action, region: cases.place.region });
}

export function servFail(name: string): unknown {
  return new DnsFailure(`DNS: SERVFAIL for ${name}`, { anotherMayKnow: true });
}

/** The first argument of a list or a named resource, as this world hands it out. */
interface Answers {
  readonly answer: (page: Page) => Promise<Items>;
}

async function* read(aws: Aws, pages: readonly Page[], show: (item: Resource) => boolean) {
  const { answer } = await (aws as unknown as () => Promise<Answers>)();
  for (const page of pages) {
    const items = await answer(page);
    yield items.filter((item) => 'error' in item || show(item));
  }
}

export function listOf(pages: readonly Page[], rest: Omit<List, 'read'> = {}): List {
  return {
    ...rest,
    read: (aws, { vpcId }) =>
      read(aws, pages, ({ network }) => !rest.byVpc || vpcId === null || (network.vpcId ?? vpcId) === vpcId),
  };
}

/** One page of these. */
export function listing(...items: Items): List {
  return listOf([{ items }]);
}

export function serviceOf(id: string, rest: Partial<Service> = {}): Service {
  return { id, name: `Amazon ${id}`, marks: {}, actions: {}, lists: [], unlisted: null, ...rest };
}

/** Whatever a claim names, by its ARN. */
export function namedBy(
  arn: RegExp,
  pages: Readonly<Record<string, readonly Page[]>>,
): NonNullable<Service['named']> {
  return { arn, read: (aws, text) => read(aws, pages[text] ?? [], () => true) };
}

export function worldOf(told: Told): Telling {
  const { services, names = {}, history: { creations = {}, ...creating } = {}, place = cases.place } = told;
  const { deadlineMs = 25_000 } = told;
  const time = newOwnTime();
  const asked: string[] = [];
  const deadline = time.signalAfter(deadlineMs);

  const come = async ({ error, afterMs = 0 }: Coming, signal: AbortSignal): Promise<void> => {
    await time.sleep(afterMs, signal);
    if (signal.aborted) throw new DOMException('The operation was aborted.', 'AbortError');
    if (error !== undefined) throw error;
  };
  const leads = (name: string): Name => (Object.hasOwn(names, name) ? (names[name] ?? {}) : {});
  const look = async (name: string): Promise<Name> => {
    asked.push(`dns ${name}`);
    const found = leads(name);
    await come(found, deadline);
    return found;
  };
  const world: World = {
    place,
    services,
    history: {
      ...cloudTrailHistory(),
      find: async (_aws, _region, { id }) => {
        asked.push('history');
        await come(creating, world.clock.historyDeadline);
        return creations[id] ?? null;
      },
    },
    connect: (usage) =>
      (async () => ({ ...ec2(told, usage, asked, come), ...lists(usage, asked, come) })) as unknown as Aws,
    dns: {
      aliases: async (name) => (await look(name)).aliases ?? [],
      addresses: async (name) => leads(name).addresses ?? [],
    },
    clock: {
      now: () => new Date(cases.now.getTime() + time.now()),
      sleep: time.sleep,
      timeLeftMs: () => deadlineMs - time.now(),
      deadline,
      historyDeadline: time.signalAfter(15_000),
    },
  };
  const surveyed = (...endpoints: readonly Endpoint[]) => time.passUntil(survey(endpoints, world));
  return {
    world,
    time,
    asked,
    survey: surveyed,
    answers: async (...endpoints) => {
      const found = await surveyed(...endpoints);
      return found.map((each) => identify(each, { place: each.place, services, now: cases.now }));
    },
  };
}

type Come = (coming: Coming, signal: AbortSignal) => Promise<void>;

function lists(usage: Usage, asked: string[], come: Come): Answers {
  return {
    answer: async (page) => {
      const { items = [] } = page;
      asked.push(`list ${items.map((item) => ('error' in item ? '?' : item.id)).join(' ')}`);
      usage.apiCalls += 1;
      await come(page, usage.signal);
      return items;
    },
  };
}

/** What the survey uses of lambda/aws/sdk/ec2.ts. */
function ec2(
  { interfaces = [], endpoints = [], ec2: coming = {} }: Told,
  usage: Usage,
  asked: string[],
  come: Come,
) {
  const ask = async (action: string) => {
    asked.push(action);
    usage.apiCalls += 1;
    await come(coming, usage.signal);
  };
  return {
    client: {},
    prefix: 'ec2',
    paginateDescribeNetworkInterfaces: async function* (_: object, { Filters }: Asking) {
      await ask('ec2:DescribeNetworkInterfaces');
      yield {
        NetworkInterfaces: interfaces.filter((eni) => Filters.every((filter) => hasInterface(eni, filter))),
      };
    },
    paginateDescribeVpcEndpoints: async function* (_: object, { Filters }: Asking) {
      await ask('ec2:DescribeVpcEndpoints');
      const wanted = Filters.flatMap(({ Values }) => Values);
      const found = endpoints.filter(({ id }) => wanted.includes(id));
      yield { VpcEndpoints: found.map(({ id, vpcId }) => ({ VpcEndpointId: id, VpcId: vpcId })) };
    },
  };
}

interface Asking {
  readonly Filters: readonly { readonly Name: string; readonly Values: readonly string[] }[];
}

function hasInterface(eni: NetworkInterface, { Name, Values }: Asking['Filters'][number]): boolean {
  const has = (value: string | undefined) => value !== undefined && Values.includes(value);
  switch (Name) {
    case 'network-interface-id':
      return has(eni.NetworkInterfaceId);
    case 'vpc-id':
      return has(eni.VpcId);
    case 'addresses.private-ip-address':
      return has(eni.PrivateIpAddress);
    case 'ipv6-addresses.ipv6-address':
      return (eni.Ipv6Addresses ?? []).some(({ Ipv6Address }) => has(Ipv6Address));
    default:
      throw new Error(`no such filter here: ${Name}`);
  }
}

/** The interface of an endpoint, as EC2 describes it. */
export function interfaceOf(
  endpoint: Pick<Endpoint, 'id' | 'vpcId'>,
  eni: string,
  address: string,
): NetworkInterface {
  return {
    NetworkInterfaceId: eni,
    ...(endpoint.vpcId === null ? {} : { VpcId: endpoint.vpcId }),
    RequesterManaged: true,
    Description: `VPC Endpoint Interface ${endpoint.id}`,
    ...(address.includes(':')
      ? { Ipv6Addresses: [{ Ipv6Address: address }] }
      : { PrivateIpAddress: address }),
  };
}
