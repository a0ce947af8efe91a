/**
 * Run after a change of dependencies: `node scripts/complete-lockfile.mjs`.
 *
 * npm leaves a package that is built for another platform out of package-lock.json when the registry at hand does not
 * serve it, and `npm ci` then refuses the lock file. This adds what is missing: version and platform, which npm needs to
 * pass it over here and to fetch it there, and the registry's hash, without which npm takes whatever it is served.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const oses = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const cpus = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (path in lock.packages || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/);
    const os = oses.find((word) => words.includes(word));
    const cpu = cpus.find((word) => words.includes(word));
    if (os === undefined || cpu === undefined) continue;
    lock.packages[path] = {
      version,
      cpu: [cpu],
      ...(parent.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
    };
  }
}

for (const [path, locked] of Object.entries(lock.packages)) {
  // What a package brings along in its own archive is covered by the hash of that archive.
  if (path === '' || locked.link || locked.inBundle || locked.integrity !== undefined) continue;
  const { version, ...rest } = locked;
  const name = locked.name ?? path.split('node_modules/').at(-1);
  lock.packages[path] = { version, integrity: integrityOf(name, version), ...rest };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

/** @throws when the registry has no SHA-512 of it: a lock file with a gap looks like one without */
function integrityOf(name, version) {
  const arguments_ = ['view', `${name}@${version}`, 'dist.integrity'];
  const integrity = execFileSync('npm', arguments_, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (!/^sha512-[\w+/]+=*$/.test(integrity.trim())) throw new Error(`no integrity of ${name}@${version}`);
  return integrity.trim();
}
