/** Which keys may follow `-c`. One that is not read would quietly deploy something else than was meant. */

/** The table of docs/deploy.md has a row for each. */
export const contextKeys = [
  'stageName',
  'regions',
  'services',
  'jwtIssuer',
  'jwtAudience',
  'jwtScopes',
  'alarmTopicArn',
  'logRetentionDays',
  'logRemoval',
  'deadlineSeconds',
  'throttleRate',
  'throttleBurst',
  'reservedConcurrency',
] as const;

export type Key = (typeof contextKeys)[number];

type Context = Readonly<Record<string, unknown>>;

/** What the CDK's command line puts beside the settings; all its other keys have a colon or begin with an `@`. */
const keysOfTheCdk = ['acknowledged-issue-numbers', 'cdk-migrate', 'cli-telemetry'];

/** A misspelt key would deploy the default stage, or IAM where a token was meant. */
export function mistypedKeys(context: Context): string[] {
  return Object.keys(context).flatMap((key) => {
    if (contextKeys.some((known) => known === key)) return [];
    const meant = contextKeys.find((known) => lettersOf(known) === lettersOf(key));
    if (meant !== undefined) return [`${key}: expected no such key; did you mean ${meant}?`];
    if (/^@|:/.test(key) || keysOfTheCdk.includes(key)) return [];
    return [`${key}: expected one of ${contextKeys.join(', ')}`];
  });
}

/** A part of a token authorizer alone would quietly be another authorizer than the one that was meant. */
export function missingBeside(context: Context): string[] {
  const given = (key: Key) => context[key] !== undefined && context[key] !== null;
  const only = (['jwtIssuer', 'jwtAudience', 'jwtScopes'] as const).find(given);
  if (only === undefined) return [];
  return (['jwtIssuer', 'jwtAudience'] as const)
    .filter((key) => !given(key))
    .map((key) => `${key}: expected beside ${only}, because an authorizer needs both, but got nothing`);
}

/** `stage-name`, `StageName` and `stage_name` are one word to whoever types them. */
function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
