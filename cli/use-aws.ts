/** Answers from AWS, with the caller's own credentials, Region and profile, through the SDK's normal chain. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { readConfig } from '../lambda/config.ts';
import { createHandler } from '../lambda/http/handler.ts';
import { ownAccount, ownRegion } from './caller.ts';
import { logBugs } from './observe.ts';
import type { Local, OpenSource } from './source.ts';
import { withTime } from './time.ts';

export async function useAws(
  fallbackRegion?: string,
  { timeoutMs, progress }: Local = {},
): Promise<OpenSource> {
  const region = await ownRegion(fallbackRegion);
  const accountId = await ownAccount();
  process.env['ALLOWED_REGIONS'] ??= '*';
  const servers = (process.env['DNS_SERVERS'] ?? '').split(',').filter((server) => server.trim() !== '');
  if (servers.length > 0) process.env['DNS_SERVERS'] = (await Promise.all(servers.map(toAddress))).join(',');
  const where = accountId === null ? 'an account that STS does not name' : `account ${accountId}`;
  return {
    handler: createHandler(withTime(readConfig(process.env), timeoutMs), { observe: logBugs, progress }),
    accountId: accountId ?? 'unknown',
    region,
    name: `live: ${where}, Region ${region}`,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    regions: enabledRegions,
    close: async () => {},
  };
}

/** Those that the account has enabled. */
async function enabledRegions(): Promise<readonly string[]> {
  const client = new EC2Client({});
  try {
    const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
    return Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
  } catch (error) {
    throw new Error(
      `which Regions are enabled is not known (ec2:DescribeRegions: ${(error as Error).message}); name them with --region`,
    );
  } finally {
    client.destroy();
  }
}

/** The program takes addresses only; `localhost:5353` is what people write. */
async function toAddress(server: string): Promise<string> {
  const [, host = '', port] = /^([^:[\]]+)(?::(\d+))?$/.exec(server.trim()) ?? [];
  if (host === '' || isIP(host) > 0) return server.trim();
  const { address } = await lookup(host, { family: 4 });
  return port === undefined ? address : `${address}:${port}`;
}
