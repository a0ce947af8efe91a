import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onSandbox } from '../cli/on-sandbox.ts';
import { type Server, startServer } from '../cli/server.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { newAccount } from '../sandbox/build.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { behindSignature, credentials } from './support/signed.ts';

const run = promisify(execFile);
const region = 'ap-northeast-1';
const builder = newAccount('111122223333', 5).region(region, new Date());
const proxy = builder.rdsProxy({ name: 'orders' });
const errorLine =
  `${proxy.vpcEndpointId} - Operation is not allowed for requester-managed VPC endpoints for the service ` +
  `com.amazonaws.vpce.${region}.vpce-svc-0b2f119acb23c050e (it's "managed"; 100% sure).`;

let sandbox: Sandbox;
let api: Server;

beforeAll(async () => {
  sandbox = await startSandbox(builder.account, { lookupEventsPerSecond: Number.POSITIVE_INFINITY });
  const { config, overrides } = onSandbox(sandbox, { region });
  const handler = createHandler(config, { overrides });
  const options = { port: 0, accountId: '111122223333', region };
  api = await startServer({ ...options, handler: behindSignature(region, handler) });
});

afterAll(async () => {
  await api.close();
  await sandbox.close();
});

describe('the Node example', () => {
  const ask = async (question: string, keys: Partial<typeof credentials> = credentials) => {
    const { stdout } = await run(process.execPath, ['examples/ask.mjs', api.url, region, question], {
      env: { ...credentials, ...keys },
    });
    return stdout.trim();
  };

  test('signs what it asks, the whole error line too, and says who owns the endpoint', async () => {
    expect(await ask(errorLine)).toMatch(/^identified arn:aws:rds:\S+ Delete the RDS proxy orders;/);
  });

  test('says what is wrong with a question', async () => {
    expect(await ask('help')).toMatch(/^Expected .* such as/);
  });

  test('is not let in with the wrong key', async () => {
    expect(await ask(errorLine, { AWS_SECRET_ACCESS_KEY: 'wrong' })).toBe('Forbidden');
  });
});

test.each(['examples/ask.mjs', 'examples/ask.py'])('the documents show %s as it is', (file) => {
  expect(readFileSync('docs/call.md', 'utf8')).toContain(`\n${readFileSync(file, 'utf8')}\`\`\`\n`);
});
