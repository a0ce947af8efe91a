/** The account that `npm start` serves: an endpoint of every kind, and what to ask of each. */
import type { Account } from './account.ts';
import { newAccount } from './build.ts';
import { ownerlessExamples } from './demo/ownerless.ts';
import { requestExamples } from './demo/requests.ts';
import { services } from './services/registry.ts';
import type { Example } from './world/example.ts';

export type { Example, Expectation } from './world/example.ts';

/** The first is where the demo is deployed; it lets these be asked, and no others. */
export const demoRegions = ['ap-northeast-1', 'us-east-1'] as const;

export function demo(now: Date): { account: Account; examples: Example[] } {
  const { account, region } = newAccount('111122223333');
  const tokyo = region('ap-northeast-1', now);
  const virginia = region('us-east-1', now);
  const examples = [
    ...services.flatMap((service) => service.examples?.(tokyo) ?? []),
    ...ownerlessExamples(tokyo),
    ...requestExamples(tokyo, virginia),
  ];
  return { account, examples };
}

/** An owner by its hostname, one by its tag, two that nothing tells apart, none, and what people paste. */
const firstTitles: readonly string[] = [
  'an RDS proxy, a few days old',
  "a firewall that the endpoint's tag names, a few days old",
  'one of two Aurora Serverless v1 clusters, and nothing tells which',
  'an orphan that nothing remembers',
  'the whole error line',
];

/** Enough of them to see what an answer is. */
export function isFirstExample({ title }: Example): boolean {
  return firstTitles.includes(title);
}
