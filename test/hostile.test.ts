import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createTelemetry } from '../lambda/telemetry/telemetry.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Api, startApi } from './support/api.ts';
import { unsafeInText } from './support/hostile.ts';

const clear = '\u001b[2J\u009b31m\u202e';

let api: Api;
afterEach(async () => {
  jest.restoreAllMocks();
  await api.close();
});

async function start(name = 'orders') {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const { vpcEndpointId } = region.workgroup();
  for (const workgroup of region.resources.workgroups) workgroup.workgroupName = name;
  for (const endpoint of region.resources.vpcEndpoints) endpoint.Tags = [{ Key: '__proto__', Value: 'x' }];
  api = await startApi(region.account, { observe: createTelemetry() });
  return `/vpc-endpoints/${vpcEndpointId}`;
}

describe('an answer', () => {
  test('is nobody else’s to read, to keep or to frame', async () => {
    const path = await start();
    for (const asked of [path, `${path}?format=text`, '/openapi.json', '/nowhere']) {
      const { headers } = await api.request(asked, { origin: 'https://attacker.example' });
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const preflight = await api.request(path, { origin: 'https://attacker.example' }, 'OPTIONS');
    expect(preflight.status).toBe(405);
  });

  test('as JSON keeps every value, and shows a terminal none that it would act on', async () => {
    const path = await start(`orders${clear}`);
    const { body } = await api.request(path);
    expect(body).not.toMatch(unsafeInText);
    expect(body).toContain('orders\\u001b[2J\\u009b31m\\u202e');
    expect(JSON.parse(body).owner.resourceId).toBe(`orders${clear}`);
  });

  test('has a tag for every tag, whatever its key', async () => {
    const path = await start();
    const { body } = await api.request(path);
    expect(body).toContain('"__proto__": "x"');
  });

  test('gives no command for a name that is not what it looks like, and says so', async () => {
    const path = await start('a\u202eb');
    const { nextStep } = JSON.parse((await api.request(path)).body);
    expect(nextStep.commands).toEqual([]);
    expect(nextStep.warnings).toContain(
      'A name holds characters that are not shown, so there is no command that is safe to paste.',
    );
  });
});

test('the log is one line of JSON for each request, whatever was asked and found', async () => {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const path = await start(`orders${clear}\n{"level":"ERROR","message":"forged"}`);
  await api.request(path);
  await api.request(`/${encodeURIComponent(`${clear}\n{"level":"ERROR"}`)}?q=${encodeURIComponent(clear)}`);
  jest.restoreAllMocks();
  const logged = lines.filter((line) => !line.includes('CloudWatchMetrics'));
  expect(logged).toHaveLength(2);
  for (const line of logged) {
    expect(line).toMatch(/^\{.*\}\n$/);
    expect(line).not.toMatch(unsafeInText);
    expect(JSON.parse(line).level).not.toBe('ERROR');
  }
});
