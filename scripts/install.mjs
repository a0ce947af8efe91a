/**
 * Installs what is missing, so that `npm start` and `npm test` work on a fresh clone: runs `npm ci` when
 * node_modules was not installed from the package-lock.json that lies beside it. No dependencies of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const upToDate =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!upToDate) {
  console.error('installing what is missing (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    stdio: ['ignore', 2, 2],
    shell: true,
  });
  process.exit(status ?? 1);
}
