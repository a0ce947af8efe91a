import type { VpcEndpoint } from '@aws-sdk/client-redshift-serverless';
import type { Aws } from '../aws/clients.ts';
import { pages } from '../aws/pages.ts';
import { consoleUrl } from '../aws/region.ts';
import type { MissingArn, Page, Resolver, Scope } from '../resolver.ts';
import { creationBy, named, readItems, ruledOutByType } from './common.ts';

const sdk = () => import('./sdk/redshift-serverless.ts');

/**
 * Redshift Serverless: workgroups, and the managed VPC endpoints that give access to them.
 *
 * Source: ListWorkgroups and ListEndpointAccess list the VPC endpoints (documented). A workgroup that lists none is
 * known by the alias of its hostname (observed); one that lists a managed endpoint's id gives way to it.
 * Cost: one page per 100 workgroups, and per 100 managed endpoints in the VPC, plus one DNS lookup per workgroup on the
 * endpoint's subnets.
 * Missing: an empty page. Errors: thrown as they come.
 *
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListWorkgroups.html
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListEndpointAccess.html
 */
export const redshiftServerless: Resolver = {
  id: 'redshift-serverless',
  name: 'Amazon Redshift Serverless',
  actions: [
    'redshift-serverless:GetWorkgroup',
    'redshift-serverless:ListEndpointAccess',
    'redshift-serverless:ListWorkgroups',
  ],

  recognise: ({ endpoint, creation }) => ({
    ...ruledOutByType(endpoint),
    claims: creationBy(creation, 'redshift-serverless', null),
  }),

  attachments: [
    { byVpc: true, read: managedEndpoints },
    { byVpc: false, read: workgroups },
  ],

  removal: ({ resourceType, resourceId }, { region }) =>
    resourceType === 'AWS::RedshiftServerless::EndpointAccess'
      ? {
          summary: `Delete the Redshift Serverless managed VPC endpoint ${resourceId}; AWS then deletes the endpoint with it.`,
          commands: [
            [
              'aws',
              'redshift-serverless',
              'delete-endpoint-access',
              '--endpoint-name',
              resourceId,
              '--region',
              region,
            ],
          ],
          warnings: ['Clients that connect to the workgroup through this endpoint lose their connection.'],
          documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html',
        }
      : {
          summary: `Delete the Redshift Serverless workgroup ${resourceId}; AWS then deletes the endpoint with it.`,
          commands: [
            [
              'aws',
              'redshift-serverless',
              'delete-workgroup',
              '--workgroup-name',
              resourceId,
              '--region',
              region,
            ],
          ],
          warnings: [
            'Clients of this workgroup lose their connection; its namespace, and the data in it, stay.',
          ],
          documentation:
            'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces.html',
        },
};

async function* managedEndpoints(aws: Aws, scope: Scope): AsyncGenerator<Page> {
  const { client, paginateListEndpointAccess } = await aws(sdk);
  const listed = paginateListEndpointAccess({ client }, scope.vpcId === null ? {} : { vpcId: scope.vpcId });

  for await (const page of pages('redshift-serverless:ListEndpointAccess', listed, 'endpoints')) {
    yield readItems(page, (access) => {
      const owner = {
        resourceType: 'AWS::RedshiftServerless::EndpointAccess',
        resourceId: named(access.endpointName, 'redshift-serverless:ListEndpointAccess'),
        arn: access.endpointArn ?? null,
        parentArn: null,
        consoleUrl: consoleUrl(scope, 'redshiftv2/home#/serverless-dashboard'),
      };
      const { workgroupName } = access;
      return {
        owner,
        ...listedEndpoints(access.vpcEndpoint === undefined ? [] : [access.vpcEndpoint]),
        // It has one endpoint: where that is listed, its name tells no more.
        hostnames: access.address && !access.vpcEndpoint?.vpcEndpointId ? [access.address] : [],
        vpcId: access.vpcEndpoint?.vpcId,
        subnetIds: access.subnetIds,
        securityGroupIds: access.vpcSecurityGroups?.flatMap((group) => group.vpcSecurityGroupId ?? []),
        createdAt: access.endpointCreateTime,
        deleting: access.endpointStatus?.toLowerCase() === 'deleting',
        undecided:
          access.vpcEndpoint?.vpcEndpointId || access.address
            ? undefined
            : `does not say its VPC endpoint (${access.endpointStatus ?? 'status unknown'})`,
        ...(workgroupName === undefined ? {} : { missing: workgroupArn(workgroupName) }),
      };
    });
  }
}

/** The managed endpoint's parent, which its list has by name only. */
function workgroupArn(workgroupName: string): MissingArn {
  return {
    member: 'parentArn',
    resourceType: 'AWS::RedshiftServerless::Workgroup',
    resourceId: workgroupName,
    ask: async (aws) => {
      const { client, GetWorkgroupCommand } = await aws(sdk);
      const { workgroup } = await client.send(new GetWorkgroupCommand({ workgroupName }));
      return workgroup?.workgroupArn;
    },
  };
}

async function* workgroups(aws: Aws, scope: Scope): AsyncGenerator<Page> {
  const { client, paginateListWorkgroups } = await aws(sdk);
  const listed = paginateListWorkgroups({ client }, {});
  for await (const page of pages('redshift-serverless:ListWorkgroups', listed, 'workgroups')) {
    yield readItems(page, (workgroup) => {
      const name = named(workgroup.workgroupName, 'redshift-serverless:ListWorkgroups');
      const { address, vpcEndpoints = [] } = workgroup.endpoint ?? {};
      return {
        owner: {
          resourceType: 'AWS::RedshiftServerless::Workgroup',
          resourceId: name,
          arn: workgroup.workgroupArn ?? null,
          parentArn: null,
          consoleUrl: consoleUrl(
            scope,
            `redshiftv2/home#/serverless-workgroup-details?workgroup=${encodeURIComponent(name)}`,
          ),
        },
        ...listedEndpoints(vpcEndpoints),
        hostnames: address ? [address] : [],
        vpcId: vpcEndpoints[0]?.vpcId,
        subnetIds: workgroup.subnetIds,
        securityGroupIds: workgroup.securityGroupIds,
        createdAt: workgroup.creationDate,
        deleting: workgroup.status?.toLowerCase() === 'deleting',
        givesWay: true,
        undecided:
          address || vpcEndpoints.length > 0
            ? undefined
            : `has no hostname yet (${workgroup.status ?? 'status unknown'})`,
      };
    });
  }
}

function listedEndpoints(endpoints: readonly VpcEndpoint[]) {
  return {
    vpcEndpointIds: endpoints.flatMap(({ vpcEndpointId }) => vpcEndpointId ?? []),
    networkInterfaceIds: endpoints.flatMap(({ networkInterfaces }) =>
      (networkInterfaces ?? []).flatMap(({ networkInterfaceId }) => networkInterfaceId ?? []),
    ),
  };
}
