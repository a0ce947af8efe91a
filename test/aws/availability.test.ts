import { describe, expect, test } from '@jest/globals';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { connect } from '../../lambda/aws/clients.ts';
import { describeFailure } from '../../lambda/aws/failure.ts';
import { newUsage } from '../../lambda/aws/usage.ts';
import type { GapKind } from '../../lambda/model/model.ts';
import { resolvers } from '../../lambda/resolvers/index.ts';

/** What becomes of a service's first list where no host of AWS exists. */
async function listIn(region: string, id: string): Promise<GapKind | 'read'> {
  const handle = async ({ hostname }: { readonly hostname: string }) => {
    throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname });
  };
  const connected = connect({
    region,
    requestHandler: { handle } as unknown as NodeHttpHandler,
    cloudTrailTurn: async () => undefined,
    overrides: { credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
  });
  const aws = connected(newUsage(new AbortController().signal, 0));
  const [list] = resolvers.find((one) => one.id === id)?.lists ?? [];
  try {
    for await (const _ of list?.read(aws, { region, accountId: '111122223333', vpcId: null }) ?? []);
  } catch (error) {
    return describeFailure(error).kind;
  }
  return 'read';
}

describe('a service whose endpoint has no name', () => {
  test.each([
    ['network-firewall', 'us-isof-east-1'],
    ['redshift-serverless', 'me-south-1'],
    ['transfer', 'us-iso-east-1'],
    ['msk', 'us-isob-east-1'],
    ['amazon-mq', 'eu-isoe-west-1'],
    ['mwaa', 'mx-central-1'],
    ['sagemaker-workforce', 'us-iso-west-1'],
    ['opensearch-serverless', 'me-central-1'],
    ['opensearch-serverless', 'cn-north-1'],
    ['opensearch-ingestion', 'ap-east-1'],
    ['documentdb-elastic', 'us-gov-west-1'],
    ['neptune-analytics', 'sa-east-1'],
    ['deadline', 'sa-east-1'],
    ['odb', 'sa-east-1'],
    ['license-manager-user-subscriptions', 'cn-north-1'],
  ])('is not there, where AWS says that it has none: %s in %s', async (id, region) => {
    expect(await listIn(region, id)).toBe('not-in-region');
  });

  test.each([
    ['opensearch-ingestion', 'eu-west-3'],
    ['opensearch-ingestion', 'us-gov-west-1'],
    ['odb', 'ap-west-1'],
    ['deadline', 'ap-west-1'],
    ['neptune-analytics', 'ap-west-1'],
  ])('may be there, where nobody says that there is none: %s in %s', async (id, region) => {
    expect(await listIn(region, id)).toBe('unreachable');
  });

  test.each(resolvers)('may be there, where AWS has one: $id in us-east-1', async ({ id }) => {
    expect(await listIn('us-east-1', id)).toBe('unreachable');
  });
});
