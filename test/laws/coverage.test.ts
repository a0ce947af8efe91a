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
  const known = [...countedKinds, ...steadyKinds, ...dnsKinds, 'slow', 'second-page', 'missing-field'];
  expect(kindsOf(allFaults)).toEqual(new Set(known));
  expect(faultsOf('damage')).toContain('rds:DescribeDBProxies=truncated');
});

test('the laws are tested for every operation that the program calls', () => {
  const called = permissionsOf(services).map(({ action }) => action);
  expect(operations).toEqual(expect.arrayContaining(called));
});

test('npm test tries each fault on some operation of a service, and each operation under some fault', () => {
  const tried = [...usualFaults].map((fault) => {
    const [operation = '', name] = fault.split('=');
    return { operation, name };
  });
  const onServices = tried.filter(({ operation }) => serviceOf(operation) !== null);
  const names = Object.values(operationFaults).flat();
  expect(onServices.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(tried.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...operations]));
  expect(usualFaults).toEqual(new Set([...usualFaults, ...particularFaults]));
});
