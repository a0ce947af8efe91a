/** Whose credentials these are. API Gateway and Lambda know it by themselves; here it has to be asked. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** STS answers within a fraction of a second; what stands in for AWS may not have it at all. */
const timeoutMs = 3_000;

/** @returns the Region of the SDK's normal chain, and the account of the credentials, `null` where STS does not say */
export async function describeCaller(): Promise<{
  readonly accountId: string | null;
  readonly region: string;
}> {
  // What the AWS CLI and the other SDKs read; this SDK knows AWS_REGION only.
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  if (AWS_REGION === undefined && AWS_DEFAULT_REGION !== undefined)
    process.env['AWS_REGION'] = AWS_DEFAULT_REGION;
  const client = new STSClient({ maxAttempts: 1 });
  const region = await client.config.region().catch(() => {
    throw new Error('no Region: set AWS_REGION, or a profile that has one with AWS_PROFILE');
  });
  const { accountId } = await client.config.credentials();
  if (accountId !== undefined) return { accountId, region };
  try {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { Account } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { accountId: Account ?? null, region };
  } catch (error) {
    console.error(
      `vpce-owner: STS does not say whose credentials these are (${(error as Error).name}); going on without`,
    );
    return { accountId: null, region };
  } finally {
    client.destroy();
  }
}
