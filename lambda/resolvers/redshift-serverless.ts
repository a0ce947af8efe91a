import type { VpcEndpoint } from '@aws-sdk/client-redshift-serverless';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, List, Scope, Service } from '../model/service.ts';
import { neverAnAppliance, redshiftFamily } from './families.ts';
import { present, readItems, required, unsettled, withOthers } from './helpers.ts';

const sdk = () => import('./sdk/redshift-serverless.ts');

const managed: List = { byVpc: true, read: managedEndpoints };

/**
 * Redshift Serverless: workgroups, and the managed VPC endpoints that give access to them.
 *
 * Source: ListWorkgroups and ListEndpointAccess list the VPC endpoints (documented). A workgroup that lists none is
 * known by the alias of its hostname (observed); one that lists a managed endpoint's id yields to it. The endpoints that
 * a workgroup lists may be in several VPCs, and need not be all: they say nothing of where another one is.
 * Cost: one page per 100 workgroups, and per 100 managed endpoints in the VPC, plus one DNS lookup per workgroup on the
 * endpoint's subnets.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListWorkgroups.html
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListEndpointAccess.html
 */
export const redshiftServerless: Service = {
  id: 'redshift-serverless',
  name: 'Amazon Redshift Serverless',
  marks: { principals: ['redshift-serverless'], family: redshiftFamily, never: neverAnAppliance },
  actions: {
    'redshift-serverless:GetWorkgroup': [['redshift-serverless', 'workgroup/*']],
    'redshift-serverless:ListEndpointAccess': 'anything',
    'redshift-serverless:ListWorkgroups': 'anything',
  },
  lists: [managed, { read: workgroups, yieldsTo: [managed] }],
  unlisted: null,
  detail: withArnOfWorkgroup,
  console: ({ type, id }) =>
    type === 'AWS::RedshiftServerless::EndpointAccess'
      ? 'redshiftv2/home#/serverless-dashboard'
      : `redshiftv2/home#/serverless-workgroup-details?workgroup=${encodeURIComponent(id)}`,
  removal: (resource, { region }, endpoint) => {
    const { type, id } = resource;
    return type === 'AWS::RedshiftServerless::EndpointAccess'
      ? {
          summary: `Delete the Redshift Serverless managed VPC endpoint ${id}; AWS then deletes the endpoint with it.`,
          commands: [
            [
              'aws',
              'redshift-serverless',
              'delete-endpoint-access',
              '--endpoint-name',
              id,
              '--region',
              region,
            ],
          ],
          warnings: ['Clients that connect to the workgroup through this endpoint lose their connection.'],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
        }
      : {
          summary: `Delete the Redshift Serverless workgroup ${id}; AWS then deletes the endpoint with it.`,
          commands: [
            ['aws', 'redshift-serverless', 'delete-workgroup', '--workgroup-name', id, '--region', region],
          ],
          warnings: [
            'Clients of this workgroup lose their connection; its namespace, and the data in it, stay.',
            ...withOthers(resource, endpoint),
          ],
          documentation:
            'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces.html',
        };
  },
};

async function* managedEndpoints(aws: Aws, scope: Scope): AsyncGenerator<Items> {
  const { client, paginateListEndpointAccess } = await aws(sdk);
  const listed = paginateListEndpointAccess({ client }, scope.vpcId === null ? {} : { vpcId: scope.vpcId });
  for await (const page of pages('redshift-serverless:ListEndpointAccess', listed, 'endpoints')) {
    yield readItems(page, (access): Resource => {
      const { address, vpcEndpoint: endpoint, workgroupName } = access;
      const workgroup = { member: 'parentArn', type: 'AWS::RedshiftServerless::Workgroup' } as const;
      return {
        type: 'AWS::RedshiftServerless::EndpointAccess',
        id: required(access.endpointName, 'redshift-serverless:ListEndpointAccess'),
        arn: access.endpointArn ?? null,
        ...(workgroupName === undefined ? {} : { lacks: { ...workgroup, id: workgroupName } }),
        // It has one endpoint: where that is listed, its name tells no more.
        shows: shown(present(endpoint?.vpcEndpointId).length > 0 ? [] : present(address), endpoint),
        network: {
          vpcId: endpoint?.vpcId,
          subnetIds: access.subnetIds,
          securityGroupIds: present(
            ...(access.vpcSecurityGroups ?? []).map((group) => group.vpcSecurityGroupId),
          ),
        },
        mostEndpoints: 1,
        createdAt: access.endpointCreateTime,
        state: stateOf(
          access.endpointStatus,
          Boolean(endpoint?.vpcEndpointId || address),
          'does not say its VPC endpoint',
        ),
      };
    });
  }
}

/** The managed endpoint's parent, which its list has by name only. */
async function withArnOfWorkgroup(aws: Aws, { lacks, ...resource }: Resource): Promise<Resource> {
  if (lacks === undefined) return resource;
  const { client, GetWorkgroupCommand } = await aws(sdk);
  const { workgroup } = await client.send(new GetWorkgroupCommand({ workgroupName: lacks.id }));
  return { ...resource, [lacks.member]: workgroup?.workgroupArn ?? null };
}

async function* workgroups(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListWorkgroups } = await aws(sdk);
  const listed = paginateListWorkgroups({ client }, {});
  for await (const page of pages('redshift-serverless:ListWorkgroups', listed, 'workgroups')) {
    yield readItems(page, (workgroup) => {
      const { address, vpcEndpoints = [] } = workgroup.endpoint ?? {};
      return {
        type: 'AWS::RedshiftServerless::Workgroup',
        id: required(workgroup.workgroupName, 'redshift-serverless:ListWorkgroups'),
        arn: workgroup.workgroupArn ?? null,
        shows: shown(present(address), ...vpcEndpoints),
        network: { subnetIds: workgroup.subnetIds, securityGroupIds: workgroup.securityGroupIds },
        createdAt: workgroup.creationDate,
        state: stateOf(workgroup.status, Boolean(address) || vpcEndpoints.length > 0, 'has no hostname yet'),
      };
    });
  }
}

function shown(
  hostnames: readonly string[],
  ...endpoints: readonly (VpcEndpoint | undefined)[]
): Resource['shows'] {
  return {
    hostnames,
    endpointIds: present(...endpoints.map((endpoint) => endpoint?.vpcEndpointId)),
    interfaceIds: endpoints.flatMap((endpoint) =>
      present(...(endpoint?.networkInterfaces ?? []).map((eni) => eni.networkInterfaceId)),
    ),
  };
}

function stateOf(status: string | undefined, isKnown: boolean, unsure: string): Resource['state'] {
  if (status?.toLowerCase() === 'deleting') return 'deleting';
  return isKnown ? undefined : unsettled(unsure, status);
}
