import type { Workforce } from '@aws-sdk/client-sagemaker';
import { awsJson } from '../protocols/aws-json.ts';
import { AwsError } from '../protocols/protocol.ts';
import { rowsOf } from '../world/account.ts';
import { forwardAccessSession } from '../world/creator.ts';
import { placeEndpoint } from '../world/endpoint.ts';
import { type Example, eachAge, identifiedById, pathOf } from '../world/example.ts';
import { type Generation, hidden, owned, someLies, someNetwork, someTraits } from '../world/generation.ts';
import { network as newNetwork } from '../world/network.ts';
import { type Made, made, type Owner, type ResourceOptions } from '../world/owner.ts';
import type { Scope } from '../world/scope.ts';
import { pageSize } from './input.ts';
import type { Service } from './service.ts';

const rows = rowsOf({ workforces: [] as Workforce[] });

const creator = forwardAccessSession('sagemaker');

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListWorkforces.html */
export const sagemakerWorkforce = {
  id: 'sagemaker-workforce',
  api: {
    id: 'sagemaker',
    protocol: awsJson({
      version: '1.1',
      targets: ['SageMaker'],
      timestamps: 'seconds',
      internalError: 'InternalFailure',
      messageField: 'message',
    }),
    pageToken: 'NextToken',
    invalidPageToken: () => new AwsError('ValidationException', 'The NextToken is not valid'),
  },
  rows,
  creator,
  builders: { workforce },
  examples,
  kinds: (generation) => [() => someWorkforce(generation)],
  operations: {
    ListWorkforces: (input, { region, page }) => {
      const refuse = (value: string) =>
        new AwsError('ValidationException', `MaxResults must be between 1 and 100, not ${value}`);
      const size = pageSize(input, 'MaxResults', { min: 1, max: 100 }, refuse) ?? 10;
      return page('Workforces', rows(region).workforces, size);
    },
  },
} as const satisfies Service;

export interface WorkforceMade extends Made {
  /** The one that SageMaker names. */
  readonly listedId: string;
  readonly otherId: string;
  readonly workforce: Workforce;
}

/** Two endpoints, of which SageMaker names one. */
function workforce(
  scope: Scope,
  options: ResourceOptions & { /** Whether AWS's policy tells their names. */ readonly named?: boolean } = {},
): WorkforceMade {
  const {
    name = scope.nextName('workforce'),
    network = newNetwork(scope),
    status,
    named = true,
    ...rest
  } = options;
  const { vpcEndpointId, ...traits } = rest;
  const base = { ...traits, network, creator };
  const portal = placeEndpoint(scope, {
    ...(named ? { serviceName: `aws.sagemaker.${scope.region}.labeling` } : {}),
    ...base,
    ...(vpcEndpointId === undefined ? {} : { vpcEndpointId }),
    name: `workforce/${name}/portal`,
  });
  const resources = placeEndpoint(scope, {
    ...(named ? { serviceName: `com.amazonaws.${scope.region}.sagemaker-task-resources` } : {}),
    ...base,
    name: `workforce/${name}/resources`,
  });
  const row: Workforce = {
    WorkforceName: name,
    WorkforceArn: scope.arn('sagemaker', `workforce/${name}`),
    CreateDate: traits.resourceCreatedAt ?? portal.endpoint.CreationTimestamp,
    Status: (status ?? 'Active') as Workforce['Status'],
    WorkforceVpcConfig: {
      VpcId: network.vpcId,
      SecurityGroupIds: [...network.securityGroupIds],
      Subnets: network.subnets.map(({ subnetId }) => subnetId),
      VpcEndpointId: portal.vpcEndpointId,
    },
  };
  rows(scope.resources).workforces.push(row);
  const owner: Owner = {
    service: 'sagemaker-workforce',
    resourceType: 'AWS::SageMaker::Workforce',
    resourceId: name,
    arn: row.WorkforceArn ?? null,
    parentArn: null,
  };
  return {
    ...made(owner, network, portal, resources),
    listedId: portal.vpcEndpointId,
    otherId: resources.vpcEndpointId,
    workforce: row,
  };
}

function examples(scope: Scope): Example[] {
  const aged = eachAge(scope, ({ words, suffix }, createdAt) => [
    identifiedById(
      `a SageMaker workforce that names the endpoint, ${words}`,
      workforce(scope, { name: `labelers${suffix}`, createdAt }),
    ),
  ]);
  const { otherId } = workforce(scope, { name: 'reviewers', createdAt: scope.daysAgo(200) });
  return [
    ...aged,
    {
      title: 'the endpoint of a SageMaker workforce that it does not name',
      path: pathOf(otherId),
      expect: {
        status: 200,
        verdict: 'service-identified',
        service: 'sagemaker-workforce',
        action: 'choose',
        candidates: 1,
      },
    },
  ];
}

function someWorkforce(generation: Generation): void {
  const { build, chance } = generation;
  const made = workforce(build, {
    ...someTraits(generation),
    ...someLies(generation),
    network: someNetwork(generation),
    named: chance.chance(0.6),
  });
  owned(generation, made);
  hidden(generation, made.otherId, made.owner);
}
