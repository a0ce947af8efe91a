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
    'opensearch-ingestion',
    'Amazon OpenSearch Ingestion',
    {
      principals: ['osis'],
      roles: ['AWSServiceRoleForAmazonOpenSearchIngestion'],
      tags: { OSISManaged: 'any' },
    },
    'the OpenSearch Ingestion pipeline',
    ['aws', 'osis', 'list-pipelines'],
  ),
  interfaces(
    'mwaa',
    'Amazon MWAA',
    {
      principals: ['airflow'],
      roles: ['AWSServiceRoleForAmazonMWAA'],
      tags: { AmazonMWAAManaged: 'any' },
    },
    'the MWAA environment',
    ['aws', 'mwaa', 'list-environments'],
  ),
  interfaces(
    'pca-connector-ad',
    'AWS Private CA Connector for Active Directory',
    { principals: ['pca-connector-ad'] },
    'the connector',
    ['aws', 'pca-connector-ad', 'list-connectors'],
  ),
  interfaces(
    'license-manager-user-subscriptions',
    'AWS License Manager user-based subscriptions',
    { principals: ['license-manager-user-subscriptions', 'license-manager'] },
    'the registered identity provider, after its users and instances',
    ['aws', 'license-manager-user-subscriptions', 'list-identity-providers'],
  ),
  interfaces('odb', 'Oracle Database@AWS', { principals: ['odb'] }, 'the ODB network', [
    'aws',
    'odb',
    'list-odb-networks',
  ]),
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
