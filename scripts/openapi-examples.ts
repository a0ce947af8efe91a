/** The examples of the OpenAPI document. What the program itself can say, it says here. */
import type { Identification, Sweep } from '../lambda/http/contract.ts';
import { parseRequest } from '../lambda/http/request.ts';
import { Problem, type ProblemCode } from '../lambda/problem.ts';

export const exampleRegion = 'ap-northeast-1';
export const exampleEndpointId = 'vpce-0ce9fdcdd4aa4097e';
export const exampleError =
  `${exampleEndpointId} - Operation is not allowed for requester-managed VPC endpoints for the service ` +
  `com.amazonaws.vpce.${exampleRegion}.vpce-svc-0b2f119acb23c050e.`;

export const exampleIdentification: Identification = {
  vpcEndpointId: exampleEndpointId,
  accountId: '111122223333',
  region: exampleRegion,
  verdict: 'identified',
  confidence: 'confirmed',
  service: { id: 'rds-proxy', name: 'Amazon RDS Proxy' },
  owner: {
    resourceType: 'AWS::RDS::DBProxy',
    resourceId: 'orders',
    arn: 'arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8',
    parentArn: null,
    consoleUrl:
      'https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#proxy:id=orders',
  },
  candidates: [],
  evidence: [
    {
      source: 'cloudtrail',
      service: 'rds-proxy',
      strength: 'probable',
      statement: 'RDSSlrAssumptionSession (rds.amazonaws.com) created the endpoint at 2026-10-01T03:12:44Z',
    },
    {
      source: 'dns',
      service: 'rds-proxy',
      strength: 'confirmed',
      statement:
        'orders.proxy-abc123.ap-northeast-1.rds.amazonaws.com is an alias of ' +
        'vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com',
    },
  ],
  checks: [
    { check: 'cloudtrail', outcome: 'match', reason: null, apiCalls: 1, durationMs: 143 },
    { check: 'rds-proxy', outcome: 'match', reason: null, apiCalls: 1, durationMs: 96 },
    {
      check: 'redshift',
      outcome: 'skipped',
      reason: 'the owner was found first',
      apiCalls: 0,
      durationMs: 0,
    },
  ],
  complete: true,
  endpoint: {
    type: 'Interface',
    state: 'available',
    requesterManaged: true,
    serviceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
    vpcId: 'vpc-0d1e2f3a4b5c6d7e8',
    subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b2c3d4e5f6071829'],
    networkInterfaceIds: ['eni-0a1b2c3d4e5f60718', 'eni-0b2c3d4e5f6071829'],
    securityGroupIds: ['sg-0c3d4e5f60718293a'],
    createdAt: '2026-10-01T03:12:44Z',
    ownerId: '111122223333',
    tags: {},
  },
  nextStep: {
    action: 'delete-owner',
    summary: 'Delete the RDS proxy orders; AWS then deletes the endpoint with it.',
    commands: ['aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1'],
    warnings: ['Applications that connect through this proxy lose their database connection.'],
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-deleting.html',
  },
};

const { complete, owner, service, confidence, verdict, endpoint, nextStep } = exampleIdentification;
export const exampleNow = new Date('2026-11-01T00:00:00Z');
export const exampleSweep: Sweep = {
  accountId: '111122223333',
  region: exampleRegion,
  scope: {
    vpcIds: ['vpc-0d1e2f3a4b5c6d7e8'],
    subnetIds: [],
    securityGroupIds: [],
    serviceNames: [],
    vpcEndpointIds: [],
    resourceArns: [],
    resourceIds: [],
  },
  count: 1,
  summary: { verdicts: { identified: 1 }, services: { 'rds-proxy': 1 } },
  complete,
  completeVpcIds: ['vpc-0d1e2f3a4b5c6d7e8'],
  checks: exampleIdentification.checks,
  vpcEndpoints: [
    {
      vpcEndpointId: exampleEndpointId,
      vpcId: endpoint.vpcId,
      verdict,
      confidence,
      service,
      owner,
      candidates: 0,
      complete,
      state: endpoint.state,
      createdAt: endpoint.createdAt,
      nextStep: { action: nextStep.action, command: nextStep.commands[0] ?? null },
    },
  ],
  notFound: [],
  otherInterfaces: [],
  nextToken: null,
};

