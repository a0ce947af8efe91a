/**
 * Services that are known to make VPC endpoints and that vpce-owner does not ask yet: how their endpoints are recognised,
 * and what to look for by hand. Each that may have made an endpoint stands in the answer as a check that was not made.
 *
 * Source: service-linked role policies and service documentation as of August 2026 (see docs/adr/0004).
 */
import type { Marks, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';

const redHat = 'red-hat-managed';

/** A Region of any partition within a service name. */
const region = '[a-z0-9-]+';

export const unasked: readonly Service[] = [
  {
    ...service('firewall-manager', 'AWS Firewall Manager', {
      principals: ['fms'],
      roles: ['AWSServiceRoleForFMS'],
      tags: { FMManaged: 'any' },
    }),
    makesFor: ['network-firewall'],
    unlisted: {
      what: "the VPC from the Firewall Manager policy's scope, in the administrator account",
      command: ['aws', 'fms', 'list-policies'],
    },
  },
  interfaces(
    'guardduty',
    'Amazon GuardDuty',
    {
      principals: ['guardduty'],
      roles: ['AWSServiceRoleForAmazonGuardDuty'],
      tags: { GuardDutyManaged: 'any' },
      serviceName: new RegExp(`^(cn\\.)?com\\.amazonaws\\.${region}\\.guardduty-data(-fips)?$`),
      // AmazonGuardDutyServiceRolePolicy allows it no other.
      serviceNameAlways: true,
    },
    "GuardDuty's automated agent configuration for Runtime Monitoring",
    ['aws', 'guardduty', 'list-detectors'],
  ),
  interfaces(
    'emr',
    'Amazon EMR',
    {
      principals: ['elasticmapreduce'],
      tags: { 'for-use-with-amazon-emr-managed-policies': 'any' },
    },
    'the EMR cluster',
    ['aws', 'emr', 'list-clusters'],
  ),
  {
    ...service('rosa', 'Red Hat OpenShift Service on AWS', {
      tags: { [redHat]: 'any' },
      never: neverAnAppliance,
    }),
    unlisted: {
      what: 'the ROSA cluster, which loses its connection without this endpoint (rosa list clusters lists them)',
    },
  },
];

function service(id: string, name: string, marks: Marks): Omit<Service, 'unlisted'> {
  return { id, name, marks, actions: {}, lists: [] };
}

function interfaces(
  id: string,
  name: string,
  marks: Marks,
  what: string,
  command: readonly string[],
): Service {
  return { ...service(id, name, { ...marks, never: neverAnAppliance }), unlisted: { what, command } };
}

/**
 * The services as a deployment asks them. One that it switched off is still known by its marks, and stands in an answer that
 * it could have changed as a check that was not made.
 *
 * Errors: names the ids that no service which is asked has.
 */
export function switchOff(services: readonly Service[], off: readonly string[]): readonly Service[] {
  const unknown = off.filter(
    (id) => !services.some((service) => service.id === id && service.lists.length > 0),
  );
  if (unknown.length > 0)
    throw new Error(`expected ids of services to switch off, such as msk, but got ${unknown.join(', ')}`);
  return services.map((service) => (off.includes(service.id) ? withoutLists(service) : service));
}

function withoutLists({ id, name, marks, makesFor = [] }: Service): Service {
  const unlisted = { what: `the resource of ${name} that uses it` };
  return { id, name, marks, makesFor, actions: {}, lists: [], unlisted, isOff: true };
}
