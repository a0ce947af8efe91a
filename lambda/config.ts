/** What the environment of the function says. The only reader of environment variables in the program. */
import { isIP } from 'node:net';

export interface Config {
  readonly region: string;
  readonly allowedRegions: readonly string[] | 'any';
  readonly deadlineMs: number;
  /** The ids of services that are not asked. */
  readonly servicesOff?: readonly string[];
  /** The APIs, as IAM actions name them, that the SDK is told to ask elsewhere than at AWS. */
  readonly elsewhere?: 'all' | readonly string[];
  /** `host:port` each; empty: the system's. */
  readonly dnsServers: readonly string[];
  /** This instance's share of CloudTrail's quota. */
  readonly lookupEventsPerSecond: number;
  /** What tokens are sealed with: the same in every instance, and nothing that callers know. Absent: one of this process alone. */
  readonly tokenKey?: string | undefined;
}

/** API Gateway's HTTP APIs give up at 30 s. */
const defaultDeadlineSeconds = 25;
/** LookupEvents' quota, per account and Region. */
const defaultLookupEventsPerSecond = 2;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * AWS_REGION; ALLOWED_REGIONS, comma-separated, or `*` for every Region (default: AWS_REGION alone); DEADLINE_SECONDS
 * (default 25); DNS_SERVERS, comma-separated `host:port`; LOOKUP_EVENTS_PER_SECOND (default 2); SERVICES_OFF, ids
 * of services that are not asked, comma-separated;
 * TOKEN_KEY (default: one of this process alone).
 *
 * Errors: says which variable it is, what was expected and what came.
 */
export function readConfig(env: Environment): Config {
  const { AWS_REGION: region = '', ALLOWED_REGIONS = region, DNS_SERVERS = '', SERVICES_OFF = '' } = env;
  if (region === '') throw new Error('AWS_REGION: expected a Region such as us-east-1, but it is not set');
  return {
    region,
    allowedRegions: ALLOWED_REGIONS === '*' ? 'any' : words(ALLOWED_REGIONS),
    deadlineMs: 1000 * number(env, 'DEADLINE_SECONDS', defaultDeadlineSeconds, 29),
    elsewhere: elsewhere(env),
    servicesOff: words(SERVICES_OFF),
    dnsServers: words(DNS_SERVERS).map(dnsServer),
    lookupEventsPerSecond: number(env, 'LOOKUP_EVENTS_PER_SECOND', defaultLookupEventsPerSecond, 1000),
    tokenKey: env['TOKEN_KEY'],
  };
}

function number(env: Environment, name: string, fallback: number, most: number): number {
  const value = env[name] === undefined ? fallback : Number(env[name]);
  if (value > 0 && value <= most) return value;
  throw new Error(
    `${name}: expected a number above 0 and up to ${most}, such as ${fallback}, but got ${env[name]}`,
  );
}

/** The SDK reads these itself: AWS_ENDPOINT_URL, and AWS_ENDPOINT_URL_DEADLINE for one API. */
function elsewhere(env: Environment): NonNullable<Config['elsewhere']> {
  if (env['AWS_ENDPOINT_URL']) return 'all';
  const [name, set] = ['AWS_ENDPOINT_URL_', Object.keys(env).filter((key) => env[key])];
  const own = set.filter((key) => key.startsWith(name)).map((key) => key.slice(name.length));
  return own.map((api) => api.toLowerCase().replaceAll('_', '-'));
}

function dnsServer(server: string): string {
  const [, host = '', port] = /^\[?([^\]]*?)\]?(?::(\d{1,5}))?$/.exec(server) ?? [];
  const family = isIP(isIP(server) > 0 ? server : host);
  if (family === 0 || (port !== undefined && Number(port) > 65535)) {
    throw new Error(`DNS_SERVERS: expected addresses such as 127.0.0.1:5353,[::1]:53, but got ${server}`);
  }
  return server;
}

function words(list: string): readonly string[] {
  return list.split(',').flatMap((word) => word.trim() || []);
}
