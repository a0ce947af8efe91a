/** Every kind of endpoint of the demo account, asked for at the same time while one operation of AWS, or DNS, is at fault. */
import {
  type Identification,
  identification,
  type ProblemDocument,
  problem,
} from '../../lambda/http/contract.ts';
import type { Service } from '../../lambda/model/service.ts';
import type { Account } from '../../sandbox/account.ts';
import { newAccount } from '../../sandbox/build.ts';
import { ownerlessExamples } from '../../sandbox/demo/ownerless.ts';
import { demo, type Example } from '../../sandbox/demo.ts';
import { parseFault } from '../../sandbox/faults.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { apis, services } from '../../sandbox/services/registry.ts';
import { identifiedById } from '../../sandbox/world/example.ts';
import { startApi } from './api.ts';
import { only } from './few-services.ts';
import { beginVirtualTime } from './virtual-time.ts';

/** `rds:DescribeDBProxies`, for each operation that the program may call. STS is for `npm start`. */
export const operations: readonly string[] = apis
  .filter(({ id }) => id !== 'sts')
  .flatMap(({ id, operations: all }) => Object.keys(all).map((operation) => `${id}:${operation}`));

/** Faults of an operation, as `--fault` takes them, by the test that puts them everywhere. */
export const operationFaults = {
  refusals: ['denied', 'throttled', 'throttled:2', 'error', 'expired-credentials', 'reset', 'html'],
  damage: [
    'empty',
    'garbage',
    'truncated',
    'cut-off',
    'cut-off:1',
    'repeat-token',
    'second-page:1',
    'empty-first-page',
    'empty-token',
    'missing-fields',
    'missing-lists',
  ],
  silence: ['hang', 'stalled', 'slow:2000'],
} as const;

const everyFault: readonly string[] = Object.values(operationFaults).flat();

const dnsFaults = [
  'nxdomain',
  'nodata',
  'servfail',
  'refused',
  'yxdomain',
  'notauth',
  'drop',
  'loop',
  'foreign-cname',
  'two-cnames',
  'garbage',
  'wrong-id',
  'slow:1000',
  'slow:60000',
];

/** The faults that the retries, and some patience, get over; an empty page is none at all. */
export const passing: readonly string[] = [
  'throttled:2',
  'cut-off:1',
  'empty-first-page',
  'empty-token',
  'slow:2000',
  'slow:1000',
  'wrong-id',
];

/** EC2 is asked for one endpoint by its id, and answers that at once. */
const notPaged = ['ec2:DescribeVpcEndpoints=empty-first-page'];

/** `rds:DescribeDBProxies=denied` and so on, for every operation. */
export const faultsOf = (group: keyof typeof operationFaults): readonly string[] =>
  operations
    .flatMap((operation) => operationFaults[group].map((fault) => `${operation}=${fault}`))
    .filter((fault) => !notPaged.includes(fault));

/** Those that are not for every operation. */
export const particularFaults: readonly string[] = [
  'cloudtrail:LookupEvents=not-json-event',
  'rds:DescribeDBProxyEndpoints=endless',
  'rds:DescribeDBProxies=missing-field:Endpoint',
  'redshift:DescribeClusters=scp-denied',
  ...dnsFaults.map((fault) => `dns=${fault}`),
];

export const allFaults: readonly string[] = [
  ...faultsOf('refusals'),
  ...faultsOf('damage'),
  ...faultsOf('silence'),
  ...particularFaults,
];

/**
 * What `npm test` tries of these: all that is on no service's operation, all that is special, and of the rest every twentieth, in
 * diagonals, so that every operation meets a fault, and every fault some operations. `behavesLikeAService` tries on each what depends
 * on the service.
 */
export const usualFaults: ReadonlySet<string> = new Set(
  allFaults.filter((fault) => {
    const [operation = '', does = ''] = fault.split('=');
    const diagonal = operations.indexOf(operation) + everyFault.indexOf(does);
    return serviceOf(operation) === null || particularFaults.includes(fault) || diagonal % 20 === 0;
  }),
);

export const deadlineMs = 25_000;

/** What one kind of endpoint was answered. */
export type Answered = {
  readonly kind: Example;
  /** Of the virtual clock. */
  readonly afterMs: number;
} & (
  | { readonly status: 200; readonly answer: Identification }
  | { readonly status: number; readonly problem: ProblemDocument }
);

/** The id of the service whose endpoints an operation tells of; `null` for what every lookup needs. */
export function serviceOf(operation: string): string | null {
  const [api, name = ''] = operation.split(':');
  const owner = services.find((one) => one.api?.id === api && Object.hasOwn(one.operations ?? {}, name));
  return owner?.examples === undefined ? null : owner.id;
}

