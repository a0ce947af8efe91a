import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextStep } from '../lambda/answer/next-step.ts';
import { reachVerdict } from '../lambda/answer/settle.ts';
import type { Endpoint } from '../lambda/aws/endpoint.ts';
import type { Failure } from '../lambda/aws/failure.ts';
import type { CheckFinding, ClaimFinding, Findings, Match } from '../lambda/findings.ts';
import './support/seed.ts';

const now = new Date('2026-10-11T00:00:00Z');
const endpoint: Endpoint = {
  id: 'vpce-0ce9fdcdd4aa4097e',
  type: 'Interface',
  state: 'available',
  requesterManaged: true,
  serviceName: 'com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a'],
  networkInterfaceIds: ['eni-a'],
  securityGroupIds: ['sg-1'],
  createdAt: new Date('2026-10-01T00:00:00Z'),
  ownerId: '111122223333',
  tags: {},
  dnsNames: [],
};

const base: Findings = {
  endpoint,
  place: { region: 'ap-northeast-1', accountId: '111122223333' },
  claims: [],
  confirmed: null,
  others: [],
  unplaced: [],
  checks: [],
  creation: null,
  now,
};

function match(resourceId: string, strength: Match['strength'], deleting = false): Match {
  const owner = {
    resourceType: 'AWS::RDS::DBProxy',
    resourceId,
    arn: 'arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8',
    parentArn: null,
    consoleUrl: null,
  };
  return {
    service: { id: 'rds-proxy', name: 'Amazon RDS Proxy' },
    attachment: { owner, deleting },
    owner,
    strength,
    source: 'dns',
    statement: '',
    removal: {
      summary: `Delete the RDS proxy ${resourceId}.`,
      commands: [
        ['aws', 'rds', 'delete-db-proxy', '--db-proxy-name', resourceId, '--region', 'ap-northeast-1'],
      ],
      warnings: ['Applications lose their database connection.'],
      documentation: 'https://docs.aws.amazon.com/proxy',
    },
  };
}

function check(name: string, ...failures: Failure[]): CheckFinding {
  const outcome = failures.length === 0 ? 'no-match' : 'failed';
  return {
    report: { check: name, outcome, reason: null, apiCalls: 1, durationMs: 1 },
    failures,
    throttled: 0,
  };
}
const denied = (action: string): Failure => ({ kind: 'denied', action, reason: `${action} is not allowed` });
const throttled: Failure = {
  kind: 'throttled',
  action: 'redshift:DescribeClusters',
  reason: 'redshift:DescribeClusters was throttled',
};

const claim: ClaimFinding = {
  source: 'cloudtrail',
  statement: 'kafka.amazonaws.com created the endpoint',
  service: { id: 'msk', name: 'Amazon MSK' },
  resolvers: [],
  remove: 'the MSK Serverless cluster',
  standing: 'stands',
};

function stepOf(changes: Partial<Findings>) {
  const findings = { ...base, ...changes };
  return nextStep(findings, reachVerdict(findings));
}

