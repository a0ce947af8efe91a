/** A real browser, for what only one can tell: the tests of the page, and its picture. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH comes first. @returns `null` where there is none */
export function findBrowser(): string | null {
  const { PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: named } = process.env;
  return [...(named === undefined ? [] : [named]), ...places].find((path) => existsSync(path)) ?? null;
}

/** It asks nobody but us. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      // Root, as in a container of CI, has no sandbox of Chromium's.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