/** An account, and what is asked of it. */
export interface Stage {
  readonly account: Account;
  readonly kinds: readonly Example[];
  /** The demo's lists have several pages then; so have those of a small account. */
  readonly pageItems: number;
  /** The only services that there are; absent: all. */
  readonly services?: readonly Service[];
}

const { account, examples } = demo(new Date());
withoutCrowd(account);

/** Those of the demo account's examples that ask for one endpoint in one Region, plainly. */
export const kinds: readonly Example[] = examples.filter(isPlain);
export const wholeDemo: Stage = { account, kinds, pageItems: 10 };

function isPlain({ path, expect }: Example): boolean {
  return expect.status === 200 && /^\/vpc-endpoints\/[^?]+$/.test(path);
}

/**
 * The kinds of the service that has the operation, and three bystanders: another owner, an orphan, and a tag that lies. For what every
 * lookup needs, one owner by alias, one by id and one by its tag.
 *
 * @param service its id; `null` for what is no service's: EC2, CloudTrail, DNS
 */
export function smallStage(service: string | null): Stage {
  const builder = newAccount('111122223333');
  const tokyo = builder.region('ap-northeast-1', new Date());
  const own = services.find(({ id }) => id === service)?.examples?.(tokyo) ?? [];
  const days = tokyo.daysAgo(5);
  const others =
    own.length > 0
      ? [
          service === 'redshift'
            ? tokyo.transferServer({ createdAt: days })
            : tokyo.redshiftCluster({ createdAt: days }),
        ]
      : [
          tokyo.rdsProxy({ name: 'aliased', createdAt: days }),
          tokyo.redshiftCluster({ name: 'listing', createdAt: days }),
          tokyo.firewall({ name: 'tagged', createdAt: days }),
        ];
  const bystanders = ownerlessExamples(tokyo).filter(({ title }) =>
    /CloudTrail remembers|tagged with the name/.test(title),
  );
  const all = [
    ...own,
    ...others.map((made) => identifiedById(`the ${made.owner.service}`, made)),
    ...bystanders,
  ];
  withoutCrowd(builder.account);
  const plain = all.filter(isPlain);
  const ids = plain.flatMap(({ expect }) => expect.service ?? []);
  return {
    account: builder.account,
    kinds: plain,
    pageItems: 4,
    services: only(...ids, ...(service === null ? [] : [service])),
  };
}

function withoutCrowd({ regions }: Account): void {
  for (const region of Object.values(regions)) {
    const decoys = region.dbProxies.filter(({ DBProxyName }) => DBProxyName?.startsWith('decoy-'));
    const spared = new Set(decoys.slice(3).map(({ DBProxyName }) => DBProxyName));
    region.dbProxies = region.dbProxies.filter(({ DBProxyName }) => !spared.has(DBProxyName));
    region.dbProxyEndpoints = region.dbProxyEndpoints.filter(({ DBProxyName }) => !spared.has(DBProxyName));
  }
}

/** @param fault as `--fault` takes it; none: an ordinary day */
export async function askFor(
  stage: Stage,
  some: readonly Example[],
  fault?: string,
): Promise<readonly Answered[]> {
  return underFault(stage, fault, (request) =>
    Promise.all(
      some.map(async (kind): Promise<Answered> => {
        const { status, document, afterMs } = await request(kind.path);
        return status === 200
          ? { kind, afterMs, status, answer: identification.parse(document) }
          : { kind, afterMs, status, problem: problem.parse(document) };
      }),
    ),
  );
}

/** The operations that the lookup of each kind sends on an ordinary day, by path: no other one's fault is any matter of it. */
export async function sentBy(stage: Stage): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const sent = new Map<string, ReadonlySet<string>>();
  for (const { path } of stage.kinds) {
    const made = await underFault(stage, undefined, async (request, { calls }) => {
      await request(path);
      return calls.map(({ service, operation }) => `${service}:${operation}`);
    });
    sent.set(path, new Set(made));
  }
  return sent;
}

type Request = (
  path: string,
) => Promise<{ readonly status: number; readonly document: unknown; readonly afterMs: number }>;

/** Asks the account for anything, in virtual time. */
export async function underFault<T>(
  { account, pageItems: maxPageItems, services }: Omit<Stage, 'kinds'>,
  fault: string | undefined,
  ask: (request: Request, { calls }: Pick<Sandbox, 'calls'>) => Promise<T>,
): Promise<T> {
  const faults = fault === undefined ? {} : parseFault(fault);
  const api = await startApi(account, {
    faults,
    maxPageItems,
    deadlineMs,
    ...(services === undefined ? {} : { services }),
  });
  const { calls, queries } = api.sandbox;
  const time = beginVirtualTime(() => calls.length + queries.length);
  try {
    return await time.passUntil(
      ask(async (path) => {
        const { status, body } = await api.request(path);
        return { status, document: JSON.parse(body), afterMs: time.now() };
      }, api.sandbox),
    );
  } finally {
    time.end();
    await api.close();
  }
}