describe('delete-owner', () => {
  test('gives the commands and the warnings of the owner', () => {
    expect(stepOf({ confirmed: match('orders', 'confirmed') })).toEqual({
      action: 'delete-owner',
      summary: 'Delete the RDS proxy orders.',
      commands: ['aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1'],
      warnings: ['Applications lose their database connection.'],
      documentation: 'https://docs.aws.amazon.com/proxy',
    });
  });

  test('gives commands that are safe to paste, whatever the name is', () => {
    expect(stepOf({ confirmed: match("a'; rm -rf ~ #", 'confirmed') }).commands).toEqual([
      "aws rds delete-db-proxy --db-proxy-name 'a'\\''; rm -rf ~ #' --region ap-northeast-1",
    ]);
  });

  test('gives no command for a name with control characters, and says so', () => {
    const { commands, warnings } = stepOf({ confirmed: match('a\u001b[2Jb', 'confirmed') });
    expect(commands).toEqual([]);
    expect(warnings).toContain(
      'A name holds characters that are not shown, so there is no command that is safe to paste.',
    );
  });

  test('warns when the owner is only probable and not everything could be checked', () => {
    const checks = [check('rds-proxy'), check('redshift', throttled)];
    const step = stepOf({ others: [match('orders', 'probable')], checks });
    expect(step.action).toBe('delete-owner');
    expect(step.warnings[0]).toBe(
      'Not confirmed, and not everything could be checked (redshift): look before you delete.',
    );
  });

  test('names the kind of resource for a service that is known and not asked', () => {
    expect(stepOf({ claims: [claim] })).toMatchObject({
      action: 'delete-owner',
      summary: 'Delete the MSK Serverless cluster; AWS then deletes the endpoint with it.',
      commands: [],
      warnings: ['vpce-owner cannot tell which resource of Amazon MSK it is: it does not ask this service.'],
    });
  });

  test('names the VPC to look into for a service that is not known', () => {
    const service = { id: 'newthing', name: 'newthing.amazonaws.com' };
    expect(stepOf({ claims: [{ ...claim, service, remove: null }] })).toMatchObject({
      action: 'delete-owner',
      summary:
        'Find the resource of newthing.amazonaws.com in vpc-1 and delete it; AWS then deletes the endpoint with it.',
      commands: [],
    });
  });
});

describe('wait', () => {
  test.each(['deleting', 'deleted'])('for an endpoint that is %s, whoever owns it', (state) => {
    const going = { ...endpoint, state };
    expect(stepOf({ endpoint: going, confirmed: match('orders', 'confirmed') }).action).toBe('wait');
    expect(stepOf({ endpoint: going }).action).toBe('wait');
    expect(stepOf({ endpoint: going, checks: [check('rds-proxy', throttled)] }).action).toBe('wait');
  });

  test('for an owner that is being deleted', () => {
    const step = stepOf({ confirmed: match('orders', 'confirmed', true) });
    expect(step.action).toBe('wait');
    expect(step.summary).toMatch(
      /^AWS::RDS::DBProxy orders is being deleted; AWS deletes the endpoint with it/,
    );
    expect(step.commands).toEqual([]);
  });
});

describe('delete-endpoint', () => {
  const own = { ...endpoint, requesterManaged: false };

  test('for an endpoint that the customer may delete', () => {
    expect(stepOf({ endpoint: own })).toMatchObject({
      action: 'delete-endpoint',
      commands: [
        'aws ec2 delete-vpc-endpoints --vpc-endpoint-ids vpce-0ce9fdcdd4aa4097e --region ap-northeast-1',
      ],
    });
  });

  test('warns that a service that made it may make it again', () => {
    const { warnings } = stepOf({ endpoint: own, claims: [claim] });
    expect(warnings).toContain(
      'Amazon MSK made this endpoint and may make it again: to be rid of it, remove the MSK Serverless cluster.',
    );
  });
});

describe('ask-owner-account', () => {
  test("for another account's endpoint", () => {
    const step = stepOf({ endpoint: { ...endpoint, ownerId: '444455556666' } });
    expect(step).toMatchObject({
      action: 'ask-owner-account',
      summary:
        'The endpoint belongs to account 444455556666, and account 111122223333 was searched: ask that account which resource owns it: the same lookup there tells.',
      warnings: ['The command is for the other account.'],
    });
    expect(step.commands).toEqual([
      'aws ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-0ce9fdcdd4aa4097e --region ap-northeast-1',
    ]);
  });

  test('asks which account was searched where that is not known, and says nothing to delete', () => {
    const place = { ...base.place, accountId: null };
    const step = stepOf({ place, endpoint: { ...endpoint, ownerId: '444455556666' } });
    expect(step).toMatchObject({
      action: 'ask-owner-account',
      summary: expect.stringContaining('which account was searched could not be learned'),
    });
    expect(step.commands.join()).not.toContain('delete');
  });
});

