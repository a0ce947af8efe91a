/** The page in a real browser: what it says to assistive technology, what it loads, what its buttons do. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onSandbox } from '../../cli/on-sandbox.ts';
import { type Server, startServer } from '../../cli/server.ts';
import { createHandler } from '../../lambda/http/handler.ts';
import { renderPage, rowsHeaders } from '../../lambda/render/page.ts';
import { demo } from '../../sandbox/demo.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { findBrowser, launch } from '../../scripts/browser.ts';
import { exampleSweep } from '../../scripts/openapi-examples.ts';
import { thorough } from '../support/thorough.ts';

const executable = findBrowser();
if (executable === null && process.env['CI'] === 'true') {
  throw new Error('CI needs a browser: apt-get install chromium');
}
const title =
  executable === null ? 'the page in a browser (none was found: skipped)' : 'the page in a browser';

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const { account, examples } = demo(new Date());
const pathOf = (wanted: string) => {
  const example = examples.find((each) => each.title === wanted);
  if (example === undefined) throw new Error(`no example: ${wanted}`);
  return example.path;
};
const errorLine = pathOf('the whole error line');
const kinds = [
  ['the home page', '/'],
  ['an owner', errorLine],
  ['an owner by its addresses', pathOf('an RDS proxy by its IPv6 addresses')],
  ['several that fit', pathOf('one of two Aurora Serverless v1 clusters, and nothing tells which')],
  ['an orphan', pathOf('an orphan of a firewall that is deleted')],
  ['an incomplete answer', pathOf('an orphan that nothing remembers')],
  ['a refuted tag', pathOf('an RDS proxy whose endpoint is tagged with the name of a firewall')],
  ["a customer's own endpoint", pathOf("a customer's own endpoint")],
  ['a Region', '/vpc-endpoints'],
  ['a subnet without endpoints', '/vpc-endpoints?subnetId=subnet-00000000000000000'],
  ['an error', pathOf('a text without an id')],
] as const;
const looks = {
  light: { colorScheme: 'light', viewport: { width: 1200, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1200, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const satisfies Record<string, BrowserContextOptions>;
/** Every part of the page is on one of them. */
const telling = ['an owner', 'an incomplete answer', 'a Region'];
const parts = [...telling, 'the home page', 'several that fit', 'an error'];

