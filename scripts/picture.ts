/** Makes docs/answer.png, the README's picture of the page, from the sandbox: `npm run picture`. */

import { onSandbox } from '../cli/on-sandbox.ts';
import { startServer } from '../cli/server.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { demo, demoRegions } from '../sandbox/demo.ts';
import { startSandbox } from '../sandbox/server.ts';
import { findBrowser, launch } from './browser.ts';

const executable = findBrowser();
if (executable === null) throw new Error('no browser was found: apt-get install chromium');
const { account, examples } = demo(new Date());
const shown = examples.find(({ title }) => title === 'the whole error line');
if (shown === undefined) throw new Error('the sandbox has no such example');

const sandbox = await startSandbox(account);
const [region] = demoRegions;
const { config, overrides } = onSandbox(sandbox, { region, allowedRegions: demoRegions });
const handler = createHandler(config, { overrides });
const server = await startServer({ handler, port: 0, accountId: account.accountId, region });
const browser = await launch(executable);
try {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1200, height: 800 } });
  await page.goto(`${server.url}${shown.path}`);
  const { y = 0, height = 0 } = (await page.locator('section:has(svg)').boundingBox()) ?? {};
  const clip = { x: 0, y: 0, width: 1200, height: Math.ceil(y + height) + 12 };
  await page.screenshot({ path: 'docs/answer.png', clip, fullPage: true });
} finally {
  await browser.close();
  await server.close();
  await sandbox.close();
}