describe('choose', () => {
  test('lists what fits', () => {
    const step = stepOf({ others: [match('left', 'hint'), match('right', 'hint')] });
    expect(step).toMatchObject({
      action: 'choose',
      summary:
        '2 resources fit and nothing tells them apart: AWS::RDS::DBProxy left, AWS::RDS::DBProxy right. Look at each of them before you delete anything.',
      commands: [],
      warnings: [],
    });
  });

  test('warns of a single one that nothing confirms', () => {
    expect(stepOf({ others: [match('left', 'hint')] }).summary).toBe(
      'One resource fits, but nothing confirms it: AWS::RDS::DBProxy left. Look at it before you delete anything.',
    );
  });
});

describe('an incomplete answer', () => {
  test('names every permission that is missing, once, in order', () => {
    const checks = [
      check('rds-proxy', denied('rds:DescribeDBProxyEndpoints'), denied('rds:DescribeDBProxies')),
      check('aurora-serverless', denied('rds:DescribeDBProxies'), throttled),
    ];
    expect(stepOf({ checks })).toMatchObject({
      action: 'grant-permission',
      summary:
        'Allow rds:DescribeDBProxies, rds:DescribeDBProxyEndpoints to the role that this lookup runs as, then ask again. Until then nobody can say that the endpoint has no owner.',
      warnings: ['redshift:DescribeClusters was throttled'],
    });
  });

  test('is worth another try when nothing was denied', () => {
    expect(stepOf({ checks: [check('redshift', throttled)] })).toMatchObject({
      action: 'retry',
      warnings: ['redshift:DescribeClusters was throttled'],
    });
  });
});

describe('a complete answer without an owner', () => {
  test('is too early for an endpoint that is minutes old, or still being made', () => {
    const young = { ...endpoint, createdAt: new Date('2026-10-10T23:58:00Z') };
    expect(stepOf({ endpoint: young }).action).toBe('retry');
    expect(stepOf({ endpoint: { ...endpoint, state: 'pending' } }).action).toBe('retry');
  });

  test('is a text for support that says what was checked and when', () => {
    const step = stepOf({ checks: [check('cloudtrail'), check('rds-proxy')] });
    expect(step.action).toBe('contact-support');
    expect(step.summary).toBe(
      'VPC endpoint vpce-0ce9fdcdd4aa4097e in ap-northeast-1, account 111122223333, is requester-managed (service com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e, VPC vpc-1, created 2026-10-01T00:00:00Z). As of 2026-10-11T00:00:00Z no resource of this account and Region holds it (checked: cloudtrail, rds-proxy), so it outlived its owner and cannot be deleted with DeleteVpcEndpoints. Please delete it.',
    );
    expect(step.warnings.join(' ')).toMatch(/another account/);
    expect(step.commands).toEqual([]);
  });
});

test('support is never the next step of an incomplete answer, nor while anything fits', () => {
  const failure: fc.Arbitrary<Failure> = fc.constantFrom(throttled, denied('rds:DescribeDBProxies'));
  const findings = fc.record({
    failures: fc.array(failure, { maxLength: 2 }),
    strengths: fc.array(fc.constantFrom('probable' as const, 'hint' as const), { maxLength: 3 }),
    claimed: fc.boolean(),
    state: fc.constantFrom('available', 'pending', 'deleting', null),
  });
  fc.assert(
    fc.property(findings, ({ failures, strengths, claimed, state }) => {
      const { action } = stepOf({
        endpoint: { ...endpoint, state },
        checks: [check('rds-proxy', ...failures)],
        others: strengths.map((strength, index) => match(`proxy-${index}`, strength)),
        claims: claimed ? [{ ...claim, remove: null, resolvers: ['rds-proxy'] }] : [],
      });
      if (failures.length > 0 || strengths.length > 0) expect(action).not.toBe('contact-support');
    }),
  );
});
