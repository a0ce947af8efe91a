/** From what was asked about to the one endpoint that it leads to, in one Region. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { endpointOfName } from './aws/dns.ts';
import { describeEndpoint } from './aws/endpoint.ts';
import { describeInterface, endpointOfInterface } from './aws/interface.ts';
import { dnsSuffixOf } from './aws/region.ts';
import type { Endpoint, Place, Subject } from './model/model.ts';
import type { Aws } from './model/service.ts';
import type { World } from './model/world.ts';
import { LeadsToSeveral, Problem } from './problem.ts';

/**
 * Errors: a `Problem` for what EC2 does not know or what leads to no endpoint, LeadsToSeveral, and failures as they come.
 */
export async function describeSubject(aws: Aws, subject: Subject, { place, dns }: Around): Promise<Endpoint> {
  switch (subject.kind) {
    case 'vpc-endpoint':
      return knownEndpoint(aws, subject.id, place);
    case 'network-interfaces':
      return endpointOfInterfaces(aws, subject.ids, place);
    case 'hostnames':
      return endpointOfNames(aws, subject.names, { place, dns });
  }
}

type Around = Pick<World, 'place' | 'dns'>;

/** `account 111122223333` */
export function inAccount(accountId: string | null): string {
  return accountId === null ? 'the account that was searched' : `account ${accountId}`;
}

async function knownEndpoint(aws: Aws, id: string, { accountId, region }: Place): Promise<Endpoint> {
  const endpoint = await describeEndpoint(aws, id);
  if (endpoint !== null) return endpoint;
  throw new Problem(
    'vpc-endpoint-not-found',
    `There is no VPC endpoint ${id} in ${inAccount(accountId)}, Region ${region}.`,
  );
}

/** Several interfaces are one question where one endpoint lists them all. Cost: two or three calls for each endpoint. */
async function endpointOfInterfaces(aws: Aws, ids: readonly string[], place: Place): Promise<Endpoint> {
  const endpoints: Endpoint[] = [];
  const problems: Problem[] = [];
  for (const id of ids) {
    if (endpoints.some(({ networkInterfaceIds }) => networkInterfaceIds.includes(id))) continue;
    try {
      endpoints.push(await endpointBehind(aws, id, place));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
    }
  }
  const [endpoint, ...otherEndpoints] = endpoints;
  if (endpoint !== undefined && otherEndpoints.length === 0 && problems.length === 0) return endpoint;
  if (endpoint === undefined) throw noEndpoint(problems);
  if (problems.length === 0) throw new LeadsToSeveral(endpoints.map(({ id }) => id));
  const lines = endpoints.map(({ id }) => `GET /vpc-endpoints/${id}?region=${place.region}`);
  throw new Problem(
    'invalid-parameter',
    [
      `Expected the interfaces ${ids.join(', ')} to be those of VPC endpoints.`,
      ...problems.map(({ message }) => message),
      `Ask about ${lines.length === 1 ? 'the endpoint' : 'each endpoint'}: ${lines.join(', ')}.`,
    ].join(' '),
  );
}

/** A resource's hostname that is an alias of an endpoint's DNS name leads to it. Cost: a DNS answer for each alias. */
async function endpointOfNames(
  aws: Aws,
  names: readonly string[],
  { place, dns }: Around,
): Promise<Endpoint> {
  const suffix = dnsSuffixOf(place.region);
  const ids = new Set<string>();
  for (const name of names) {
    const chain = [name, ...(await dns.aliases(name))];
    for (const link of chain) ids.add(endpointOfName(link, suffix) ?? '');
  }
  ids.delete('');
  const [id, ...others] = ids;
  if (id === undefined) {
    throw new Problem(
      'vpc-endpoint-not-found',
      `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} no alias of a VPC endpoint's DNS name, as far as can be seen in Region ${place.region}.`,
    );
  }
  if (others.length > 0) throw new LeadsToSeveral([id, ...others]);
  return knownEndpoint(aws, id, place);
}

/** Not found only where none of the interfaces is: another Region may have them. */
function noEndpoint(problems: readonly Problem[]): Problem | undefined {
  const ofOthers = problems.filter(({ code }) => code === 'not-an-endpoint-interface');
  if (ofOthers.length < 2) return ofOthers[0] ?? problems[0];
  return new Problem('not-an-endpoint-interface', ofOthers.map(({ message }) => message).join(' '));
}

async function endpointBehind(aws: Aws, id: string, place: Place): Promise<Endpoint> {
  const eni = await describeInterface(aws, id);
  if (eni === null) {
    throw new Problem(
      'network-interface-not-found',
      `There is no network interface ${id} in ${inAccount(place.accountId)}, Region ${place.region}.`,
    );
  }
  const endpointId = await endpointOfInterface(aws, eni);
  if (endpointId === null) throw otherInterface(id, eni);
  const endpoint = await knownEndpoint(aws, endpointId, place);
  if (endpoint.networkInterfaceIds.includes(id)) return endpoint;
  throw new Problem(
    'not-an-endpoint-interface',
    `${id} is described as an interface of ${endpointId}, but that endpoint does not list it.`,
  );
}

function otherInterface(id: string, eni: NetworkInterface): Problem {
  const { InterfaceType = 'unknown', Description, Attachment, RequesterId } = eni;
  const facts = [
    `type ${InterfaceType}`,
    Description ? `description ${JSON.stringify(Description)}` : 'no description',
    Attachment?.InstanceId ? `attached to ${Attachment.InstanceId}` : null,
    RequesterId ? `made by ${RequesterId}` : null,
  ];
  return new Problem(
    'not-an-endpoint-interface',
    `Expected a network interface of a VPC endpoint, but EC2 says of ${id}: ${facts.filter(Boolean).join(', ')}.`,
  );
}
