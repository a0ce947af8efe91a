import { expect, test } from '@jest/globals';
import { benchAccount, rounds } from '../../bench/account.ts';

const now = new Date();

test('the small account has a critical path of two or three calls for every kind of owner', () => {
  const paths = benchAccount(30, now)
    .rounds.flat()
    .map(({ kind, calls, dnsAnswers }) => [kind, calls, dnsAnswers]);
  expect(Object.fromEntries(paths.map(([kind, ...path]) => [kind, path]))).toEqual({
    'firewall that its tag names': [2, 0],
    'firewall without tags': [3, 0],
    'VPC endpoint association': [3, 0],
    'RDS proxy': [2, 1],
    'RDS proxy endpoint': [2, 1],
    'Aurora Serverless v1 cluster': [2, 1],
    'Redshift cluster that lists it': [2, 0],
    'Redshift cluster, by alias': [2, 1],
    'Redshift-managed VPC endpoint': [2, 0],
    'Redshift Serverless workgroup that lists it': [2, 0],
    'Redshift Serverless workgroup, by alias': [2, 1],
    'Redshift Serverless managed VPC endpoint': [2, 0],
  });
});

test('in a larger account the pages before the owner are on its critical path', () => {
  const callsOf = (size: number, kind: string) =>
    benchAccount(size, now).rounds[0]?.find((subject) => subject.kind === kind)?.calls;
  expect(callsOf(500, 'RDS proxy')).toBe(1 + 4);
  // Each proxy has its default endpoint in the list too.
  expect(callsOf(500, 'RDS proxy endpoint')).toBe(1 + 7);
  expect(callsOf(500, 'VPC endpoint association')).toBe(1 + 4 + 1);
});

test('no endpoint is asked for twice, and every round has the same kinds', () => {
  for (const size of [30, 1_500]) {
    const { rounds: all } = benchAccount(size, now);
    expect(all).toHaveLength(rounds);
    expect(new Set(all.flat().map(({ vpcEndpointId }) => vpcEndpointId)).size).toBe(12 * rounds);
    for (const round of all) expect(round.map(({ kind }) => kind)).toEqual(all[0]?.map(({ kind }) => kind));
  }
});

test('CloudTrail cannot lead to the firewalls that are to be found by their lists', () => {
  const { account, rounds: all } = benchAccount(30, now);
  const { events = [] } = account.regions['ap-northeast-1'] ?? {};
  const known = all
    .flat()
    .filter(({ vpcEndpointId }) =>
      events.some((event) => event.Resources?.some(({ ResourceName }) => ResourceName === vpcEndpointId)),
    );
  expect(known.map(({ kind }) => kind)).not.toContain('firewall without tags');
  expect(known.map(({ kind }) => kind)).not.toContain('VPC endpoint association');
  expect(known.map(({ kind }) => kind)).toContain('RDS proxy');
});
