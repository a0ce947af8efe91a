import { describe, expect, test } from '@jest/globals';
import type { Identification, ProblemDocument } from '../../lambda/http/contract.ts';
import { renderProblemText, renderText } from '../../lambda/render/text.ts';
import { exampleIdentification } from '../../scripts/openapi-examples.ts';

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
  test('says who owns the endpoint, what to do, what to mind and how it is known, on one screen', () => {
    expect(renderText(exampleIdentification)).toBe(`\
vpce-0ce9fdcdd4aa4097e  identified  rds-proxy  orders  arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8

Amazon RDS Proxy made this endpoint for the DBProxy orders (confirmed).

do    Delete the RDS proxy orders; AWS then deletes the endpoint with it.
aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1
mind  Applications that connect through this proxy lose their database
      connection.
see   https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-deleting.html

why   dns: orders.proxy-abc123.ap-northeast-1.rds.amazonaws.com is an alias of
      the endpoint's DNS name
      cloudtrail: RDSSlrAssumptionSession (rds.amazonaws.com) created the
      endpoint at 2026-10-01T03:12:44Z

in    account 111122223333, ap-northeast-1, vpc-0d1e2f3a4b5c6d7e8
      Interface, 2 subnets, 2 interfaces, 1 group; available, made 2026-10-01
      com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e
`);
  });

  test('without an owner says what was not checked and could have changed the answer', () => {
    expect(renderText(unidentified)).toBe(`\
vpce-0ce9fdcdd4aa4097e  unidentified  -  -  -

A service made this endpoint, and nothing that was asked claims it.

do    Allow redshift-serverless:ListWorkgroups and ask again.

Not checked, and it could have changed the answer:
      redshift-serverless: redshift-serverless:ListWorkgroups is not allowed

in    account 111122223333, ap-northeast-1
      Interface, 2 interfaces, 1 group; available
      com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e
`);
  });

  test('says an equal reason once for all the checks that it is of', () => {
    const notAsked = (check: string) => ({
      check,
      outcome: 'skipped' as const,
      reason: 'vpce-owner does not ask this service yet',
      apiCalls: 0,
      durationMs: 0,
    });
    const text = renderText({ ...unidentified, checks: ['emr', 'rosa'].map(notAsked) });
    expect(text).toContain(`
Not checked, and it could have changed the answer:
      emr, rosa: vpce-owner does not ask this service yet
`);
  });

  test('that is complete says nothing of checks that were not needed', () => {
    const text = renderText(exampleIdentification);
    expect(text).not.toMatch(/not needed|skipped|found first|Not checked/);
  });

  test('with a service and no resource names the service', () => {
    const text = renderText({
      ...unidentified,
      verdict: 'service-identified',
      confidence: 'probable',
      service: exampleIdentification.service,
    });
    expect(text).toMatch(/^vpce-0ce9fdcdd4aa4097e {2}service-identified {2}rds-proxy {2}- {2}-\n/);
    expect(text).toContain(`
Amazon RDS Proxy made this endpoint (probable), and no resource is known to hold
it.
`);
  });

  test('with several that fit shows each with its service', () => {
    const { owner, service } = exampleIdentification;
    if (owner === null || service === null) throw new Error('the example has an owner');
    const candidates = [
      { ...owner, service, arn: null, resourceId: 'orders', strength: 'hint' as const },
      { ...owner, service, arn: null, resourceId: 'billing', strength: 'probable' as const },
    ];
    const text = renderText({ ...unidentified, verdict: 'ambiguous', candidates });
    expect(text).toContain(`
2 resources may be the owner, and only one can be.

fits  AWS::RDS::DBProxy orders (Amazon RDS Proxy, hint)
      AWS::RDS::DBProxy billing (Amazon RDS Proxy, probable)
`);
  });

  test('tells evidence that was refuted from what stands', () => {
    const evidence = [
      {
        source: 'endpoint-tag' as const,
        service: 'network-firewall',
        strength: 'refuted' as const,
        statement: 'A tag says so',
      },
    ];
    expect(renderText({ ...exampleIdentification, evidence })).toContain(`
why   endpoint-tag: (refuted) A tag says so
`);
  });

  test('names the account that the endpoint belongs to where it is another one than was searched', () => {
    const endpoint = { ...exampleIdentification.endpoint, ownerId: '444455556666' };
    expect(renderText({ ...exampleIdentification, endpoint })).toMatch(/belongs to\s+account 444455556666/);
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
mind  An owner in another account is not seen from here.
do    Please delete the endpoint.
      Its owner is gone.

in `);
  });

  test('leaves a command out that cannot be shown as it is', () => {
    const nextStep = {
      ...exampleIdentification.nextStep,
      commands: ["aws rds delete-db-proxy --db-proxy-name 'a\u202eb'", 'aws sts get-caller-identity'],
    };
    const text = renderText({ ...exampleIdentification, nextStep });
    expect(text).not.toContain('delete-db-proxy');
    expect(text).toContain(`
      (A command is left out: it has characters that a terminal does not show.
      See format=json.)
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
request       JKJaXmPLvHcESHA=
`);
  });

  test('says which action was refused and when to come back', () => {
    expect(
      renderProblemText({ ...problem, action: 'ec2:DescribeVpcEndpoints', retryAfterSeconds: 5 }),
    ).toContain(`
IAM action    ec2:DescribeVpcEndpoints
retry after   5 s
request       JKJaXmPLvHcESHA=
`);
  });
});
