import type { Account, Region } from './account.ts';
import { digest } from './random.ts';

/** One Region of one account at one moment: what every builder needs. */
export interface Scope {
  readonly account: Account;
  readonly accountId: string;
  readonly region: string;
  readonly resources: Region;
  readonly now: Date;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly dnsSuffix: 'amazonaws.com' | 'amazonaws.com.cn';
  daysAgo(days: number): Date;
  /** `vpce-0123456789abcdef0`, made from the name; a name that comes again gets another id. */
  id(prefix: string, name: string): string;
  /** The same for the same name. */
  idOf(prefix: string, name: string): string;
  /** The same for the same name. */
  uuidOf(name: string): string;
  /** Lower case letters and digits; the same for the same name. */
  tokenOf(name: string, length: number): string;
  /** `proxy-1`, `proxy-2`, … */
  nextName(kind: string): string;
  arn(service: string, resource: string, accountId?: string): string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param counts how often each name came, kept by the account: two builders of one Region must not repeat an id. */
export function scopeOf(
  account: Account,
  region: string,
  now: Date,
  seed: number,
  counts: Map<string, number>,
): Scope {
  const count = (key: string): number => {
    const next = (counts.get(`${region}/${key}`) ?? 0) + 1;
    counts.set(`${region}/${key}`, next);
    return next;
  };
  const root = digest(`${seed}/${account.accountId}/${region}`);
  const hashOf = (key: string): string => digest(root + key);
  const idOf = (prefix: string, name: string): string => `${prefix}-0${hashOf(`${prefix}/${name}`)}`;
  const tokens = new Map<string, string>();
  const resources = account.regions[region] ?? {};
  account.regions[region] = resources;
  const partition = partitionOf(region);

  return {
    account,
    accountId: account.accountId,
    region,
    resources,
    now,
    partition,
    dnsSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    daysAgo: (days) => new Date(now.getTime() - days * dayMs),
    id: (prefix, name) => {
      const repeated = count(`${prefix}/${name}`);
      return idOf(prefix, repeated === 1 ? name : `${name}/${repeated}`);
    },
    idOf,
    uuidOf: (name) => {
      const hash = hashOf(`uuid/${name}`);
      const head = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13)}`;
      return `${head}-a${hash.slice(5, 8)}-${hash.slice(8)}${hash.slice(0, 4)}`;
    },
    tokenOf: (name, length) => {
      const key = `${name}/${length}`;
      const token = tokens.get(key) ?? newToken(hashOf(`token/${name}`), length);
      tokens.set(key, token);
      return token;
    },
    nextName: (kind) => `${kind}-${count(`name/${kind}`)}`,
    arn: (service, resource, accountId = account.accountId) =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`,
  };
}

function newToken(seed: string, length: number): string {
  let token = '';
  for (let hash = seed; token.length < length; hash = digest(hash)) {
    token += Number.parseInt(hash.slice(0, 12), 16).toString(36).padStart(9, '0');
  }
  return token.slice(0, length);
}

function partitionOf(region: string): Scope['partition'] {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
