import type { Workforce } from '@aws-sdk/client-sagemaker';
import { pages } from '../aws/pages.ts';
import type { Items, Resource } from '../model/model.ts';
import type { Aws, Service } from '../model/service.ts';
import { neverAnAppliance } from './families.ts';
import { present, readItems, required, unsettled } from './helpers.ts';

const sdk = () => import('./sdk/sagemaker-workforce.ts');

/**
 * SageMaker's private workforces in a VPC: each has two endpoints (documented), one for the labeling portal and one for the
 * resources of its tasks.
 *
 * Source: ListWorkforces names one of the two. The other one is known by the workforce's subnets and groups alone, which
 * make a candidate and no owner. The service names are those of AWS's own policy; nobody has seen a whole one, and nothing
 * is ruled out for want of them.
 * Cost: one page per 100 workforces. Missing: an empty page; a workforce outside of a VPC has no endpoint. Errors: thrown as
 * they come.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_WorkforceVpcConfigResponse.html
 */
export const sagemakerWorkforce: Service = {
  id: 'sagemaker-workforce',
  name: 'Amazon SageMaker private workforce',
  marks: {
    principals: ['sagemaker'],
    serviceName: /sagemaker-task-resources|^(cn\.)?aws\.sagemaker.*labeling/,
    never: neverAnAppliance,
  },
  actions: { 'sagemaker:ListWorkforces': 'anything' },
  lists: [{ read: workforces }],
  unlisted: null,
  console: () => 'sagemaker/groundtruth#/labeling-workforces',
  removal: ({ id }, { region }) => ({
    summary: `Take the workforce ${id} out of the VPC; AWS then deletes its two endpoints. Its workers and their work stay.`,
    commands: [
      ['aws', 'sagemaker', 'update-workforce', '--workforce-name', id]
        .concat(['--workforce-vpc-config', '{}'])
        .concat(['--region', region]),
    ],
    warnings: ['Workers who reach the labeling portal from within the VPC no longer can.'],
    documentation: 'https://docs.aws.amazon.com/sagemaker/latest/dg/samurai-vpc-workforce-cli.html',
  }),
};

async function* workforces(aws: Aws): AsyncGenerator<Items> {
  const { client, paginateListWorkforces } = await aws(sdk);
  const listed = paginateListWorkforces({ client }, { MaxResults: 100 });
  for await (const page of pages('sagemaker:ListWorkforces', listed, 'Workforces')) {
    yield readItems(page.filter(mayBeInVpc), (workforce): Resource => {
      const { WorkforceVpcConfig: vpc, Status } = workforce;
      const endpointIds = present(vpc?.VpcEndpointId);
      return {
        type: 'AWS::SageMaker::Workforce',
        id: required(workforce.WorkforceName, 'sagemaker:ListWorkforces'),
        arn: workforce.WorkforceArn ?? null,
        shows: { endpointIds },
        network: { vpcId: vpc?.VpcId, subnetIds: vpc?.Subnets, securityGroupIds: vpc?.SecurityGroupIds },
        mostEndpoints: 2,
        createdAt: workforce.CreateDate,
        state: stateOf(Status, endpointIds),
      };
    });
  }
}

/** Only an active one that says nothing of a VPC is outside of one. One that says a part of it may hold the endpoint. */
function mayBeInVpc({ WorkforceVpcConfig: vpc, Status }: Workforce): boolean {
  return Status !== 'Active' || Object.values(vpc ?? {}).some((said) => said.length > 0);
}

function stateOf(status: string | undefined, endpointIds: readonly string[]): Resource['state'] {
  if (status === 'Deleting') return 'deleting';
  return endpointIds.length > 0 ? undefined : unsettled('does not say its VPC endpoint', status);
}
