import { AwsError } from '../protocols/protocol.ts';
import { restJson } from '../protocols/rest-json.ts';
import { rowsOf } from '../world/account.ts';
import { serviceLinkedRole } from '../world/creator.ts';
import { type Placed, placeEndpoint, serviceNameOf } from '../world/endpoint.ts';
import { type Example, eachAge, identified, identifiedById, pathOf } from '../world/example.ts';
import {
  type Generation,
  owned,
  someHostname,
  someLies,
  someNetwork,
  someTraits,
} from '../world/generation.ts';
import { publishHostname } from '../world/hostname.ts';
import { type Network, network as newNetwork } from '../world/network.ts';
import { customerEndpoint } from '../world/orphan.ts';
import { type Made, made, type NamedResourceOptions, type Owner } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize, text } from './input.ts';
import type { Service } from './service.ts';

type AccessMode = 'PRIVATE_ONLY' | 'PUBLIC_ONLY' | 'PUBLIC_AND_PRIVATE';

interface EnvironmentRow {
  readonly environment: {
    readonly Name: string;
    readonly Arn: string;
    readonly CreatedAt: Date;
    Status: string;
    NetworkConfiguration?: { SubnetIds?: string[]; SecurityGroupIds?: string[] };
    WebserverAccessMode?: AccessMode;
    WebserverUrl?: string;
    WebserverVpcEndpointService?: string;
    DatabaseVpcEndpointService?: string;
    EndpointManagement?: 'SERVICE' | 'CUSTOMER';
  };
  /** It was deleted after it was listed, or a policy hides it. */
  findable?: boolean;
}

const rows = rowsOf({ environments: [] as EnvironmentRow[] });

const creator = serviceLinkedRole('airflow', 'AWSServiceRoleForAmazonMWAA');

