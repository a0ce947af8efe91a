import { describe, expect, test } from '@jest/globals';
import type { Identification, ProblemDocument } from '../lambda/http/contract.ts';
import { renderProblemText, renderText } from '../lambda/render/text.ts';
import { exampleIdentification } from '../scripts/openapi-examples.ts';

const unidentified: Identification = {
  ...exampleIdentification,
  verdict: 'unidentified',
  confidence: 'none',
  service: null,
  owner: null,
  evidence: [],
  checks: [
    {
      check: 'cloudtrail',
      outcome: 'skipped',
      reason: 'the endpoint is older than 90 days',
      apiCalls: 0,
      durationMs: 0,
    },
    {
      check: 'redshift-serverless',
      outcome: 'failed',
      reason: 'redshift-serverless:ListWorkgroups is not allowed',
      apiCalls: 1,
      durationMs: 20,
    },
    { check: 'rds-proxy', outcome: 'no-match', reason: null, apiCalls: 2, durationMs: 80 },
  ],
  complete: false,
  endpoint: {
    ...exampleIdentification.endpoint,
    requesterManaged: null,
    vpcId: null,
    subnetIds: [],
    createdAt: null,
    tags: { Name: 'old one' },
  },
  nextStep: {
    action: 'grant-permission',
    summary: 'Allow redshift-serverless:ListWorkgroups and ask again.',
    commands: [],
    warnings: [],
    documentation: null,
  },
};

