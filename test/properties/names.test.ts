import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Identification, identification } from '../../lambda/http/contract.ts';
import { renderText } from '../../lambda/render/text.ts';
import { newAccount } from '../../sandbox/build.ts';
import { type Api, startApi } from '../support/api.ts';
import { only } from '../support/few-services.ts';
import { asXmlText, hostileText, hostileXmlText, tricks, unsafeInText } from '../support/hostile.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

const owners = only('rds-proxy', 'aurora-serverless', 'network-firewall', 'redshift', 'redshift-serverless');

/** The tricks first, and then what is generated. */
const runs = times(14, 50);

interface Hostile {
  readonly xml: string;
  readonly json: string;
  readonly tags: readonly (readonly [string, string])[];
}

const hostile: fc.Arbitrary<Hostile> = fc.record({
  xml: hostileXmlText,
  json: hostileText,
  tags: fc.array(fc.tuple(hostileXmlText, hostileXmlText), { maxLength: 3 }),
});

/** An owner of every kind, whose name and whose endpoint's tags are what somebody else wrote. */
function accountOf({ xml, json, tags }: Hostile) {
  const region = newAccount('111122223333').region('ap-northeast-1', new Date());
  const proxy = region.rdsProxy();
  const made = [
    proxy,
    region.rdsProxyEndpoint({ proxy }),
    region.auroraServerless(),
    region.firewall(),
    region.redshiftCluster(),
    region.redshiftEndpointAccess({
      cluster: { clusterIdentifier: 'granted', resourceOwner: '444455556666' },
    }),
    region.workgroup(),
    region.serverlessEndpointAccess({ workgroup: { workgroupName: 'elsewhere' } }),
  ];
  const { resources } = region;
  for (const endpoint of resources.vpcEndpoints)
    endpoint.Tags = [...(endpoint.Tags ?? []), ...tags.map(([Key, Value]) => ({ Key, Value }))];
  for (const item of resources.dbProxies) item.DBProxyName = xml;
  for (const item of resources.dbProxyEndpoints) {
    item.DBProxyName = xml;
    if (!item.IsDefault) item.DBProxyEndpointName = xml;
  }
  for (const item of resources.dbClusters) item.DBClusterIdentifier = xml;
  for (const item of resources.redshiftClusters) item.ClusterIdentifier = xml;
  for (const item of resources.redshiftEndpointAccess) item.EndpointName = xml;
  for (const item of resources.workgroups) item.workgroupName = json;
  for (const item of resources.serverlessEndpointAccess) item.endpointName = json;
  for (const { Firewall } of resources.firewalls) Firewall.FirewallName = json;
  return { account: region.account, ids: made.map(({ vpcEndpointId }) => vpcEndpointId) };
}

function always(text: string): Hostile {
  const xml = asXmlText(text);
  return { xml, json: text, tags: [[xml, xml]] };
}

async function ask({ request }: Api, id: string): Promise<{ answer: Identification; text: string }> {
  const { status, body } = await request(`/vpc-endpoints/${id}`);
  expect(status).toBe(200);
  expect(body).not.toMatch(unsafeInText);
  const answer = identification.parse(JSON.parse(body));
  return { answer, text: renderText(answer) };
}

/** What a POSIX shell makes of the commands: each one's words. */
function wordsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const script = commands.map((command) => `printf '%s\\0' ${command}; printf '\\n\\0'`).join('\n');
  const output = execFileSync('/bin/sh', ['-s'], { input: script, encoding: 'utf8' });
  return output
    .split('\n\0')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1));
}

/** What is wrong with the words: after program, service and operation come options, each with a value that the answer has. */
function strays(
  [program, service = '', operation = '', ...rest]: readonly string[],
  answer: Identification,
): string[] {
  const { owner, vpcEndpointId, region } = answer;
  const known = [owner?.resourceId, `${owner?.resourceId}-final`, owner?.arn, vpcEndpointId, region].concat(
    `Name=route.gateway-id,Values=${vpcEndpointId}`,
    answer.endpoint.subnetIds,
  );
  const wrong = [
    program === 'aws' ? [] : [program],
    [service, operation].filter((word) => !/^[a-z0-9-]+$/.test(word)),
  ].flat();
  for (const words = [...rest]; words.length > 0; ) {
    const [, option, bound] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(words.shift() ?? '') ?? [];
    const value = bound ?? words.shift();
    if (option === undefined || !known.includes(value)) wrong.push(`${option} ${value}`);
  }
  return wrong.map(String);
}

describe('names and tags that somebody made up', () => {
  test('do no harm to any form of the answer', async () => {
    const commands: string[] = [];
    const answers: Identification[] = [];
    await fc.assert(
      fc.asyncProperty(hostile, async (made) => {
        const { account, ids } = accountOf(made);
        const api = await startApi(account, { services: owners });
        try {
          for (const { answer, text } of await Promise.all(ids.map((id) => ask(api, id)))) {
            expect(text).not.toMatch(unsafeInText);
            const [first = ''] = text.split('\n');
            expect(first.split('  ').slice(0, 2)).toEqual([answer.vpcEndpointId, answer.verdict]);
            if (answer.owner?.consoleUrl != null) {
              expect(answer.owner.consoleUrl).toMatch(/^[\x21-\x7e]+$/);
              expect(new URL(answer.owner.consoleUrl).host).toBe('ap-northeast-1.console.aws.amazon.com');
            }
            for (const command of answer.nextStep.commands) {
              commands.push(command);
              answers.push(answer);
            }
          }
        } finally {
          await api.close();
        }
      }),
      { numRuns: runs, examples: tricks.map((text) => [always(text)]) },
    );
    const parsed = wordsOf(commands);
    expect(parsed).toHaveLength(commands.length);
    expect(commands.length).toBeGreaterThan(100);
    for (const [index, words] of parsed.entries()) {
      expect(strays(words, answers[index] as Identification)).toEqual([]);
    }
  });
});
