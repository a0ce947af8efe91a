import { randomUUID } from 'node:crypto';
import { AwsError, type Input } from '../../protocols/protocol.ts';
import { pageSize, text, texts } from '../input.ts';
import { networkFirewallApi } from '../network-firewall-api.ts';
import type { Service } from '../service.ts';
import { creator, firewall, firewallOrphan, rows, vpcEndpointAssociation } from './build.ts';
import { examples, kinds } from './examples.ts';

export type { AssociationMade, FirewallMade, FirewallOptions } from './build.ts';

export const networkFirewall = {
  id: 'network-firewall',
  api: networkFirewallApi,
  rows,
  creator,
  builders: { firewall, vpcEndpointAssociation, firewallOrphan },
  examples,
  kinds,
  operations: {
    /** Says what firewalls there are, and nothing of where they are. */
    ListFirewalls: (input, { region, page }) => {
      const size = maxResults(input);
      const vpcIds = texts(input, 'VpcIds');
      const firewalls = rows(region)
        .firewalls.filter(({ Firewall }) => vpcIds === undefined || vpcIds.includes(Firewall.VpcId ?? ''))
        .map(({ Firewall: { FirewallName, FirewallArn }, FirewallStatus }) => ({
          FirewallName,
          FirewallArn,
          TransitGatewayAttachmentId: FirewallStatus.TransitGatewayAttachmentSyncState?.AttachmentId,
        }));
      return page('Firewalls', firewalls, size);
    },

    DescribeFirewall: (input, { region }) => {
      const arn = text(input, 'FirewallArn');
      const name = text(input, 'FirewallName');
      if (arn === undefined && name === undefined) {
        throw new AwsError('InvalidRequestException', 'You must specify the FirewallArn or the FirewallName');
      }
      const found = rows(region).firewalls.find(
        ({ Firewall, describable }) =>
          describable !== false &&
          (arn === undefined || Firewall.FirewallArn === arn) &&
          (name === undefined || Firewall.FirewallName === name),
      );
      if (found === undefined) throw notFound(arn ?? name);
      return { UpdateToken: randomUUID(), Firewall: found.Firewall, FirewallStatus: found.FirewallStatus };
    },

    ListVpcEndpointAssociations: (input, { region, page }) => {
      const size = maxResults(input);
      const arn = text(input, 'FirewallArn');
      const associations = rows(region)
        .vpcEndpointAssociations.map(({ VpcEndpointAssociation }) => VpcEndpointAssociation)
        .filter((association) => arn === undefined || association.FirewallArn === arn)
        .map(({ VpcEndpointAssociationArn }) => ({ VpcEndpointAssociationArn }));
      return page('VpcEndpointAssociations', associations, size);
    },

    DescribeVpcEndpointAssociation: (input, { region }) => {
      const arn = text(input, 'VpcEndpointAssociationArn');
      if (arn === undefined) {
        throw new AwsError('InvalidRequestException', 'You must specify the VpcEndpointAssociationArn');
      }
      const found = rows(region).vpcEndpointAssociations.find(
        ({ VpcEndpointAssociation, describable }) =>
          describable !== false && VpcEndpointAssociation.VpcEndpointAssociationArn === arn,
      );
      if (found === undefined) throw notFound(arn);
      const { VpcEndpointAssociation, VpcEndpointAssociationStatus } = found;
      return { VpcEndpointAssociation, VpcEndpointAssociationStatus };
    },
  },
} as const satisfies Service;

function maxResults(input: Input): number {
  const limits = { min: 1, max: 100 };
  const size = pageSize(
    input,
    'MaxResults',
    limits,
    (value) => new AwsError('InvalidRequestException', `MaxResults must be between 1 and 100, not ${value}`),
  );
  return size ?? limits.max;
}

function notFound(name: string | undefined): AwsError {
  return new AwsError('ResourceNotFoundException', `The resource ${name} was not found`);
}
