/** Whose credentials these are. API Gateway and Lambda know it by themselves; here it has to be asked. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** STS answers within a fraction of a second; what stands in for AWS may not have it at all. */
const timeoutMs = 3_000;

/**
 * The Region of the SDK's normal chain, which AWS_REGION then has.
 *
 * @param fallback where the chain has none
 */
export async function ownRegion(fallback?: string): Promise<string> {
  // What the AWS CLI and the other SDKs read; this SDK knows AWS_REGION only.
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  if (AWS_REGION === undefined && AWS_DEFAULT_REGION !== undefined)
    process.env['AWS_REGION'] = AWS_DEFAULT_REGION;
  const client = new STSClient({});
  try {
    const region = await client.config.region().catch((error: unknown) => {
      if (fallback !== undefined) return fallback;
      // A profile that does not exist has no Region either.
      if (/profile/i.test((error as Error).message)) throw error;
      throw new Error('no Region: give --region, set AWS_REGION, or use a profile that has one');
    });
    process.env['AWS_REGION'] = region;
    return region;
  } finally {
    client.destroy();
  }
}

/** @returns the account of the credentials, `null` where STS does not say. @throws where there are no credentials */
export async function ownAccount(): Promise<string | null> {
  const client = new STSClient({ maxAttempts: 1 });
  try {
    const { accountId } = await client.config.credentials().catch((error: unknown) => {
      const { AWS_PROFILE: profile } = process.env;
      const where = profile === undefined ? '' : ` in profile ${profile}`;
      throw new Error(
        `no AWS credentials${where}: ${(error as Error).message}; sign in as for the AWS CLI, or name another profile with --profile`,
      );
    });
    if (accountId !== undefined) return accountId;
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const { Account } = await client
      .send(new GetCallerIdentityCommand({}), { abortSignal })
      .catch((error: unknown) => {
        const why = `STS does not say whose credentials these are (${(error as Error).name})`;
        console.error(`vpce-owner: ${why}; going on without`);
        return { Account: undefined };
      });
    return Account ?? null;
  } finally {
    client.destroy();
  }
}
