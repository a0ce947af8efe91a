/** What an endpoint and its creation say of services, before any is asked. Pure. */
import type { Claim, Creation, Endpoint, ServiceRef } from '../model/model.ts';
import type { Service } from '../model/service.ts';
import names from './service-names.json' with { type: 'json' };

/** AWS's own, by the prefix of IAM actions; written by `npm run docs` from a package that follows AWS. */
const nameOf: ReadonlyMap<string, string> = new Map(Object.entries(names));

/** Every claim on the endpoint, strongest source first. */
export function claimsOf(
  services: readonly Service[],
  endpoint: Endpoint,
  creation: Creation | null,
): readonly Claim[] {
  const all = [
    ...services.flatMap((service) => byServiceName(service, endpoint)),
    ...(creation === null ? [] : byCreation(services, creation)),
    ...services.flatMap((service) => byTags(service, 'endpoint-tag', 'The endpoint carries', endpoint.tags)),
  ];
  const rank = ({ source }: Claim) => ['service-name', 'cloudtrail', 'endpoint-tag'].indexOf(source);
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Whether EC2 gave the endpoint a service name that only this service has. */
export function hasNameOf({ marks }: Service, { serviceName }: Endpoint): boolean {
  return serviceName !== null && marks.serviceName?.test(serviceName) === true;
}

function byServiceName(service: Service, endpoint: Endpoint): readonly Claim[] {
  if (!hasNameOf(service, endpoint)) return [];
  const statement = `The service name ${endpoint.serviceName} is ${service.name}'s`;
  return [claim(service, 'service-name', statement)];
}

function byTags(
  service: Service,
  source: Claim['source'],
  verb: string,
  tags: Readonly<Record<string, string>>,
): readonly Claim[] {
  const { named } = service;
  return Object.entries(service.marks.tags ?? {}).flatMap(([key, means]): readonly Claim[] => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    if (value === undefined) return [];
    const written = { written: true } as const;
    if (means === 'any')
      return [
        { ...claim(service, source, `${verb} the tag ${key}, which ${service.name} sets`), ...written },
      ];
    const found = { ...claim(service, source, `${verb} the tag ${key}=${value}`), ...written };
    if (means === 'arn') return named?.arn.test(value) ? [{ ...found, names: value }] : [];
    return means.test(value) ? [found] : [];
  });
}

/** A record of the creation: the tags that were asked for with it, and who made it. */
function byCreation(services: readonly Service[], creation: Creation): readonly Claim[] {
  const tagged = services.flatMap((service) =>
    byTags(service, 'cloudtrail', 'CreateVpcEndpoint set', creation.tags),
  );
  const made = services.flatMap((service) => madeBy(service, creation));
  const logged = creation.claimedBy.flatMap((principal) => loggedBy(services, principal));
  const creators = made.length > 0 ? made : byFamily(services, creation);
  return [...tagged, ...(creators.length > 0 ? creators : byUnknown(services, creation)), ...logged];
}

function madeBy(service: Service, creation: Creation): readonly Claim[] {
  const { principals = [], roles = [], family, session } = service.marks;
  if (is(creation, principals, roles))
    return [claim(service, 'cloudtrail', `${creator(creation)} created the endpoint`)];
  const sessionName = creation.sessionNames.find((name) => session?.test(name));
  // A session or a user can be given any name: it counts beside the family's own principal or role only.
  if (sessionName === undefined || family === undefined || !is(creation, family.principals, family.roles))
    return [];
  return [claim(service, 'cloudtrail', `${sessionName} (${creator(creation)}) created the endpoint`)];
}

/** One principal that several services share, and nothing tells which of them. */
function byFamily(services: readonly Service[], creation: Creation): readonly Claim[] {
  const members = services.filter(
    ({ marks: { family } }) => family !== undefined && is(creation, family.principals, family.roles),
  );
  const family = members[0]?.marks.family;
  if (family === undefined) return [];
  const { id, name } = family;
  const statement = `${creator(creation)} created the endpoint`;
  return [
    { source: 'cloudtrail', service: { id, name }, speaksFor: members.map((member) => member.id), statement },
  ];
}

/** A service that makes no endpoints as far as is known here, and made this one. */
function byUnknown(services: readonly Service[], { principal }: Creation): readonly Claim[] {
  const label = firstLabel(principal);
  if (principal === null || label === null) return [];
  if (services.some(({ marks }) => marks.principals?.includes(label))) return [];
  const statement = `${principal} created the endpoint`;
  return [{ source: 'cloudtrail', service: stranger(label, principal), speaksFor: [], statement }];
}

/** Another service has an operation of the same name, and its own record of it. */
function loggedBy(services: readonly Service[], principal: string): readonly Claim[] {
  const label = firstLabel(principal) ?? principal;
  const known = services.find(({ marks }) => marks.principals?.includes(label));
  const statement = `${principal} logged CreateVpcEndpoint for the endpoint`;
  if (known !== undefined) return [claim(known, 'cloudtrail', statement)];
  return [{ source: 'cloudtrail', service: stranger(label, principal), speaksFor: [], statement }];
}

/** Named as AWS does where its principal begins like its IAM actions, as most do, and by the principal otherwise. */
function stranger(id: string, principal: string): ServiceRef {
  return { id, name: nameOf.get(id) ?? principal };
}

function is(
  { principal, roleName }: Creation,
  principals: readonly string[],
  roles: readonly string[],
): boolean {
  const label = firstLabel(principal);
  return (label !== null && principals.includes(label)) || (roleName !== null && roles.includes(roleName));
}

function creator({ principal, roleName }: Creation): string {
  return principal ?? roleName ?? 'unknown principal';
}

function claim(service: Service, source: Claim['source'], statement: string): Claim {
  const { id, name, makesFor = [] } = service;
  return { source, service: { id, name } satisfies ServiceRef, speaksFor: [id, ...makesFor], statement };
}

/** `rds` of `rds.amazonaws.com` */
function firstLabel(principal: string | null): string | null {
  return principal?.split('.')[0] ?? null;
}