const place = `account 111122223333, Region ${exampleRegion}`;

/** A request that gets the error, or, where it takes AWS to get it, the error. */
const problemExamples: Record<
  ProblemCode,
  readonly [method: string, path: string, query?: string] | Problem
> = {
  'invalid-vpc-endpoint-id': ['GET', '/vpc-endpoints/vpce-svc-0b2f119acb23c050e'],
  'invalid-network-interface-id': ['GET', '/identify', 'q=eni-12345'],
  'invalid-region': ['GET', `/vpc-endpoints/${exampleEndpointId}`, 'region=Tokyo'],
  'invalid-vpc-id': ['GET', '/vpc-endpoints', 'vpcId=main'],
  'invalid-next-token': new Problem(
    'invalid-next-token',
    'Expected nextToken to be that of the last answer to this very request; got one that is not. Ask without it to begin again.',
  ),
  'expired-next-token': new Problem(
    'expired-next-token',
    'Expected nextToken to be less than an hour old; it is older. Ask without it to begin again.',
  ),
  'invalid-parameter': ['GET', `/vpc-endpoints/${exampleEndpointId}`, 'regoin=us-east-1'],
  'nothing-to-identify': ['GET', '/identify', 'q=help'],
  'region-not-allowed': ['GET', `/vpc-endpoints/${exampleEndpointId}`, 'region=us-east-1'],
  'vpc-endpoint-not-found': new Problem(
    'vpc-endpoint-not-found',
    `There is no VPC endpoint ${exampleEndpointId} in ${place} (this deployment's own). Another Region is asked with region=.`,
  ),
  'network-interface-not-found': new Problem(
    'network-interface-not-found',
    `There is no network interface eni-0a1b2c3d4e5f60718 in ${place} (named by the text), ap-northeast-3 (this deployment's own).`,
  ),
  'route-not-found': ['GET', '/vpc-endpoint'],
  'method-not-allowed': ['DELETE', `/vpc-endpoints/${exampleEndpointId}`],
  'not-an-endpoint-interface': new Problem(
    'not-an-endpoint-interface',
    'eni-0a1b2c3d4e5f60718 belongs to no VPC endpoint: EC2 describes it as "RDSNetworkInterface".',
  ),
  'request-too-large': new Problem(
    'request-too-large',
    'Expected a body of at most 10485760 bytes, as API Gateway takes it; got 10485761.',
  ),
  'host-not-allowed': new Problem(
    'host-not-allowed',
    `Expected this machine's own name as the Host, such as 127.0.0.1:3000; got "vpce-owner.example.com".`,
  ),
  'internal-error': new Problem(
    'internal-error',
    'Something failed here. The log has it under the requestId.',
  ),
  'aws-access-denied': new Problem('aws-access-denied', 'ec2:DescribeVpcEndpoints is not allowed', {
    action: 'ec2:DescribeVpcEndpoints',
  }),
  'aws-error': new Problem('aws-error', 'ec2:DescribeVpcEndpoints: AWS failed (HTTP 500)', {
    action: 'ec2:DescribeVpcEndpoints',
  }),
  'aws-throttled': new Problem('aws-throttled', 'ec2:DescribeVpcEndpoints was throttled', {
    action: 'ec2:DescribeVpcEndpoints',
    retryAfterSeconds: 5,
  }),
  'deadline-exceeded': new Problem('deadline-exceeded', `EC2 did not describe ${exampleEndpointId} in time.`),
};

export function exampleProblem(code: ProblemCode): Problem {
  const example = problemExamples[code];
  return example instanceof Problem ? example : refusalOf(...example);
}

function refusalOf(method: string, rawPath: string, rawQueryString = ''): Problem {
  const requestContext = { stage: '$default', requestId: '', http: { method } };
  try {
    parseRequest(
      { rawPath, rawQueryString, headers: {}, requestContext },
      { region: exampleRegion, allowedRegions: [exampleRegion, 'ap-northeast-3'] },
    );
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${method} ${rawPath}?${rawQueryString} is no example of an error: it is answered`);
}
