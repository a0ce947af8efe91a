import { existsSync, statSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** Whether node_modules was installed from the package-lock.json that lies beside it. */
export function isInstalled() {
  const installed = new URL('node_modules/.package-lock.json', root);
  const locked = new URL('package-lock.json', root);
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs;
}
