/**
 * Installs what is missing, so that `npm start` and `npm test` work on a fresh clone: runs `npm ci` when
 * node_modules was not installed from the package-lock.json that lies beside it. No dependencies of its own.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './is-installed.mjs';

if (!isInstalled()) {
  console.error('installing what is missing (npm ci)');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    stdio: ['ignore', 2, 2],
    shell: true,
  });
  if (status !== 0) process.exit(status ?? 1);
}
