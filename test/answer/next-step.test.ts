import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextStep } from '../../lambda/answer/next-step.ts';
import { reachVerdict } from '../../lambda/answer/verdict.ts';
import type { Case, Gap, JudgedClaim, Place, Resource } from '../../lambda/model/model.ts';
import type { Service } from '../../lambda/model/service.ts';
import * as cases from '../support/cases.ts';
import { checkOf, denied, doubtOf, matchOf, notAsked, now, rdsProxy } from '../support/cases.ts';
import { serviceOf } from '../support/worlds.ts';
import '../support/seed.ts';

const endpoint = cases.endpointWith({ createdAt: new Date('2026-10-01T00:00:00Z') });
const throttled = cases.throttled('redshift:DescribeClusters');

function proxy(id: string, changes: Partial<Resource> = {}): Resource {
  const arn = 'arn:aws:rds:ap-northeast-1:111122223333:db-proxy:prx-0a1b2c3d4e5f6a7b8';
  return cases.resourceWith({ id, arn, ...changes });
}
const owner = (id: string, changes: Partial<Resource> = {}) => matchOf(proxy(id, changes), 'alias');

const services: readonly Service[] = [
  serviceOf('rds-proxy', {
    name: rdsProxy.name,
    lists: [{ read: async function* () {} }],
    removal: ({ id }) => ({
      summary: `Delete the RDS proxy ${id}.`,
      commands: [['aws', 'rds', 'delete-db-proxy', '--db-proxy-name', id, '--region', 'ap-northeast-1']],
      warnings: ['Applications lose their database connection.'],
      documentation: 'https://docs.aws.amazon.com/proxy',
    }),
  }),
  serviceOf('msk', {
    name: 'Amazon MSK',
    unlisted: { what: 'the MSK Serverless cluster', command: ['aws', 'kafka', 'list-clusters-v2'] },
  }),
  serviceOf('rosa', { name: 'ROSA', unlisted: { what: 'the ROSA cluster' } }),
];

const claim: JudgedClaim = {
  source: 'cloudtrail',
  statement: 'kafka.amazonaws.com created the endpoint',
  service: { id: 'msk', name: 'Amazon MSK' },
  speaksFor: ['msk'],
  standing: 'stands',
};

function stepOf(changes: Partial<Case> = {}, place: Place = cases.place) {
  const found = cases.caseOf({ endpoint, place, checks: [], ...changes });
  return nextStep(found, reachVerdict(found), { place, services, now });
}

