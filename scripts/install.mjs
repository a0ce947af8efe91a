/**
 * Installs what is missing, so that `npm start` and `npm test` work on a fresh clone: runs `npm ci` when
 * node_modules was not installed from the package-lock.json that lies beside it. No dependencies of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const installed = new URL('node_modules/.package-lock.json', root);
const upToDate =
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(new URL('package-lock.json', root)).mtimeMs;
if (!upToDate) {
  console.error('installing what is missing (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 2, 2],
    shell: true,
  });
  if (status !== 0) process.exit(status ?? 1);
}
