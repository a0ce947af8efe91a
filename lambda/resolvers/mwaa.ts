import { MalformedAnswer } from '../aws/failure.ts';
import { pageByPage, pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import {
  absent,
  dateOfSeconds,
  describeEach,
  hostOf,
  present,
  required,
  requiredIds,
  unsettled,
} from './helpers.ts';
import type { Environment } from './sdk/mwaa.ts';

const sdk = () => import('./sdk/mwaa.ts');
const notFound = absent('ResourceNotFoundException');

/**
 * Amazon MWAA: an environment has an endpoint to its metadata database, and one to its web server where that is private
 * (documented).
 *
 * Source: GetEnvironment names their endpoint services (documented). That counts on the environment's own subnets only, and
 * proves less than an id. That no other environment has the same service is inferred. Where two of the same subnets name one,
 * there is no owner; but what a deleted one left on these subnets would seem to be the other's, as probable.
 * Whether the host of a private web server is an alias of its endpoint was not seen: if it is, that confirms the owner, and if
 * not, it says nothing. How many endpoints there are excludes none. An environment that does not name a service that it should
 * have is unsure. Where the customer manages the endpoints, people made them, and the environment has none.
 * Cost: one page per 25 environments, one call for each, and a DNS lookup for each private web server.
 * Missing: an empty page. One that is listed and then not found is no absence. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html
 * @see https://docs.aws.amazon.com/mwaa/latest/userguide/vpc-vpe-access.html
 */
export const mwaa: Service = {
  id: 'mwaa',
  name: 'Amazon MWAA',
  marks: {
    principals: ['airflow'],
    roles: ['AWSServiceRoleForAmazonMWAA'],
    tags: { AmazonMWAAManaged: 'any' },
    // AmazonMWAAServiceRolePolicy lets it make none without.
    tagsAlways: true,
    never: neverAnAppliance,
  },
  actions: {
    'airflow:GetEnvironment': [['airflow', 'environment/*']],
    'airflow:ListEnvironments': 'anything',
  },
  lists: [{ read: environments }],
  unlisted: null,
  console: () => 'mwaa/home#/environments',
  removal: ({ id }, { region }) => ({
    summary: `Delete the environment ${id}; AWS then deletes its endpoints with it.`,
    commands: [['aws', 'mwaa', 'delete-environment', '--name', id, '--region', region]],
    warnings: [
      'Its DAGs run no more. Their run history and all else in its metadata database are lost.',
      'Every endpoint that AWS made for it goes: that of the database, and that of the web server where it is private.',
      'The S3 bucket with the DAGs stays.',
    ],
    documentation: 'https://docs.aws.amazon.com/mwaa/latest/API/API_DeleteEnvironment.html',
  }),
};

async function* environments(aws: Aws): AsyncGenerator<Items> {
  const { client, ListEnvironmentsCommand } = await aws(sdk);
  const listed = pageByPage((NextToken) =>
    client.send(new ListEnvironmentsCommand({ MaxResults: 25, NextToken })),
  );
  for await (const page of pages('airflow:ListEnvironments', listed, 'Environments'))
    yield describeEach('airflow:GetEnvironment', page, (name) => describeEnvironment(aws, name));
}

async function describeEnvironment(aws: Aws, listed: unknown): Promise<Resource | undefined> {
  const name = required(typeof listed === 'string' ? listed : undefined, 'airflow:ListEnvironments');
  const { client, GetEnvironmentCommand } = await aws(sdk);
  const answer = await client.send(new GetEnvironmentCommand({ Name: name })).catch(notFound);
  if (answer === undefined) return undefined;
  if (!answer.Environment) throw new MalformedAnswer('airflow:GetEnvironment: the answer has no Environment');
  return toResource(name, answer.Environment);
}

function toResource(name: string, environment: Environment): Resource {
  const { Arn, CreatedAt, EndpointManagement, NetworkConfiguration } = environment;
  const resource = {
    type: 'AWS::MWAA::Environment',
    id: name,
    arn: Arn ?? null,
    network: {
      subnetIds: requiredIds(NetworkConfiguration?.SubnetIds, 'airflow:GetEnvironment'),
      securityGroupIds: NetworkConfiguration?.SecurityGroupIds,
    },
    createdAt: dateOfSeconds(CreatedAt),
  };
  // It is chosen at the creation, and never changed.
  if (EndpointManagement === 'CUSTOMER') return { ...resource, shows: {}, mostEndpoints: 0 };
  const { WebserverVpcEndpointService, DatabaseVpcEndpointService, WebserverUrl } = environment;
  return {
    ...resource,
    shows: {
      serviceNames: present(WebserverVpcEndpointService, DatabaseVpcEndpointService),
      hostnames: isPublic(environment) ? [] : present(WebserverUrl).map(hostOf),
    },
    state: stateOf(environment),
  };
}

function isPublic({ WebserverAccessMode }: Environment): boolean {
  return WebserverAccessMode === 'PUBLIC_ONLY';
}

/** While it changes, a public web server may be about to be private, or have been so a moment ago. */
function stateOf(environment: Environment): Resource['state'] {
  const { Status, WebserverVpcEndpointService, DatabaseVpcEndpointService } = environment;
  if (!DatabaseVpcEndpointService)
    return unsettled('does not name the endpoint service of its database', Status);
  if (Status === 'DELETING' || Status === 'DELETED') return 'deleting';
  const isSettled = Status === 'AVAILABLE' || Status === 'UPDATE_FAILED';
  if (WebserverVpcEndpointService || (isPublic(environment) && isSettled)) return undefined;
  return unsettled('does not name the endpoint service of its web server', Status);
}
