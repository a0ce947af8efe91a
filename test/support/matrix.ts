/** Every kind of endpoint of the demo account, asked for at the same time while one operation of AWS, or DNS, is at fault. */
import {
  type Identification,
  identification,
  type ProblemDocument,
  problem,
} from '../../lambda/http/contract.ts';
import type { Account } from '../../sandbox/account.ts';
import { demo, type Example } from '../../sandbox/demo.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { services } from '../../sandbox/services/registry.ts';
import { startApi } from './api.ts';
import { beginVirtualTime } from './virtual-time.ts';

/** `rds:DescribeDBProxies`, for each operation that the program may call. STS is for `npm start`. */
export const operations: readonly string[] = services
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
    'missing-fields',
    'missing-lists',
  ],
  silence: ['hang', 'stalled', 'slow:2000'],
} as const;

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

/** The faults that the retries, and some patience, get over. */
export const passing: readonly string[] = ['throttled:2', 'cut-off:1', 'slow:2000', 'slow:1000', 'wrong-id'];

/** `rds:DescribeDBProxies=denied` and so on, for every operation. */
export const faultsOf = (group: keyof typeof operationFaults): readonly string[] =>
  operations.flatMap((operation) => operationFaults[group].map((fault) => `${operation}=${fault}`));

/** Those that are not for every operation. */
export const particularFaults: readonly string[] = [
  'cloudtrail:LookupEvents=not-json-event',
  'rds:DescribeDBProxyEndpoints=endless',
  'redshift:DescribeClusters=scp-denied',
  ...dnsFaults.map((fault) => `dns=${fault}`),
];

export const allFaults: readonly string[] = [
  ...faultsOf('refusals'),
  ...faultsOf('damage'),
  ...faultsOf('silence'),
  ...particularFaults,
];

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

const { account, examples } = demo(new Date());
withoutCrowd(account);

/** Those of the demo account's examples that ask for one endpoint in one Region, plainly. */
export const kinds: readonly Example[] = examples.filter(
  ({ path, expect }) => expect.status === 200 && /^\/vpc-endpoints\/[^?]+$/.test(path),
);

/** The demo has more proxies than a page holds; here every list has several pages already. */
const pageItems = 10;

function withoutCrowd({ regions }: Account): void {
  for (const region of Object.values(regions)) {
    const decoys = region.dbProxies.filter(({ DBProxyName }) => DBProxyName?.startsWith('decoy-'));
    const spared = new Set(decoys.slice(3).map(({ DBProxyName }) => DBProxyName));
    region.dbProxies = region.dbProxies.filter(({ DBProxyName }) => !spared.has(DBProxyName));
    region.dbProxyEndpoints = region.dbProxyEndpoints.filter(({ DBProxyName }) => !spared.has(DBProxyName));
  }
}

/** @param fault as `--fault` takes it; none: an ordinary day */
export async function askForEveryKind(fault?: string): Promise<readonly Answered[]> {
  const faults = fault === undefined ? {} : parseFault(fault);
  const api = await startApi(account, { faults, maxPageItems: pageItems, deadlineMs });
  const { calls, queries } = api.sandbox;
  const time = beginVirtualTime(() => calls.length + queries.length);
  try {
    const answers = kinds.map(async (kind): Promise<Answered> => {
      const { status, body } = await api.request(kind.path);
      const afterMs = time.now();
      const document: unknown = JSON.parse(body);
      return status === 200
        ? { kind, afterMs, status, answer: identification.parse(document) }
        : { kind, afterMs, status, problem: problem.parse(document) };
    });
    return await time.passUntil(Promise.all(answers));
  } finally {
    time.end();
    await api.close();
  }
}