describe('an identification', () => {
  test('says who owns the endpoint, how that is known, what was not checked and what to do', () => {
    expect(renderText(exampleIdentification)).toBe(`\
vpce-0ce9fdcdd4aa4097e  identified  rds-proxy  orders  arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8

owner                 Amazon RDS Proxy (confirmed)
  type                AWS::RDS::DBProxy
  id                  orders
  ARN                 arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8
  parent              -
  console             https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#proxy:id=orders

evidence
  cloudtrail          probable, rds-proxy
                      RDSSlrAssumptionSession (rds.amazonaws.com) created the
                      endpoint at 2026-10-01T03:12:44Z
  dns                 confirmed, rds-proxy
                      orders.proxy-abc123.ap-northeast-1.rds.amazonaws.com is an
                      alias of
                      vpce-0ce9fdcdd4aa4097e-1hbywnw6.vpce-svc-0b2f119acb23c050e.ap-northeast-1.vpce.amazonaws.com

endpoint              Interface, available, requester-managed
  service name        com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e
  created             2026-10-01T03:12:44Z
  account             111122223333
  searched            account 111122223333, Region ap-northeast-1
  VPC                 vpc-0d1e2f3a4b5c6d7e8
  subnets             subnet-0a1b2c3d4e5f60718 subnet-0b2c3d4e5f6071829
  interfaces          eni-0a1b2c3d4e5f60718 eni-0b2c3d4e5f6071829
  sec. groups         sg-0c3d4e5f60718293a

complete              yes
not checked
  redshift            skipped: the owner was found first

what to do            delete-owner
  Delete the RDS proxy orders; AWS then deletes the endpoint with it.
  warning             Applications that connect through this proxy lose their
                      database connection.
aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1
  see                 https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-deleting.html
`);
  });

  test('without an owner says what was not checked, and why', () => {
    expect(renderText(unidentified)).toBe(`\
vpce-0ce9fdcdd4aa4097e  unidentified  -  -  -

owner                 not found (none)

evidence              none

endpoint              Interface, available
  service name        com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e
  created             -
  account             111122223333
  searched            account 111122223333, Region ap-northeast-1
  VPC                 -
  subnets             -
  interfaces          eni-0a1b2c3d4e5f60718 eni-0b2c3d4e5f6071829
  sec. groups         sg-0c3d4e5f60718293a
  tag                 Name=old one

complete              no: a check that could have changed the answer failed or
                      ran out of time
not checked
  cloudtrail          skipped: the endpoint is older than 90 days
  redshift-serverless failed: redshift-serverless:ListWorkgroups is not allowed

what to do            grant-permission
  Allow redshift-serverless:ListWorkgroups and ask again.
`);
  });

  test('with a service and no resource names the service', () => {
    const text = renderText({
      ...unidentified,
      verdict: 'service-identified',
      service: exampleIdentification.service,
    });
    expect(text).toMatch(/^vpce-0ce9fdcdd4aa4097e {2}service-identified {2}rds-proxy {2}- {2}-\n/);
    expect(text).toContain(`
owner                 not found (none)
  service             Amazon RDS Proxy
`);
  });

  test('with several that fit shows each with its service', () => {
    const { owner, service } = exampleIdentification;
    const candidate = {
      resourceType: 'AWS::Redshift::Cluster',
      resourceId: 'dw',
      arn: null,
      parentArn: null,
      consoleUrl: null,
      ...owner,
      service: service ?? { id: '', name: '' },
    };
    const candidates = [
      { ...candidate, resourceId: 'orders', strength: 'hint' as const },
      { ...candidate, resourceId: 'billing', strength: 'probable' as const },
    ];
    const lines = renderText({ ...unidentified, verdict: 'ambiguous', candidates }).split('\n');
    expect(lines.filter((line) => /^(candidate| {2}id)/.test(line))).toEqual([
      'candidate             Amazon RDS Proxy (hint)',
      '  id                  orders',
      'candidate             Amazon RDS Proxy (probable)',
      '  id                  billing',
    ]);
  });

  test('warns before it hands out the text of a support case', () => {
    const text = renderText({
      ...unidentified,
      complete: true,
      checks: [],
      nextStep: {
        action: 'contact-support',
        summary: 'Please delete the endpoint.\nIts owner is gone.',
        commands: [],
        warnings: ['An owner in another account is not seen from here.'],
        documentation: null,
      },
    });
    expect(text).toContain(`
complete              yes
not checked           nothing

what to do            contact-support
  warning             An owner in another account is not seen from here.
  Please delete the endpoint.
  Its owner is gone.
`);
  });

  test('leaves a command out that cannot be shown as it is', () => {
    const nextStep = {
      ...exampleIdentification.nextStep,
      commands: ["aws rds delete-db-proxy --db-proxy-name 'a\u202eb'", 'aws sts get-caller-identity'],
    };
    const text = renderText({ ...exampleIdentification, nextStep });
    expect(text).not.toContain('delete-db-proxy');
    expect(text).toContain(`
  (A command is left out: it has characters that a terminal does not show. See
  format=json.)
aws sts get-caller-identity
`);
  });

  test('keeps its first line one line with two blanks between values, whatever a name holds', () => {
    const { owner } = exampleIdentification;
    if (owner === null) throw new Error('the example has an owner');
    const [first] = renderText({
      ...exampleIdentification,
      owner: { ...owner, resourceId: ' a\n\u001b[2J  b ', arn: '' },
    }).split('\n');
    expect(first?.split('  ')).toEqual(['vpce-0ce9fdcdd4aa4097e', 'identified', 'rds-proxy', 'a [2J b', '-']);
  });
});

describe('an error', () => {
  const problem: ProblemDocument = {
    type: 'urn:vpce-owner:problem:aws-throttled',
    title: 'AWS throttled the request',
    status: 503,
    detail: 'ec2:DescribeVpcEndpoints was throttled three times in a row, which is as often as it was tried.',
    code: 'aws-throttled',
    requestId: 'JKJaXmPLvHcESHA=',
  };

  test('starts with its status and code', () => {
    expect(renderProblemText(problem)).toBe(`\
error  503  aws-throttled
ec2:DescribeVpcEndpoints was throttled three times in a row, which is as often
as it was tried.
request               JKJaXmPLvHcESHA=
`);
  });

  test('says which action was refused and when to come back', () => {
    expect(
      renderProblemText({ ...problem, action: 'ec2:DescribeVpcEndpoints', retryAfterSeconds: 5 }),
    ).toContain(`
IAM action            ec2:DescribeVpcEndpoints
retry after           5 s
request               JKJaXmPLvHcESHA=
`);
  });
});
