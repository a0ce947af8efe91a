/** What a deployment can choose: `cdk deploy -c stageName=staging -c regions=eu-west-1,us-east-1`. */
import { resolvers } from '../lambda/resolvers/index.ts';
import { type Key, missingBeside, mistypedKeys } from './context-keys.ts';
import { isIssuer, misplaced } from './context-places.ts';
import { defaultStageName, type Jwt, type Settings } from './settings.ts';

/** API Gateway's HTTP APIs give up at 30 s; 4 s are left for a cold start and for rendering what is known. */
const longestDeadlineSeconds = 26;

/** What CloudWatch Logs takes. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** By key; what comes from the command line is text, from cdk.json any JSON. */
type Context = Readonly<Record<string, unknown>>;

type Read = <T>(key: Key, fallback: T, expected: string, parse: (value: string) => T | undefined) => T;

/**
 * Errors: one, which says of every value that is wrong what was expected and what came.
 *
 * @param stackRegion where the stack will be deployed; `null` where that is not known yet
 */
export function parseContext(context: Context, stackRegion: string | null = null): Settings {
  const wrong = mistypedKeys(context);
  const settings = parseSettings((key, fallback, expected, parse) => {
    const raw = context[key];
    if (raw === undefined || raw === null) return fallback;
    const value = Array.isArray(raw) ? raw.join(',') : String(raw);
    const parsed = typeof raw === 'object' && !Array.isArray(raw) ? undefined : parse(value.trim());
    if (parsed !== undefined) return parsed;
    wrong.push(`${key}: expected ${expected}, but got ${JSON.stringify(raw)}`);
    // Nothing is made of it.
    return fallback;
  });
  wrong.push(...missingBeside(context), ...misplaced(settings, stackRegion));
  if (wrong.length > 0) throw new Error(`vpce-owner cannot be deployed like this\n  ${wrong.join('\n  ')}`);
  return settings;
}

function parseSettings(read: Read): Settings {
  const number = <T>(key: Key, fallback: T, [least, most]: readonly [number, number], example: number) =>
    read<T | number>(key, fallback, `a whole number from ${least} to ${most}, such as ${example}`, (value) =>
      /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
    );
  return {
    stageName: read(
      'stageName',
      defaultStageName,
      'up to 30 lower-case letters, digits and single hyphens, a letter first, such as staging',
      (value) => (value.length <= 30 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) ? value : undefined),
    ),
    regions: read<readonly string[] | null>(
      'regions',
      null,
      'Regions separated by commas, such as eu-west-1,us-east-1',
      (value) => listOf(/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/, value),
    ),
    services: read<Settings['services']>('services', 'all', expectedServices, parseServices),
    logRetentionDays: read(
      'logRetentionDays',
      90,
      `one of the numbers of days that CloudWatch Logs takes (${retentionDays.join(', ')})`,
      (value) => retentionDays.find((days) => String(days) === value),
    ),
    logRemoval: read<Settings['logRemoval']>('logRemoval', 'destroy', 'destroy or retain', (value) =>
      value === 'destroy' || value === 'retain' ? value : undefined,
    ),
    alarmTopicArn: read<string | null>(
      'alarmTopicArn',
      null,
      'the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:111122223333:alarms',
      (value) => (/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(value) ? value : undefined),
    ),
    deadlineSeconds: number('deadlineSeconds', 25, [1, longestDeadlineSeconds], 25),
    throttleRate: number('throttleRate', 10, [1, 10_000], 10),
    throttleBurst: number('throttleBurst', 20, [1, 5_000], 20),
    reservedConcurrency: number('reservedConcurrency', null, [1, 10_000], 10),
    jwt: parseJwt(read),
  };
}

const known = resolvers.map(({ id }) => id);
const expectedServices = `all, the services to ask separated by commas, or those to leave out with a - before each, of ${known.join(', ')}`;

function parseServices(list: string): Settings['services'] | undefined {
  if (list === 'all') return 'all';
  const words = list.split(',').map((word) => word.trim());
  const isWithout = words.every((word) => word.startsWith('-'));
  const ids = isWithout ? words.map((word) => word.slice(1)) : words;
  if (!ids.every((id) => known.includes(id))) return undefined;
  return known.filter((id) => ids.includes(id) !== isWithout);
}

function parseJwt(read: Read): Jwt | null {
  const issuer = read<string | null>(
    'jwtIssuer',
    null,
    "an https URL as the tokens' iss claim has it, with a public host name and without user, query or fragment, " +
      'such as https://login.example.com/tenant',
    (value) => (isIssuer(value) ? value : undefined),
  );
  const audience = read<readonly string[] | null>(
    'jwtAudience',
    null,
    "values of the tokens' aud or client_id claim separated by commas, such as vpce-owner",
    (value) => listOf(/^\S+$/, value),
  );
  const scopes = read<readonly string[]>(
    'jwtScopes',
    [],
    "values of the tokens' scope claim separated by commas, such as vpce-owner/read",
    // RFC 6749, 3.3; the comma separates here.
    (value) => listOf(/^[\x21\x23-\x5b\x5d-\x7e]+$/, value),
  );
  return issuer === null || audience === null ? null : { issuer, audience, scopes };
}

function listOf(item: RegExp, list: string): readonly string[] | undefined {
  const words = list.split(',').map((word) => word.trim());
  return words.every((word) => item.test(word)) ? [...new Set(words)] : undefined;
}
