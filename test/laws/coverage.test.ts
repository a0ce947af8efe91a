import { expect, test } from '@jest/globals';
import { services } from '../../lambda/resolvers/index.ts';
import { permissionsOf } from '../../lib/permissions.ts';
import { countedKinds, dnsKinds, steadyKinds } from '../../sandbox/faults.ts';
import {
  allFaults,
  faultsOf,
  operationFaults,
  operations,
  particularFaults,
  serviceOf,
  usualFaults,
} from '../support/matrix.ts';

const kindsOf = (faults: readonly string[]) =>
  new Set(faults.map((fault) => /=([^:]+)/.exec(fault)?.[1] ?? ''));

test('the laws are tested with every fault that the sandbox has', () => {
  const known = [...countedKinds, ...steadyKinds, ...dnsKinds, 'slow', 'second-page'];
  expect(kindsOf(allFaults)).toEqual(new Set(known));
  expect(faultsOf('damage')).toContain('rds:DescribeDBProxies=truncated');
});

test('the laws are tested for every operation that the program calls', () => {
  const called = permissionsOf(services).map(({ action }) => action);
  expect(operations).toEqual(expect.arrayContaining(called));
});

test('npm test tries each fault on some operation of a service, and each operation under some fault', () => {
  const onServices = [...usualFaults].flatMap((fault) => {
    const [operation = '', name = ''] = fault.split('=');
    return serviceOf(operation) === null ? [] : [{ operation, name }];
  });
  const all = Object.values(operationFaults).flat();
  for (const name of all) expect(onServices.map((one) => one.name)).toContain(name);
  for (const operation of operations) expect([...usualFaults].join(' ')).toContain(`${operation}=`);
  expect(usualFaults).toEqual(new Set([...usualFaults, ...particularFaults]));
});
