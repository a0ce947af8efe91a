/** The procedure as a shell script does it: the AWS CLI for every call. */
import { execFile, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { region } from './account.ts';
import { aliasesFrom } from './by-sdk.ts';
import type { Hands } from './procedure.ts';
import { credentials } from './program.ts';
import type { Ready } from './simulator.ts';

const run = promisify(execFile);

/** `aws-cli/2.…`, or `null` where there is none. */
export function cliVersion(): string | null {
  const { status, stdout, stderr } = spawnSync('aws', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (`${stdout}${stderr}`.split(' ')[0] ?? null) : null;
}

export function handsWithCli({ url, dnsServer }: Ready): Hands {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
  const common = ['--endpoint-url', url, '--region', region, '--output', 'json'];
  const aws = async (command: string, ...options: string[]): Promise<never> => {
    const { stdout } = await run('aws', [...common, ...command.split(' '), ...options], { env });
    return JSON.parse(stdout) as never;
  };
  const list = async (key: string, command: string, ...options: string[]): Promise<never[]> =>
    (await aws(command, ...options))[key] ?? [];
  return {
    endpoint: async (id) => {
      const endpoints = await list('VpcEndpoints', 'ec2 describe-vpc-endpoints', '--vpc-endpoint-ids', id);
      return endpoints[0] ?? {};
    },
    events: (id) => {
      const attribute = `AttributeKey=ResourceName,AttributeValue=${id}`;
      return list('Events', 'cloudtrail lookup-events', '--lookup-attributes', attribute);
    },
    firewalls: (vpcId) => list('Firewalls', 'network-firewall list-firewalls', '--vpc-ids', vpcId),
    firewall: (arn) => aws('network-firewall describe-firewall', '--firewall-arn', arn),
    associations: () => list('VpcEndpointAssociations', 'network-firewall list-vpc-endpoint-associations'),
    association: (arn) =>
      aws('network-firewall describe-vpc-endpoint-association', '--vpc-endpoint-association-arn', arn),
    dbClusters: () => list('DBClusters', 'rds describe-db-clusters'),
    dbProxies: () => list('DBProxies', 'rds describe-db-proxies'),
    dbProxyEndpoints: () => list('DBProxyEndpoints', 'rds describe-db-proxy-endpoints'),
    clusters: () => list('Clusters', 'redshift describe-clusters'),
    clusterAccess: (vpcId) =>
      list('EndpointAccessList', 'redshift describe-endpoint-access', '--vpc-id', vpcId),
    workgroups: () => list('workgroups', 'redshift-serverless list-workgroups'),
    workgroupAccess: (vpcId) =>
      list('endpoints', 'redshift-serverless list-endpoint-access', '--vpc-id', vpcId),
    aliases: aliasesFrom(dnsServer),
  };
}