// A machine without a browser runs all other tests; CI fails without one, above.
(executable === null ? describe.skip : describe)(title, () => {
  let sandbox: Sandbox;
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    sandbox = await startSandbox(account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
    const { config, overrides } = onSandbox(sandbox, {
      region: 'ap-northeast-1',
      allowedRegions: Object.keys(account.regions),
    });
    const home = { notice: 'This is a sandbox.', examples };
    const handler = createHandler(config, { overrides, home });
    server = await startServer({ handler, port: 0, accountId: '111122223333', region: 'ap-northeast-1' });
    browser = await launch(executable ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await sandbox?.close();
  });

  /** With whatever the browser complains of; it calls every status of an error one. */
  async function open(path: string, options: BrowserContextOptions) {
    const page = await (await browser.newContext(options)).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (!message.text().includes('the server responded with a status of')) complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${server.url}${path}`);
    return { page, complaints };
  }

  async function findings(page: Page): Promise<unknown> {
    // The debugger's evaluation is not bound to the page's policy.
    await page.evaluate(axe);
    const run = `axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => html + failureSummary)]))`;
    return page.evaluate(run);
  }

  describe.each(Object.entries(looks))('%s', (name, look) => {
    test.each(kinds.filter(([kind]) => thorough || (name === 'light' ? parts : telling).includes(kind)))(
      'axe finds nothing on %s, it fits, and the browser does not complain',
      async (_kind, path) => {
        const { page, complaints } = await open(path, look);
        await page.locator('details').evaluateAll((all) => {
          for (const each of all) each.setAttribute('open', '');
        });
        expect(await findings(page)).toEqual([]);
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(overflow)).toBe(0);
        expect(complaints).toEqual([]);
        await page.context().close();
      },
    );
  });

  test('the keyboard reaches the question, then what to do, then the rest, in the order that is read', async () => {
    const { page } = await open(errorLine, looks.light);
    const reached: string[] = [];
    for (let presses = 0; presses < 10; presses += 1) {
      await page.keyboard.press('Tab');
      reached.push(String(await page.evaluate('document.activeElement.textContent.trim().slice(0, 8)')));
    }
    expect(reached).toEqual(
      [
        'vpce-owner',
        'vpce-0',
        'Ask',
        'Open DB proxy',
        'Copy',
        'AWS’s documentation',
        'All',
        'as JSON',
        'as text',
        'The contract',
      ].map((words) => expect.stringMatching(new RegExp(`^${words.slice(0, 5)}`))),
    );
    await page.context().close();
  });

  test('the button copies the command, and says so', async () => {
    const { page } = await open(errorLine, {
      ...looks.light,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'aws rds delete-db-proxy --db-proxy-name shop --region ap-northeast-1',
    );
    await page.context().close();
  });

  test('Enter asks, and the question stays', async () => {
    const { page } = await open('/', looks.light);
    const text = new URLSearchParams(errorLine.split('?')[1]).get('q') ?? '';
    await page.getByRole('textbox').fill(`aws: ${text}\nsecond line`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The DB proxy shop owns this endpoint' }).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe(`aws: ${text}\nsecond line`);
    await page.context().close();
  });

  test('without a script it asks too, a click selects the command, and no button is there that does nothing', async () => {
    const { page } = await open('/', { ...looks.light, javaScriptEnabled: false });
    await page.getByRole('textbox').fill(new URLSearchParams(errorLine.split('?')[1]).get('q') ?? '');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('heading', { name: 'The DB proxy shop owns this endpoint' }).waitFor();
    expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    await page.locator('pre').click();
    expect(await page.evaluate('getSelection().toString()')).toBe(
      'aws rds delete-db-proxy --db-proxy-name shop --region ap-northeast-1',
    );
    await page.context().close();
  });

  test('on paper there is the answer, and neither form nor buttons', async () => {
    const { page } = await open(errorLine, looks.light);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    await page.context().close();
  });

  test('ten thousand rows are sorted and filtered, with few of them in the document', async () => {
    const many = await startServer({ port: 0, ...place, handler: async (event) => manyRows(event) });
    try {
      const page = await (await browser.newContext(looks.light)).newPage();
      await page.goto(`${many.url}/vpc-endpoints`);
      expect(await page.textContent('[role=status]')).toBe('10000 of 10000 endpoints');
      expect(await page.locator('tbody tr').count()).toBeLessThan(150);
      expect(await page.getAttribute('table', 'aria-rowcount')).toBe('10001');
      const first = () => page.locator('tbody th').first().textContent();
      expect(await first()).toBe('vpce-00000000000000000');
      await page.getByRole('button', { name: 'Endpoint' }).click();
      await page.getByRole('button', { name: 'Endpoint' }).click();
      expect(await first()).toBe('vpce-00000000000009999');
      expect(await page.locator('th[aria-sort=descending]').textContent()).toBe('Endpoint');
      await page.getByLabel('Containing').fill('owner-1234 rds');
      expect(await page.textContent('[role=status]')).toBe('1 of 10000 endpoints');
      expect(await page.getByRole('link', { name: 'vpce-00000000000001234' }).getAttribute('href')).toBe(
        '/vpc-endpoints/vpce-00000000000001234?region=eu-west-1',
      );
      await page.getByLabel('Containing').fill('');
      await page.getByLabel('Verdict').selectOption('unidentified');
      expect(await page.textContent('[role=status]')).toBe('100 of 10000 endpoints');
    } finally {
      await many.close();
    }
  });

  test('without a script the first rows are there, and links to all of them', async () => {
    const many = await startServer({ port: 0, ...place, handler: async (event) => manyRows(event) });
    try {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await page.goto(`${many.url}/vpc-endpoints?vpcId=vpc-0a1b2c3d`);
      expect(await page.locator('tbody tr').count()).toBe(200);
      expect(await page.textContent('noscript')).toContain('The first 200 of 10000');
      expect(await page.getByRole('link', { name: 'As CSV' }).getAttribute('href')).toBe(
        '?vpcId=vpc-0a1b2c3d&format=csv',
      );
    } finally {
      await many.close();
    }
  });
});

const place = { accountId: '111122223333', region: 'eu-west-1' };

function manyRows(event: APIGatewayProxyEventV2) {
  const vpcEndpoints = exampleSweep.vpcEndpoints.flatMap((row) =>
    Array.from({ length: 10_000 }, (_, n) => ({
      ...row,
      vpcEndpointId: `vpce-${String(n).padStart(17, '0')}`,
      verdict: n % 100 === 0 ? ('unidentified' as const) : row.verdict,
      owner: row.owner && { ...row.owner, resourceId: `owner-${n}` },
    })),
  );
  const sweep = { ...exampleSweep, ...place, count: vpcEndpoints.length, vpcEndpoints };
  return { statusCode: 200, headers: rowsHeaders, body: renderPage({ is: 'sweep', sweep }, event) };
}
