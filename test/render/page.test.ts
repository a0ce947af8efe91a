import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as contract from '../../lambda/http/contract.ts';
import { renderPage } from '../../lambda/render/page.ts';
import { newAccount } from '../../sandbox/build.ts';
import { demo, type Example } from '../../sandbox/demo.ts';
import { exampleIdentification } from '../../scripts/openapi-examples.ts';
import { type Api, startApi } from '../support/api.ts';
import { hostileText, tricks } from '../support/hostile.ts';
import { parseMarkup } from '../support/markup.ts';
import '../support/seed.ts';
import { thorough, times } from '../support/thorough.ts';

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const home = {
  notice: 'This is a <sandbox>.',
  examples: [{ title: 'an & example', path: '/identify?q=a&b' }],
};
const asked = { rawPath: '/', rawQueryString: '', requestContext: { stage: '$default' } };

const { account, examples } = demo(new Date());
let api: Api;
beforeAll(async () => {
  api = await startApi(account);
});
afterAll(() => api.close());

const pathOf = (title: string) => {
  const example = examples.find((each) => each.title === title);
  if (example === undefined) throw new Error(`no example: ${title}`);
  return example.path.replace('?format=text', '');
};

/** What people read of it. */
const words = (page: string) =>
  page
    .replace(/<(style|script|title)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

describe('every kind of answer of the demo account is a page', () => {
  const kindOf = ({ expect: { status, code, verdict, service } }: Example) =>
    [status, code, verdict, service].join();
  const kinds = new Map(examples.map((example) => [thorough ? example.path : kindOf(example), example]));

  test.each([...kinds.values()].filter(({ path }) => !path.includes('format=')))(
    '$title',
    async ({ path, expect: expected }) => {
      const { status, headers, body } = await api.request(path, browser);
      expect(status).toBe(expected.status);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      const elements = parseMarkup(body);
      expect(elements.filter(({ name }) => name === 'h1')).toHaveLength(1);
      expect(elements.filter(({ name }) => name === 'rect').length).toBeLessThanOrEqual(8);
      expect(words(body)).toContain(expected.resourceId ?? expected.code ?? 'vpce-');
      const json = JSON.parse((await api.request(path)).body);
      for (const command of json.nextStep?.commands ?? []) expect(words(body)).toContain(command);
      for (const { href = '' } of elements.map(({ attributes }) => attributes)) {
        expect(href).toMatch(/^($|\/|\?|https:\/\/|data:image\/svg)/);
      }
    },
  );
});

describe('the policy of a page', () => {
  test('lets in what is written in it, and nothing else', async () => {
    const { headers, body } = await api.request('/', browser);
    const hash = (source = '') => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
    const [, style] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
    const [, script] = /<script>(.*?)<\/script>/s.exec(body) ?? [];
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; form-action 'self'; ` +
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('GET /', () => {
  test('is a form for browsers, whose question /identify takes', async () => {
    const { status, body } = await api.request('/', browser);
    const form = parseMarkup(body).find(({ name }) => name === 'form');
    expect([status, form?.attributes]).toEqual([200, { action: '/identify', role: 'search' }]);
    expect(body).not.toMatch(/sandbox/i);
  });

  test('is ten lines for a terminal, none longer than 80 columns but the command', async () => {
    const { body, headers } = await api.request('/', { accept: 'text/plain' });
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = body.trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    for (const line of lines.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(80);
    expect(body).toContain('GET /identify?q=TEXT');
  });

  test('is the routes for programs', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
      const { routes, ...more } = contract.home.parse(JSON.parse((await api.request('/', headers)).body));
      expect(routes.map(({ path }) => path)).toEqual([
        '/',
        '/identify?q=TEXT',
        '/vpc-endpoints/{vpcEndpointId}',
        '/vpc-endpoints',
        '/openapi.json',
      ]);
      expect(more).toEqual({});
    }
  });

  test('says that it is a sandbox, with its examples, only where it is told so', async () => {
    const sandbox = await startApi(account, { home });
    try {
      const { body } = await sandbox.request('/', browser);
      expect(body).toContain('This is a &lt;sandbox&gt;.');
      expect(body).toContain('<a href="/identify?q=a&amp;b">an &amp; example</a>');
      const answer = await sandbox.request(pathOf('an RDS proxy, older than 90 days'), browser);
      expect(answer.body).toContain('This is a &lt;sandbox&gt;.');
      expect(contract.home.parse(JSON.parse((await sandbox.request('/')).body))).toMatchObject(home);
      expect((await sandbox.request('/?format=text')).body).toContain('/identify?q=a&b  # an & example\n');
    } finally {
      await sandbox.close();
    }
  });
});

describe('a page', () => {
  test('keeps the question, and leads to the same answer as JSON and text', async () => {
    const { body } = await api.request(`${pathOf('the whole error line')}&format=html`);
    expect(body).toMatch(/<textarea[^>]*>\nvpce-[0-9a-f]{17} - Operation is not allowed/);
    expect(body).toMatch(/<a href="\?q=vpce-[^"]*&amp;format=json">as JSON<\/a>/);
    expect(body).toMatch(/<a href="\?q=vpce-[^"]*&amp;format=text">as text<\/a>/);
  });

  test('keeps the line breaks of a question', () => {
    const page = renderPage(
      { is: 'answer', identification: exampleIdentification },
      { ...asked, rawPath: '/identify', rawQueryString: 'q=one%0D%0A%3C%2Ftextarea%3E%00two' },
    );
    expect(page).toContain('\none\n&lt;/textarea&gt; two</textarea>');
  });

  test('of a stage keeps to its stage', () => {
    const page = renderPage(
      { is: 'home' },
      { ...asked, rawPath: '/prod/', requestContext: { stage: 'prod' } },
    );
    expect(page).toContain('action="/prod/identify"');
    expect(page).toContain('href="/prod/openapi.json"');
  });

  test('links to no other host, whatever the path', async () => {
    const { status, body } = await api.request('//attacker.example/%22%3E', browser);
    expect(status).toBe(404);
    for (const { href = '' } of parseMarkup(body).map(({ attributes }) => attributes)) {
      expect(href).not.toMatch(/attacker|^\/\//);
    }
  });

  test('draws what somebody merely says as dashes, what is refuted with a cross, what is confirmed as a line', async () => {
    const { body } = await api.request(
      pathOf('an RDS proxy whose endpoint is tagged with the name of a firewall'),
      browser,
    );
    expect(body).toContain('class="l confirms"');
    expect(body).toContain('class="l says"');
    expect(body).toContain('class="x"');
    expect(words(body)).toContain('Confirmed by DNS. invoices.proxy-');
    expect(words(body)).toContain('Tag: refuted. The endpoint carries the tag Firewall=');
  });

  test('says what is assumed, on the link and in the list', async () => {
    const { body } = await api.request(pathOf('an RDS proxy by its IPv6 addresses'), browser);
    expect(words(body)).toContain('if nothing else has them');
    expect(words(body)).toMatch(/Assumed\. Nothing else in vpc-[0-9a-f]+ has these addresses\./);
  });

  test('shows candidates side by side with what tells them apart, and once what does not', async () => {
    const { body } = await api.request(
      pathOf('one of two Aurora Serverless v1 clusters, and nothing tells which'),
      browser,
    );
    expect(words(body)).toContain('The same for all: kind DB cluster, service Amazon Aurora Serverless v1.');
    expect(body.match(/<h3>/g)).toHaveLength(2);
  });

  test('warns before it hands out the text of a support case', async () => {
    const { body } = await api.request(pathOf('an orphan of a firewall that is deleted'), browser);
    expect(words(body)).toMatch(
      /Before you do: An endpoint can outlive .* paste this into the case: VPC endpoint vpce-/,
    );
  });

  test('says what was not checked and what it may change, before what to do', async () => {
    const { body } = await api.request(pathOf('an orphan that nothing remembers'), browser);
    expect(words(body)).toMatch(/Not checked It could show the owner\. .*What to do/);
    expect(words(body)).toMatch(/\d+ checks could change this/);
  });

  test('of an error says what was expected, and when to come back', () => {
    const problem = {
      type: 'urn:vpce-owner:problem:aws-throttled',
      title: 'AWS throttled the request',
      status: 503,
      detail: 'Expected <b>.',
      code: 'aws-throttled' as const,
      requestId: 'JKJaXmPLvHcESHA=',
      action: 'ec2:DescribeVpcEndpoints',
      retryAfterSeconds: 5,
    };
    const page = renderPage({ is: 'problem', problem }, asked);
    parseMarkup(page);
    expect(words(page)).toContain('Expected &lt;b&gt;.');
    expect(words(page)).toContain('Ask again in 5 s');
    expect(words(page)).toContain('IAM action ec2:DescribeVpcEndpoints');
  });
});

describe('whatever others wrote', () => {
  /** What acts, is not shown or turns the direction of reading; line breaks are the page's own. */
  const unsafe = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]/u;

  test.each(tricks)('the name %j stays a name', async (name) => {
    const region = newAccount('111122223333').region('ap-northeast-1', new Date());
    const { vpcEndpointId } = region.workgroup();
    for (const workgroup of region.resources.workgroups) workgroup.workgroupName = name;
    const own = await startApi(region.account);
    try {
      const { status, body } = await own.request(`/vpc-endpoints/${vpcEndpointId}`, browser);
      expect(status).toBe(200);
      parseMarkup(body);
      expect(body.replaceAll(/<(style|script)>.*?<\/\1>/gs, '')).not.toMatch(unsafe);
    } finally {
      await own.close();
    }
  });

  test('every value of an answer and of a question is text', () => {
    const list = fc.array(hostileText, { maxLength: 3 });
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, list, (a, b, c, many) => {
        const { owner, service } = exampleIdentification;
        if (owner === null || service === null) throw new Error('the example has an owner');
        const evil = { ...owner, resourceType: a, resourceId: b, arn: c, parentArn: a, consoleUrl: b };
        const answer = {
          ...exampleIdentification,
          region: a,
          service: { id: b, name: c },
          owner: evil,
          candidates: many.map((resourceId) => ({ ...evil, resourceId, service, strength: 'hint' as const })),
          evidence: (['dns', 'address', 'api', 'network', 'endpoint-tag'] as const).map((source) => ({
            source,
            service: a,
            strength: source === 'endpoint-tag' ? ('refuted' as const) : ('probable' as const),
            statement: `${b} ${c}`,
          })),
          checks: [{ check: a, outcome: 'failed' as const, reason: b, apiCalls: 1, durationMs: 1 }],
          complete: false,
          endpoint: {
            ...exampleIdentification.endpoint,
            serviceName: a,
            vpcId: b,
            subnetIds: many,
            tags: { [a]: c },
          },
          nextStep: {
            ...exampleIdentification.nextStep,
            summary: `${a}\n${b}`,
            commands: many,
            warnings: many,
            documentation: c,
          },
        };
        const query = `q=${encodeURIComponent(a.toWellFormed())}&${encodeURIComponent(b.toWellFormed())}`;
        const page = renderPage(
          { is: 'answer', identification: answer },
          { rawPath: a, rawQueryString: query, requestContext: { stage: 'prod' } },
          { notice: b, examples: [] },
        );
        parseMarkup(page);
        expect(page.replaceAll(/<(style|script)>.*?<\/\1>/gs, '')).not.toMatch(unsafe);
      }),
      { numRuns: times(60, 300) },
    );
  });
});
