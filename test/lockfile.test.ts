import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}

const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

test('the lock file lists the packages of every platform, or npm ci refuses it', () => {
  const optional = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(optional).not.toEqual([]);
  const listed = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
  expect(optional.filter((name) => !listed.has(name))).toEqual([]);
});

test('the lock file has the hash of every package, so that nothing else is installed in its place', () => {
  const packages = Object.entries(lock.packages).filter(
    ([path, { version, link, inBundle }]) =>
      path !== '' && version !== undefined && link !== true && inBundle !== true,
  );
  expect(packages.length).toBeGreaterThan(100);
  expect(
    packages
      .filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))
      .map(([path]) => path),
  ).toEqual([]);
});

test('the lock file leaves the choice of registry to whoever installs', () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('no file names the address of a registry', () => {
  const notOurs = /^(node_modules|\.git|cdk\.out|coverage)$/;
  const [, chosen] = /^https?:\/\/([^/]+)/.exec(process.env['npm_config_registry'] ?? '') ?? [];
  const hosts = [['registry', 'npmjs', 'org'].join('.'), ...(chosen === undefined ? [] : [chosen])];
  const files = (directory: string): string[] =>
    readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
      if (notOurs.test(entry.name)) return [];
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return files(path);
      return entry.isFile() ? [path] : [];
    });
  const naming = files('.').filter((path) => {
    const text = readFileSync(path, 'latin1');
    return hosts.some((host) => text.includes(host));
  });
  expect(naming).toEqual([]);
});