/** @see https://docs.aws.amazon.com/mwaa/latest/API/Welcome.html */
export const mwaa = {
  id: 'mwaa',
  api: {
    id: 'airflow',
    protocol: restJson({
      routes: { ListEnvironments: 'GET /environments', GetEnvironment: 'GET /environments/{Name}' },
      members: 'as-they-are',
      timestamps: 'seconds',
      errorNames: {
        denied: ['AccessDeniedException', 403],
        throttled: ['ThrottlingException', 429],
        internal: ['InternalServerException', 500],
      },
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { mwaaEnvironment, customerMwaaEnvironment },
  examples,
  kinds: (generation) => [
    () => someEnvironment(generation, someHostname(generation)),
    () => someEnvironment(generation, { resolves: generation.chance.pick(['public', 'nowhere']) }),
    () => someEnvironment(generation, { accessMode: 'PUBLIC_ONLY' }),
    () => someCustomerEnvironment(generation),
  ],
  operations: {
    /** Names, and nothing else. */
    ListEnvironments: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `MaxResults must be between 1 and 25, not ${value}`);
      const size = pageSize(input, 'MaxResults', { min: 1, max: 25 }, refuse) ?? 25;
      const names = rows(region).environments.map(({ environment }) => environment.Name);
      return page('Environments', names, size);
    },
    GetEnvironment: (input, { region }) => {
      const name = text(input, 'Name');
      const found = rows(region).environments.find(({ environment }) => environment.Name === name);
      if (found === undefined || found.findable === false)
        throw new AwsError('ResourceNotFoundException', `No environment found with name: ${name}`, 404);
      return { Environment: found.environment };
    },
  },
} as const satisfies Service;

export interface MwaaOptions extends NamedResourceOptions {
  readonly accessMode?: AccessMode;
  /** `absent`: the member is left out, as for environments that are older than it. */
  readonly management?: 'SERVICE' | 'absent';
  /** Documented with a scheme, and shown without. */
  readonly url?: 'bare' | 'https';
}

export interface MwaaMade extends Made {
  readonly row: EnvironmentRow;
  readonly database: Placed;
  /** `null`: its web server is public. */
  readonly webserver: Placed | null;
}

/** An environment whose endpoints MWAA manages: that of its web server first, where it is private, and its database's. */
function mwaaEnvironment(scope: Scope, options: MwaaOptions = {}): MwaaMade {
  const {
    name = scope.nextName('environment'),
    network = newNetwork(scope),
    accessMode = 'PRIVATE_ONLY',
    management = 'SERVICE',
    url = 'bare',
    status,
    vpcEndpointId,
    ...rest
  } = options;
  const base = { serviceTags: { AmazonMWAAManaged: 'true' }, ...rest, network, creator };
  const first = vpcEndpointId === undefined ? {} : { vpcEndpointId };
  const isPublic = accessMode === 'PUBLIC_ONLY';
  const webserver = isPublic ? null : placeEndpoint(scope, { ...base, ...first, name: `mwaa/${name}/web` });
  const database = placeEndpoint(scope, { ...base, ...(isPublic ? first : {}), name: `mwaa/${name}/db` });
  const host = hostOf(scope, name, isPublic ? '' : '-vpce');
  const published = publishHostname(
    scope,
    host,
    webserver ?? database,
    isPublic ? { resolves: 'public' } : rest,
  );
  const row = addEnvironment(scope, name, network, {
    Status: status ?? 'AVAILABLE',
    CreatedAt: rest.resourceCreatedAt ?? database.endpoint.CreationTimestamp ?? scope.now,
    WebserverAccessMode: accessMode,
    WebserverUrl: url === 'https' ? `https://${published}` : published,
    ...(webserver === null ? {} : { WebserverVpcEndpointService: webserver.endpoint.ServiceName ?? '' }),
    DatabaseVpcEndpointService: database.endpoint.ServiceName ?? '',
    ...(management === 'absent' ? {} : { EndpointManagement: management }),
  });
  const owner: Owner = {
    service: 'mwaa',
    resourceType: 'AWS::MWAA::Environment',
    resourceId: name,
    arn: row.environment.Arn,
    parentArn: null,
  };
  const second = webserver === null ? [] : [database];
  return { ...made(owner, network, webserver ?? database, ...second), row, database, webserver };
}

/** An environment that holds no endpoint: a person made the endpoint of its database. */
function customerMwaaEnvironment(
  scope: Scope,
  options: { readonly name?: string; readonly network?: Network; readonly serviceName?: string } = {},
): { readonly row: EnvironmentRow; readonly vpcEndpointId: string } {
  const { name = scope.nextName('environment'), network = newNetwork(scope) } = options;
  const serviceName = options.serviceName ?? serviceNameOf(scope, scope.idOf('vpce-svc', `mwaa/${name}`));
  const { vpcEndpointId } = customerEndpoint(scope, { name: `mwaa/${name}`, network, serviceName });
  const row = addEnvironment(scope, name, network, {
    Status: 'AVAILABLE',
    CreatedAt: scope.daysAgo(400),
    WebserverAccessMode: 'PRIVATE_ONLY',
    WebserverUrl: hostOf(scope, name, '-vpce'),
    WebserverVpcEndpointService: serviceNameOf(scope, scope.idOf('vpce-svc', `mwaa/${name}/web`)),
    DatabaseVpcEndpointService: serviceName,
    EndpointManagement: 'CUSTOMER',
  });
  return { row, vpcEndpointId };
}

function hostOf(scope: Scope, name: string, suffix: string): string {
  return `${scope.uuidOf(`mwaa/${name}`)}${suffix}.c7.${scope.region}.airflow.${scope.dnsSuffix}`;
}

function addEnvironment(
  scope: Scope,
  Name: string,
  { subnets, securityGroupIds }: Network,
  rest: Omit<EnvironmentRow['environment'], 'Name' | 'Arn' | 'NetworkConfiguration'>,
): EnvironmentRow {
  const NetworkConfiguration = {
    SubnetIds: subnets.map(({ subnetId }) => subnetId),
    SecurityGroupIds: [...securityGroupIds],
  };
  const Arn = scope.arn('airflow', `environment/${Name}`);
  const row: EnvironmentRow = { environment: { Name, Arn, NetworkConfiguration, ...rest } };
  rows(scope.resources).environments.push(row);
  return row;
}

function examples(scope: Scope): Example[] {
  return eachAge(scope, ({ words, suffix }, createdAt) => {
    const etl = mwaaEnvironment(scope, { name: `etl${suffix}`, createdAt });
    const reports = mwaaEnvironment(scope, {
      name: `reports${suffix}`,
      createdAt,
      accessMode: 'PUBLIC_AND_PRIVATE',
      resolves: 'public',
    });
    const open = mwaaEnvironment(scope, { name: `open${suffix}`, createdAt, accessMode: 'PUBLIC_ONLY' });
    customerMwaaEnvironment(scope, { name: `own${suffix}`, network: etl.network });
    const probable = { confidence: 'probable' } as const;
    return [
      identifiedById(`the private web server of an MWAA environment, ${words}`, etl),
      identified(
        `the database of that MWAA environment, by its endpoint service, ${words}`,
        pathOf(etl.database.vpcEndpointId),
        etl.owner,
        probable,
      ),
      identifiedById(
        `the web server of an MWAA environment, whose name leads elsewhere, ${words}`,
        reports,
        probable,
      ),
      identifiedById(`the database of a public MWAA environment, ${words}`, open, probable),
    ];
  });
}

function someEnvironment(generation: Generation, options: MwaaOptions): void {
  const { build, chance } = generation;
  const environment = mwaaEnvironment(build, {
    ...someTraits(generation),
    ...someLies(generation),
    ...options,
    network: someNetwork(generation),
    management: chance.pick(['SERVICE', 'absent'] as const),
    url: chance.pick(['bare', 'https'] as const),
  });
  owned(generation, environment);
}

function someCustomerEnvironment(generation: Generation): void {
  const { vpcEndpointId } = customerMwaaEnvironment(generation.build, { network: someNetwork(generation) });
  const verdicts = ['not-requester-managed'] as const;
  generation.truth.set(vpcEndpointId, { owner: null, verdicts, services: [null] });
}