describe('delete-owner', () => {
  test('gives the commands and the warnings of the owner', () => {
    expect(stepOf({ owners: [owner('orders')] })).toEqual({
      action: 'delete-owner',
      summary: 'Delete the RDS proxy orders.',
      commands: ['aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1'],
      warnings: ['Applications lose their database connection.'],
      documentation: 'https://docs.aws.amazon.com/proxy',
    });
  });

  test('shows the routes that lead to a Gateway Load Balancer endpoint, after the command that removes it', () => {
    const routed = cases.endpointWith({ type: 'GatewayLoadBalancer' });
    const { commands, warnings } = stepOf({ endpoint: routed, owners: [owner('orders')] });
    expect(commands).toEqual([
      'aws rds delete-db-proxy --db-proxy-name orders --region ap-northeast-1',
      `aws ec2 describe-route-tables --filters Name=route.gateway-id,Values=${routed.id} --region ap-northeast-1`,
    ]);
    expect(warnings).toEqual([
      'Traffic of routes to it is dropped: the last command shows the routes.',
      'Applications lose their database connection.',
    ]);
  });

  test.each([
    ['this account', '111122223333', 'of this account'],
    ['another one', '444455556666', 'of account 444455556666, and account 111122223333 was searched'],
  ])('of a service that is not asked says which resource of %s a tag names', (_, account, whose) => {
    const arn = `arn:aws:kafka:ap-northeast-1:${account}:cluster/orders/1-2`;
    const tagged = cases.endpointWith({ ...endpoint, tags: { ClusterArn: arn, Name: 'arn of nothing' } });
    expect(stepOf({ endpoint: tagged, claims: [claim] }).warnings).toEqual([
      `The tag ClusterArn names ${arn}, ${whose}. Nothing confirms it.`,
      'vpce-owner cannot tell which resource of Amazon MSK it is: it does not ask this service.',
    ]);
  });

  test('gives commands that are safe to paste, whatever the name is', () => {
    expect(stepOf({ owners: [owner("a'; rm -rf ~ #")] }).commands).toEqual([
      "aws rds delete-db-proxy --db-proxy-name 'a'\\''; rm -rf ~ #' --region ap-northeast-1",
    ]);
  });

  test('gives no command for a name with control characters, and says so', () => {
    const { commands, warnings } = stepOf({ owners: [owner('a\u001b[2Jb')] });
    expect(commands).toEqual([]);
    expect(warnings).toContain(
      'A name holds characters that are not shown, so there is no command that is safe to paste.',
    );
  });

  test('warns when the owner is only probable and not everything could be checked', () => {
    const checks = [checkOf('rds-proxy'), checkOf('redshift', throttled)];
    const step = stepOf({ probable: [matchOf(proxy('orders'), 'address')], checks });
    expect(step.action).toBe('delete-owner');
    expect(step.warnings[0]).toBe(
      'Not confirmed, and not everything could be checked (redshift): look before you delete.',
    );
  });

  test('names the kind of resource for a service that is known and not asked', () => {
    expect(stepOf({ claims: [claim] })).toMatchObject({
      action: 'delete-owner',
      summary: 'Delete the MSK Serverless cluster; AWS then deletes the endpoint with it.',
      commands: ['aws kafka list-clusters-v2 --region ap-northeast-1'],
      warnings: ['vpce-owner cannot tell which resource of Amazon MSK it is: it does not ask this service.'],
    });
  });

  test('names the VPC to look into for a service that is not known', () => {
    const service = { id: 'newthing', name: 'newthing.amazonaws.com' };
    expect(stepOf({ claims: [{ ...claim, service, speaksFor: [] }] })).toMatchObject({
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
    expect(stepOf({ endpoint: going, owners: [owner('orders')] }).action).toBe('wait');
    expect(stepOf({ endpoint: going }).action).toBe('wait');
    expect(stepOf({ endpoint: going, checks: [checkOf('rds-proxy', throttled)] }).action).toBe('wait');
  });

  test('for an owner that is being deleted', () => {
    const step = stepOf({ owners: [owner('orders', { state: 'deleting' })] });
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
    const place = { ...cases.place, accountId: null };
    const step = stepOf({ endpoint: { ...endpoint, ownerId: '444455556666' } }, place);
    expect(step).toMatchObject({
      action: 'ask-owner-account',
      summary: expect.stringContaining('which account was searched could not be learned'),
    });
    expect(step.commands.join()).not.toContain('delete');
  });
});

describe('choose', () => {
  test('lists what fits', () => {
    const step = stepOf({ doubts: [doubtOf(proxy('left')), doubtOf(proxy('right'))] });
    expect(step).toMatchObject({
      action: 'choose',
      summary:
        '2 resources fit and nothing tells them apart: AWS::RDS::DBProxy left, AWS::RDS::DBProxy right. Look at each of them before you delete anything.',
      commands: [],
      warnings: [],
    });
  });

  test('warns of a single one that nothing confirms', () => {
    expect(stepOf({ doubts: [doubtOf(proxy('left'))] }).summary).toBe(
      'One resource fits, but nothing confirms it: AWS::RDS::DBProxy left. Look at it before you delete anything.',
    );
  });
});

describe('an incomplete answer', () => {
  test('names every permission that is missing, once, in order', () => {
    const checks = [
      checkOf('rds-proxy', denied('rds:DescribeDBProxyEndpoints'), denied('rds:DescribeDBProxies')),
      checkOf('aurora-serverless', denied('rds:DescribeDBProxies'), throttled),
    ];
    expect(stepOf({ checks })).toMatchObject({
      action: 'grant-permission',
      summary:
        'Allow rds:DescribeDBProxies, rds:DescribeDBProxyEndpoints to the role that this lookup runs as, then ask again. Until then nobody can say that the endpoint has no owner.',
      warnings: ['redshift:DescribeClusters was throttled'],
    });
  });

  test('is worth another try when nothing was denied', () => {
    expect(stepOf({ checks: [checkOf('redshift', throttled)] })).toMatchObject({
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
    const step = stepOf({ checks: [checkOf('cloudtrail'), checkOf('rds-proxy')] });
    expect(step.action).toBe('contact-support');
    expect(step.summary).toBe(
      'VPC endpoint vpce-0ce9fdcdd4aa4097e in ap-northeast-1, account 111122223333, is requester-managed (service com.amazonaws.vpce.ap-northeast-1.vpce-svc-0b2f119acb23c050e, VPC vpc-1, created 2026-10-01T00:00:00Z). As of 2026-10-11T00:00:00Z no resource of this account and Region holds it (checked: cloudtrail, rds-proxy), so it outlived its owner and cannot be deleted with DeleteVpcEndpoints. Please delete it.',
    );
    expect(step.warnings.join(' ')).toMatch(/another account/);
    expect(step.commands).toEqual([]);
  });
});

describe('services that may have made the endpoint and are not asked', () => {
  test('are where to look before support is asked, each with the command that shows its resources', () => {
    const checks = [checkOf('rds-proxy'), notAsked('msk'), notAsked('rosa')];
    expect(stepOf({ checks })).toMatchObject({
      action: 'choose',
      summary:
        'No resource of the services that were asked holds it, but it may belong to one of 2 services that vpce-owner does not ask yet: look there before you ask AWS Support.',
      warnings: [
        'The commands only read. A resource in the same VPC, subnets and security groups is the likeliest.',
        'Look at the ROSA cluster too.',
      ],
      commands: ['aws kafka list-clusters-v2 --region ap-northeast-1'],
    });
  });

  test('do not stand before a permission that is missing', () => {
    const checks = [checkOf('rds-proxy', denied('rds:DescribeDBProxies')), notAsked('msk')];
    expect(stepOf({ checks }).action).toBe('grant-permission');
  });
});

describe('a resource of which nothing says where its endpoint is', () => {
  const nearby = doubtOf(proxy('nearby'), { sharesNetwork: false });

  test('is to be looked at before support is asked', () => {
    const step = stepOf({ doubts: [nearby] });
    expect(step.action).toBe('choose');
    expect(step.summary).toBe(
      'No resource is known to hold it, but nothing says where the endpoints of these are: AWS::RDS::DBProxy nearby. Look at each of them before you ask AWS Support.',
    );
  });

  test('is named after those that are likelier, and not left out', () => {
    const doubts = [{ ...nearby, lessLikely: true }, doubtOf(proxy('likely'), { sharesNetwork: false })];
    expect(stepOf({ doubts }).summary).toContain('AWS::RDS::DBProxy likely, AWS::RDS::DBProxy nearby.');
  });
});

test('resources that both hold the endpoint, as their services say, are for a person to choose from', () => {
  expect(stepOf({ owners: [owner('left'), owner('right')] }).summary).toBe(
    '2 resources hold it, as their own services say, and only one can: AWS::RDS::DBProxy left, AWS::RDS::DBProxy right. Look at each of them before you delete anything.',
  );
});

test('support is not called where EC2 does not say that a service manages the endpoint', () => {
  const step = stepOf({ endpoint: { ...endpoint, requesterManaged: null }, checks: [checkOf('rds-proxy')] });
  expect(step.action).toBe('choose');
  expect(step.summary).toMatch(/^EC2 does not say whether a service manages vpce-0ce9fdcdd4aa4097e/);
});

test('support is never the next step of an incomplete answer, nor while anything fits', () => {
  const failure: fc.Arbitrary<Gap> = fc.constantFrom(throttled, denied('rds:DescribeDBProxies'));
  const findings = fc.record({
    failures: fc.array(failure, { maxLength: 2 }),
    fitting: fc.array(fc.constantFrom('address' as const, 'network' as const, 'nothing' as const), {
      maxLength: 3,
    }),
    unasked: fc.boolean(),
    claimed: fc.constantFrom(
      'stands' as const,
      'foreign' as const,
      'refuted' as const,
      'gone' as const,
      null,
    ),
    state: fc.constantFrom('available', 'pending', 'deleting', null),
    requesterManaged: fc.constantFrom(true, null),
  });
  fc.assert(
    fc.property(findings, ({ failures, fitting, unasked, claimed, state, requesterManaged }) => {
      const named = (what: string) =>
        fitting.flatMap((by, index) => (by === what ? proxy(`proxy-${index}`) : []));
      const { action } = stepOf({
        endpoint: { ...endpoint, state, requesterManaged },
        checks: [checkOf('rds-proxy', ...failures), ...(unasked ? [notAsked('rosa')] : [])],
        probable: named('address').map((resource) => matchOf(resource, 'address')),
        doubts: [
          ...named('network').map((resource) => doubtOf(resource)),
          ...named('nothing').map((resource) => doubtOf(resource, { sharesNetwork: false })),
        ],
        claims:
          claimed === null
            ? []
            : [{ ...claim, service: rdsProxy, speaksFor: ['rds-proxy'], standing: claimed }],
      });
      if (failures.length > 0 || fitting.length > 0 || unasked || claimed === 'foreign' || !requesterManaged)
        expect(action).not.toBe('contact-support');
    }),
  );
});
