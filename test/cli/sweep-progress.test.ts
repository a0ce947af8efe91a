import { expect, test } from '@jest/globals';
import { newSweepProgress } from '../../cli/sweep-progress.ts';

function started() {
  let now = 0;
  const progress = newSweepProgress(() => now);
  return {
    ...progress,
    reading: (...services: string[]) => {
      for (const service of services) progress.take({ is: 'reading', service });
    },
    read: (...services: string[]) => {
      for (const service of services) progress.take({ is: 'read', service });
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('at first the Region is all that is known, and all that an API elsewhere tells', () => {
  const { begin, describe, pass } = started();
  begin('us-east-1', 0, 2);
  expect(describe()).toBe('Region us-east-1 (1 of 2)');
  pass(60_000);
  expect(describe()).toBe('Region us-east-1 (1 of 2)');
});

test('the endpoints, the service that is being read, and the time that is left', () => {
  const { begin, take, reading, read, pass, describe } = started();
  begin('us-east-1', 0, 1);
  take({ is: 'endpoints', count: 500 });
  reading('rds-proxy', 'msk', 'redshift', 'transfer');
  pass(1_000);
  expect(describe()).toBe('Region us-east-1 (1 of 1), reading rds-proxy and 3 more, 500 endpoints');
  read('rds-proxy', 'redshift', 'transfer');
  pass(8_000);
  // Three of four lists in 9 s, and the answers after that.
  expect(describe()).toBe('Region us-east-1 (1 of 1), ~5 s left, reading msk, 500 endpoints');
  read('msk');
  for (let row = 0; row < 250; row += 1) take({ is: 'answered' });
  pass(1_000);
  expect(describe()).toBe('Region us-east-1 (1 of 1), ~1 s left, 250 of 500 endpoints');
});

test('the next page begins anew and counts on, and so does the next Region from nothing', () => {
  const { begin, take, reading, pass, describe } = started();
  begin('us-east-1', 0, 2);
  take({ is: 'endpoints', count: 2 });
  take({ is: 'answered' });
  take({ is: 'answered' });
  take({ is: 'endpoints', count: 3 });
  reading('msk');
  expect(describe()).toBe('Region us-east-1 (1 of 2), reading msk, 5 endpoints');
  pass(10_000);
  begin('us-east-2', 1, 2);
  expect(describe()).toBe('Region us-east-2 (2 of 2), ~10 s left');
});
