/** Who made an endpoint, as its caller is told: a record of CloudTrail is believed for what only a service can write. */
import { describe, expect, test } from '@jest/globals';
import {
  type Creator,
  type EventOptions,
  forwardAccessSession,
  type RegionBuilder,
  serviceLinkedRole,
} from '../sandbox/build.ts';
import { checkOf, emptyRegion, lookUp } from './support/lookup.ts';

const nobody = "a person's own call made the endpoint: its record names no service";

interface EventRecord {
  userIdentity: Record<string, unknown>;
  [member: string]: unknown;
}

/** Changes what CloudTrail has kept of every call. */
function rewrite({ resources }: RegionBuilder, change: (record: EventRecord) => void): void {
  for (const event of resources.events) {
    const record: EventRecord = JSON.parse(event.CloudTrailEvent ?? '');
    change(record);
    event.CloudTrailEvent = JSON.stringify(record);
    if (typeof record['eventSource'] === 'string') event.EventSource = record['eventSource'];
  }
}

async function ask(event: EventOptions, change: (record: EventRecord) => void = () => undefined) {
  const region = emptyRegion();
  const { vpcEndpointId } = region.orphan({ event });
  rewrite(region, change);
  const { answer } = await lookUp(region, vpcEndpointId);
  return { answer, cloudtrail: checkOf(answer, 'cloudtrail') };
}

const alice: Creator = { kind: 'user', name: 'alice' };

describe('a person who made the endpoint is no service', () => {
  const people: readonly (readonly [string, Creator, (record: EventRecord) => void])[] = [
    ['with the command line', alice, () => undefined],
    ['in the console', { ...alice, console: true }, () => undefined],
    ...['console.ec2.amazonaws.com', 'console.amazonaws.com', 'signin.amazonaws.com'].map(
      (userAgent) =>
        [
          `with the user agent ${userAgent}`,
          alice,
          (record: EventRecord) => Object.assign(record, { userAgent }),
        ] as const,
    ),
    ...['console.amazonaws.com', 'signin.amazonaws.com', 'ec2.console.amazonaws.com'].map(
      (sourceIPAddress) =>
        [
          `from ${sourceIPAddress}`,
          { ...alice, console: true },
          (record: EventRecord) => Object.assign(record, { sourceIPAddress }),
        ] as const,
    ),
    ...['rds.amazonaws.com', 'redshift.amazonaws.com', 'network-firewall.amazonaws.com'].map(
      (userAgent) =>
        [
          `with a client that calls itself ${userAgent}`,
          alice,
          (record: EventRecord) => Object.assign(record, { userAgent }),
        ] as const,
    ),
    [
      'as an IAM user called RDSSlrAssumptionSession',
      { kind: 'user', name: 'RDSSlrAssumptionSession' },
      () => undefined,
    ],
    [
      'as an IAM user called RDSAuroraServeless',
      { kind: 'user', name: 'RDSAuroraServeless' },
      () => undefined,
    ],
    ['as an IAM user called rds.amazonaws.com', { kind: 'user', name: 'rds.amazonaws.com' }, () => undefined],
    ['through CloudFormation', forwardAccessSession('cloudformation'), () => undefined],
    ['through a Lambda function', forwardAccessSession('lambda'), () => undefined],
    ['through Systems Manager', forwardAccessSession('ssm'), () => undefined],
  ];

  test.each(people)('%s', async (_, creator, change) => {
    const { answer, cloudtrail } = await ask({ creator }, change);
    expect(cloudtrail).toMatchObject({ outcome: 'no-match', reason: nobody });
    expect(answer).toMatchObject({
      verdict: 'unidentified',
      confidence: 'none',
      service: null,
      evidence: [],
      complete: false,
      nextStep: { action: 'choose' },
    });
    expect(answer.nextStep.summary).not.toMatch(/delete it|console|signin/);
  });

  test('in a role of their own under the name of a service’s, or in a session under such a name', async () => {
    const creator = serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'RDSSlrAssumptionSession');
    const { answer, cloudtrail } = await ask({ creator }, (record) => {
      const issuer = {
        type: 'Role',
        arn: 'arn:aws:iam::111122223333:role/AWSServiceRoleForRDS',
        userName: 'AWSServiceRoleForRDS',
      };
      Object.assign(record.userIdentity, { invokedBy: undefined, sessionContext: { sessionIssuer: issuer } });
      Object.assign(record, { sourceIPAddress: '203.0.113.7', userAgent: 'rds.amazonaws.com' });
    });
    expect(cloudtrail).toMatchObject({ outcome: 'no-match', reason: nobody });
    expect(answer).toMatchObject({ service: null, evidence: [] });
  });
});

