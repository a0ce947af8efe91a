import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Identification, identification } from '../../lambda/contract.ts';
import { newAccount } from '../../sandbox/build.ts';
import { startApi } from '../support/api.ts';
import { hostileText, hostileXmlText, unsafeInText } from '../support/hostile.ts';
import '../support/seed.ts';

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

/** What a POSIX shell makes of the commands: each one's words. */
function wordsOf(commands: readonly string[]): readonly (readonly string[])[] {
  const script = commands.map((command) => `printf '%s\\0' ${command}; printf '\\n\\0'`).join('\n');
  const output = execFileSync('/bin/sh', ['-s'], { input: script, encoding: 'utf8' });
  return output
    .split('\n\0')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1));
}

/** Words that are neither of the AWS CLI's own nor exactly what the answer says. */
function strays(words: readonly string[], { owner, vpcEndpointId, region }: Identification): string[] {
  const values = [owner?.resourceId, `${owner?.resourceId}-final`, owner?.arn, vpcEndpointId, region];
  return words.filter((word) => {
    const value = /^--[a-z-]+=(.*)$/s.exec(word)?.[1] ?? word;
    return !/^(--)?[a-z0-9-]+$/.test(word) && !values.includes(value);
  });
}

describe('names and tags that somebody made up', () => {
  test('do no harm to any form of the answer', async () => {
    const commands: string[] = [];
    const answers: Identification[] = [];
    await fc.assert(
      fc.asyncProperty(hostile, async (made) => {
        const { account, ids } = accountOf(made);
        const api = await startApi(account);
        try {
          for (const id of ids) {
            const { status, body } = await api.request(`/vpc-endpoints/${id}`);
            expect(status).toBe(200);
            expect(body).not.toMatch(unsafeInText);
            const answer = identification.parse(JSON.parse(body));
            if (answer.owner?.consoleUrl != null) {
              expect(answer.owner.consoleUrl).toMatch(/^[\x21-\x7e]+$/);
              expect(new URL(answer.owner.consoleUrl).host).toBe('ap-northeast-1.console.aws.amazon.com');
            }
            for (const command of answer.nextStep.commands) {
              commands.push(command);
              answers.push(answer);
            }
            const { body: text } = await api.request(`/vpc-endpoints/${id}?format=text`);
            expect(text).not.toMatch(unsafeInText);
            expect(text.split('\n')[0]?.split('  ').slice(0, 2)).toEqual([id, answer.verdict]);
          }
        } finally {
          await api.close();
        }
      }),
      { numRuns: 12 },
    );
    const parsed = wordsOf(commands);
    expect(parsed).toHaveLength(commands.length);
    expect(commands.length).toBeGreaterThan(20);
    for (const [index, words] of parsed.entries()) {
      expect(words[0]).toBe('aws');
      expect(strays(words, answers[index] as Identification)).toEqual([]);
    }
  });
});