describe('a service that made the endpoint is named', () => {
  test.each([
    ['rds-proxy', serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'RDSSlrAssumptionSession')],
    ['aurora-serverless', serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'RDSAuroraServeless')],
    ['rds', serviceLinkedRole('rds', 'AWSServiceRoleForRDS', 'a-session-that-nobody-knows')],
    ['redshift', serviceLinkedRole('redshift', 'AWSServiceRoleForRedshift')],
    ['msk', forwardAccessSession('kafka')],
    ['transfer', forwardAccessSession('transfer')],
    ['opensearch-ingestion', serviceLinkedRole('osis', 'AWSServiceRoleForAmazonOpenSearchIngestion')],
  ])('%s', async (id, creator) => {
    const { answer, cloudtrail } = await ask({ creator });
    expect(cloudtrail).toMatchObject({ outcome: 'match', reason: null });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      confidence: 'probable',
      service: { id },
      evidence: [{ source: 'cloudtrail', service: id, strength: 'probable' }],
    });
  });

  test('by its principal, where nobody knows it', async () => {
    const { answer } = await ask({ creator: forwardAccessSession('newthing') });
    expect(answer).toMatchObject({ service: { id: 'newthing', name: 'newthing.amazonaws.com' } });
  });
});

describe('an operation of the same name, of another service than EC2,', () => {
  const claims = [
    ['opensearch', 'es'],
    ['opensearch-serverless', 'aoss'],
  ] as const;

  test.each(claims)('claims the endpoint for %s beside a person’s call', async (id, service) => {
    const { answer, cloudtrail } = await ask({ creator: alice, claimedBy: [service] });
    expect(cloudtrail).toMatchObject({ outcome: 'match', reason: null });
    expect(answer).toMatchObject({
      verdict: 'service-identified',
      service: { id },
      evidence: [
        {
          source: 'cloudtrail',
          service: id,
          strength: 'probable',
          statement: expect.stringMatching(`^${service}.amazonaws.com logged CreateVpcEndpoint`),
        },
      ],
      // It was asked, and lists no such endpoint.
      complete: true,
      nextStep: { action: 'contact-support', summary: expect.stringContaining('so it outlived its owner') },
    });
    expect(checkOf(answer, id)).toMatchObject({ outcome: 'no-match' });
  });

  test.each(claims)('claims the endpoint for %s where EC2’s own record is lost', async (id, service) => {
    const { answer } = await ask({ claimedBy: [service], creation: false });
    expect(answer).toMatchObject({ verdict: 'service-identified', service: { id }, owner: null });
    expect(checkOf(answer, id)).toMatchObject({ outcome: 'no-match' });
    // By CloudTrail's word it is nobody else's.
    expect(checkOf(answer, 'emr')).toBeUndefined();
  });

  test.each(['cloudformation.amazonaws.com', 'ec2.example.com', 'elasticmapreduce'])(
    'is not read as a creation, nor as an absence, when it is %s’s',
    async (eventSource) => {
      const { answer, cloudtrail } = await ask({}, (record) => Object.assign(record, { eventSource }));
      expect(cloudtrail).toMatchObject({
        outcome: 'failed',
        reason: 'cloudtrail:LookupEvents: the creation event could not be read',
      });
      expect(answer).toMatchObject({ service: null, evidence: [], complete: false });
    },
  );
});

test('a history without the creation names nobody', async () => {
  const { answer, cloudtrail } = await ask({ creation: false });
  expect(cloudtrail).toMatchObject({ outcome: 'no-match', reason: null });
  expect(answer).toMatchObject({ service: null, evidence: [] });
});
